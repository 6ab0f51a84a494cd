"""An empty Word document of the house: its styles, its page, and nothing else inside.

python-docx starts from a template that says « Microsoft Macintosh Word », carries a thumbnail and
opens in compatibility mode. Its styles, lists and settings are replaced by those of
``templates/``, and the parts that nobody reads are dropped: a theme alone names forty fonts, among
them words that are also people's names, at which the privacy gate would rightly stop.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

if TYPE_CHECKING:
    from docx.document import Document as Word

__all__ = ["REGIONS", "blank"]

#: Language attribute of each language, for the spell checker.
REGIONS: Final = {"fr": "fr-FR", "en": "en-GB"}
_TEMPLATES: Final = Path(__file__).parent / "templates"
_UNREAD: Final = (
    "customXml",
    "stylesWithEffects",
    "webSettings",
    "fontTable",
    "theme",
    "thumbnail",
)


def blank(language: str) -> Word:
    """Return an empty A4 document whose words are in `language` (``"fr"`` or ``"en"``)."""
    word = docx.Document()
    part = word.part
    for element, name in (
        (word.styles.element, "styles.xml"),
        (word.settings.element, "settings.xml"),
        (part.numbering_part.element, "numbering.xml"),
    ):
        element[:] = list(parse_xml((_TEMPLATES / name).read_bytes()))
    for relations in (part.rels, part.package.rels):
        for key in [key for key, link in relations.items() if link.reltype.endswith(_UNREAD)]:
            relations.pop(key)
    _speak(word, REGIONS[language])
    _page(word)
    return word


def _speak(word: Word, region: str) -> None:
    """State the language of every run, once, where all styles take it from."""
    for tag in word.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), region)
        tag.set(qn("w:eastAsia"), region)
    for tag in word.settings.element.iter(qn("w:themeFontLang")):
        tag.set(qn("w:val"), region)


def _page(word: Word) -> None:
    """A4, margins that leave a line of about 75 characters."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    section.header_distance = section.footer_distance = Cm(1.2)
