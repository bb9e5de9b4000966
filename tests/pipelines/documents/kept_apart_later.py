"""Six further pages, written after the rules were mended for those of `kept_apart`."""

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
    Page,
    body,
    each,
    p,
    rows_markup,
)


def voted_article() -> Page:
    """2011: a small content system with votes, a line of division and rules for comments."""
    lines = (
        "主页 > 信息公开 > 年度报告 >",
        "时间:2011-02-16 来源:未知 作者:admin 点击:次",
        "(责任编辑：admin)",
        "------分隔线----------------------------",
        "顶一下(0)0%",
        "踩一下(0)0%",
        "评论列表（网友评论仅供网友表达个人看法，并不表明本站同意其观点或证实其描述）",
        "请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。",
        "推荐内容",
        "热点内容",
    )
    near = ("上一篇：没有了", "下一篇：白石镇开展春季安全生产大检查")
    lists = each("<dl class=tbox><dt><strong>{}</strong></dt>", lines[8:])
    items = each("<dd><ul class=d4><li><a href=v.html>{}</a><p>简介...</p></li></ul></dd>", OTHERS)
    markup = (
        f"<html><head><meta charset=gb2312><title>{SHORT_TITLE}_白石镇</title></head><body class=articleview>"
        f"<div class=header><ul>{each('<li><a href=#>{}</a></li>', MENU)}</ul></div><div class='w960 main'>"
        f"<div class=pleft><div class=place><strong>当前位置:</strong> {lines[0]}</div><div class=viewbox>"
        f"<div class=title><h2>{SHORT_TITLE}</h2></div><div class=info><small>时间:</small>2011-02-16"
        f"<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>次</div><div class=content>"
        f"<table width='100%'><tr><td>{body(SHORT, p)}{lines[2]}</td></tr></table></div>"
        f"<div class=boxoff><strong>{lines[3]}</strong></div><div class=newdigg><div>{lines[4]}</div>"
        f"<div>{lines[5]}</div></div><div class='handle context'>{each('<span>{}</span><br>', near)}</div></div>"
        f"<div class=mt1><dl><dt><span>{lines[6]}</span></dt></dl><p>{lines[7]}</p></div></div>"
        f"<div class=pright>{lists}{items}</dl></dl></div></div></body></html>"
    )
    return Page(markup, SHORT, (*MENU, *lines, *near, *OTHERS), "gb2312", SHORT_TITLE)


def post_with_banner() -> Page:
    """2021: a plain HTML5 post with a banner on cookies, tags and the address of the post."""
    lines = (
        "本网站使用 Cookie 以改善您的浏览体验。继续使用即表示您同意。",
        "发布于 2023年1月19日 · 阅读约需 6 分钟",
        "标签：林业 信息公开",
        "本文链接：https://lcj.linchuan.gov.cn/post/123",
        "转载请注明出处。",
        "订阅我们的邮件",
    )
    markup = (
        f"<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>{LONG_TITLE} | 临川林草</title></head>"
        f"<body><div class=cc-banner role=dialog><p>{lines[0]}</p><button>知道了</button></div><header>"
        f"<nav>{each('<a href=#>{}</a>', MENU)}</nav></header><div class=site><article class=post><header>"
        f"<h1>{LONG_TITLE}</h1><time>{lines[1]}</time></header><div class=post-body>{body(LONG, p)}</div>"
        f"<footer class=post-footer><p>{lines[2]}</p><p>{lines[3]}</p><p>{lines[4]}</p></footer></article>"
        f"<section class=newsletter><h3>{lines[5]}</h3><form><input type=email></form></section></div></body></html>"
    )
    return Page(markup, LONG, (*MENU, *lines, "知道了"), title=LONG_TITLE)


def office_view() -> Page:
    """2005: a view of an office system: facts in a table with the text, lines parted by BR."""
    facts = (
        ("文件编号", "白政公开〔2011〕1号"),
        ("主办部门", "党政办"),
        ("密级", "非密"),
        ("拟稿人", "小周"),
    )
    rows = "".join(f"<tr><td bgcolor=#ddeeff>{k}</td><td>{v}</td></tr>" for k, v in facts)
    text = body(SHORT, lambda t: f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(t)}<br>\n")
    buttons = "<input type=button value=返回><input type=button value=打印>"
    markup = (
        f"<html><head><meta charset=gb2312><title>{SHORT_TITLE}</title></head><body text=#000000>"
        f"<form action='/oa.nsf/view?OpenForm'><table width=700 border=1>{rows}</table>"
        f"<p align=center><font size=5 color=red>{SHORT_TITLE}</font></p><font size=3>{text}</font><hr>{buttons}"
        f"<p><font size=1>阅读人数 12</font></p></form></body></html>"
    )
    noise = ("党政办", "非密", "小周", "返回", "打印", "阅读人数")
    return Page(markup, SHORT, noise, "gb2312", SHORT_TITLE)


def tabs() -> Page:
    """2018: the report in the open one of three tabs; another explains it in whole sentences."""
    explained = (
        "年报显示，我局信息公开工作有三个亮点，值得关注。",
        "一是公开的数据更多，二是解读更及时，三是渠道更广。",
    )
    style = ".pane{display:none}.pane.on{display:block}"
    lines = ("年报正文", "图文解读", "附件下载", "发文机关：县统计局", "公开日期：2015-03-09")
    markup = (
        f"<html><head><meta charset=utf-8><title>{MIDDLE_TITLE}</title><style>{style}</style></head><body>"
        f"<div class=nav1>{each('<a href=#>{}</a>', MENU)}</div><div class=card><h3>{MIDDLE_TITLE}</h3>"
        f"<ul class=kv><li>{lines[3]}</li><li>{lines[4]}</li></ul><ul class=tabs>{each('<li>{}</li>', lines[:3])}"
        f"</ul><div class='pane on'>{body(MIDDLE, lambda t: f'<p class=a1>{t}</p>')}</div>"
        f"<div class=pane>{body(explained, p)}</div><div class=pane><p>暂无附件</p></div></div>"
        f"<div class=b1>县统计局 版权所有 某ICP备11001122号</div></body></html>"
    )
    return Page(
        markup, MIDDLE, (*MENU, *explained, *lines, "暂无附件", "ICP备"), title=MIDDLE_TITLE
    )


_TRADITIONAL: list[str] = [
    "根據《中華人民共和國政府信息公開條例》的規定，現公佈海灣區文化局2020年政府信息公開工作年度報告，統計期限為2020年1月1日至12月31日。",
    "一、總體情況",
    "2020年，本局通過區政府網站主動公開信息143條，回應公眾關切12次，舉辦說明會1場。",
    "二、收到和處理政府信息公開申請情況",
    "全年收到申請6件，均在法定期限內辦結，沒有結轉下年度辦理的申請。",
    "三、存在的主要問題及改進情況",
    "公開的主動性仍需加強，今後將定期檢視應公開的事項，及時更新。",
    "四、其他需要報告的事項",
    "無其他需要報告的事項。",
    "海灣區文化局",
    "2021年1月25日",
]


def traditional() -> Page:
    """The traditional version that a portal makes of its pages, its own lines too."""
    lines = (
        "您現在的位置：首頁 > 信息公開 > 年報",
        "發佈時間：2021-01-26 瀏覽次數：88 字號：大 中 小",
        "【打印本頁】【關閉窗口】",
        "責任編輯：林某",
        "上一篇：關於舉辦書展的通知",
        "相關鏈接",
        "版權所有：海灣區人民政府",
    )
    links = each("<li><a href=x.html>{}</a></li>", ("展覽預告集", "圖書館開放時間表", "遺產名錄庫"))
    title = "海灣區文化局2020年政府信息公開工作年度報告"
    markup = (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><div class=m0>"
        f"<div class=m1>{lines[0]}</div><div class=m2>{title}</div><div class=m3>{lines[1]}</div>"
        f"<div class=m4>{body(_TRADITIONAL, p)}</div><div class=m5>{lines[2]}</div><div class=m6>{lines[3]}</div>"
        f"<div class=m7>{lines[4]}</div><div class=m8><b>{lines[5]}</b><ul>{links}</ul></div></div>"
        f"<div class=m9>{lines[6]}</div></body></html>"
    )
    return Page(markup, _TRADITIONAL, (*lines, "展覽預告集", "遺產名錄庫"), title=title)


def reader_view() -> Page:
    """2023: a portal's easy view: a voice bar, steps of size, a floating list of sections."""
    lines = (
        "朗读全文 语速 1.0x 音量",
        "字体放大 字体缩小 对比度",
        "目录",
        "政务公开 / 法定主动公开 / 年报",
        "2023-01-19 16:02 来源: 区林草局",
        "收起",
        "您对本页面内容是否满意？",
        "满意 一般 不满意",
        "政府网站找错",
        "微信公众号 微博 抖音",
    )
    heads = [str(b) for b in LONG if isinstance(b, str) and b[1:2] == "、"]
    toc = each("<a class=toc-i href='#s'>{}</a>", heads)
    text = body(
        LONG,
        lambda t: f"<div class=row><p>{escape(t)}</p></div>",
        lambda rows: (
            f"<div class=row><div class=scroll-x><table>{rows_markup(rows)}</table></div></div>"
        ),
    )
    markup = (
        f"<html><head><meta charset=utf-8><title>{LONG_TITLE}</title></head><body><div class=voice>{lines[0]}</div>"
        f"<div class=steps>{lines[1]}</div><div class=layout><div class=float-l><div>{lines[2]}</div>{toc}</div>"
        f"<div class=float-r><div>{lines[3]}</div><h1>{LONG_TITLE}</h1><div>{lines[4]}</div>{text}"
        f"<div>{lines[5]}</div><div>{lines[6]}</div><div>{lines[7]}</div></div></div>"
        f"<div class=icons><span>{lines[8]}</span><span>{lines[9]}</span></div></body></html>"
    )
    return Page(markup, LONG, lines, title=LONG_TITLE)


PAGES: dict[str, Callable[[], Page]] = {
    made.__name__: made
    for made in (voted_article, post_with_banner, office_view, tabs, traditional, reader_view)
}
