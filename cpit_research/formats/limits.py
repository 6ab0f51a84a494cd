"""How much a file received may weigh, in one place."""

from __future__ import annotations

from typing import Final

#: Bytes of one file received.
FILE_BYTES: Final = 200 * 2**20
#: Seconds that reading one file may take.
READING_SECONDS: Final = 10
#: Bytes of memory of the process that reads what may be huge or hostile.
READING_BYTES: Final = 512 * 2**20
#: Bytes of a file beyond which it is read in a process apart; of its parts, as it announces them.
LIGHT_BYTES: Final = 2**19
LIGHT_INFLATED_BYTES: Final = 2 * 2**20
#: Entries of an archive (docx, xlsx).
ARCHIVE_ENTRIES: Final = 5_000
#: Bytes of one entry, counted while it inflates.
ENTRY_BYTES: Final = 128 * 2**20
#: Bytes of all the entries read from one archive.
ARCHIVE_BYTES: Final = 256 * 2**20
#: Depth of elements in an XML part: the bound that libxml2 itself keeps without `huge_tree`.
XML_DEPTH: Final = 256
#: Cells of a workbook sheet.
SHEET_CELLS: Final = 2_000_000
#: Characters of a canonical text.
TEXT_CHARACTERS: Final = 20_000_000
#: Lines of a canonical text.
TEXT_LINES: Final = 500_000
#: Bytes of a YAML file, written by people.
YAML_BYTES: Final = 8 * 2**20
#: Depth of lists and mappings in a YAML file.
YAML_DEPTH: Final = 64
#: Bytes of a codebook that another program wrote.
CODEBOOK_BYTES: Final = 32 * 2**20
#: Pages of a PDF.
PDF_PAGES: Final = 2_000
#: Characters of one page of a PDF.
PDF_PAGE_CHARACTERS: Final = 100_000
#: Characters of a web page, its pictures in data addresses included.
PAGE_BYTES: Final = 64 * 2**20
#: Tags of a web page.
PAGE_MARKUP: Final = 4_000_000
#: Depth of elements in a web page: the bound that libxml2 itself keeps.
PAGE_DEPTH: Final = 2_048
#: Depth of groups in a rich text.
GROUP_DEPTH: Final = 1_000
