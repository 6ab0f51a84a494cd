"""The table of names opens for its key alone, and lies on the disk only sealed."""

import pyrage
import pytest

from cpit_research.errors import FormatError, Withheld
from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.store.vault import make_key, open_table, seal_table

TABLE = Correspondence((Entry("P03", "person", ("Maëlle Kerdoncuff", "Maëlle")),))


@pytest.fixture
def key(tmp_path):
    make_key(tmp_path / "key.txt")
    return tmp_path / "key.txt"


@pytest.fixture
def sealed(tmp_path, key):
    seal_table(TABLE, tmp_path / "table.age", key=key)
    return tmp_path / "table.age"


def test_a_table_sealed_for_a_key_opens_with_it(sealed, key):
    assert open_table(sealed, key=key) == TABLE


@pytest.mark.slow
def test_a_table_sealed_with_a_passphrase_stays_closed_to_another(tmp_path):
    path = tmp_path / "table.age"
    seal_table(TABLE, path, passphrase="l’été à Brézolles")
    with pytest.raises(Withheld):
        open_table(path, passphrase="l'été à Brézolles")


def test_no_clear_name_lies_beside_the_sealed_table(sealed, tmp_path):
    for path in tmp_path.iterdir():
        assert b"Kerdoncuff" not in path.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key.txt", "table.age"]


def test_sealing_again_replaces_the_table(sealed, key):
    seal_table(Correspondence(()), sealed, key=key)
    assert open_table(sealed, key=key) == Correspondence(())


def test_a_key_is_readable_by_its_owner_alone_and_no_two_are_the_same(tmp_path, key):
    make_key(tmp_path / "other.txt")
    assert key.stat().st_mode & 0o077 == 0
    assert key.read_bytes() != (tmp_path / "other.txt").read_bytes()


def test_another_key_opens_nothing(sealed, tmp_path):
    make_key(tmp_path / "other.txt")
    with pytest.raises(Withheld):
        open_table(sealed, key=tmp_path / "other.txt")


@pytest.mark.parametrize("content", [b"", b"anything", b"age-encryption.org/v1\n"])
def test_a_file_that_is_not_sealed_stays_closed(tmp_path, key, content):
    path = tmp_path / "table.age"
    path.write_bytes(content)
    with pytest.raises(Withheld):
        open_table(path, key=key)


def test_a_table_that_is_not_there_is_said_with_what_to_do(tmp_path, key):
    with pytest.raises(Withheld, match="CPIT_TABLE"):
        open_table(tmp_path / "nowhere.age", key=key)


def test_a_key_that_is_not_there_leaves_the_table_closed(sealed, tmp_path):
    with pytest.raises(Withheld, match=r"nowhere\.txt"):
        open_table(sealed, key=tmp_path / "nowhere.txt")


@pytest.mark.parametrize("content", [b"", b"AGE-SECRET-KEY-1", b"\xff\xfe\x00"])
def test_a_file_that_holds_no_key_is_told(sealed, key, content):
    key.write_bytes(content)
    with pytest.raises(FormatError) as refusal:
        open_table(sealed, key=key)
    assert refusal.value.path == str(key)


@pytest.mark.parametrize("clear", [b"\xff\xfe", b"[]", b"Kerdoncuff"])
def test_a_sealed_file_that_is_no_table_is_told_without_a_word_of_it(tmp_path, key, clear):
    identity = pyrage.x25519.Identity.from_str(key.read_text(encoding="ascii").strip())
    path = tmp_path / "table.age"
    path.write_bytes(pyrage.encrypt(clear, [identity.to_public()]))
    with pytest.raises(FormatError) as refusal:
        open_table(path, key=key)
    assert "Kerdoncuff" not in str(refusal.value)
