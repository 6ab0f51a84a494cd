"""The html file asks nothing of anybody, and every link of it arrives."""

from collections import Counter

import pytest
from lxml import html

from cpit_research.formats.written.document_html import write_html


@pytest.fixture(scope="module")
def source(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("html") / "synthese.html"
    write_html(sample, path)
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def page(source):
    return html.document_fromstring(source)


def test_no_address_no_script(source, page):
    assert "http" not in source
    assert "//" not in source.replace("*/", "")
    assert not page.xpath("//script | //link | //iframe | //@onclick | //@src")


def test_every_anchor_arrives_and_no_id_is_twice(page):
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    links = [link[1:] for link in page.xpath("//a/@href")]
    assert set(links) <= set(ids)
    assert {"ref-1", "cite-1", "ref-2", "cite-2", "h-1", "content"} <= set(links)
    for named in page.xpath("//@aria-labelledby"):
        assert set(named.split()) <= set(ids)


def test_the_page_is_said_in_its_elements(page):
    assert page.get("lang") == "fr"
    assert page.xpath("string(//h1)") == "Ce que disent les visites"
    assert len(page.xpath("//figure/blockquote")) == 2
    assert len(page.xpath("//th[@scope='col']")) == 6
    assert len(page.xpath("//figure/figcaption")) == 4
    assert page.xpath("string(//blockquote)").strip() == "«\u00a0On m’a dit : tu verras.\u00a0»"


def test_drawings_are_named_described_and_do_not_share_ids(page):
    drawings = page.xpath("//svg")
    assert len(drawings) == 2
    assert [drawing.xpath("string(desc)") for drawing in drawings] == [
        "Dessin de Le terrain",
        "Dessin de La suite",
    ]
    assert page.xpath("//use/@href") == ["#f1-a", "#f2-a"]


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio of two colours."""
    lights = []
    for colour in (one, other):
        wide = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
        parts = [int(wide[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_colours_of_texts_are_readable_by_day_and_by_night(source):
    import re

    roots = [dict(re.findall(r"--([\w-]+):#(\w+)", root)) for root in
             re.findall(r":root\{(.*?)\}", source, re.DOTALL)]  # fmt: skip
    assert len(roots) == 3
    for colours in roots[:2]:
        for ink in ("ink", "muted", "accent"):
            for paper in ("paper", "soft", "warm-soft"):
                assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
