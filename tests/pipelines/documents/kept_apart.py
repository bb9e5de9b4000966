"""Twelve pages of unlike makers and years, written before the rules were tried on them."""

# ruff: noqa: E501 - markup stands on lines as portals write it

from collections.abc import Callable
from html import escape

from tests.pipelines.documents.kept_apart_reports import (
    LONG,
    LONG_TITLE,
    MIDDLE,
    MIDDLE_TITLE,
    SHORT,
    SHORT_TITLE,
    Page,
    body,
    each,
    p,
    rows_markup,
)
from tests.pipelines.documents.sample import Rows

MENU = ("网站首页栏", "领导之窗", "机构设置", "政策法规库", "办事指南集", "政民互动")
OTHERS = (
    "白石镇开展春季安全生产大检查",
    "我县召开统计工作会议",
    "临川区义务植树活动启动",
    "关于做好汛期地质灾害防治的通知",
    "全镇完成秋粮收购任务",
    "县政协视察城区供水工程",
)


def article_system() -> Page:
    """2008: an article system in ASP, all of layout tables, its bars in cells above and below."""
    text = body(SHORT, lambda t: f"<P><FONT size=3>　　{escape(t)}</FONT></P>")
    bars = (
        "您现在的位置： 白石镇政府网 >> 信息公开 >> 年度报告 >> 正文",
        "作者：佚名 文章来源：本站原创 点击数：511 更新时间：2011-2-16",
        "【字体：小 大】",
        "上一篇文章： 没有了",
        "下一篇文章： 白石镇开展春季安全生产大检查",
        "【发表评论】【加入收藏】【告诉好友】【打印此文】【关闭窗口】",
        "网友评论：（只显示最新10条。评论内容只代表网友观点，与本站立场无关！）",
    )
    hot = each("<TR><TD>·<A href='show.asp?id=7'>{}</A></TD></TR>", OTHERS)
    foot = "| 设为首页 | 加入收藏 | 联系站长 | 友情链接 | 版权申明 |"
    rows = each("<TR><TD align=center>{}</TD></TR>", [SHORT_TITLE, bars[1]])
    markup = (
        f"<HTML><HEAD><TITLE>{SHORT_TITLE}</TITLE><META http-equiv=Content-Type content='text/html; "
        f"charset=gb2312'></HEAD><BODY leftMargin=0><TABLE width=760><TR><TD>{bars[0]}</TD></TR>"
        f"</TABLE><TABLE width=760><TR><TD width=180 vAlign=top><TABLE><TR><TD>最新热点</TD></TR>"
        f"{hot}</TABLE></TD><TD vAlign=top><TABLE width='100%'>{rows}<TR><TD align=right>{bars[2]}"
        f"</TD></TR><TR><TD id=fontzoom class=main_ArticleBody>{text}</TD></TR>"
        f"<TR><TD align=right>文章录入：admin 责任编辑：admin</TD></TR></TABLE>"
        f"<TABLE><TR><TD><LI>{bars[3]}</LI></TD></TR><TR><TD><LI>{bars[4]}</LI></TD></TR></TABLE>"
        f"<TABLE><TR><TD>{bars[5]}</TD></TR><TR><TD>{bars[6]}</TD></TR></TABLE></TD></TR></TABLE>"
        f"<TABLE width=760><TR><TD align=center>{foot}<BR>站长：王某</TD></TR></TABLE></BODY></HTML>"
    )
    noise = (*OTHERS, *bars, "最新热点", "文章录入：admin", foot, "站长：王某")
    return Page(markup, SHORT, noise, "gb2312", SHORT_TITLE)


def floats() -> Page:
    """2012: floated columns; first and last sentence in elements of their own beside the body."""
    opening, closing = MIDDLE[0], "本报告的电子版可以在沧澜县政府网站下载，如有疑问请与我局联系。"
    lines = ("发布人：tjj", "浏览次数：1024 次", "打印本文", "分享到： QQ空间 新浪微博 人人网")
    markup = (
        f"<html><head><meta charset='utf-8'><title>{MIDDLE_TITLE} - 沧澜县统计局</title></head><body>"
        f"<div id='top'><ul>{each('<li><a href=#>{}</a></li>', MENU)}</ul></div><div id='wrap'>"
        f"<div style='float:left' class='l220'><h3>工作动态</h3><ul>"
        f"{each('<li><a href=a.html>{}</a></li>', OTHERS)}</ul></div>"
        f"<div style='float:right' class='r700'><div class='bt'>{MIDDLE_TITLE}</div>"
        f"<div class='fbt'>{lines[0]} &nbsp; {lines[1]}</div><div class='dy'>{p(str(opening))}</div>"
        f"<div class='wen'>{body(MIDDLE[1:], p)}</div><div class='jw'>{closing}</div>"
        f"<div class='gj'><a href='javascript:print()'>{lines[2]}</a></div>"
        f"<div class='fx'>{lines[3]}</div></div></div>"
        f"<div id='bot'>主办：沧澜县统计局 技术支持：蓝天科技</div></body></html>"
    )
    noise = (*MENU, *OTHERS, *lines, "主办：沧澜县统计局", "技术支持：蓝天科技")
    return Page(markup, [*MIDDLE, closing], noise, title=MIDDLE_TITLE)


def marked_by_comments() -> Page:
    """2016: a content system that marks its fields by comments; a table of facts above the text."""
    facts = (
        ("索引号", "014211/2015-00031"),
        ("信息分类", "政府信息公开年报"),
        ("发布机构", "县统计局"),
        ("公开日期", "2015-03-09"),
        ("内容概述", "县统计局公布上一年度信息公开工作报告"),
    )
    cells = "".join(f"<td><b>{k}：</b></td><td>{v}</td>" for k, v in facts)
    text = body(
        MIDDLE,
        lambda t: f"<p style='text-indent:2em'><span style='font-family:仿宋'>{t}</span></p>",
    )
    markup = (
        f"<html><head><meta charset=utf-8><title>县统计局 年度报告 {MIDDLE_TITLE}</title></head><body>"
        f"<div class=bg><div class=dh>当前位置：<a href=/>首页</a> &gt; <a href=/x>信息公开年报</a></div>"
        f"<table class=xxgk width=900><tr>{cells}</tr></table><div class=hr></div>"
        f"<div id=barrier><div class=t1><!--<$[信息名称]>begin-->{MIDDLE_TITLE}<!--<$[信息名称]>end-->"
        f"</div><div class=t2>【字体：<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】 【<a href=#>打印</a>】"
        f" 【<a href=#>关闭</a>】</div><div class=t3><!--<$[信息内容]>begin-->{text}"
        f"<!--<$[信息内容]>end--></div></div><div class=t4>上一条：{OTHERS[1]}</div>"
        f"<div class=t4>下一条：{OTHERS[2]}</div></div><div class=bq>版权所有：沧澜县人民政府 "
        f"网站标识码：9933000012</div></body></html>"
    )
    noise = (
        "信息公开年报",
        "014211/2015-00031",
        "县统计局公布上一年度",
        "【字体：",
        "【打印】",
        OTHERS[1],
        OTHERS[2],
        "版权所有",
        "网站标识码",
    )
    return Page(markup, MIDDLE, noise, title=MIDDLE_TITLE)


def disclosure_platform() -> Page:
    """2019: one platform for a province's offices; facts, counters and a tree beside the text."""
    facts = "<tr><td>索引号:</td><td>113609/2023-00012</td><td>分类:</td><td>年报</td></tr><tr><td>名称:</td><td colspan=3>林草年报</td></tr>"
    tree = each("<div class=node><span>{}</span></div>", MENU)
    text = body(LONG, lambda t: f"<p style='line-height:2'><span>{t}</span></p>")
    markup = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{LONG_TITLE}_临川区人民政府</title></head>"
        f"<body class=gkmlpt><div class=header>临川区政府信息公开平台</div><div class=body>"
        f"<div class=tree>{tree}</div><div class=right-part><div class=classify><table>{facts}</table>"
        f"</div><h1 class='title document-number'>{LONG_TITLE}</h1><div class=date-row>"
        f"<span>发布日期：2023-01-19</span><span>浏览次数：<i>-</i></span></div>"
        f"<div class='nr-part'>{text}</div><div class=attach-part></div><div class=share-part>"
        f"<span>分享到：</span><a href=#>微信</a></div></div></div><div class=pop>您访问的链接即将离开本门户，是否继续？"
        f"</div><div class=foot>主办单位：临川区人民政府办公室，承办单位：区大数据中心。</div></body></html>"
    )
    noise = (
        *MENU,
        "113609/2023-00012",
        "发布日期：2023-01-19",
        "浏览次数",
        "分享到",
        "您访问的链接即将离开",
        "主办单位：临川区",
        "承办单位：区大数据中心",
        "临川区政府信息公开平台",
    )
    return Page(markup, LONG, noise, title=LONG_TITLE)


def rendered_application() -> Page:
    """2022: an application rendered by its server; recommended cards that are no links."""
    cards = (
        "一图读懂全区造林绿化三年行动方案，看看有哪些新变化",
        "解读：古树名木保护有了新规定，违者最高罚款五万元",
        "权威发布｜全区森林防火形势总体平稳，请市民文明祭扫",
    )
    card = '<div data-v-77aa class="rec__item"><div data-v-77aa class="rec__name">{}</div></div>'
    text = body(
        LONG[:-2],
        lambda t: f'<div data-v-5d1c class="para">{escape(t)}</div>',
        lambda rows: (
            f'<div data-v-5d1c class="tbl-scroll"><table data-v-5d1c>{rows_markup(rows)}</table></div>'
        ),
    )
    signed = each('<div data-v-5d1c class="sign">{}</div>', [str(t) for t in LONG[-2:]])
    lines = (
        "临川区林草局 · 2023-01-19 10:22",
        "阅读 1.2万",
        "收藏",
        "点赞 35",
        "猜你喜欢",
        "回到顶部",
    )
    markup = (
        f'<!DOCTYPE html><html data-n-head-ssr lang="zh"><head><meta charset="utf-8"><title>{LONG_TITLE}'
        f'</title></head><body><div id="__nuxt"><div id="__layout"><div data-v-1><header data-v-1>'
        f"{each('<a href=/>{}</a>', MENU)}</header><main data-v-5d1c class='detail__wrap'>"
        f"<section data-v-5d1c><h2 data-v-5d1c>{LONG_TITLE}</h2><div class='meta'>{lines[0]}</div>"
        f"<div class='stat'><span>{lines[1]}</span></div>"
        f"<div data-v-5d1c>{text}</div><div>{signed}</div><div class='acts'><button>{lines[2]}</button>"
        f"<span>{lines[3]}</span></div></section><aside data-v-77aa><div>{lines[4]}</div>"
        f"{each(card, cards)}</aside></main><div class='totop'>{lines[5]}</div></div></div></div>"
        f'<script>window.__NUXT__={{data:[{{title:"x",html:null}}],state:{{menu:["{MENU[0]}"]}}}}</script>'
        f"</body></html>"
    )
    return Page(markup, LONG, (*MENU, *cards, *lines), title=LONG_TITLE)


def for_printing() -> Page:
    """A view for printing: the site's name above, the address and the time of printing below."""
    lines = (
        "沧澜县统计局门户网站",
        "打印 关闭",
        "发布时间：2015-03-09 来源：办公室",
        "打印时间：2023-11-02 16:20:11",
        "网页地址：http://tjj.canglan.gov.cn/print.aspx?id=88",
    )
    markup = (
        f"<html><head><meta charset=utf-8><title>打印 - {MIDDLE_TITLE}</title></head><body onload=print()>"
        f"<center><h4>{lines[0]}</h4></center><p align=right>{lines[1]}</p><h1>{MIDDLE_TITLE}</h1>"
        f"<p align=center>{lines[2]}</p><hr>{body(MIDDLE, p)}<hr><p>{lines[3]}</p><p>{lines[4]}</p>"
        f"</body></html>"
    )
    return Page(markup, MIDDLE, lines, title=MIDDLE_TITLE)


def public_account() -> Page:
    """An article of a public account: hidden until its script shows it, slogans around the text."""
    lines = (
        "点击上方蓝字关注我们",
        "原创 沧澜统计 沧澜统计 2015-03-10 08:30 发表于某省",
        "- END -",
        "来源：县统计局办公室",
        "编辑：小李 审核：老张",
        "往期推荐",
        "长按识别二维码，关注沧澜统计",
        "微信扫一扫关注该公众号",
        "预览时标签不可点",
        "轻触阅读原文",
    )
    section = (
        '<section style="margin:8px"><section><p><span leaf="">{}</span></p></section></section>'
    )
    text = body(
        MIDDLE,
        lambda t: section.format(escape(t)),
        lambda rows: f"<section><table><tbody>{rows_markup(rows)}</tbody></table></section>",
    )
    past = each("<section><a href='http://mp.example.com/s'>{}</a></section>", OTHERS[:3])
    markup = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{MIDDLE_TITLE}</title>"
        f"<meta property='og:title' content='{MIDDLE_TITLE}'></head><body id=activity-detail>"
        f"<div id=js_article class=rich_media><div class=rich_media_inner><div id=page-content>"
        f"<div id=img-content><h1 class=rich_media_title id=activity-name>{MIDDLE_TITLE}</h1>"
        f"<div id=meta_content class=rich_media_meta_list>{lines[1]}</div>"
        f'<div class="rich_media_content js_underline_content" id="js_content" '
        f'style="visibility: hidden; opacity: 0; ">{section.format(lines[0])}{text}'
        f"{section.format(lines[2])}{section.format(lines[3])}{section.format(lines[4])}"
        f"{section.format(lines[5])}{past}{section.format(lines[6])}</div></div></div>"
        f"<div class=qr_code_pc><p>{lines[7]}</p></div><div id=js_tags><span>{lines[8]}</span></div>"
        f"<div><a href=#>{lines[9]}</a></div></div></div></body></html>"
    )
    return Page(markup, MIDDLE, (*lines, *OTHERS[:3]), title=MIDDLE_TITLE)


def saved_by_word() -> Page:
    """Saved as a page by a word processor: numbers of lists apart, reviewers' remarks at the end."""

    def paragraph(text: str) -> str:
        head, mark, rest = text.partition("、")
        if mark and len(head) == 1 and len(text) < 30:
            ignore = f"<span style='mso-list:Ignore'>{head}、</span>"
            return (
                f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><b>"
                f"{ignore}</b><![endif]><b>{escape(rest)}<o:p></o:p></b></p>"
            )
        half = len(text) // 2
        return (
            f"<p class=MsoNormal style='mso-pagination:widow-orphan'><span\nstyle='font-size:16.0pt'>"
            f"{escape(text[:half])}</span><span lang=EN-US>{escape(text[half:])}<o:p></o:p></span></p>\n"
        )

    def table(rows: Rows) -> str:
        inside = rows_markup(
            rows,
            lambda t: f"<p class=MsoNormal align=center>{escape(t)}<o:p></o:p></p>",
            " valign=top",
        )
        return (
            f"<div align=center>\n<table class=MsoNormalTable border=1>{inside}"
            f"<![if !supportMisalignedColumns]><tr height=0>{'<td width=58></td>' * sum(box[1] for box in rows[0])}</tr><![endif]>"
            f"</table></div>"
        )

    remarks = ("此处数字请核对", "这一段建议删去")
    notes = each(
        "<div style='mso-element:comment'><div class=msocomtxt><p class=MsoCommentText>{}</p></div></div>",
        remarks,
    )
    markup = (
        f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8>"
        f"<title>{LONG_TITLE}</title><!--[if gte mso 9]><xml><o:Author>打字员甲</o:Author></xml><![endif]-->"
        f"<style><!-- p.MsoNormal {{margin:0cm;}} @page WordSection1 {{size:595.3pt;}} --></style></head>"
        f"<body lang=ZH-CN><div class=WordSection1 style='layout-grid:15.6pt'><p class=MsoTitle>"
        f"{LONG_TITLE}</p>{body(LONG, paragraph, table)}<p class=MsoNormal><span style='mso-hide:all'>"
        f"内部编号甲五</span></p></div><div style='mso-element:comment-list'><hr class=msocomoff>{notes}</div>"
        f"</body></html>"
    )
    return Page(markup, LONG, (*remarks, "内部编号甲五", "打字员甲"), title=LONG_TITLE)


def framed() -> Page:
    """What a frame of a portal shows: the text beside its list of files to download."""
    attached = "附件：2014年政府信息公开情况统计表.xls"
    markup = (
        f"<html><head><meta charset=utf-8></head><body class='iframe-body'><div id=detail>"
        f"<div class=d-title>{MIDDLE_TITLE}</div><div class=d-info><span>公开时间：2015-03-09</span>"
        f"<span>公开方式：网站</span><span>公开范围：全社会</span></div><div class=d-body>"
        f"{body(MIDDLE, lambda t: f'<div>　　{t}</div>')}</div><div class=d-files>"
        f"<a href='/files/20150309.xls'>{attached}</a></div></div>"
        f"<div class=d-close onclick='top.hide()'>关闭此窗口</div></body></html>"
    )
    noise = ("公开时间：2015-03-09", "公开方式：网站", "公开范围：全社会", "关闭此窗口")
    return Page(markup, [*MIDDLE, attached], noise, title=MIDDLE_TITLE)


def short_beside_long_list() -> Page:
    """A short report beside a list of notices that is four times as long, with whole sentences."""
    notices = tuple(
        f"关于{place}停水检修的通知，请有关用户提前做好储水准备，恢复时间另行通知。"
        for place in ("东街", "西街", "南街", "北街", "河口村", "石桥村", "上湾村", "下湾村")
    )
    markup = (
        f"<html><head><meta charset=utf-8><title>{SHORT_TITLE}</title></head><body><div class=w1000>"
        f"<div class=fl><div class=nt>通知公告</div><ul>"
        f"{each('<li><a href=n.html>{}</a><span>2011-02-01</span></li>', notices * 3)}</ul></div>"
        f"<div class=fr><div class=sb>{SHORT_TITLE}</div><div class=sj>2011-02-16 09:12:33</div>"
        f"<div class=zw2>{body(SHORT, p)}</div></div></div>"
        f"<div class=end>地址：白石镇中街1号 电话：0000-1234567</div></body></html>"
    )
    noise = (*notices, "通知公告", "2011-02-16 09:12:33", "地址：白石镇中街1号")
    return Page(markup, SHORT, noise, title=SHORT_TITLE)


def all_in_one_element() -> Page:
    """Everything of the page is within the article's element, under names that say nothing."""
    above = (
        "首页 > 政务公开 > 政府信息公开年报",
        "时间：2023-01-19 来源：区林草局 字号：[大] [中] [小] 打印",
    )
    below = (
        "扫一扫在手机打开当前页",
        "责任编辑：陈某",
        "【打印】 【关闭】",
        "相关解读",
        "图解：全区林长制工作要点",
        "推荐阅读",
        "评论（2）",
        "禾苗 2023-01-20：希望多公开一些数据。",
        "山里人 2023-01-21：写得不错，继续加油！",
    )
    links = each("<div class=mt20><a href=a.html>{}</a></div>", OTHERS[:4])
    markup = (
        f"<html><head><meta charset=utf-8><title>{LONG_TITLE}</title></head><body><div class=b1>"
        f"{each('<a href=#>{}</a>', MENU)}</div><div class=b2><div class='box clearfix'>"
        f"<div class=mt20>{above[0]}</div><div class=mt20><b>{LONG_TITLE}</b></div>"
        f"<div class=mt20>{above[1]}</div>{body(LONG, lambda t: f'<div class=mt20>{t}</div>')}"
        f"{each('<div class=mt20>{}</div>', below[:5])}<div class=mt20>{below[5]}</div>{links}"
        f"{each('<div class=mt20>{}</div>', below[6:])}</div></div></body></html>"
    )
    return Page(markup, LONG, (*MENU, *above, *below, *OTHERS[:4]), title=LONG_TITLE)


def hidden_by_sheet() -> Page:
    """Texts that only the page's style sheet hides; footer and breadcrumbs in the container."""
    hidden = (
        "本页面由自动检测系统生成，如有雷同，纯属巧合，请勿转载。",
        "隐藏的旧版本：全年收到申请90件，办结80件，请以新版本为准。",
        "屏幕阅读器专用提示文字，按回车键进入正文区域。",
    )
    lines = (
        "您所在的位置：首页 / 信息公开 / 年报",
        "版权所有 © 2010-2024 沧澜县人民政府办公室",
        "某ICP备05000001号-1",
        "联系电话：0000-7654321 邮箱：admin@canglan.gov.cn",
    )
    attached = "附件：1.统计表说明.docx"
    markup = (
        f"<html><head><meta charset=utf-8><title>{MIDDLE_TITLE}</title><style type='text/css'>"
        f"body{{margin:0}} .trap, .old-version {{ display:none; }} #srtip{{position:absolute;display: none "
        f"!important}} @media print{{.main{{display:none}}}}</style></head><body><div class='main'>"
        f"<div class='crumb-line'>{lines[0]}</div><h2>{MIDDLE_TITLE}</h2><p class='trap'>{hidden[0]}</p>"
        f"<p id='srtip'>{hidden[2]}</p>{body(MIDDLE[:5], p)}<div class='box old-version'>{hidden[1]}</div>"
        f"{body(MIDDLE[5:], p)}<p><a href='fj1.docx'>{attached}</a></p><div class='b-line'>"
        f"{each('<p>{}</p>', lines[1:])}</div></div></body></html>"
    )
    return Page(markup, [*MIDDLE, attached], (*hidden, *lines), title=MIDDLE_TITLE)


PAGES: dict[str, Callable[[], Page]] = {
    made.__name__: made
    for made in (
        article_system, floats, marked_by_comments, disclosure_platform, rendered_application,
        for_printing, public_account, saved_by_word, framed, short_beside_long_list,
        all_in_one_element, hidden_by_sheet,
    )
}  # fmt: skip
