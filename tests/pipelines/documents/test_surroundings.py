"""First and last words of a report that stand outside the element with most of its text."""

import pytest

from parsers.records import Document
from pipelines.assembly import Line
from pipelines.documents import read_document
from pipelines.html.home import foreign

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


SECTIONS = "".join(
    f"<p>{n}、某项情况</p><p>全年公开信息{k}条，群众反映良好。</p>"
    for k, n in enumerate("一二三四", 3)
)


@pytest.mark.parametrize(
    "line",
    [
        "（2023年度）",
        "前言",
        "青民〔2024〕3号",
        "统计期限：2023年1月1日至12月31日",
        "受理 3 件",
        "现将有关情况报告如下",
    ],
)
def test_a_line_of_the_report_s_below_its_title_stays(line: str) -> None:
    assert line in texts(read(f"<div><h1>{TITLE}</h1><p>{line}</p>{SECTIONS}</div>"))


@pytest.mark.parametrize(
    "line",
    [
        "受理：3",
        "合计 3",
        "网络申请0",
        "2024年1月",
        "（盖章）",
        "特此报告",
        "附件：统计表",
        "（此件公开发布）",
        "单位负责人：李某 审核人：王某",
    ],
)
@pytest.mark.parametrize("signature", ["", SIGNED])
def test_a_line_of_the_report_s_below_its_end_stays(line: str, signature: str) -> None:
    assert line in texts(read(f"<div><h1>{TITLE}</h1>{SECTIONS}{signature}<p>{line}</p></div>"))


@pytest.mark.parametrize("line", ["无", "0", "不适用", "没有发生"])
def test_what_stands_below_the_last_heading_stays(line: str) -> None:
    end = f"<p>五、其他需要报告的事项</p><p>{line}</p><p>【打印】</p><p>【关闭】</p>"
    assert texts(read(f"<div><h1>{TITLE}</h1>{SECTIONS}{end}</div>"))[-1] == line


def test_cells_as_lines_below_the_end_stay_together() -> None:
    cells = ["收到申请数", "件", "3", "答复数", "件", "3"]
    below = "".join(f"<p>{cell}</p>" for cell in cells)
    assert texts(read(f"<div><h1>{TITLE}</h1>{SECTIONS}{below}</div>"))[-6:] == cells


def test_a_table_of_facts_above_the_title_is_left_out_and_told() -> None:
    facts = "<table><tr><td>题名</td><td>年报</td></tr><tr><td>密级</td><td>公开</td></tr></table>"
    document = read(f"<div>{facts}<p>{TITLE}</p>{SECTIONS}</div>")
    assert not list(document.grids())
    assert "content_beside" in kinds(document)


@pytest.mark.parametrize("line", ["附件1：统计表.xls", "青禾县民政局2023年年度报告.pdf"])
def test_files_named_below_the_page_s_own_lines_stay(line: str) -> None:
    end = f"<p>【打印】【关闭】</p><p>附件下载：</p><p><a href=/f/1.pdf>{line}</a></p>"
    assert line in texts(read(f"<div><h1>{TITLE}</h1>{SECTIONS}{SIGNED}{end}</div>"))


ENDED = "".join(
    f"<p>{text}</p>"
    for text in (
        "我镇2013年主动公开信息58条，其中通过网站公开40条。",
        "未收到公开申请，未发生复议和诉讼。",
        "今后将进一步充实公开内容。",
        "白沙镇人民政府",
        "2014年3月5日",
    )
)
DISCLAIMER = "所载信息仅供参考，以纸质文件为准，造成的损失不承担责任。"


def texts_of(body: str) -> list[str]:
    page = f"<html><head><title>白沙镇2013年年报</title></head><body>{body}</body></html>"
    return [paragraph.text for paragraph in read_document(page.encode()).paragraphs()]


@pytest.mark.parametrize(
    "below",
    [
        f"<div><p>{DISCLAIMER}</p></div>",
        f"<div><div><p>{DISCLAIMER}</p></div></div>",
        f"<section>{DISCLAIMER}</section>",
    ],
)
def test_sentences_beside_a_signed_text_are_the_pages(below: str) -> None:
    assert texts_of(f"<div><div>{ENDED}</div>{below}</div>")[-1] == "2014年3月5日"


@pytest.mark.parametrize(
    "below",
    [
        f"<p>{DISCLAIMER}</p></div><div>",
        f"</div><div><p>附件：{DISCLAIMER}</p>",
        "</div><div><p>本报告的电子版可以在网站下载，如有疑问请与我镇联系。</p>",
        f"</div><div><p>二、补充情况</p><p>{DISCLAIMER}</p>",
    ],
)
def test_sentences_below_a_signature_that_may_be_the_reports_stay(below: str) -> None:
    last = below.rpartition("<p>")[2].partition("<")[0]
    assert texts_of(f"<div><div>{ENDED}{below}</div></div>")[-1] == last


def test_figures_beside_a_signed_text_stay() -> None:
    below = f"<p>{DISCLAIMER}</p><p>全年公开政府信息18条。</p>"
    assert texts_of(f"<div><div>{ENDED}</div><div>{below}</div></div>")[-2:] == [
        DISCLAIMER,
        "全年公开政府信息18条。",
    ]


def test_a_date_below_the_title_does_not_end_a_text_beside_it() -> None:
    head = "<p>白沙镇2013年年报</p><p>白政〔2014〕3号</p><p>白沙镇人民政府</p><p>2014年3月5日</p>"
    body = f"<p>未收到公开申请。</p><p>{DISCLAIMER}</p><p>今后将进一步充实公开的内容。</p>"
    found = texts_of(f"<div><div>{head}</div><div>{body}</div></div>")
    assert found[-1] == "今后将进一步充实公开的内容。"


def test_many_dates_are_looked_at_once() -> None:
    many = [Line("2014年3月5日", f"/html/body/div[{number}]/p") for number in range(20_000)]
    assert not foreign(many, (), 0)


def test_a_count_of_visits_among_other_counts_is_a_row() -> None:
    rows = ["主动公开信息数 119 条", "网站专栏页面访问量 7721 人次", "现场接待人数 12 人次"]
    below = "".join(f"<p>{row}</p>" for row in [*rows, "本页访问量：17 次"])
    found = texts(read(f"<h1>{TITLE}</h1><p>{OPENING}</p>{MIDDLE}{below}"))
    assert found[-3:] == rows
