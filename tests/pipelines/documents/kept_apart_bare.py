"""Pages whose elements have names that say nothing, of seven sets each tried before any change.

Where the page's own words stand tells that they are its own: around the title, below the end of
the text, beside each other, in a table of facts.
"""

# ruff: noqa: E501 - markup stands on lines as portals write it

from collections.abc import Callable

from tests.pipelines.documents.kept_apart_reports import (
    LONG,
    LONG_TITLE,
    MIDDLE,
    MIDDLE_TITLE,
    SHORT,
    SHORT_TITLE,
    Block,
    Written,
    pages,
)

_UNSIGNED: list[Block] = LONG[:-2]
_PLAIN_TITLE = "枫桥街道办事处2009年度政府信息公开年度报告"
_PLAIN: list[Block] = [
    "现将本街道2009年度政府信息公开工作情况报告如下：",
    "街道成立了以主任为组长的领导小组，配备专职人员1名，设立公共查阅点2个。",
    "全年主动公开政府信息84条，没有受理政府信息公开申请，没有发生有关的行政复议和诉讼。",
    "枫桥街道办事处",
    "2010年3月10日",
]
_BOX = "<div><p>{}</p><p>{}</p></div>"


def right_frame(w: Written) -> str:
    bar = f"<table><tr><td>{w.own('◆ 信息公开年报')}</td><td><a href=m>{w.own('更多>>')}</a></td></tr></table>"
    return f"{bar}<center><font size=5>{w.title}</font></center><center>{w.own('添加时间：2010-3-11')}</center><hr>{w.body()}<center><a href=#>{w.own('返回上页')}</a></center>"


def no_elements_around(w: Written) -> str:
    foot = w.each(
        "<p>{}</p>", "上一篇", "临川区林业和草原局 地址：临川大道18号", "工作时间：周一至周五"
    )
    return f"<p>{w.own('中国政府网', '省人民政府')}</p><h1>{w.title}</h1><p>{w.own('2023-01-18 | 林草局 | 阅 91')}</p>{w.body()}{foot}"


def for_printing(w: Written) -> str:
    return f"<div><h1>{w.title}</h1><p>{w.own('索引号：NP-2022-0005')}</p>{w.body()}<p>{w.own('打印日期：2024-05-06')}</p><p>{w.own('第 1 页 / 共 3 页')}</p></div>"


def board_of_a_village(w: Written) -> str:
    foot = w.each("{}<br>", "公开人：镇政务公开领导小组", "监督电话：0700-7654321", "回首页")
    return f"<font>{w.own('白石镇政务公开栏')}</font><br><b>{w.title}</b><br>{w.body('{}<br>'.format)}{foot}"


def sentences_of_the_site(w: Written) -> str:
    said = (
        "本网站由枫桥街道办事处主办，未经许可不得转载本网站内容。",
        "建议您使用1024×768分辨率浏览。",
    )
    return f"<div><h3>{w.title}</h3>{w.body()}</div><div>{w.each('<p>{}</p>', *said)}</div>"


def english_facts(w: Written) -> str:
    facts = w.own("Published: 2015-03-09", "Views: 300", "Font: Big Middle Small")
    return f"<div><h2>{w.title}</h2><div>{facts}</div>{w.body()}<div>{w.own('Print', 'Close')}</div></div>"


def rows_of_one_cell(w: Written) -> str:
    rows = w.each("<tr><td>{}</td></tr>", "信息提供：县政府办", "录入日期：2013-3-21")
    return (
        f"<table><tr><td>{w.title}</td></tr>{w.body('<tr><td>{}</td></tr>'.format)}{rows}</table>"
    )


def tags_below(w: Written) -> str:
    return f"<div>{w.title}<div>{w.own('来源：区林业和草原局')}</div><div>{w.body()}<div>{w.own('林长制')}</div><div>{w.own('年度报告')}</div></div></div>"


def empty_lists_below(w: Written) -> str:
    parts = w.each("<div>{}</div>", "附件列表：无", "解读 无相关解读", "附件 无")
    return f"<div><div>{w.title}</div><div>{w.own('体裁：报告')}</div><div>{w.body()}</div>{parts}</div>"


def disclaimer_below(w: Written) -> str:
    lines = ("免责声明：本网转载的信息，版权归原作者所有。", "广告位招租")
    return f"<div><h3>{w.title}</h3>{w.body()}{w.each('<div>{}</div>', *lines)}</div>"


def links_to_the_top(w: Written) -> str:
    top = f"<p><a href='#top'>{w.own('↑返回顶部')}</a></p>"
    return f"<h1>{w.title}</h1><div>{w.body(end=5)}{top}{w.body(first=5, end=9)}{top}{w.body(first=9)}{top}</div>"


def numbers_of_pages(w: Written) -> str:
    first, last = (
        w.each("<p align=center>{}</p>", "— 1 —"),
        w.each("<p align=center>{}</p>", "— 2 —"),
    )
    return f"<div><h2>{w.title}</h2>{w.body(end=6)}{first}{w.body(first=6)}{last}</div>"


def sharing_in_the_midst(w: Written) -> str:
    box = _BOX.format(w.own("分享到"), w.own("微信 微博 QQ"))
    other = f"<div>{w.own('延伸阅读：一图读懂年度报告')}</div>"
    return f"<div><h2>{w.title}</h2>{w.body(end=4)}{box}{w.body(first=4, end=6)}{other}{w.body(first=6)}</div>"


def menu_of_cells(w: Written) -> str:
    rows = (("机构概况", "领导信息", "内设机构"), ("政策法规", "规划计划", "财政信息"))
    menu = "".join(f"<tr>{w.each('<td>{}</td>', *row)}</tr>" for row in rows)
    return f"<table>{menu}</table><p>{w.title}</p><p>{w.own('办公室 2023-01-20')}</p>{w.body()}<p>{w.own('阅毕')}</p>"


def text_in_a_table_of_facts(w: Written) -> str:
    facts = (("标题分类", "综合类"), ("审批人", "局长"), ("生成日期", "2014-1-29"))
    rows = "".join(f"<tr>{w.each('<td>{}</td>', *row)}</tr>" for row in facts)
    return f"<table>{rows}<tr><td>{w.own('正文内容')}</td><td><center>{w.title}</center>{w.body()}</td></tr></table>"


def sentence_about_the_column(w: Written) -> str:
    about = w.own("本栏目公布各部门依法编制的年度报告，供社会各界查阅监督。")
    return f"<div><div>{about}</div><h2>{w.title}</h2><div>{w.own('发布单位：县统计局')}</div>{w.body()}<p>{w.own('没有找到想要的内容？', '联系管理员')}</p></div>"


_MADE: dict[Callable[[Written], str], tuple[str, list[Block]]] = {
    right_frame: (_PLAIN_TITLE, _PLAIN),
    no_elements_around: (LONG_TITLE, LONG),
    for_printing: (LONG_TITLE, _UNSIGNED),
    board_of_a_village: (SHORT_TITLE, SHORT),
    sentences_of_the_site: (_PLAIN_TITLE, _PLAIN),
    english_facts: (MIDDLE_TITLE, MIDDLE),
    rows_of_one_cell: (SHORT_TITLE, SHORT),
    tags_below: (LONG_TITLE, _UNSIGNED),
    empty_lists_below: (LONG_TITLE, _UNSIGNED),
    disclaimer_below: (MIDDLE_TITLE, MIDDLE),
    links_to_the_top: (LONG_TITLE, LONG),
    numbers_of_pages: (LONG_TITLE, LONG),
    sharing_in_the_midst: (LONG_TITLE, LONG),
    menu_of_cells: (LONG_TITLE, _UNSIGNED),
    text_in_a_table_of_facts: (SHORT_TITLE, SHORT),
    sentence_about_the_column: (MIDDLE_TITLE, MIDDLE),
}


PAGES = pages(_MADE)
