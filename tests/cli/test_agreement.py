"""Agreement, as a person asks for it."""

import pytest

from cpit_research.cli import agreement
from cpit_research.study.opening import create_study
from cpit_research.wording import use_language

pytestmark = pytest.mark.slow
NOTE = "Visite : V01\n\n# Une visite\n\nLe maire attend devant la halle. Il pleut. On verra.\n"


@pytest.fixture
def study(tmp_path, root, monkeypatch):
    import shutil

    from cpit_research.model.segment import Segment

    with create_study(tmp_path / "etude") as made:
        shutil.copy(root / "grids" / "v1.yaml", made.folder / "grids")
        (made.folder / "data" / "raw" / "V01.md").write_text(NOTE, encoding="utf-8")
        made.ingest()
        (source,) = made.corpus.sources
        at = source.text.index("Le maire")
        made.code(Segment(source.id, at, at + 32), "S11", coder="claire")
        made.code(Segment(source.id, at, at + 43), "S11", coder="yann")
    monkeypatch.chdir(tmp_path / "etude")
    return tmp_path / "etude"


def test_the_table_tells_counts_and_status(study, capsys):
    with use_language("en"):
        agreement.kappa()
    told = capsys.readouterr().out
    assert "S11" in told
    assert "estimable" in told
    assert "Low High" in " ".join(told.split())  # the last columns are there
    assert "First coder: claire; second: yann." in told


def test_disputes_stand_side_by_side_and_an_older_grid_can_be_asked(study, capsys):
    with use_language("en"):
        agreement.disputed(code="S11", grid="v1")
    told = capsys.readouterr().out
    assert "boundary" in told
    assert "claire" in told
    assert "halle" in told
