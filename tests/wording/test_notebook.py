"""What a notebook shows: every text comes back as it went in, and none is markup."""

from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.wording import notebook, use_language

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'$\\`"), max_size=40
)
TAGS = {"div", "style", "h4", "p", "em", "dl", "dt", "dd",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip


class Page(HTMLParser):
    """The texts of a page, by tag, and the tags that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _said in attrs if name not in {"class", "lang", "scope"}]
        self.tags.append(tag)
        self.open.append(tag)
        if tag not in {"div", "style", "em"}:
            self.texts.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] != "style":
            tag, before = self.texts[-1]
            self.texts[-1] = (tag, before + data)

    def of(self, tag: str) -> list[str]:
        return [text for one, text in self.texts if one == tag]


@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.lists(TEXTS, max_size=3))
def test_facts_and_sentences_come_back_as_they_went_in(title, pairs, notes):
    page = Page(notebook.shown(title, notebook.facts(pairs), notes=notes))
    assert set(page.tags) <= TAGS
    assert page.open == []
    assert page.of("h4") == [title]
    said = [pair for pair in pairs if pair[1]]
    assert list(zip(page.of("dt"), page.of("dd"), strict=True)) == said
    assert page.of("p") == [note for note in notes if note]


@given(st.data(), st.integers(1, 4))
def test_cells_come_back_as_they_went_in(data, width):
    rows = data.draw(st.lists(st.lists(TEXTS, min_size=width, max_size=width), max_size=4))
    header = data.draw(st.lists(TEXTS, min_size=width, max_size=width))
    sides = ["n", "", "b", ""][:width]
    page = Page(notebook.table(header, [notebook.row(cells, sides) for cells in rows], sides))
    assert set(page.tags) <= TAGS
    assert page.open == []
    assert page.of("th") == header
    assert page.of("td") == [cell for cells in rows for cell in cells]


@given(st.text(st.characters(), max_size=40), st.integers(1, 60))
def test_a_text_of_any_length_is_shown_whole_or_cut_and_can_be_sent(words, times):
    text = words * times
    read = unescape(notebook.safe(text).encode().decode())
    assert len(read) <= 600
    if len(text) > 600:
        assert read.endswith("…")
    elif text.isprintable():
        assert read == text


def test_the_language_of_the_words_is_told():
    assert 'lang="fr"' in notebook.shown("t")
    with use_language("en"):
        assert 'lang="en"' in notebook.shown("t")


def test_dollars_are_not_read_as_formulas():
    assert "mathjax_ignore" in notebook.shown("12 $ et 3 $")
