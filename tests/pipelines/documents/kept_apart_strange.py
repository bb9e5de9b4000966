"""Pages of four further sets that were read wrongly, or might have been, when first tried."""

# ruff: noqa: E501 - markup stands on lines as portals write it

from collections.abc import Callable
from html import escape

from tests.pipelines.documents.kept_apart import MENU, OTHERS
from tests.pipelines.documents.kept_apart_reports import (
    LONG,
    LONG_TITLE,
    MIDDLE,
    MIDDLE_TITLE,
    SHORT,
    SHORT_TITLE,
    Block,
    Page,
    body,
    each,
    p,
)

BRIEF_TITLE = "云台乡2011年政府信息公开年度报告"
BRIEF: list[Block] = [
    "2011年云台乡政府信息公开工作顺利开展，全年公开各类信息46条，其中网站公开30条、公开栏公开16条；没有收到公开申请，没有发生复议、诉讼，没有收取任何费用。2012年我乡将继续提高信息的数量和质量。",
    "云台乡人民政府",
    "2012年2月1日",
]


def page(title: str, inside: str) -> str:
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{inside}</body></html>"
    )


def survey_below_links() -> Page:
    """Links to other years within the report's element, and below them a survey without links."""
    lines = ("这条信息对您有帮助吗？", "有帮助 没帮助", "打分：5分 4分 3分 2分 1分", "相关文档")
    links = each("<p><a href=/r>{}</a></p>", OTHERS[:3])
    inside = (
        f"<div class=b><div class=c1><h3>{LONG_TITLE}</h3>{body(LONG[:-2], lambda t: f'<div>{escape(t)}</div>')}"
        f"<div><b>{lines[3]}</b>{links}</div><div>{each('<p>{}</p>', lines[:3])}</div></div></div>"
    )
    return Page(page(LONG_TITLE, inside), LONG[:-2], (*OTHERS[:3], *lines), title=LONG_TITLE)


def labels_above() -> Page:
    """Labels of the fields of a form above the text, and a list of other years below it."""
    lines = ("归档时间：2023-06-15", "发布日期: 2023.01.19", "字体:【大 中 小】", "详细信息")
    inside = (
        f"<div class=pg><div class=h>{LONG_TITLE}</div>{each('<div class=d>{}</div>', lines[:3])}<div class=x>"
        f"<p class=lab>{lines[3]}</p><p class=lab>公开具体内容</p>{body(LONG, p)}</div>"
        f"<div class=hist><h5>历年年报</h5><ul>{each('<li><a href=y>{}</a></li>', MENU)}</ul></div></div>"
    )
    noise = (*lines, "公开具体内容", "历年年报", *MENU)
    return Page(page(LONG_TITLE, inside), LONG, noise, title=LONG_TITLE)


def questions_after() -> Page:
    """Questions that readers often ask, in whole sentences, after the signature."""
    asked = (
        "问：年报在哪里查询？答：可以在区政府网站查询。",
        "问：如何申请公开？答：可以当面、邮寄或者网上申请。",
    )
    inside = (
        f"<div class=con><div class=bt1>{LONG_TITLE}</div><div class=nr1>{body(LONG, p)}</div><div class=faq>"
        f"<div>常见问题</div>{each('<div class=qa>{}</div>', asked)}</div></div>"
    )
    return Page(page(LONG_TITLE, inside), LONG, (*asked, "常见问题"), title=LONG_TITLE)


def facts_in_one_list() -> Page:
    """The facts of the catalogue as a list in the report's own element, each a line."""
    facts = (
        "索引号：MB1122-3/2015-0003",
        "组配分类：年报",
        "体裁分类：其他",
        "废止日期：",
        "信息状态：有效",
    )
    inside = (
        f"<div class=main0><div class=art0><ul>{each('<li>{}</li>', facts)}</ul><h2>{MIDDLE_TITLE}</h2>{body(MIDDLE, p)}"
        f"<p class=op0><span>【字体：</span><a>大</a><a>小</a><span>】</span><a>【关闭】</a></p></div></div>"
    )
    noise = (*facts, "【字体：", "【关闭】")
    return Page(page(MIDDLE_TITLE, inside), MIDDLE, noise, title=MIDDLE_TITLE)


def years_above() -> Page:
    """Links to the reports of all years above one of them, and the day it was published."""
    years = tuple(f"{year}年年报" for year in range(2008, 2023))
    inside = (
        f"<div>{each('<a href=y class=y>{}</a>', years)}</div><div><p class=big>{LONG_TITLE}</p>"
        f"<p>（公开时间：2023年1月19日）</p>{body(LONG, p)}</div><div><a href=z>公开指南</a></div>"
    )
    noise = (*years, "（公开时间", "公开指南")
    return Page(page("年报", inside), LONG, noise, title=LONG_TITLE)


def brief_beside_prose() -> Page:
    """A report of one paragraph in the column beside a longer text about the place."""
    about = "云台乡位于县城西北部，总面积七十六平方公里，辖九个行政村，主要产业有茶叶、毛竹和乡村旅游，交通便利，风景秀丽。"
    inside = (
        f"<table width=900><tr><td width=300><h3>乡镇简介</h3><p>{about * 4}</p></td><td><h2>{BRIEF_TITLE}</h2>"
        f"<p>日期：2012-2-3</p>{body(BRIEF, p)}</td></tr></table>"
    )
    noise = (about, "乡镇简介", "日期：2012-2-3")
    return Page(page(BRIEF_TITLE, inside), BRIEF, noise, title=BRIEF_TITLE)


def message_post() -> Page:
    """A post of a messaging service: every line in sections, calls to follow at both ends."""
    ends = (
        "点击上方关注我们",
        "编辑：小李",
        "审核：老王",
        "长按识别二维码关注我们",
        "点个“在看”，让更多人知道",
    )
    lines = body(
        SHORT, lambda t: f"<section><section><p><span>{escape(t)}</span></p></section></section>"
    )
    inside = (
        f"<div class=rich_media><h2>{SHORT_TITLE}</h2><div><span>原创</span><em>2011-02-16 17:35</em></div><div "
        f"class=rich_media_content><section><p>{ends[0]}</p></section>{lines}{each('<section><p>{}</p></section>', ends[1:])}"
        f"</div></div><div class=tool><a>阅读原文</a></div>"
    )
    return Page(page(SHORT_TITLE, inside), SHORT, (*ends, "阅读原文"), title=SHORT_TITLE)


def panels() -> Page:
    """The open panel of three; the closed ones hold whole sentences."""
    closed = (
        "本机关编制了本指南，公民可以查阅。",
        "申请人可以在线提交申请表，也可以邮寄、当面提交。",
    )
    hidden = "<div><h4>说明</h4><div style='display:none'><p>{}</p></div></div>"
    inside = (
        f"<div class=acc>{hidden.format(closed[0])}<div class=open><h4>公开年报</h4><div><h5>{MIDDLE_TITLE}</h5>"
        f"{body(MIDDLE, p)}</div></div>{hidden.format(closed[1])}</div>"
    )
    return Page(page(MIDDLE_TITLE, inside), MIDDLE, closed, title=MIDDLE_TITLE)


def portal_speaks() -> Page:
    """A summary above the text and a notice below it, both in whole sentences of the portal."""
    said = (
        "摘要：本文公布了区林草局年度政府信息公开的总体情况，供公众查阅。",
        "网站声明：引用本网站信息时应当注明出处；如发现错误，我们将及时更正。",
    )
    inside = (
        f"<div class=zw><h2>{LONG_TITLE}</h2><div>{said[0]}</div>{body(LONG[:-2], p)}</div><div class=ts><p>{said[1]}</p>"
        f"</div>"
    )
    return Page(page(LONG_TITLE, inside), LONG[:-2], said, title=LONG_TITLE)


def reader_is_asked() -> Page:
    """Within the text's element the day above it, and below it a question to the reader."""
    lines = ("2015-03-09 星期一", "您觉得这篇报告怎么样？ 很好 一般 较差", "客服电话：0888-1234567")
    inside = (
        f"<div class=content><h3>{MIDDLE_TITLE}</h3><div>{lines[0]}</div>{body(MIDDLE, p)}<div>{lines[1]}</div>"
        f"<div>{lines[2]}</div><div><a href=b>返回列表</a></div></div>"
    )
    return Page(page(MIDDLE_TITLE, inside), MIDDLE, lines, title=MIDDLE_TITLE)


PAGES: dict[str, Callable[[], Page]] = {
    made.__name__: made
    for made in (
        survey_below_links,
        labels_above,
        questions_after,
        facts_in_one_list,
        years_above,
        brief_beside_prose,
        message_post,
        panels,
        portal_speaks,
        reader_is_asked,
    )
}
