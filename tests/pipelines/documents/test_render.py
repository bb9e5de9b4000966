"""An archived document drawn for a reader: the place is shown, nothing of the source can act."""

import re
from html import escape

import pytest
from lxml import html

from pipelines.documents import read_document
from pipelines.html import paths, tree
from pipelines.html.tree import shown_text
from pipelines.render import render
from tests.pipelines.documents import sample, writers

HOSTILE = """<div id=zoom onclick="steal()"><script>alert(1)</script>
<p>正文，<a href="javascript:x()">甲</a>
<img src=http://evil.example/x onerror=y()>
<iframe src=//evil.example></iframe></p>
<form action=/x><input name=q></form><svg onload=z()><p>内</p></svg>
<style>@import url(//evil.example)</style>
<table><tr><td style="background:url(//evil.example)">项目&lt;b&gt;<td>5<tr><td>乙<td>6
</table>
<base href=//evil.example><meta http-equiv=refresh content="0;url=//evil.example"></div>"""
ALLOWED = {"id", "colspan", "rowspan", "lang", "charset", "content", "http-equiv"}


def marked(page: str) -> list[str]:
    root = html.fromstring(page)
    return [shown_text(element) for element in root.iter() if element.get("id") == "cell"]


@pytest.mark.parametrize("name", ["html_page", "docx", "pdf", "ofd", "rtf", "xlsx", "mhtml"])
def test_a_cell_is_highlighted_in_every_media_type(name: str) -> None:
    payload: bytes = getattr(writers, name)()
    for grid in read_document(payload).grids():
        cell = grid.rows[-1][-1]
        assert marked(render(payload, cell.place)) == [cell.text]


@pytest.mark.parametrize("name", ["html_page", "docx", "pdf", "text"])
def test_a_paragraph_is_highlighted(name: str) -> None:
    payload: bytes = getattr(writers, name)()
    paragraph = list(read_document(payload).paragraphs())[3]
    assert marked(render(payload, paragraph.place)) == [paragraph.text]


def test_a_range_within_a_paragraph_is_marked() -> None:
    payload = writers.docx()
    paragraph = list(read_document(payload).paragraphs())[3]
    page = render(payload, f"{paragraph.place}@3-7")
    assert f"<mark>{escape(paragraph.text[3:7])}</mark>" in page


def test_a_range_of_a_text_is_marked() -> None:
    payload = writers.text()
    start = payload.decode().index("412条")
    assert "<mark>412条</mark>" in render(payload, f"text:{start}-{start + 4}")


def test_nothing_of_a_hostile_page_can_act() -> None:
    payload = HOSTILE.encode()
    (grid,) = read_document(payload).grids()
    page = render(payload, grid.rows[0][1].place, url="https://x.gov.cn/<script>")
    assert marked(page) == ["5"]
    assert "evil.example" not in page
    assert not re.search(r"<(script|img|iframe|form|input|svg|base|link|a)\b", page)
    for element in html.fromstring(page).iter():
        assert set(element.attrib) <= ALLOWED
    assert "项目&lt;b&gt;" in page


@pytest.mark.parametrize(
    "locator",
    [
        "",
        "html:table[9]/r1c1",
        "html:table[1]/r1c1#//*[count(//*)>0]",
        "html:p[1]#/html/body/x[99999]",
        "pdf:p1@0,0,1,1",
        "text:0-99999999",
        "html:p[1]@5-2",
        "nonsense",
        "html:p[1]#/" + "/a" * 5000,
    ],
)
def test_any_locator_is_answered(locator: str) -> None:
    page = render(writers.html_page(), locator)
    assert page.startswith("<!DOCTYPE html>")
    assert sample.paragraphs()[2] in page


def test_what_cannot_be_read_says_so() -> None:
    assert "encrypted" in render(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "x"
    )


@pytest.mark.parametrize("locator", ["html:table[1]/r1c1#/html/body", "nonsense"])
def test_nothing_of_a_drawn_page_is_kept(locator: str) -> None:
    render(HOSTILE.encode(), locator)
    kept = vars(tree._found) | vars(paths._found)
    assert kept
    assert not any(kept.values())


def test_the_highlighted_place_is_not_hidden_under_the_edge_of_the_window() -> None:
    assert re.search(r"#cell\{[^}]*scroll-margin-top:", render(HOSTILE.encode(), "html:p[1]"))
