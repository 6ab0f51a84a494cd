"""Making a study never touches what is there; opening one finds it from inside."""

import pytest

from cpit_research.errors import Conflict, FormatError, NotFound
from cpit_research.model.segment import Segment
from cpit_research.study.opening import FOLDERS, create_study, open_study
from cpit_research.study.study import Study


def test_a_new_study_is_empty_whole_and_sound(tmp_path):
    with create_study(tmp_path / "étude", title="Étude d’essai") as study:
        assert len(study.corpus) == 0
        assert study.check().sound
        assert study.identity.title == "Étude d’essai"
        assert not study.identity.demonstration
    for name in FOLDERS:
        assert (tmp_path / "étude" / name).is_dir()


def test_no_two_studies_have_the_same_id_or_key(tmp_path):
    first, second = (create_study(tmp_path / name).identity for name in "ab")
    assert first.id != second.id
    assert first.key != second.key
    assert len(first.key) == 32
    assert first.key.hex() not in repr(first)


def test_a_study_keeps_its_identity(tmp_path):
    made = create_study(tmp_path / "a", title='L’« été » "2023" \\ n° 5')
    assert open_study(tmp_path / "a").identity == made.identity


def test_a_study_opens_from_any_folder_inside_it(tmp_path, monkeypatch):
    create_study(tmp_path / "a")
    inside = tmp_path / "a" / "notebooks"
    assert open_study(inside).folder.resolve() == (tmp_path / "a").resolve()
    monkeypatch.chdir(inside)
    assert open_study().folder.resolve() == (tmp_path / "a").resolve()


@pytest.mark.parametrize("held", ["study.toml", "note.md", ".caché", "data/raw/note.md"])
def test_a_study_is_never_made_over_anything(tmp_path, held):
    path = tmp_path / held
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("là", encoding="utf-8")
    with pytest.raises(Conflict):
        create_study(tmp_path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    with pytest.raises(Conflict):
        create_study(path)


def test_a_folder_without_a_study_is_said(tmp_path):
    with pytest.raises(NotFound, match=tmp_path.name):
        open_study(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", ["", "format = 1", "format = 99\n", "id = [", 'format = 1\nid = "x"\nkey = "y"']
)
def test_an_identity_that_cannot_be_read_is_refused(tmp_path, content):
    (tmp_path / "study.toml").write_text(content, encoding="utf-8")
    with pytest.raises(FormatError) as refusal:
        open_study(tmp_path)
    assert refusal.value.path.endswith("study.toml")


def test_a_study_begun_before_an_accident_is_made_and_any_other_file_is_respected(tmp_path):
    for name, held in (("data/raw/.a.0123456789ab.tmp", None), (".gitignore", b"*.pyc\n")):
        folder = tmp_path / name.replace("/", " ")
        (folder / "data" / "raw").mkdir(parents=True)
        (folder / name).write_bytes(held or b"")
        if held is None:
            create_study(folder).close()
        else:
            with pytest.raises(Conflict):
                create_study(folder)
            assert (folder / name).read_bytes() == held


def test_a_study_closed_and_used_again_reads_what_is_there_now(new_study):
    study = new_study({"V01 note.md": "Le maire tient seul l’agenda du projet.\n"})
    (source,) = study.corpus.sources
    assert len(study.codings()) == 0
    study.close()
    with Study(study.folder, occasion=study.occasion) as other:
        other.code(Segment(source.id, 3, 8), "S1", coder="claire")
    assert [coding.segment.start for coding in study.codings()] == [3]
