"""Page templates of several families and eras, with menus, footers and other furniture.

`KNOWN` were written with the rules; `APART` afterwards, without changing the rules for them.
Every piece of furniture holds the sign ※, so that leaks can be counted.
"""

# ruff: noqa: E501 - markup stands on lines as portals write it

import json
from collections.abc import Callable

from tests.pipelines.documents.sample import TITLE, Rows, sample
from tests.pipelines.documents.writers import html_table

META = (
    f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2024-01-26 09:30">'
)
MENU = "".join(
    f'<li><a href="../{name}/">※{text}</a></li>'
    for name, text in (
        ("zfxxgkzn", "政府信息公开指南"),
        ("zfxxgkzd", "政府信息公开制度"),
        ("zfxxgknb", "政府信息公开年报"),
        ("ysqgk", "依申请公开"),
    )
)
RELATED = "".join(
    f'<li><a href="t202301{n}.html">※某市召开2023年度工作会议，部署第{n}项任务</a><span>2023-02-0{n}</span></li>'
    for n in range(1, 8)
)
FOOTER = (
    "<p>※版权所有：青禾市人民政府　主办：青禾市人民政府办公室</p>"
    "<p>※网站标识码：9900000001　某ICP备00000001号　联系电话：0990-1234567</p>"
)


def body(
    paragraph: Callable[[str], str] = lambda text: f"<p>{text}</p>", title: bool = False
) -> str:
    blocks: list[str | Rows] = sample().blocks if title else sample().blocks[1:]
    return "\n".join(
        html_table(block) if isinstance(block, list) else paragraph(block) for block in blocks
    )


def trs() -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8">{META}
<title>
 {TITLE}
 _
 政府信息公开年报
</title></head><body><div class="w1300"><div class="side-left"><ul>{MENU}</ul></div>
<div class="zn_article"><div class="xl-top"><h1>{TITLE}</h1><div class="lips"><span>发布时间：2024-01-26</span>
<span>来源：※市水务局</span><span>字号：<select><option>※大</option></select></span></div></div>
<div class="xl_article"><div class=TRS_Editor><div class=TRS_Editor>{body()}</div></div>
<div class="fj"><h5>附件下载：</h5></div>
<div class="ewm"><p>扫一扫在手机打开当前页※</p></div></div>
<div class="xgwz"><p>相关文章</p><ul>{RELATED}</ul></div></div><div class="footer">{FOOTER}</div></div></body></html>"""


def old_layout() -> str:
    """Nested layout tables, FONT and BR, no container with a name, GB2312 in upper case."""
    text = body(lambda text: f"<FONT size=3>　　{text}</FONT><BR>")
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312">
<TITLE>{TITLE}</TITLE></HEAD><BODY><TABLE width=776 align=center><TR><TD><A href=/>※首页</A> | <A href=/zw>※政务</A>
| <A href=/fw>※办事</A></TD></TR></TABLE><TABLE width=776 align=center><TR><TD width=180 vAlign=top>
<TABLE><TR><TD><A href=a>※政策文件</A></TD></TR><TR><TD><A href=b>※工作动态</A></TD></TR><TR><TD><A href=c>※通知公告</A></TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width="100%"><TR><TD align=center><B>{TITLE}</B></TD></TR>
<TR><TD>{text}</TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印</A>】【<A href="javascript:window.close()">关闭</A>】</TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=776 align=center><TR><TD>{FOOTER}</TD></TR></TABLE></BODY></HTML>"""


def word_pasted() -> str:
    text = body(
        lambda text: (
            f'<p class="MsoNormal" style="text-indent:32pt"><span lang="EN-US">'
            f"{text[:3]}</span><span style='font-family:仿宋_GB2312'>{text[3:]}<o:p></o:p></span></p>"
        )
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>{META}<title>{TITLE}-青禾市</title></head><body>
<div class="header"><a href="/">※首页</a></div><div class="nav"><ul>{MENU}</ul></div>
<div id="zoom"><style>p.MsoNormal {{ mso-style-parent:"※" }}</style><!--[if gte mso 9]><xml>※</xml><![endif]-->{text}
<div style="display:none">※隐藏的文字，不应出现在正文里。</div></div>
<div class="share bdsharebuttonbox"><a>※微信</a><a>※微博</a></div><div class="footer">{FOOTER}</div></body></html>"""


def ucap() -> str:
    half = body().replace("<p>五、", "<p>#PAGE_BREAK#</p><p>五、")
    return f"""<html><head><meta charset=utf-8><meta content="{TITLE}" name="ArticleTitle"></head><body>
<div class="top"><ul>{MENU}</ul></div><div class="detail"><h1><UCAPTITLE>{TITLE}</UCAPTITLE></h1>
<div class="info">发布日期：<PUBLISHTIME>2024-01-26</PUBLISHTIME> 浏览次数：※12</div>
<UCAPCONTENT><div id="UCAP-CONTENT">{half}</div></UCAPCONTENT></div>
<div class="relevantdoc"><ul>{RELATED}</ul></div><div>{FOOTER}</div></body></html>"""


def vsb() -> str:
    return f"""<!DOCTYPE html><html><head>{META}<META Name="keywords" Content="※水务局"></head><body>
<div class="wz">当前位置：<a href="../index.htm">※首页</a> >> <a href="x.htm">※信息公开</a></div>
<form name="_newscontent_fromname"><div class="article"><h3>{TITLE}</h3>
<div class="info">2024年01月26日 09:30　点击：[<script>_showDynClicks("wbnews")</script>]</div>
<div id="vsb_content_2"><div class="v_news_content">{body()}</div></div></div>
<p>上一条：<a href="1.htm">※无</a></p><p>下一条：<a href="2.htm">※机构职能</a></p></form>{FOOTER}</body></html>"""


def unnamed() -> str:
    """No container of a known name at all."""
    return f"""<html><head><title>{TITLE}_青禾市水务局</title></head><body><div class="a1"><ul>{MENU}</ul></div>
<div class="b2"><div class="c3"><h2>{TITLE}</h2><div class="d4">{body()}</div></div>
<div class="e5"><h4>※推荐阅读</h4><ul>{RELATED}</ul></div></div><div class="f6">{FOOTER}</div></body></html>"""


def spilled() -> str:
    """A stray end tag within the pasted text closes the container early."""
    text = body().replace("<p>三、", "</div></div><p>三、")
    return f"""<html><head>{META}</head><body><div class=nav><ul>{MENU}</ul></div><div class=main><div class=box>
<div class="TRS_Editor"><div>{text}</div></div></div></div><div class="footer">{FOOTER}</div></body></html>"""


KNOWN = {f.__name__: f for f in (trs, old_layout, word_pasted, ucap, vsb, unnamed, spilled)}


def gkmlpt() -> str:
    """The body is a string in a script."""
    detail = json.dumps({"title": TITLE, "content": body()}).replace("<", "\\u003C")
    return f"""<html><head><title>{TITLE}</title></head><body><div id="app"></div>
<ul>{MENU}</ul><script>window._CONFIG = {{SID:'175', DETAIL: {detail}}};</script></body></html>"""


def portal_card() -> str:
    """Custom elements of a design system, the text in article > section."""
    return f"""<!doctype html><html lang="zh"><head>{META}<title>{TITLE} - 市水务局 - 青禾市人民政府</title></head><body>
<header><nav><ul>{MENU}</ul></nav></header><main><div class="row"><aside><h3>※热点专题</h3><ul>{RELATED}</ul></aside>
<article class="govdoc"><h1 class="ttl">{TITLE}</h1><div class="meta"><time>2024-01-26</time><em>来源：※水务局</em></div>
<section>{body(lambda t: f"<div>{t}</div>")}</section></article></div></main><footer>{FOOTER}</footer></body></html>"""


def hanweb() -> str:
    return f"""<html><head>{META}<meta name="ColId" content="1202"></head><body><table><tr><td>{FOOTER}</td></tr></table>
<div class="bt-box-main"><div id="c"><table id="article"><tbody><tr><td class="title">{TITLE}</td></tr>
<tr><td><div id="zoom"><!--ZJEG_RSS.content.begin-->{body(lambda t: f"<p><span>&nbsp;&nbsp;{t}</span></p>")}<!--ZJEG_RSS.content.end--></div></td></tr></tbody></table></div></div>
<div class="you"><ul>{RELATED}</ul></div></body></html>"""


def lines_in_pre() -> str:
    """Text with line breaks only, in a cell of a table that lays out the page."""
    text = body(lambda t: f"{t}<br/>\n")
    return f"""<html><head><title>{TITLE}</title></head><body><center><table><tr><td colspan=2><a href=/>※本局首页</a></td></tr>
<tr><td class=l><a href=1>※局长信箱</a><br><a href=2>※机构设置</a><br><a href=3>※办事指南</a></td><td class=r><p align=center><b>{TITLE}</b></p>{text}</td></tr>
<tr><td colspan=2 align=center>{FOOTER}</td></tr></table></center></body></html>"""


def tabs_and_cards() -> str:
    return f"""<html><head>{META}</head><body><div class="layui-tab"><ul>{MENU}</ul></div>
<div class="xxgk-detail"><table class="xxgk-head"><tr><td>索引号：</td><td>※QH2024-1</td><td>发文机构：</td><td>※市水务局</td></tr>
<tr><td>名称：</td><td>※年报</td><td>发布日期：</td><td>※2024-01-26</td></tr></table>
<div class="wz-title">{TITLE}</div><div class="wz-nr">{body(lambda t: f"<p style='line-height:2'>{t}</p>")}</div>
<div class="bottom-tool"><span>【打印本页】</span><span>【关闭窗口】</span></div></div>
<div class="links">※友情链接：<a href=1>※国务院</a><a href=2>※省政府</a><a href=3>※省水利厅</a></div><div class="foot">{FOOTER}</div></body></html>"""


APART = {f.__name__: f for f in (gkmlpt, portal_card, hanweb, lines_in_pre, tabs_and_cards)}


def hanweb_grid() -> str:
    """A portal of units: breadcrumb and print bar in cells, the text in a nested cell."""
    text = body(lambda t: f'<div align="left"><font face="仿宋" size="4">　　{t}</font></div>')
    return f"""<html><head><title>青禾市水务局 {TITLE}</title><meta name="author" content="※"></head><body>
<div id="head"><script>document.write("※")</script></div><table class="tb-top"><tr><td>当前位置：<a href="/col/col1/index.html">※首页</a> &gt; <a href="/col/col2/index.html">※法定主动公开内容</a></td></tr></table>
<table id="c" cellpadding="0"><tr><td class="tit">{TITLE}</td></tr><tr><td class="bar">发布日期：2024-01-26　浏览次数：<script src="/module/visitcount/visit.jsp"></script>　字号：[ <a href="#">大</a> <a href="#">中</a> <a href="#">小</a> ]</td></tr>
<tr><td><table width="100%"><tr><td class="bt_content">{text}</td></tr></table></td></tr></table>
<table class="near"><tr><td>上一篇：<a href="art_1.html">※关于干部任职的通知</a></td></tr><tr><td>下一篇：<a href="art_2.html">※2024年部门预算</a></td></tr></table>{FOOTER}</body></html>"""


def lonsun() -> str:
    """Municipal platform: key-value table above, text in `j-fontContent` with a share bar within."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_青禾市水务局</title>
<meta name="ContentSource" content="※青禾市水务局"></head><body><div class="wrap"><div class="position">您现在的位置：<a href="/">※首页</a>&gt;<a href="/zwgk">※政务公开</a></div>
<div class="xxgkcontent"><table class="table_suoyin"><tbody><tr><th>索引号：</th><td>※QH-2024-0001</td><th>信息分类：</th><td>※年度报告</td></tr><tr><th>发布机构：</th><td>※市水务局</td><th>有效性：</th><td>※有效</td></tr></tbody></table>
<h1 class="newstitle">{TITLE}</h1><div class="wzbjxx">发布时间：2024-01-26 09:30 来源：※市水务局 浏览次数：<span id="hits">※33</span></div>
<div class="wzcon j-fontContent clearfix">{body(lambda t: f'<p style="text-indent:2em"><span style="font-size:16px">{t}</span></p>')}
<div class="bdsharebuttonbox"><a href="#">※分享到微信</a><a href="#">※分享到微博</a></div></div>
<ul class="newsother"><li>上一篇：<a href="1.html">※水资源公报</a></li><li>下一篇：<a href="2.html">※水土保持公报</a></li></ul></div></div><div id="footer">{FOOTER}</div></body></html>"""


def gkmlpt_config() -> str:
    """The whole answer of an interface in a script, escaped for HTML within the string."""
    detail = json.dumps(
        {"id": 1, "title": TITLE, "abstract": "※", "url": "http:\\/\\/x", "content": body()},
        ensure_ascii=True,
    ).replace("/", "\\/")
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}</title><script>
window._CONFIG = {{ SITE_URL: 'http://www.qinghe.gov.cn', IDENTIFIER: '※', DETAIL: {detail}, TREE: [{{"name":"※法规公文","children":[]}}] }};
</script></head><body><div class="top-bar">※无障碍</div><div id="app"></div><script src="/gkmlpt/app.js"></script></body></html>"""


def jpaas() -> str:
    """A platform that builds pages of components with generated names, text in a rich-text field."""
    return f"""<!DOCTYPE html><html><head><meta charset="UTF-8">{META}<title>青禾市人民政府 年度报告 {TITLE}</title></head><body>
<div class="jpaas-header" data-ref="c1"><div class="comp-menu"><a href="/">※首页</a><a href="/zw">※政务</a><a href="/hd">※互动</a></div></div>
<div id="barrierfree_container"><div class="page-content" parseType="bulidstatic" tagId="信息内容"><div class="arc-header"><div class="arc-title">{TITLE}</div>
<div class="arc-info"><span>时间：2024-01-26</span><span>来源：※市水务局</span><span class="arc-print">打印</span></div></div>
<div class="arc-body" id="rich_7f3a">{body(lambda t: f'<p style="text-align:justify;"><span>{t}</span></p>')}</div>
<div class="arc-foot"><div class="arc-qr"><img src="data:image/png;base64,x" alt="※"><p>※手机扫码</p></div></div></div></div>
<div class="jpaas-footer">{FOOTER}</div></body></html>"""


def old_frames() -> str:
    """The right frame of a frameset page: no head, no container, bars of links in cells."""
    text = body(lambda t: f"<P><FONT face=宋体 size=3>&nbsp;&nbsp;&nbsp;&nbsp;{t}</FONT></P>")
    return f"""<META http-equiv="Content-Type" content="text/html; charset=gb2312"><LINK href="a.css"><BODY bgColor=#ffffff leftMargin=0>
<TABLE border=0 width=560><TR><TD bgColor=#eeeeee><IMG src=dot.gif>&nbsp;<A href=list.htm>※返回列表</A> | <A href=/ target=_top>※返回首页</A></TD></TR>
<TR><TD height=30 align=middle><FONT color=red size=5><B>{TITLE}</B></FONT></TD></TR>
<TR><TD align=middle>2024年1月26日&nbsp;&nbsp;点击数：※88</TD></TR><TR><TD><HR></TD></TR><TR><TD class=s>{text}</TD></TR><TR><TD><HR>
<A href=#top>※返回页首</A> <A href=mailto:a@b>※联系站长</A></TD></TR></TABLE></BODY>"""


UNSEEN = {f.__name__: f for f in (hanweb_grid, lonsun, gkmlpt_config, jpaas, old_frames)}
