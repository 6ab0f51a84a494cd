"""Segments are stretches: they meet, join, hold and follow one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.segment import Segment

PLACES = st.lists(st.integers(0, 12), min_size=2, max_size=2, unique=True).map(sorted)
SEGMENTS = st.builds(lambda source, place: Segment(source, *place), st.sampled_from("st"), PLACES)
SAME = st.builds(lambda place: Segment("s", *place), PLACES)


def points(segment: Segment | None) -> set[tuple[str, int]]:
    """The code points that a segment covers."""
    return {(segment.source, at) for at in range(segment.start, segment.end)} if segment else set()


@given(SEGMENTS, SEGMENTS)
def test_what_two_segments_share_is_the_points_of_both(first, second):
    assert points(first & second) == points(first) & points(second)
    assert first & second == second & first


@given(SAME, SAME)
def test_the_union_is_the_smallest_stretch_that_holds_both(first, second):
    both = first | second
    assert both == second | first
    assert first in both
    assert second in both
    covered = points(first) | points(second)
    assert points(both) == {("s", at) for at in range(min(covered)[1], max(covered)[1] + 1)}


@given(SAME, SAME, SAME)
def test_intersection_and_union_are_associative(first, second, third):
    assert (first | second) | third == first | (second | third)
    if first & second and second & third:
        left = (first & second) & third
        assert left == first & (second & third)


@given(SEGMENTS, SEGMENTS)
def test_a_segment_is_in_another_when_all_its_points_are(first, second):
    assert (first in second) == (points(first) <= points(second))
    assert (first in second) == (first & second == first)


@given(SEGMENTS)
def test_a_segment_holds_itself_and_is_its_own_union_and_intersection(segment):
    same = Segment(segment.source, segment.start, segment.end)
    assert same in segment
    assert segment | same == segment & same == segment
    assert len(segment) == len(points(segment))


@given(st.lists(SEGMENTS))
def test_segments_are_ordered_by_source_then_start_then_end(segments):
    assert sorted(segments) == sorted(segments, key=lambda s: (s.source, s.start, s.end))


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_a_segment_that_is_empty_backward_or_before_the_text_cannot_be_made(start, end):
    if 0 <= start < end:
        assert len(Segment("s", start, end)) == end - start
    else:
        with pytest.raises(ValueError, match="0 <= start < end"):
            Segment("s", start, end)


def test_segments_of_two_sources_have_no_union():
    with pytest.raises(ValueError, match="'s'"):
        Segment("s", 0, 1) | Segment("t", 0, 1)
