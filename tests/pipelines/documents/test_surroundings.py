"""First and last words of a report that stand outside the element with most of its text."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document

TITLE = "青禾县民政局2023年政府信息公开工作年度报告"
MIDDLE = "".join(
    f"<p>{n}项工作，已按规定向社会公开，群众可以查阅。</p>" for n in "一二三四五六七八九十"
)
SIGNED = "<p>青禾县民政局</p><p>2024年1月9日</p>"
MENU = "<ul><li><a href=a>首页</a></li><li><a href=b>公开</a></li><li><a href=c>办事</a></li></ul>"
OPENING = "现将本局2023年工作情况报告如下。"
CLOSING = "特此报告。请予监督，欢迎提出意见。"


def read(body: str) -> Document:
    page = f"<html><head><title>{TITLE}</title></head><body>{MENU}{body}</body></html>"
    return read_document(page.encode())


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def kinds(document: Document) -> list[str]:
    return [problem.kind for problem in document.problems]


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>{TITLE}</h1><p>{OPENING}</p>",
        f"<h1>{TITLE}</h1><div>发布时间：2024-01-10 浏览：31次</div><hr><p>{OPENING}</p>",
        f"<div><h1>{TITLE}</h1><div>来源：本局</div></div><div><p>{OPENING}</p></div>",
    ],
)
def test_an_opening_below_the_title_is_kept(head: str) -> None:
    found = texts(read(f"<div>{head}<div>{MIDDLE}{SIGNED}</div></div>"))
    assert found[found.index(OPENING) + 1].startswith("一项")


def test_an_opening_of_an_outer_element_is_kept() -> None:
    body = f"<div><h1>{TITLE}</h1><p>{OPENING}</p><div><div>{MIDDLE}</div></div></div>"
    assert OPENING in texts(read(body))


@pytest.mark.parametrize(
    "tail",
    [
        f"<p>{CLOSING}</p>",
        f"<div><p>{CLOSING}</p>{SIGNED}</div>",
        f"<hr><div class=x><span>{CLOSING}</span></div>",
        f"</div><div><div>{CLOSING}</div>",
    ],
)
def test_a_closing_after_the_text_is_kept(tail: str) -> None:
    found = texts(read(f"<div><h1>{TITLE}</h1><div>{MIDDLE}</div>{tail}</div>"))
    assert found.index(CLOSING) > found.index("十项工作，已按规定向社会公开，群众可以查阅。")


def test_a_signature_after_the_text_is_kept() -> None:
    found = texts(read(f"<div><h1>{TITLE}</h1><div>{MIDDLE}</div>{SIGNED}</div>"))
    assert found[-2:] == ["青禾县民政局", "2024年1月9日"]


def test_a_sentence_in_no_element_of_its_own_is_kept() -> None:
    found = texts(read(f"<div><h1>{TITLE}</h1>{OPENING}<div>{MIDDLE}</div>{CLOSING}</div>"))
    assert OPENING in found
    assert CLOSING in found


def test_a_table_of_figures_beside_the_text_is_kept() -> None:
    rows = "<tr><td>主动公开数<td>12<tr><td>申请数<td>3<tr><td>答复数<td>3"
    table = f"<div><p>附表</p><table>{rows}</table></div>"
    body = f"<div><h1>{TITLE}</h1><div>{MIDDLE}{SIGNED}</div>{table}</div>"
    document = read(body)
    assert [[c.text for c in row] for grid in document.grids() for row in grid.rows] == [
        ["主动公开数", "12"],
        ["申请数", "3"],
        ["答复数", "3"],
    ]


def test_what_follows_the_signature_is_the_page_s_but_named() -> None:
    other = "市领导昨日到我县调研民政工作，要求抓好落实。"
    document = read(f"<div><h1>{TITLE}</h1><div>{MIDDLE}{SIGNED}</div></div><div>{other}</div>")
    assert other not in texts(document)
    assert "content_beside" in kinds(document)


def test_of_two_known_containers_none_is_dropped_without_a_word() -> None:
    body = f"<div class=TRS_Editor><p>{OPENING}</p></div><div class=TRS_Editor>{MIDDLE * 3}</div>"
    document = read(body)
    assert OPENING in texts(document) or "content_beside" in kinds(document)


def test_a_whole_page_has_nothing_beside_it() -> None:
    document = read(f"<div><h1>{TITLE}</h1><p>{OPENING}</p>{MIDDLE}<p>{CLOSING}</p>{SIGNED}</div>")
    assert kinds(document) == []


@pytest.mark.parametrize("name", ["header", "foot", "tools", "position"])
def test_whole_sentences_under_names_of_furniture_are_named(name: str) -> None:
    body = f"<div class=TRS_Editor>{MIDDLE}<div class='{name}'>{CLOSING}</div>{SIGNED}</div>"
    document = read(body)
    (told,) = document.problems
    assert told.kind == "content_beside"
    assert CLOSING in told.detail
