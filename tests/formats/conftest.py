"""Documents of word processors built by hand, so that a test shows every element it is about."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_REL}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, inner: str) -> str:
    """Return a WordprocessingML part: `inner` in the element `root`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'


def relations(targets: Mapping[str, str]) -> str:
    """Return a relationships part: each target with its kind."""
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE_RELS}">{inner}</Relationships>'


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of `entries`."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as opened:
        for name, content in entries.items():
            opened.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document of this body; `parts` are further parts, inner XML by kind."""
    roots = {"header": "hdr", "footer": "ftr"}
    return archive(
        {
            "_rels/.rels": relations({"word/document.xml": "officeDocument"}),
            "word/_rels/document.xml.rels": relations({f"{kind}.xml": kind for kind in parts}),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            **{
                f"word/{kind}.xml": part(roots.get(kind, kind), inner)
                for kind, inner in parts.items()
            },
        }
    )


_OPEN: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN_NAMESPACES: Final = " ".join(
    [
        *(f'xmlns:{name}="{_OPEN}{name}:1.0"' for name in ("office", "text", "table", "style")),
        f'xmlns:draw="{_OPEN}drawing:1.0"',
        f'xmlns:svg="{_OPEN}svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)


def open_part(root: str, inner: str) -> str:
    """Return an OpenDocument part: `inner` in the element `root`."""
    return f"<office:{root} {_OPEN_NAMESPACES}>{inner}</office:{root}>"


def odt(body: str, automatic: str = "", styles: str = "", pages: str = "", **entries: str) -> bytes:
    """Return an OpenDocument text of this body.

    `automatic` are its own styles; `styles` and `pages` (master pages) stand in ``styles.xml``;
    `entries` are further entries of the archive.
    """
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    shared = (
        f"<office:styles>{styles}</office:styles>"
        f"<office:master-styles>{pages}</office:master-styles>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": open_part("document-content", content),
            "styles.xml": open_part("document-styles", shared),
            **entries,
        }
    )


@pytest.fixture(scope="session")
def build_odt() -> Callable[..., bytes]:
    """Build an OpenDocument text from the XML of its body and of its styles."""
    return odt


@pytest.fixture(scope="session")
def build_docx() -> Callable[..., bytes]:
    """Build a Word document from the XML of its body and of its other parts."""
    return docx


@pytest.fixture(scope="session")
def build_archive() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """Build a zip archive from its entries."""
    return archive


@pytest.fixture(scope="session")
def build_part() -> Callable[[str, str], str]:
    """Build a WordprocessingML part."""
    return part


@pytest.fixture(scope="session")
def build_relations() -> Callable[[Mapping[str, str]], str]:
    """Build a relationships part."""
    return relations
