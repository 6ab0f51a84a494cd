"""Labels misspelt are found without holding every label against every other."""

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.formats.received.misspellings import Near
from cpit_research.text.closeness import within_one_edit

names = st.text("abé", min_size=3, max_size=8)


@given(st.lists(names, max_size=12, unique=True), names)
def test_a_spelling_is_the_only_name_within_one_edit(known, label):
    near = {
        name
        for name in known
        if len(name) >= 5
        and name not in {label, label.removesuffix("s"), label.removesuffix("x")}
        and within_one_edit(label, name)
    }
    expected = near.pop() if len(near) == 1 and len(label) >= 5 else ""
    assert Near({name: name for name in known}).spelling(label) == expected


def test_a_label_as_frequent_as_a_name_is_not_its_misspelling():
    near = Near({"claire": "Claire"}, weights={"claire": 2})
    assert near.spelling("clairre", times=2) == "Claire"
    assert near.spelling("clairre", times=3) == ""
