"""Any grid that the rules accept, for the tests of what writes grids."""

from dataclasses import fields

from hypothesis import strategies as st

from cpit_research.model.evolution import Change
from cpit_research.model.grid import CODE_STATUSES, Axis, Code, Facet, Grid, Reference
from cpit_research.text.folding import fold

HOSTILE = (
    "Définition : ceci n’en est pas une",
    "Identifiant : S1",
    "- un tiret",
    'l\'« enjeu » du "passage"\n\n  en retrait\n- et une liste :\n',
    "🌾 &amp; <b>]]></b>",
    " espace autour ",
    "a = b = c",
    "a\tb\u2028c\x85d",
    "\u0301",
    "mot " * 750,
)

# XML has no controls, and one way to end a line.
words = (
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))
    | st.sampled_from(HOSTILE)
).filter(bool)
texts = words | st.just("")
lists = st.lists(words, max_size=3).map(tuple)
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,5}", fullmatch=True)


def same_name(name):
    return " ".join(fold(name).split())


@st.composite
def grids(draw):
    """Any grid that the rules accept, its codes in the order of their trees."""
    axes = draw(
        st.lists(st.builds(Axis, ids, words), min_size=1, max_size=3, unique_by=lambda a: a.id)
    )
    names = draw(st.lists(words, max_size=9, unique_by=same_name))
    known = draw(st.lists(ids, min_size=len(names), max_size=len(names), unique_by=fold))
    codes = []
    for identifier, name in zip(known, names, strict=True):
        free = {
            f.name: draw(lists if f.default == () else texts)
            for f in fields(Code)
            if f.name not in {"id", "name", "axis", "parent", "status", "redirects"}
        }
        last = codes[-1] if codes else None
        parent = draw(st.sampled_from([last.id, last.parent, ""] if last else [""]))
        after = axes[axes.index(next(a for a in axes if a.id == last.axis)) :] if last else axes
        axis = last.axis if parent else draw(st.sampled_from(after)).id
        others = [one for one in known if one != identifier]
        redirects = draw(st.lists(st.sampled_from(others), max_size=2)) if others else []
        status = draw(st.sampled_from(CODE_STATUSES))
        codes.append(
            Code(identifier, name, axis, parent, redirects=tuple(redirects), status=status, **free)
        )
    changes = st.builds(
        Change,
        st.sampled_from(["renamed", "split", "retired", "added"]),
        lists,
        st.lists(st.sampled_from(known), max_size=2).map(tuple) if known else st.just(()),
        texts,
        texts,
        st.none() | st.dates(),
        st.booleans(),
        lists,
    )
    return Grid(
        draw(ids),
        draw(ids),
        nature=draw(st.sampled_from(["illustrative", "team"])),
        title=draw(texts),
        language=draw(st.sampled_from(["fr", "en"])),
        warning=draw(texts),
        day=draw(st.none() | st.dates()),
        provenance=draw(texts),
        rules=draw(st.dictionaries(st.sampled_from(["unit", "caution"]), words)),
        references=draw(st.lists(st.builds(Reference, ids, texts, texts), max_size=2).map(tuple)),
        axes=tuple(axes),
        facets=draw(
            st.lists(
                st.builds(
                    Facet, ids, words, st.lists(st.tuples(ids, words), max_size=2).map(tuple)
                ),
                max_size=2,
            ).map(tuple)
        ),
        codes=tuple(codes),
        previous=draw(texts),
        changes=tuple(draw(st.lists(changes, max_size=2))),
    )
