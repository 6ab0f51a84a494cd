"""The parts of a text, kept in order and given back as they were."""

import json

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.model.structure import BLOCKS, PART_KINDS, Part, Structure

TIMES = st.none() | st.floats(0, 1e5, allow_nan=False)
PARTS = st.builds(
    lambda start, length, **rest: Part(start=start, end=start + length, **rest),
    st.integers(0, 50),
    st.integers(0, 20),
    kind=st.sampled_from(PART_KINDS),
    level=st.integers(0, 4),
    speaker=st.sampled_from(
        ["", "P01", "Chargée de mission", 'Mme "R."', "🌾", '["turn",1,2]', "a[", '\\["turn",']
    ),
    speech_start=st.integers(-1, 60),
    begins=TIMES,
    ends=TIMES,
    place=st.sampled_from(["", "paragraph 12", "table 1, row 2, column 3"]),
)


@st.composite
def layouts(draw):
    """Blocks one after the other; turns that cover some of them; header fields at the top."""
    blocks, over, at = [], [], 0
    for rank, length in enumerate(draw(st.lists(st.integers(0, 4), max_size=12))):
        kind = draw(st.sampled_from(["paragraph", "heading", "cell"]))
        blocks.append(Part(kind, at, at + length, place=str(rank)))
        at += length + 1
    rank = 0
    while rank < len(blocks):
        last = min(rank + draw(st.integers(0, 2)), len(blocks) - 1)
        what = draw(st.sampled_from(["turn", "header_field", ""]))
        if what == "turn":
            over.append(Part("turn", blocks[rank].start, blocks[last].end, speaker="P01"))
        elif what:
            last = rank
            over.append(Part("header_field", blocks[rank].start, blocks[rank].end))
        rank = last + 1
    return blocks, over


@given(st.lists(PARTS))
def test_a_structure_packed_and_unpacked_is_the_same(parts):
    structure = Structure(parts)
    again = Structure.unpack(structure.pack())
    packed = Structure.unpack(structure.pack())
    for kinds in ((kind,) for kind in PART_KINDS):
        assert packed.glance(*kinds) == structure.of(*kinds) == structure.glance(*kinds)
    assert packed.glance("turn", "heading") == structure.of("turn", "heading")
    assert again == structure
    assert again.parts == structure.parts
    assert again.pack() == structure.pack()
    assert hash(again) == hash(structure)
    assert len(json.loads(structure.pack())) == len(structure) == len(parts)


@given(st.lists(PARTS))
def test_parts_stand_in_order_of_their_start_the_longest_first(parts):
    places = [(part.start, -part.end) for part in Structure(parts)]
    assert places == sorted(places)


@given(st.lists(PARTS), st.lists(st.sampled_from(PART_KINDS), min_size=1))
def test_the_parts_of_some_kinds_are_those_and_no_other(parts, kinds):
    structure = Structure(parts)
    assert structure.of(*kinds) == tuple(part for part in structure if part.kind in kinds)


@given(layouts())
def test_units_hold_each_stretch_of_the_text_once(layout):
    blocks, over = layout
    units = Structure([*blocks, *over]).units
    covered = [at for unit in units for at in range(unit.start, unit.end)]
    headers = [part for part in over if part.kind == "header_field"]
    spoken = {at for p in over if p.kind == "turn" for at in range(p.start, p.end)}
    written = {at for block in blocks for at in range(block.start, block.end)}
    header = {at for part in headers for at in range(part.start, part.end)}
    assert covered == sorted(set(covered))
    assert set(covered) == (written - header) | spoken


@given(layouts(), st.randoms())
def test_units_do_not_depend_on_the_order_in_which_parts_were_noted(layout, random):
    blocks, over = layout
    units = Structure([*over, *blocks]).units
    shuffled = [*blocks, *over]
    random.shuffle(shuffled)
    assert Structure(shuffled).units == units


@given(layouts())
def test_every_turn_that_says_something_is_a_unit_and_no_block_inside_it_is(layout):
    blocks, over = layout
    structure = Structure([*blocks, *over])
    units = structure.units
    turns = [turn for turn in structure.turns if turn.start < turn.end]
    assert [unit for unit in units if unit.kind == "turn"] == turns
    for unit in units:
        if unit.kind in BLOCKS:
            assert not any(turn.start <= unit.start < turn.end for turn in turns)


@given(layouts(), st.integers(0, 80))
def test_the_place_of_an_offset_is_that_of_the_last_block_that_starts_before_it(layout, offset):
    blocks, over = layout
    before = [block for block in blocks if block.start <= offset]
    found = Structure([*blocks, *over]).place(offset)
    # Empty blocks may start at one place: then any of them.
    assert (
        found in {block.place for block in before if block.start == before[-1].start} or not before
    )
    assert bool(found) == bool(before)


def test_a_cue_is_finer_than_the_paragraph_it_is_in():
    structure = Structure(
        [
            Part("turn", 0, 30, speaker="P01", place="cues 1–2"),
            Part("paragraph", 0, 30, place="cues 1–2"),
            Part("cue", 6, 15, place="cue 1"),
            Part("cue", 16, 30, place="cue 2"),
        ]
    )
    places = ["cues 1–2", "cue 1", "cue 1", "cue 2", "cue 2"]
    assert [structure.place(at) for at in (0, 6, 15, 16, 99)] == places


@given(st.lists(PARTS))
def test_those_who_speak_are_told_without_unpacking_anything(parts):
    structure = Structure(parts)
    said = tuple(dict.fromkeys(turn.speaker for turn in structure.turns))
    assert Structure.unpack(structure.pack()).speakers == structure.speakers == said


@given(st.lists(PARTS), st.integers(0, 70), st.integers(1, 30))
def test_the_parts_near_a_passage_lay_it_out_as_the_whole_does(parts, start, length):
    whole, end = Structure(parts), start + length
    for near in (whole.near(start, end), Structure.unpack(whole.pack()).near(start, end)):
        for at in range(start, end):
            assert near.place(at) == whole.place(at)
        touching = [one for one in whole.units if one.start < end and start < one.end]
        assert [one for one in near.units if one.start < end and start < one.end] == touching
        assert near.stretch(start, end) == whole.stretch(start, end)


def test_what_stands_near_no_passage_is_not_unpacked():
    parts = [Part("paragraph", at, at + 9, place=f"line {at}") for at in range(0, 100, 10)]
    near = Structure.unpack(Structure(parts).pack()).near(43, 48)
    assert [part.start for part in near] == [40]
