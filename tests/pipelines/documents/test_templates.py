"""The report within pages of many families: all of it, in order, and nothing else."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from pipelines.markdown import clean_text
from tests.pipelines.documents import sample, templates
from tests.pipelines.documents.agreement import f1, wanted_text, without_title

EVERY = {**templates.KNOWN, **templates.APART, **templates.UNSEEN}


def page(name: str) -> Document:
    made = EVERY[name]()
    charset = "gb18030" if "gb2312" in made else "utf-8"
    return read_document(made.encode(charset), url="https://www.qinghe.gov.cn/a/t20240126_1.html")


ALL = [*EVERY]


@pytest.mark.parametrize("name", ALL)
def test_the_tables_are_exact(name: str) -> None:
    grids = [[[c.text for c in row] for row in grid.rows] for grid in page(name).grids()]
    for wanted in sample.grids():
        assert wanted in grids


@pytest.mark.parametrize("name", ALL)
def test_every_paragraph_is_there_in_order(name: str) -> None:
    found = [p.text for p in page(name).paragraphs()]
    wanted = sample.paragraphs()[1:]
    assert [text for text in found if text in wanted] == wanted


@pytest.mark.parametrize("name", ALL)
def test_the_text_is_the_report_and_nothing_else(name: str) -> None:
    text = without_title(page(name))
    assert f1(text, wanted_text()) >= 0.99, text
    assert "PAGE_BREAK" not in text


@pytest.mark.parametrize("name", ALL)
def test_no_furniture_leaks(name: str) -> None:
    assert "※" not in clean_text(page(name))


@pytest.mark.parametrize("name", ALL)
def test_the_title_is_among_the_first_candidates(name: str) -> None:
    assert sample.TITLE in [title.text for title in page(name).titles][:3]


def read(body: str) -> list[str]:
    document = read_document(f"<html><body>{body}</body></html>".encode())
    return [paragraph.text for paragraph in document.paragraphs()]


def test_a_text_carried_twice_is_read_once() -> None:
    text = "<p>全年收到申请28件，均已办理。</p>"
    doubled = (
        f"<div class='wide TRS_Editor'>{text}</div><div class='narrow TRS_Editor'>{text}</div>"
    )
    assert read(doubled) == ["全年收到申请28件，均已办理。"]


def test_a_switch_for_the_size_of_type_is_no_container() -> None:
    text = "<div class=k><p>全年收到申请28件，均已办理。</p><p>其他情况，无。</p></div>"
    assert read(f"<div id=zoom>大 中 小</div>{text}") == [
        "全年收到申请28件，均已办理。",
        "其他情况，无。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "主办政务公开培训班3次，参加120人次。",
        "联系我们的方式有三种，见下表。",
        "访问量：12345次",
        "来自社会的意见",
        "代表建议承办",
    ],
)
def test_lines_of_a_report_that_look_like_furniture_stay(line: str) -> None:
    filler = "".join(f"<p>第{number}项工作，已完成。</p>" for number in range(12))
    assert line in read(f"<div class=TRS_Editor>{filler}<p>{line}</p>{filler}</div>")


HEAD = "<p>编制单位：柳城区教育局</p><p>编制时间：2023年1月</p><p>统计期限：2022年</p>"
SECTIONS = "".join(
    f"<p>{n}、{name}</p><p>全年{name}12件，均已办理。</p>"
    for n, name in zip("一二三", ("公开", "申请", "复议"), strict=True)
)


def test_facts_of_the_report_itself_stay_below_its_title() -> None:
    title = "柳城区教育局2022年政府信息公开工作年度报告"
    found = read(f"<div class=main><h1>{title}</h1><div>{HEAD}</div>{SECTIONS}</div>")
    assert found[1:4] == ["编制单位：柳城区教育局", "编制时间：2023年1月", "统计期限：2022年"]


def test_sections_that_are_cut_off_are_told() -> None:
    below = "<p>免责声明</p><p>四、存在的问题</p><p>公开的广度不够。</p>"
    page = f"<html><body><div class=main>{SECTIONS}{below}</div></body></html>"
    (told,) = read_document(page.encode()).problems
    assert (told.kind, "免责声明" in told.detail) == ("content_beside", True)
