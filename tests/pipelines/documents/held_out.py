"""Report pages unlike those the rules were written with: kept apart to measure them.

Each template puts the one report of `sample` into a page of another build, and strews sentences
over the page that belong to the site and not to the report (`NOISE`).
"""

import json
from collections.abc import Callable, Iterator
from html import escape

from tests.pipelines.documents.sample import TITLE, Rows, sample

MENU = ("首页", "走进青禾", "新闻动态", "政务服务栏", "互动交流区", "数据开放", "专题专栏集")
RELATED = tuple(
    f"青禾市{place}2023年政府信息公开工作年度报告"
    for place in ("教育局", "科学技术局", "民政局", "财政局", "司法局", "人力资源和社会保障局")
)
NEWS = (
    "全市防汛抗旱工作会议召开，部署今年汛期各项准备工作，强调责任落实到人。",
    "市领导调研重点水利工程建设，要求加快进度，确保质量，按期完工投用。",
    "我市启动世界水日宣传周活动，向市民发放节水手册，普及节水知识。",
)
SHARING = ("分享到微信朋友圈", "分享到新浪微博", "【打印本页】", "【关闭窗口】", "字体：大中小")
FOOTER = ("主办单位：青禾市人民政府办公室", "网站标识码：9901000001", "您是本站第88231位访客")
COMMENTS = (
    "网友清风：请问水费阶梯价格什么时候公布，想了解一下。",
    "网友小禾：希望尽快把河道两边的路灯修好，谢谢。",
)
SOURCE_LINES = ("文章来源：本站原创", "责任编辑：王某")
NOISE = (*MENU, *RELATED, *NEWS, *SHARING, *FOOTER, *COMMENTS, *SOURCE_LINES)

Wrap = Callable[[str], str]


def rows_markup(rows: Rows, cell: Wrap = escape, tag: str = "td") -> str:
    """The rows of a table."""

    def one(text: str, colspan: int, rowspan: int) -> str:
        return f"<{tag} colspan={colspan} rowspan={rowspan}>{cell(text)}</{tag}>"

    return "".join(f"<tr>{''.join(one(*cell) for cell in row)}</tr>" for row in rows)


def body(paragraph: Wrap, table: Wrap = "<table border=1>{}</table>".format) -> str:
    """The report without its title."""
    return "".join(
        paragraph(block) if isinstance(block, str) else table(rows_markup(block))
        for block in sample().blocks[1:]
    )


def each(template: str, texts: tuple[str, ...]) -> str:
    return "".join(template.format(text) for text in texts)


def page(inside: str, head: str = "", attributes: str = "") -> str:
    title = f"{TITLE}_青禾市水务局"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body {attributes}>{inside}</body></html>"
    )


def p(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def old_portal() -> str:
    """1990s: three columns made of tables, FONT and BR, upper case, nothing named."""
    menu = each('<TR><TD HEIGHT=20><A HREF="l.asp?id=1"><FONT SIZE=2>{}</FONT></A></TD></TR>', MENU)
    news = each("<TR><TD><FONT SIZE=2>·<A HREF=n.asp>{}</A></FONT></TD></TR>", RELATED)
    text = body(lambda t: f"<FONT SIZE=3>&nbsp;&nbsp;&nbsp;&nbsp;{escape(t)}</FONT><BR><BR>")
    main = (
        f"<TABLE WIDTH=100%><TR><TD ALIGN=CENTER><FONT SIZE=5><B>{TITLE}</B></FONT></TD></TR>"
        f"<TR><TD ALIGN=CENTER>文章来源：本站原创 点击数：311 更新时间：2024-1-26</TD></TR>"
        f"<TR><TD>{text}</TD></TR><TR><TD ALIGN=RIGHT>{''.join(SHARING)}</TD></TR></TABLE>"
    )
    foot = f"<TABLE WIDTH=778><TR><TD ALIGN=CENTER>{'<BR>'.join(FOOTER)}</TD></TR></TABLE>"
    return page(
        f"<CENTER><TABLE WIDTH=778><TR><TD WIDTH=160 VALIGN=TOP><TABLE>{menu}</TABLE></TD>"
        f"<TD VALIGN=TOP>{main}</TD><TD WIDTH=150 VALIGN=TOP><TABLE>{news}</TABLE></TD></TR>"
        f"</TABLE>{foot}</CENTER>"
    )


def frame_inner() -> str:
    """The inner page of a frameset: the text straight in the body, headed by a bar."""
    bar = " | ".join(f"<a href=/{n}>{text}</a>" for n, text in enumerate(MENU))
    return page(
        f"<center>{bar}</center><hr><h3 align=center>{TITLE}</h3>{body(p)}<hr>"
        f"<small>{' '.join(FOOTER)}</small>",
        attributes="bgcolor=#ffffff",
    )


def scripted_detail() -> str:
    """A single-page application: the body is a string of JSON in a script."""
    detail = {"id": 88, "title": TITLE, "pubDate": "2024-01-26", "content": body(p), "hits": 3}
    state = json.dumps({"detail": detail, "menu": MENU, "related": RELATED}, ensure_ascii=True)
    return page(
        '<div id="app"><div class="loading">正在加载，请稍候</div></div>'
        f"<script>window.__INITIAL_STATE__={state};</script>"
    )


def bare_divs() -> str:
    """Each line a div within divs, no name anywhere, side bars as divs beside."""
    lines = body(lambda t: f"<div><div><span>{escape(t)}</span></div></div>", _div_table)
    menu = each("<div><div><a href=#>{}</a></div></div>", MENU)
    side = each("<div><a href=x.html>{}</a></div>", RELATED) + each("<div>{}</div>", NEWS)
    foot = each("<div>{}</div>", FOOTER)
    return page(
        f"<div><div>{menu}</div><div><div><div><div>{TITLE}</div><div>{lines}</div></div></div>"
        f"<div>{side}</div></div><div>{foot}</div></div>"
    )


def _div_table(rows: str) -> str:
    return f"<div><div><table>{rows}</table></div></div>"


def comments_within() -> str:
    """The share bar, the next article, and readers' comments inside the article's element."""
    share = each("<span><a href=#>{}</a></span>", SHARING)
    comments = each("<li><div>{}</div></li>", COMMENTS)
    related = each("<li><a href=r.html>{}</a></li>", RELATED)
    return page(
        f"<header><nav>{each('<a href=#>{}</a>', MENU)}</nav></header><main><article>"
        f"<h1>{TITLE}</h1><div class='share-box'>{share}</div>{body(p)}"
        f"<div class='share'>{share}</div><div class='related-news'><h4>相关文章</h4><ul>{related}"
        f"</ul></div><div class='comments'><h4>网友评论</h4><ul>{comments}</ul></div>"
        f"</article></main><footer>{each('<p>{}</p>', FOOTER)}</footer>"
    )


def preformatted() -> str:
    """Prose in PRE elements, between tables."""
    menu = each("<li><a href=#>{}</a></li>", MENU)
    text = body(lambda t: f"<pre>    {escape(t)}\n</pre>")
    return page(f"<ul>{menu}</ul><h2>{TITLE}</h2><div>{text}</div><div>{'　'.join(FOOTER)}</div>")


def broken_lines() -> str:
    """One element, lines parted by BR, tables in between."""
    links = "<br>".join(f"<a href=a.html>{text}</a>" for text in RELATED)
    lines = body(lambda t: f"　　{escape(t)}<br/>\n", "</br><table>{}</table>".format)
    return page(
        f"<div class=top>{' '.join(f'<a href=#>{m}</a>' for m in MENU)}</div>"
        f"<div class=wz><b>{TITLE}</b><br>{lines}</div><div class=rt>{links}</div>"
        f"<div class=bottom>{'<br>'.join(FOOTER)}</div>"
    )


def nested_layout() -> str:
    """The report's own tables four layout tables deep, each paragraph a row."""
    rows = body(
        lambda t: f"<tr><td style='line-height:200%'><p>{escape(t)}</p></td></tr>",
        "<tr><td align=center><table class=MsoNormalTable border=1>{}</table></td></tr>".format,
    )
    inner = f"<table><tbody><tr><td><table width=95%>{rows}</table></td></tr></tbody></table>"
    menu = each("<td><a href=#>{}</a></td>", MENU)
    news = each("<tr><td>{}</td></tr>", NEWS)
    return page(
        f"<table><tr>{menu}</tr></table><table width=1000><tr><td>{inner}</td>"
        f"<td width=240><table>{news}</table></td></tr></table>"
        f"<table><tr><td>{'　'.join(FOOTER)}</td></tr></table>"
    )


def print_version() -> str:
    """The print view: nothing but the text, a button before and the address after."""
    return page(
        f"<input type=button value=打印><div style='width:650px'><h2>{TITLE}</h2>"
        f"<p align=center>文章来源：本站原创</p>{body(p)}"
        f"<p align=right>【打印本页】 【关闭窗口】</p></div>"
    )


def mobile() -> str:
    """A page for telephones: sections, a drawer of menus, recommendations at the end."""
    drawer = each("<li><a href=#>{}</a></li>", MENU)
    cards = each("<a class=card href=#><div class=t>{}</div><em>2024-02-01</em></a>", RELATED)
    return page(
        f"<section class=drawer><ul>{drawer}</ul></section><section class=hd>{TITLE}</section>"
        f"<section class=bd>{body(lambda t: f'<section><p>{escape(t)}</p></section>')}</section>"
        f"<section class=recommend><h3>为您推荐</h3>{cards}</section>"
        f"<section class=ft>{each('<p>{}</p>', FOOTER)}</section>",
        "<meta name=viewport content='width=device-width'>",
    )


def misleading_names() -> str:
    """The names of classes say the contrary of what is in them."""
    side = each("<li><a href=#>{}</a></li>", RELATED)
    news = each("<p>{}</p>", NEWS)
    return page(
        f"<div class='content-menu'><ul>{each('<li><a href=#>{}</a></li>', MENU)}</ul></div>"
        f"<div class='main-content-left'><ul>{side}</ul></div>"
        f"<div class='sidebar-layout nav-body'><h1>{TITLE}</h1>"
        f"<div class='footer-free share-page'>{body(p)}</div></div>"
        f"<div class='article-news-list'>{news}</div>"
        f"<div class='text-bottom'>{each('<p>{}</p>', FOOTER)}</div>"
    )


def two_articles() -> str:
    """A short notice stands above the report in an element of its own."""
    notice = each("<p>{}</p>", NEWS)
    return page(
        f"<div class=nav>{each('<a href=#>{}</a>', MENU)}</div><div class=list>"
        f"<div class=item><h2>水务要闻</h2>{notice}</div>"
        f"<div class=item><h2>{TITLE}</h2>{body(p)}</div></div>"
        f"<div class=foot>{each('<p>{}</p>', FOOTER)}</div>"
    )


def long_related() -> str:
    """A list of four hundred linked titles follows, longer than the report."""
    many = "".join(f"<li><a href={n}.html>{RELATED[n % 6]}</a></li>" for n in range(400))
    return page(
        f"<ul>{each('<li><a href=#>{}</a></li>', MENU)}</ul><div><h1>{TITLE}</h1>"
        f"<div>{body(p)}</div><div><h3>更多</h3><ul>{many}</ul></div></div>"
        f"<div>{each('<span>{}</span>', FOOTER)}</div>"
    )


def aspx_form() -> str:
    """A page of one form with view state, spans with generated ids, the text in a span."""
    state = f'<input type="hidden" name="__VIEWSTATE" value="{"dDwtMTc4" * 400}">'
    text = body(lambda t: f"<P class=MsoNormal><SPAN lang=EN-US>{escape(t)}<o:p></o:p></SPAN></P>")
    return page(
        f'<form id="aspnetForm" method=post>{state}<div id="ctl00_menu">'
        f"{each('<a href=#>{}</a> | ', MENU)}</div>"
        f'<table><tr><td><span id="ctl00_lblTitle">{TITLE}</span></td></tr>'
        f"<tr><td>责任编辑：王某　文章来源：本站原创</td></tr>"
        f'<tr><td><span id="ctl00_lblBody">{text}</span></td></tr></table>'
        f'<div id="ctl00_copyright">{"".join(FOOTER)}</div></form>'
    )


def builder_blocks() -> str:
    """A page builder: each paragraph and each table in an element far from the others."""
    wrap = '<div class="row"><div class="col-md-12"><div class="widget">{}</div></div></div>'
    parts = body(lambda t: wrap.format(p(t)), lambda rows: wrap.format(f"<table>{rows}</table>"))
    cards = each('<div class="row"><div class="col-md-4"><a href=#>{}</a></div></div>', RELATED)
    return page(
        f'<div class="navbar">{each("<a href=#>{}</a>", MENU)}</div><div class="container">'
        f'<div class="row"><h1>{TITLE}</h1></div>{parts}{cards}</div>'
        f'<div class="container">{each("<p>{}</p>", FOOTER)}</div>'
    )


def hidden_twin() -> str:
    """Hidden copies: a printing copy, a tooltip, and the news in a closed tab."""
    news = each("<p>{}</p>", NEWS)
    return page(
        f"<div class=menu>{each('<a href=#>{}</a>', MENU)}</div><div class=tabs>"
        f"<div class=tab style='display:none'>{news}</div><div class=tab><h1>{TITLE}</h1>"
        f"<span hidden>{COMMENTS[0]}</span>{body(p)}<p style='DISPLAY: none'>{COMMENTS[1]}</p>"
        f"<template><p>{NEWS[0]}</p></template><noscript><p>{SHARING[0]}</p></noscript></div></div>"
        f"<div class=foot>{each('<p>{}</p>', FOOTER)}</div>"
    )


def definition_list() -> str:
    """Sections as a list of definitions, with the site's news as another one."""
    lines = body(lambda t: f"<dd>{escape(t)}</dd>", "<dd><table>{}</table></dd>".format)
    return page(
        f"<ol>{each('<li><a href=#>{}</a></li>', MENU)}</ol>"
        f"<dl><dt>{TITLE}</dt>{lines}</dl><dl><dt>要闻</dt>{each('<dd>{}</dd>', NEWS)}</dl>"
        f"<address>{'<br>'.join(FOOTER)}</address>"
    )


def unclosed() -> str:
    """Elements never closed, the site's lines after the last paragraph at the same depth."""
    text = body(lambda t: f"<p>{escape(t)}", "<table>{}</table>".format)
    return (
        f"<title>{TITLE}</title><ul>{each('<li><a href=#>{}</a>', MENU)}</ul>"
        f"<h1>{TITLE}</h1><div>{text}<p>责任编辑：王某<p>上一篇：<a href=1>{RELATED[0]}</a>"
        f"<p>下一篇：<a href=2>{RELATED[1]}</a></div><div>{'<br>'.join(FOOTER)}"
    )


def paged_by_mark() -> str:
    """One body, cut by the content system's mark, and a pager below it."""
    blocks = list(_pieces())
    half = len(blocks) // 2
    text = "".join(blocks[:half]) + "<p>#PAGE_BREAK#</p>" + "".join(blocks[half:])
    return page(
        f"<div>{each('<a href=#>{}</a>', MENU)}</div><div><h2>{TITLE}</h2><div>{text}</div>"
        f"<div><a href=#>上一页</a><a href=#>1</a><a href=#>2</a><a href=#>下一页</a></div></div>"
        f"<div>{each('<p>{}</p>', FOOTER)}</div>"
    )


def _pieces() -> Iterator[str]:
    for block in sample().blocks[1:]:
        yield p(block) if isinstance(block, str) else f"<table>{rows_markup(block)}</table>"


TEMPLATES: dict[str, Callable[[], str]] = {
    made.__name__: made
    for made in (
        old_portal, frame_inner, scripted_detail, bare_divs, comments_within, preformatted,
        broken_lines, nested_layout, print_version, mobile, misleading_names, two_articles,
        long_related, aspx_form, builder_blocks, hidden_twin, definition_list, unclosed,
        paged_by_mark,
    )
}  # fmt: skip
