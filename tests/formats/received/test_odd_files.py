"""Every odd file is accepted or refused with a sentence, in bounded time and memory."""

import re
import time

import pytest
from odd_files.gathered import families

from cpit_research.errors import FormatError
from cpit_research.formats.limits import READING_BYTES, READING_SECONDS
from cpit_research.formats.received.apart import Apart

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_english")]

FILES = [file for _family, files in families() for file in files]


@pytest.fixture(scope="module")
def apart():
    with Apart() as opened:
        yield opened


def test_no_two_odd_files_have_one_name():
    names = [file.name.casefold() for file in FILES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("odd", FILES, ids=[file.name for file in FILES])
def test_an_odd_file_becomes_what_it_must(odd, apart):
    data = odd.build()
    assert data == odd.build()
    started = time.monotonic()
    try:
        reading, sentence = apart.read_apart(data, odd.name), ""
    except FormatError as error:
        reading, sentence, path = None, str(error), error.path
    assert time.monotonic() - started < READING_SECONDS
    assert apart.peak < READING_BYTES
    if reading is None or odd.refused:
        assert sentence, "accepted"
        assert path == odd.name
        assert odd.refused, sentence
        assert re.search(odd.refused, sentence), sentence
        return
    at = 0
    for words in odd.keeps:
        assert words in reading.text[at:]
        at = reading.text.index(words, at) + len(words)
    assert not [words for words in odd.drops if words in reading.text]
    for pattern in odd.says:
        assert any(re.search(pattern, notice) for notice in reading.notices), reading.notices
    asides = [aside.words for aside in reading.asides]
    for words in odd.aside:
        assert any(words in aside for aside in asides), asides
