"""The control words of rich text that a reader must know."""

from __future__ import annotations

from typing import Final

__all__ = ["CHARACTERS", "ENTERED", "SIGNS", "SILENT", "STORIES"]

#: Control words, and symbols, that are characters.
CHARACTERS: Final = {
    b"tab": "\t",
    b"line": "\n",
    b"page": "\n",
    b"column": "\n",
    b"lbr": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": "\u2005",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
    b"zwbo": "\u200b",
    b"ltrmark": "\u200e",
    b"rtlmark": "\u200f",
    b"zwnbo": "\u2060",
}
SIGNS: Final = {
    b"~": "\u00a0",
    b"-": "\N{SOFT HYPHEN}",
    b"_": "\N{NON-BREAKING HYPHEN}",
    b"\t": "\t",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
}
#: Groups that hold no words of the document.
SILENT: Final = (
    *(b"colortbl", b"info", b"filetbl", b"nonshppict", b"shprslt", b"nonesttables", b"xe"),
    *(b"tc", b"tcn", b"rxe", b"txe", b"pntxta", b"pntxtb", b"ftnsep", b"ftnsepc", b"ftncn"),
    *(b"aftnsep", b"aftnsepc", b"aftncn", b"objdata", b"private", b"template", b"listname"),
    *(b"mmathPr", b"datafield", b"mtype", b"mchr", b"mrPr", b"mctrlPr", b"mfPr"),
)
#: Groups marked as optional whose words are read all the same.
ENTERED: Final = frozenset(
    {b"shpinst", b"shppict", b"ud", b"moMath", b"moMathPara", b"do", b"nesttableprops"}
)
STORIES: Final = {
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), "header"),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), "footer"),
    **dict.fromkeys((b"listtext", b"pntext"), "mark"),
    **dict.fromkeys((b"shptxt", b"dptxbxtext"), "text box"),
    b"footnote": "footnote",
    b"annotation": "comment",
}
