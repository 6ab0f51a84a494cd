"""A digest tells that a passage changed, and nothing else."""

from hypothesis import assume, given
from hypothesis import strategies as st

from cpit_research.text.digest import DIGEST_BYTES, passage_digest

PASSAGES = st.text(st.characters(codec="utf-8"))
KEYS = st.binary(min_size=1, max_size=32)


@given(PASSAGES, PASSAGES, KEYS)
def test_two_passages_have_two_digests(first, second, key):
    assert (passage_digest(first, key) == passage_digest(second, key)) == (first == second)


@given(PASSAGES, KEYS, KEYS)
def test_without_the_key_a_digest_says_nothing(passage, key, other):
    assume(key.rstrip(b"\0") != other.rstrip(b"\0"))  # BLAKE2 pads its key with zeros
    assert passage_digest(passage, key) != passage_digest(passage, other)
    assert len(passage_digest(passage, key)) == DIGEST_BYTES
