"""Lines that a page keeps: each a paragraph, with its cells, as in plain text."""

import re
from html import escape

import pytest

from parsers.records import Document
from parsers.tables import read_tables
from pipelines.documents import read_document
from tests.parsers.tables.build import declared

LEAD = "现将本局2013年度政府信息公开工作情况报告如下，请予监督。"
LINES = ["一、总体情况", "　　全年主动公开信息187条。", "", "  收到申请3件，均已办结。"]
STYLED = ["pre", "pre-wrap", "PRE-LINE", "break-spaces"]


def page(body: str, sheet: str = "") -> Document:
    head = f"<head><meta charset=utf-8><style>{sheet}</style></head>"
    return read_document(f"<html>{head}<body><p>{LEAD}</p>{body}</body></html>".encode())


def below(document: Document) -> list[str]:
    first, *others = [paragraph.text for paragraph in document.paragraphs()]
    assert first == LEAD
    return others


@pytest.mark.parametrize(
    "around",
    ["<pre>{}</pre>", "<pre><b>{}</b></pre>", "<div style='WHITE-SPACE:pre'><span>{}</span></div>"]
    + [f"<div style='color:red;white-space: {style}'>{{}}</div>" for style in STYLED],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_paragraphs_with_places_of_their_own(around: str, end: str) -> None:
    document = page(around.format(escape(end.join(LINES))))
    assert below(document) == [LINES[0], LINES[1].strip(), LINES[3].strip()]
    places = [paragraph.place for paragraph in document.paragraphs()]
    assert len({*places}) == len(places)
    assert all(re.match(r"html:p\[[234]\]#/html/body/(pre|div)", place) for place in places[1:])


@pytest.mark.parametrize(
    "around",
    [
        "<div>{}</div>",
        "<div style='white-space:nowrap'>{}</div>",
        "<pre style='white-space:normal'>{}</pre>",
        "<pre><p style='white-space:normal'>{}</p></pre>",
    ],
)
def test_lines_of_the_source_alone_are_none(around: str) -> None:
    assert below(page(around.format("甲\n乙"))) == ["甲乙"]


@pytest.mark.parametrize(
    ("sheet", "mark", "lines"),
    [
        (".text{white-space:pre-wrap}", "class='a text'", ["甲", "乙"]),
        ("b{color:red}\ndiv.text, #t{ WHITE-SPACE : pre-line }", "id=t", ["甲", "乙"]),
        (".a{white-space:pre} .text{white-space:nowrap}", "class=text", ["甲乙"]),
        (".text{white-space:pre}", "class=text style='white-space:normal'", ["甲乙"]),
        (".text p{white-space:pre}", "class=text", ["甲乙"]),
        ("@media print{.text{white-space:pre}}", "class=text", ["甲乙"]),
        (".text{white-space:normal}", "class=text", ["甲乙"]),
    ],
)
def test_a_style_sheet_keeps_lines_of_a_class(sheet: str, mark: str, lines: list[str]) -> None:
    assert below(page(f"<div {mark}>甲\n乙</div>", sheet)) == lines


def test_an_element_after_kept_lines_keeps_none() -> None:
    assert below(page("<pre>甲\n乙</pre><p>丙\n丁</p>戊\n己")) == ["甲", "乙", "丙丁", "戊己"]


def test_a_tab_in_a_span_of_its_own_parts_no_cells() -> None:
    lines = "<p><span style='white-space:pre'>\t</span>收到申请3件，均已办结。</p>"
    assert below(page(lines)) == ["收到申请3件，均已办结。"]


def test_a_heading_stays_one() -> None:
    assert below(page("<pre><h2>一、总体\n情况</h2>甲</pre>")) == ["一、总体情况", "甲"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_prose_stays_a_paragraph(end: str) -> None:
    wrapped = [
        "一、总体情况",
        "    2013年，我局认真贯彻有关规定，与2012年相比，全年主动公开政",
        "府信息187条，其中通过网站公开100条；受理政府信息公开申请共计12",
        "5件，均已答复。",
        "二、依申请公开的情况说明见下，本节各项数据均截至2013年12月31日",
        "（一）受理情况",
    ]
    found = below(page(f"<pre>{end.join(wrapped)}</pre>"))
    prose = "".join(wrapped[1:3]).strip() + " " + wrapped[3]
    assert found == [wrapped[0], prose, *wrapped[4:]]


def test_long_rows_are_not_taken_for_wrapped_prose() -> None:
    rows = [
        f"{number}、通过政府网站、政务新媒体等不同渠道公开政府信息数 {number}"
        for number in "一二三"
    ]
    bars = [f"通过政府网站、政务新媒体等不同渠道公开政府信息数│条│{number}" for number in "123"]
    blanks = [
        f"通过政府网站、政务新媒体等不同渠道公开政府信息数　　条　　{number}" for number in "123"
    ]
    cells = [
        "（三）本机关不掌握相关政府信息，需要另行制作或者补充的件数",
        "件",
        "187",
        "其他处理",
        "3",
    ]
    for lines in (rows, bars, blanks, cells):
        assert below(page("<pre>{}</pre>".format("\n".join(lines)))) == lines


SHEET = [
    ["指标名称", "单位", "2013年"],
    ["一、主动公开政府信息数", "条", "187"],
    ["收到申请数", "件", "3"],
]


@pytest.mark.parametrize("parting", ["\t", " | ", "│"])
def test_a_table_is_read_as_in_plain_text(parting: str) -> None:
    text = "\n".join(parting.join(row) for row in SHEET)
    document, plain = page(f"<pre>{text}</pre>"), read_document(f"{LEAD}\n{text}".encode())
    assert below(document) == below(plain)
    read, wanted = read_tables(document, declared()), read_tables(plain, declared())
    found = [(one.indicator, one.value) for one in read.observations]
    assert found == [(one.indicator, one.value) for one in wanted.observations]
    assert found
    assert [p.kind for p in read.problems] == [p.kind for p in wanted.problems]


@pytest.mark.parametrize("rows", [2, 3])
@pytest.mark.parametrize("parting", ["  ", "　　　"])
def test_columns_of_blanks_are_told_not_guessed(rows: int, parting: str) -> None:
    text = "\n".join(parting.join(row) for row in SHEET[:rows])
    read = read_tables(page(f"<pre>{text}</pre>"), declared())
    assert not read.observations
    assert [one.kind for one in read.problems] == ["unclear_columns"]
