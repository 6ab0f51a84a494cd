"""Everything a user reads exists in French, whole and well spaced."""

import gettext
import importlib.util
import io

import pytest
from babel.messages.pofile import read_po

HEADER = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture(scope="module")
def catalogues(root):
    """The script behind `make catalogues`."""
    spec = importlib.util.spec_from_file_location("catalogues", root / "tools" / "catalogues.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def translating(catalogues, monkeypatch, tmp_path):
    """Translate the one sentence that the code says; tell the faults, the stale apart."""

    def faults(sentence: str, translation: str) -> list[str]:
        package = tmp_path / "package"
        package.mkdir(exist_ok=True)
        (package / "words.py").write_text(f"_({sentence!r})\n", encoding="utf-8")
        po = tmp_path / "cpit.po"
        entry = f'msgid "{sentence}"\nmsgstr "{translation}"\n'
        po.write_bytes(HEADER + entry.encode())
        monkeypatch.setattr(catalogues, "PACKAGE", package)
        monkeypatch.setattr(catalogues, "FRONTEND", tmp_path / "frontend")
        monkeypatch.setattr(catalogues, "PO", po)
        return [one for one in catalogues.faults() if not one.startswith("stale")]

    return faults


def test_the_french_catalogue_is_whole(catalogues):
    assert catalogues.faults() == []


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogues):
    written = catalogues.committed()
    spoken = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(written)))
    for message in catalogues.spoken(written):
        if isinstance(message.id, str) and not message.context:
            assert spoken.gettext(message.id) == message.string
        elif not message.context:
            assert spoken.ngettext(*message.id, 1) == message.string[0]
            assert spoken.ngettext(*message.id, 2) == message.string[1]


def test_the_compiled_catalogue_knows_plurals_and_contexts(catalogues):
    text = HEADER + (
        b'msgid "%(n)d cell"\nmsgid_plural "%(n)d cells"\n'
        b'msgstr[0] "%(n)d cellule"\nmsgstr[1] "%(n)d cellules"\n\n'
        b'msgctxt "button"\nmsgid "Save"\nmsgstr "Enregistrer"\n'
    )
    spoken = gettext.GNUTranslations(
        io.BytesIO(catalogues.compiled(read_po(io.BytesIO(text), locale="fr")))
    )
    assert spoken.ngettext("%(n)d cell", "%(n)d cells", 0) == "%(n)d cellule"
    assert spoken.ngettext("%(n)d cell", "%(n)d cells", 2) == "%(n)d cellules"
    assert spoken.pgettext("button", "Save") == "Enregistrer"
    assert spoken.gettext("Save") == "Save"


def test_a_sentence_inside_an_f_string_is_heard(catalogues, monkeypatch, tmp_path):
    (tmp_path / "words.py").write_text("f\"{place}, {_('row')}\"\n", encoding="utf-8")
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "FRONTEND", tmp_path / "frontend")
    assert [message.id for message in catalogues.spoken(catalogues.extracted())] == ["row"]


@pytest.fixture
def spoken_by(catalogues, monkeypatch, tmp_path):
    """Return the sentences that a module of the front end says."""

    def sentences(words: str) -> list[object]:
        package, frontend = tmp_path / "package", tmp_path / "frontend"
        package.mkdir()
        frontend.mkdir()
        (frontend / "Part.tsx").write_text(words, encoding="utf-8")
        monkeypatch.setattr(catalogues, "PACKAGE", package)
        monkeypatch.setattr(catalogues, "FRONTEND", frontend)
        return [message.id for message in catalogues.spoken(catalogues.extracted())]

    return sentences


def test_the_front_end_is_heard_and_its_comments_are_not(spoken_by):
    words = """
/** Said by `_("in a comment")`. */
const link = "https://example.org"; // _("after a link")
const Part = () => <p title={_("in a tag")}>{fill(_(
  "on its own line",
), { n })}{`${_("in a template")}`}{ngettext("{n} word", "{n} words", n)}</p>;
"""
    assert spoken_by(words) == [
        "in a tag", "on its own line", "in a template", ("{n} word", "{n} words"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ['_("cut " + "in two")', '_("two", "sentences")', '_("a `b`")'])
def test_a_sentence_of_the_front_end_that_is_not_whole_is_refused(spoken_by, words):
    with pytest.raises(SystemExit, match="whole sentences"):
        spoken_by(words)


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("{n} fichiers lus\u00a0: voici.", None),
        ("{n} fichiers lus\u202f!", None),
        ("«\u00a0{n}\u00a0» à 10:30", None),
        ("", "empty"),
        ("{m} fichiers", "other placeholders"),
        ("des fichiers", "other placeholders"),
        ("{n} fichiers : voici", "no non-breaking space"),
        ("{n} fichiers: voici", "no non-breaking space"),
        ("{n} fichiers !", "no non-breaking space"),
        ("« {n}\u00a0»", "no non-breaking space"),
    ],
)
def test_a_faulty_translation_is_seen(translating, translation, fault):
    found = translating("{n} files", translation)
    assert [one.partition(":")[0].partition(" at ")[0] for one in found] == [fault] * bool(fault)
