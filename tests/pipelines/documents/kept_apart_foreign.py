"""Pages on which the portal's words stand in elements or shapes foreign to the report's."""

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

TINY_TITLE = "双桥镇2008年度政府信息公开工作总结报告"
TINY: list[Block] = [
    "2008年双桥镇公开村务财务信息216条，群众来人来电咨询31次，收到公开申请0件，没有收费。2009年将继续努力。"
]
_UNSIGNED = LONG[:-2]


def panes(w: Written) -> str:
    asked = ("留言人：清风", "留言内容：建议增加公交线路信息公开。", "答复单位：县交通局")
    news = w.own("一图读懂本年年报", "公开工作亮点纷呈，解读产品丰富多样，受到群众广泛好评。")
    return f"<div><h2>{w.title}</h2>{w.body()}</div><div><h3>{news}</h3></div><div>{w.each('<p>{}</p>', *asked)}</div>"


def tiny_beside_a_column(w: Written) -> str:
    about = w.own("双桥镇位于县境东部，辖18个行政村，面积86平方公里，是全国重点镇。")
    foot = w.own("双桥镇人民政府版权所有 电话0711-7100000")
    return f"<table><tr><td><p>{w.own('双桥镇简介')}</p><p>{about}</p></td><td><p>{w.title}</p>{w.body()}</td></tr><tr><td colspan=2>{foot}</td></tr></table>"


def summary_above(w: Written) -> str:
    lines = ("全年公开信息二百余条，申请全部办结。", "以上摘要由人工智能生成，仅供参考。")
    return f"<div><h1>{w.title}</h1><div>{w.own('AI智能摘要')}{w.each('<p>{}</p>', *lines)}</div><div>{w.body()}</div></div>"


def teaser_above(w: Written) -> str:
    begin = w.own(f"{str(MIDDLE[0])[:40]}...")
    return f"<h2>{w.title}</h2><div>{begin}</div><div>{w.body()}</div>"


def listing_in_a_table(w: Written) -> str:
    rows = (("县水利局2014年年报", "2015-03-18"), ("县民政局2014年年报", "2015-03-19"))
    listed = "".join(f"<tr>{w.each('<td>{}</td>', *row)}</tr>" for row in rows)
    return f"<div>{w.title}</div><div>{w.body()}</div><table>{listed}</table>"


def other_shapes_below(w: Written) -> str:
    edited = w.own("此页面最后编辑于2021年2月3日 (星期三) 10:21。")
    links = "<br>".join(
        f"·<a href=/{n}>{w.own(t)}</a>" for n, t in enumerate(("征迁公告", "招考公告"))
    )
    return f"<h1>{w.title}</h1>{w.body(end=6)}<div><b>{w.own('更多阅读')}</b><br>{links}</div>{w.body(first=6)}<div>{w.own('取自公开资料')}</div><ul><li>{edited}</li></ul>"


def sentences_in_a_column(w: Written) -> str:
    lines = ("举报电话：0371-6600000", "举报奖励办法解读：群众举报隐患最高奖励五十万元。")
    return f"<div><div><div>{w.title}</div><div>{w.body()}</div></div><div>{w.each('<div>{}</div>', *lines)}</div></div>"


def spans_as_blocks(w: Written) -> str:
    spans = w.body(lambda text: f"<span style='display:block'>{text}</span>")
    return (
        f"<div><div>{w.title}</div><div>{spans}</div><div>{w.own('转发 3评论 5赞 21')}</div></div>"
    )


def text_in_a_cell_of_three_columns(w: Written) -> str:
    facts = f"<td>{w.own('收藏本文')}</td><td><b>{w.title}</b></td><td>{w.own('热度：★★★')}</td>"
    foot = w.own("本条信息由海棠区城管局负责维护")
    return f"<table><tr>{facts}</tr><tr><td colspan=3>{w.body()}</td></tr><tr><td colspan=3>{foot}</td></tr></table>"


def news_below(w: Written) -> str:
    news = (
        "法治建设巡礼：调解室里的故事。",
        "全区开展宣传周活动，发放资料5000余份。",
        "地址：某市滨河路66号",
    )
    return f"<h1>{w.title}</h1>{w.body()}<div>{w.each('<p>{}</p>', *news)}</div>"


_MADE: dict[Callable[[Written], str], tuple[str, list[Block]]] = {
    panes: (LONG_TITLE, _UNSIGNED),
    tiny_beside_a_column: (TINY_TITLE, TINY),
    summary_above: (LONG_TITLE, LONG),
    teaser_above: (MIDDLE_TITLE, MIDDLE),
    listing_in_a_table: (MIDDLE_TITLE, MIDDLE),
    other_shapes_below: (LONG_TITLE, _UNSIGNED),
    sentences_in_a_column: (MIDDLE_TITLE, MIDDLE),
    spans_as_blocks: (SHORT_TITLE, SHORT),
    text_in_a_cell_of_three_columns: (SHORT_TITLE, SHORT),
    news_below: (LONG_TITLE, _UNSIGNED),
}


PAGES = pages(_MADE)
