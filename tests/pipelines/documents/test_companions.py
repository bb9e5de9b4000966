"""Lines that stand together with the page's own in one element: a bar, a box of facts, a poll."""

import pytest

from pipelines.documents import read_document

TITLE = "岚山市民政局2022年政府信息公开工作年度报告"
TEXT = [
    "一、总体情况",
    "2022年，市民政局主动公开信息412条。",
    "二、申请情况",
    "收到申请6件，均按期答复。",
    "三、其他需要报告的事项",
    "未收取信息处理费。",
]
SHORT = ["2022年，我街道主动公开信息57条，没有收到政府信息公开申请。"]


def each(template: str, lines: list[str]) -> str:
    return "".join(template.format(line) for line in lines)


def found(text: list[str], before: str = "", after: str = "") -> list[str]:
    body = f"<div><h1>{TITLE}</h1>{before}{each('<p>{}</p>', text)}{after}</div>"
    page = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    lines = [paragraph.text for paragraph in read_document(page.encode()).paragraphs()]
    return [line for line in lines if line != TITLE]


def box(*lines: str) -> str:
    return f"<div>{each('<p>{}</p>', [*lines])}</div>"


FACTS = box("索引号：0143/2022-2", "公开方式：主动公开", "责任科室 办公室", "来源：民政局")
POLL = box("附：意见征集", "您是否满意？", "○满意 ○不满意", "我要评价")
BUTTONS = box("有用 12", "无用 0")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FACTS, ""),
        ("", POLL),
        ("", BUTTONS),
        ("<div>1月18日 · 3分钟读完</div>", ""),
        (box("AI总结", "报告介绍了公开信息412条等情况。"), ""),
    ],
)
def test_what_stands_with_the_pages_own_is_left_out(before: str, after: str) -> None:
    assert found(TEXT, before, after) == TEXT


@pytest.mark.parametrize(
    "lines",
    [
        ["受理：6", "打印", "关闭", "返回顶部"],
        ["附件：汇总表.xls", "打印", "关闭", "返回顶部"],
        ["注：不含下属单位。", "打印", "关闭", "返回顶部"],
    ],
)
def test_a_count_a_file_and_a_note_stay_among_buttons(lines: list[str]) -> None:
    assert found(TEXT, after=box(*lines)) == [*TEXT, lines[0]]


def test_links_and_tags_below_a_short_text_are_left_out() -> None:
    links = "<p><a href=1>街道召开换届大会</a></p><p><a href=2>招聘启事</a></p>"
    assert found(SHORT, after=f"<p>往期回顾</p>{links}") == SHORT
    assert found(SHORT, after="<p>[返回]</p><p>信息员 小沈</p>") == SHORT


def test_a_short_text_goes_on_below_a_heading_of_others() -> None:
    assert found(["相关情况：", *SHORT]) == ["相关情况：", *SHORT]


@pytest.mark.parametrize("line", ["#政务公开# #民政#", "/ END /", "岚山市政务服务中心主办"])
def test_tags_of_a_site_around_the_text_are_left_out(line: str) -> None:
    assert found(TEXT, after=f"<p>{line}</p>") == TEXT
