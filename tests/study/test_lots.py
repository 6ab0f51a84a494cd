"""A lot holds what one coder needs, and nothing of the others."""

import json
import zipfile

import pytest
from openpyxl import load_workbook

import cpit_research as cpit
from cpit_research.errors import Conflict, FormatError, NotFound
from cpit_research.formats.parcel import read_parcel, write_parcel
from cpit_research.model.finding import Finding
from cpit_research.model.segment import Segment

NOTES = {
    "V01 note.md": (
        "Le maire tient seul l’agenda du projet depuis trois ans.\n\nIl attend un appel.\n"
    ),
    "V02 note.md": "La secrétaire prépare les dossiers et relance les partenaires du projet.\n",
}


@pytest.fixture
def study(new_study):
    """A study where two people code the same notes, group, propose and discuss."""
    made = new_study(NOTES)
    one, two = made.corpus
    for coder, start in (("claire", 0), ("yann", 3)):
        first = made.code(Segment(one.id, start, start + 12), "S1", coder=coder)
        made.code(Segment(two.id, start, start + 20), "S2", coder=coder)
        made.episode([first], coder=coder, label=f"épisode de {coder}")
        made.propose(Segment(one.id, 20, 30), f"Nom dit par {coder}", coder=coder)
    return made


def everything(path) -> bytes:
    """Every byte of a parcel, as it is and inflated, workbooks included."""
    found = [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found += [name.encode(), archive.read(name)]
            if name.endswith(".xlsx"):
                with archive.open(name) as part, zipfile.ZipFile(part) as book:
                    found += [book.read(inner) for inner in book.namelist()]
    return b"\n".join(found)


def ids_of(study, coder: str) -> list[bytes]:
    """Ids of the events of a coder, and of what she began."""
    with study.shelf.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM event WHERE actor = ?", (coder,))
        return [row[0] for row in rows]


def test_a_lot_opens_into_a_study_that_holds_her_work_and_is_sound(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert opened.check().faults == ()
        assert "claire" in opened.check().remarks[0]
        hers = list(study.codings().where(coder="claire"))
        assert list(opened.codings()) == hers
        assert [source.text for source in opened.corpus] == [s.text for s in study.corpus]
        assert [one.label for one in opened.episodes] == ["épisode de claire"]
        assert opened.identity.lot == "claire"
        assert (opened.folder / "LISEZMOI.md").read_text(encoding="utf-8").find("claire") > 0
        assert not list((opened.folder / "data" / "raw").glob("*.md"))


def test_no_byte_of_a_lot_tells_of_another_coder(study, tmp_path):
    linked = study.episodes
    study.episode_link(*linked, coder="claire")
    coding = next(iter(study.codings().where(coder="claire")))
    study.recode(coding, "S2", coder="yann")
    study.recode(coding, "S1", coder="claire")
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    held = everything(lot.path).lower()
    assert b"claire" in held
    assert b"yann" not in held
    for key in ids_of(study, "yann"):
        for written in (key, key.hex().encode(), json.dumps(key.hex())[1:-1].encode()):
            assert written.lower() not in held
    assert lot.left_behind == 2  # what yann did to her coding, and the link to his episode
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert opened.check().faults == ()
        assert not opened.conflict_list()
        assert len(opened.codings()) == 2


def test_a_lot_may_hold_some_documents_only(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip", sources=["V02 note.md"])
    held = everything(lot.path).decode("utf-8", "replace")
    assert "tient seul" not in held
    assert "T02" not in held
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert [source.path for source in opened.corpus] == ["V02 note.md"]
        assert [visit.id for visit in opened.register.visits] == ["V02"]
        assert {one.quoting_right for one in opened.register.participants} == {"to_ask"}
        assert len(opened.codings()) == 1
        assert not opened.episodes


def test_an_old_text_that_nothing_of_hers_stands_on_stays_behind(new_study, tmp_path):
    study = new_study(NOTES)
    (study.shelf.raw / "V01 note.v2.md").write_text(
        NOTES["V01 note.md"].replace("Le maire", "M. Durand"), encoding="utf-8"
    )
    (study.shelf.raw / "V01 note.v3.md").write_text(
        NOTES["V01 note.md"].replace("Le maire", "P01"), encoding="utf-8"
    )
    study.ingest()
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    assert "Durand" not in everything(lot.path).decode("utf-8", "replace")
    with cpit.open_lot(lot.path, tmp_path / "lot") as opened:
        assert opened.check().faults == ()


def test_the_same_study_writes_the_same_lot(study, tmp_path):
    paths = [study.lot_export("claire", to=tmp_path / f"{n}.zip").path for n in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_in_a_lot_nobody_else_codes_and_the_holder_does_the_rest(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "lot") as opened:
        source = opened.corpus.sources[0]
        with pytest.raises(NotFound, match="claire"):
            opened.code(Segment(source.id, 0, 5), "S1", coder="yann")
        for refused in (
            lambda: opened.ingest([tmp_path]),
            lambda: opened.export(tmp_path / "synthese.docx"),
            lambda: opened.grid_export(to=tmp_path / "grille.qdc"),
            lambda: opened.conclude(Finding("Une chose", opened.codings())),
            opened.grid_release,
            lambda: opened.grid_settle("Nom dit par claire", reason="non", coder="claire"),
            lambda: opened.merge([lot.path]),
            lambda: opened.lot_export("claire"),
        ):
            with pytest.raises(Conflict, match="claire"):
                refused()
        assert opened.code(Segment(source.id, 0, 5), "S1", coder="claire")
        assert opened.check().sound


def test_a_lot_goes_in_an_empty_folder_only(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    (tmp_path / "vide").mkdir()
    cpit.open_lot(lot.path, tmp_path / "vide").close()
    with pytest.raises(Conflict):
        cpit.open_lot(lot.path, tmp_path / "vide")


def test_the_register_of_a_lot_is_read_as_any_other(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "lot") as opened:
        register = opened.register
        assert [one.id for one in register.researchers] == ["claire"]
        assert [(v.id, v.kind, v.day, v.state) for v in register.visits] == [
            (v.id, v.kind, v.day, v.state) for v in study.register.visits[:2]
        ]
        book = load_workbook(opened.shelf.raw / "registre.xlsx")
        assert "Visites" in book.sheetnames


def with_parts(path, target, **changed):
    """Write a lot again with other parts, sealed as if it were whole."""
    parcel = read_parcel(path)
    parts = {**parcel.parts, **{n: c for n, c in changed.items() if c is not None}}
    for name, content in changed.items():
        if content is None:
            del parts[name]
    stated = {k: v for k, v in parcel.manifest.items() if k not in {"parts", "format"}}
    from cpit_research.formats.study_file import from_study_file

    key = from_study_file(parcel.parts["study.toml"], path).key
    write_parcel(target, stated, parts, key)
    return target


HOSTILE = {
    "truncated": lambda data: data[: len(data) // 2],
    "one byte less": lambda data: data[:-1],
    "empty": lambda _data: b"",
    "noise": lambda _data: b"PK\x03\x04" + bytes(range(256)) * 40,
    "a byte changed in the seal": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "a byte changed inside": lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_damaged_lot_is_refused_and_leaves_nothing(study, tmp_path, name):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    bad = tmp_path / "bad.zip"
    bad.write_bytes(HOSTILE[name](lot.path.read_bytes()))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FormatError):
        cpit.open_lot(bad, tmp_path / "ici")
    assert sorted(tmp_path.iterdir()) == before


PARTS = {
    "a path that climbs": {"../../climbed.txt": b"x"},
    "an absolute path": {"/etc/climbed": b"x"},
    "a part that no lot has": {"data/raw/other.md": b"x"},
    "no texts": {"texts.jsonl": None},
    "texts of the wrong shape": {"texts.jsonl": b'{"a": 1}\n'},
    "depth": {"texts.jsonl": b"[" * 100_000 + b"\n"},
    "events of the wrong shape": {"events.jsonl": b"[1, 2]\n"},
    "events that are no JSON": {"events.jsonl": b"\xff\xfe\n"},
    "no identity": {"study.toml": b"format = 1\n"},
}


@pytest.mark.parametrize("name", PARTS)
def test_a_lot_with_parts_that_no_lot_has_is_refused_and_leaves_nothing(study, tmp_path, name):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    bad = with_parts(lot.path, tmp_path / "bad.zip", **PARTS[name])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FormatError):
        cpit.open_lot(bad, tmp_path / "ici")
    assert sorted(tmp_path.iterdir()) == before
    assert not (tmp_path.parent / "climbed.txt").exists()


def test_a_bomb_is_refused_before_it_inflates(study, tmp_path):
    bad = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * (200 * 2**20))
    assert bad.stat().st_size < 2**20
    with pytest.raises(FormatError, match="128"):
        cpit.open_lot(bad, tmp_path / "ici")


def test_a_lot_whose_events_are_not_on_its_texts_is_refused(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    lines = read_parcel(lot.path).parts["events.jsonl"].decode().replace(",0,12,", ",0,13,")
    bad = with_parts(lot.path, tmp_path / "bad.zip", **{"events.jsonl": lines.encode()})
    with pytest.raises(FormatError):
        cpit.open_lot(bad, tmp_path / "ici")
    assert not (tmp_path / "ici").exists()


def test_a_lot_of_a_newer_program_is_refused_with_a_sentence(study, tmp_path, in_english):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    parcel = read_parcel(lot.path)
    newer = tmp_path / "newer.zip"
    write_parcel(newer, {**parcel.manifest, "format": 2}, parcel.parts, study.identity.key)
    with pytest.raises(FormatError, match="newer version"):
        cpit.open_lot(newer, tmp_path / "ici")


def test_a_link_in_the_archive_is_only_bytes(study, tmp_path):
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    bad = tmp_path / "link.zip"
    with zipfile.ZipFile(lot.path) as archive, zipfile.ZipFile(bad, "w") as target:
        for name in archive.namelist():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o120777 << 16  # a symbolic link
            target.writestr(entry, archive.read(name))
    with pytest.raises(FormatError):  # its seal is not that of these bytes
        cpit.open_lot(bad, tmp_path / "ici")
    assert not (tmp_path / "ici").exists()
