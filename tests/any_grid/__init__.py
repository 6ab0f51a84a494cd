"""Grids of every kind that a file can tell, for the tests that write them and read them back."""

from dataclasses import fields

from hypothesis import strategies as st

from cpit_research.formats.working.grid_rules import parents_first
from cpit_research.model.evolution import Change
from cpit_research.model.grid import CODE_STATUSES, Axis, Code, Facet, Grid, Reference
from cpit_research.text.folding import fold

_LONG = "Le ou la chef de projet cherche à savoir ce que l'on attend de « son » poste ; " * 38
#: What trips writers of YAML, of workbooks and of CSV.
TRAPS = [
    "no", "yes", "null", "~", "1.10", "0123", "1e3", "2026-11-22", "12:30", "true", ".inf", "=",
    "<<",
    "- tiret", "# dièse", ": deux-points", "@arobase", "`accent grave`", "%pour-cent", "& et",
    "* astre",
    "[crochet", "{accolade", "| tuyau", "> chevron", "? question", "! point",
    "'apostrophe",
    '"droits"',
    "=SOMME(A1)", "+33 6", "-5", "l'élue : « non »", "un # après",
    "fin :", "a\tb", "deux  espaces",
    "ligne\nligne", "ligne\n\n  retrait\n    plus\nfin", "- a\n- b", "\u00a0insécable".strip(),
    "a\u00a0: b", "a\u202f; b", "🌾 blé 👩‍🌾", "la case _x0041_", "_x000D_", "a\u2028b", "a\u0085b",
    "a\ufeffb", "↳ suite", "↳↳", "a\n↳ b", "a;b", "a ; b, c", "\\n", 'a "b" \\ c', "a #", "--- x",
    "...", "x" * 130, _LONG.strip(), (_LONG.strip() + "\n") * 2 + "fin", "œuvre ÉLUE ça",
]  # fmt: skip
_spoken = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n'\"#:-«»é🌾 ")
)


def _told(text: str) -> str:
    return "".join(c for c in text if c not in "\ufffe\uffff").strip()


words = (st.sampled_from(TRAPS) | _spoken).map(_told).filter(bool)
texts = words | st.just("")
lists = st.lists(words, max_size=3).map(tuple)
_free = {f.name: f for f in fields(Code)}.keys() - {
    "id", "name", "axis", "parent", "status", "redirects",
}  # fmt: skip
_IDS = ["S{}", "no{}", "{}", "S-{}", "s.{}_a", "1e{}"]


@st.composite
def grids(draw):
    """Any valid grid: axes, trees of codes, facets, rules, changes."""
    axes = tuple(
        Axis(name, draw(words))
        for name in draw(st.lists(st.sampled_from(["situations", "needs", "no", "7"]), min_size=1,
                                  max_size=3, unique=True))
    )  # fmt: skip
    names = draw(st.lists(words, max_size=8, unique_by=lambda n: " ".join(fold(n).split())))
    names = [name for name in names if fold(name).split()]
    shape = draw(st.sampled_from(_IDS))
    codes: list[Code] = []
    for rank, name in enumerate(names):
        axis = draw(st.sampled_from(axes)).id
        above = [code.id for code in codes if code.axis == axis]
        free = {
            f.name: draw(lists if f.default == () else texts)
            for f in fields(Code) if f.name in _free
        }  # fmt: skip
        codes.append(
            Code(
                shape.format(rank), name, axis, draw(st.sampled_from(["", *above])),
                redirects=tuple(draw(st.lists(st.sampled_from([c.id for c in codes]), unique=True,
                                              max_size=2))) if codes else (),
                status=draw(st.sampled_from(CODE_STATUSES)), **free,
            )
        )  # fmt: skip
    ordered = [c for axis in axes for c in parents_first([c for c in codes if c.axis == axis.id])]
    changes = tuple(
        Change("redefined", (code.id,), (code.id,), draw(words), draw(texts), draw(_days),
               draw(st.booleans()), draw(lists))
        for code in ordered[: draw(st.integers(0, 2))]
    )  # fmt: skip
    return Grid(
        draw(st.sampled_from(["demo", "no", "2026-11-22"])),
        draw(st.sampled_from(["v7", "v1.10"])),
        nature=draw(st.sampled_from(["illustrative", "team"])),
        title=draw(words),
        language=draw(st.sampled_from(["fr", "oc"])),
        warning=draw(texts),
        day=draw(_days),
        provenance=draw(texts),
        rules={rule: draw(words) for rule in draw(_rules)},
        references=tuple(
            Reference(f"r{n}", draw(words), draw(texts)) for n in range(draw(st.integers(0, 2)))
        ),
        axes=axes,
        facets=tuple(
            Facet(f"f{n}", draw(words), tuple((key, draw(words)) for key in draw(_values)))
            for n in range(draw(st.integers(0, 2)))
        ),
        codes=tuple(ordered),
        previous="v6" if changes else draw(st.sampled_from(["", "v6"])),
        changes=changes,
    )


_days = st.none() | st.dates()
_rules = st.lists(st.sampled_from(["unit", "multiple_codes", "caution"]), unique=True, max_size=3)
_values = st.lists(
    st.sampled_from(["yes", "no", "1", "null", "a.b", "x-y"]), min_size=1, max_size=3, unique=True
)
