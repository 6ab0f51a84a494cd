"""The parts of a workbook that holds one sheet and one table, beside the rows themselves.

References
----------
ECMA-376-1 (2016), § 18.2 (workbook), § 18.3 (worksheet), § 18.5 (table), § 18.8 (styles).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

__all__ = [
    "DATE",
    "HEADER",
    "PLAIN",
    "QUOTED",
    "fixed_parts",
    "sheet_end",
    "sheet_start",
    "table_part",
    "workbook_parts",
]

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

#: Ranks of the cell formats of `_STYLES`; QUOTED keeps « =1+1 » a text when someone edits it.
PLAIN, QUOTED, HEADER, DATE = range(4)
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="10"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="10"/><name val="Arial"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def fixed_parts(sheets: int) -> dict[str, str]:
    """Return the parts that depend on the number of sheets alone."""
    ranks = range(1, sheets + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{rank}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for rank in ranks
    )
    links = "".join(_link(rank, "worksheet", f"worksheets/sheet{rank}.xml") for rank in ranks)
    relations = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    core = "application/vnd.openxmlformats-package"
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{core}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{overrides}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/tables/table1.xml" ContentType="{_TYPE}.table+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}.core-properties+xml"/>'
        "</Types>",
        "_rels/.rels": f"{relations}{_link(1, 'officeDocument', 'xl/workbook.xml')}"
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f"{relations}{links}"
        f"{_link(sheets + 1, 'styles', 'styles.xml')}</Relationships>",
        "xl/styles.xml": _STYLES,
        "xl/worksheets/_rels/sheet1.xml.rels": f"{relations}"
        f"{_link(1, 'table', '../tables/table1.xml')}</Relationships>",
    }


def _link(rank: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{rank}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def workbook_parts(names: Sequence[str], header: str) -> dict[str, str]:
    """Return the workbook, which names its sheets and repeats the header of the first in print.

    Parameters
    ----------
    names : sequence of str
        Names of the sheets.
    header : str
        Rows repeated at the top of each printed page, ``"$1:$1"``.
    """
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{rank}" r:id="rId{rank}"/>'
        for rank, name in enumerate(names, 1)
    )
    first = names[0].replace("'", "''").replace("&", "&amp;").replace("<", "&lt;")
    return {
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets><definedNames>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">\'{first}\'!{header}'
        "</definedName></definedNames></workbook>"
    }


def sheet_start(widths: Sequence[float]) -> str:
    """Return a sheet up to its first row: fitted to the page, the header frozen."""
    columns = "".join(
        f'<col min="{rank}" max="{rank}" width="{width:g}" customWidth="1"/>'
        for rank, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def sheet_end(*, table: bool) -> str:
    """Return the end of a sheet."""
    parts = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>' if table else ""
    return (
        '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"{parts}</worksheet>"
    )


def table_part(names: Sequence[str], area: str) -> str:
    """Return the native table over `area`, header included, with its filters."""
    columns = "".join(
        f'<tableColumn id="{rank}" name={quoteattr(name)}/>' for rank, name in enumerate(names, 1)
    )
    return (
        f'{_XML}<table xmlns="{_MAIN}" id="1" name="Table_1" displayName="Table_1" ref="{area}">'
        f'<autoFilter ref="{area}"/><tableColumns count="{len(names)}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0"'
        ' showRowStripes="1" showColumnStripes="0"/></table>'
    )
