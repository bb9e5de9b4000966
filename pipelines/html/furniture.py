"""What a page prints around its report: menus, sharing, counters, footers.

Names and phrases are those in use on government portals. An element is only furniture by its
name where it holds little running text; a line only where it is nothing else.
"""

import re
from functools import lru_cache

NAMES = re.compile(
    r"(^|[-_])(b?dshare\w*|share\w*|fenxiang|breadcrumbs?|crumbs?|curmb|position|weizhi|dqwz|location"
    r"|pagination|pager|pages?nav|fenye|related\w*|relnews|xgwz|xgxx|xglj|xgyd|xgxw|xgzc|tuijian"
    r"|recommend|footer|foot|copyright|header|nav|navbar|menu|sidebar|side|sider|toolbar|tools?"
    r"|qrcode|erm|ewm|ewm-img|erweima|prevnext|sxp|login|search|banner|hot|rank|links|friendlink"
    r"|youqing|comments?|pinglun|lips|fontsize|zihao|editor-info|dbxx|left-?nav|leftmenu|counter)"
    r"($|[-_\d])"
)
# Of these, the names of what other people or other pages say.
OF_OTHERS = re.compile(
    r"(^|[-_])(related\w*|relnews|xg\w+|tuijian|recommend|comments?|pinglun|hot|rank|copyright)($|[-_\d])"
)
# What the buttons beside a text say and what they do it with.
_BUTTONS = """
    打印 关闭 收藏 返回 顶部 窗口 本页 此页 此文 本文 页面 正文 保存 推荐 纠错 分享 复制 翻译 搜索
    朗读 语音 语速 音量 播报 我要 我来 放大 缩小 默认 加入 设为 首页 主页 回到 网页 文章 文档 转发
    点赞 评论 阅读 下载 PDF Word 模式 无障碍 发表 告诉 好友 举报 投稿 订阅 登录 注册 关注 在看 回复
    繁体 简体
    适老化 长者 版 TOP 一键 全文 原文 朋友圈
"""
_BUTTON = "|".join(sorted(_BUTTONS.split(), key=len, reverse=True))
_SIZES = r"(大|中|小|特大|超大|标准|默认|A[+-]?)"
_COUNTED = "浏览|访问|阅读|点击|点赞|收藏|评论|转发|分享|在看|人气"
LINES = re.compile(
    rf"""
      (用?微信|手机|长按)?(扫(一扫)?|识别).{{0,16}}(二维码|打开|手机|微信|分享).{{0,14}}
    | 扫一扫.{{0,16}}
    | [【\[\s|丨·]*([【\[]?({_BUTTON})[】\]\s|丨·/]*){{2,}}
    | [【\[]?(打印|关闭|收藏|返回|返回顶部|分享|大|中|小|字体|字号|首页|上一页|下一页|尾页|复制|翻译
        |搜索|责任编辑|赞|在看)[】\]]?[:：]?
    | [【\[（(]?\s*(字\s*[号体]|文字大小|字体大小|字号)\s*[】\]]?\s*[:：]?\s*[\[【（(〖]?\s*
        ([\[【（(〖]?{_SIZES}[\s|/·、\]】）)〗]*)*(打印|关闭|收藏|\s)*
    | (分享|分享到|分享至|转发至)\s*[:：]?\s*
        ((大|中|小|微信|微博|新浪微博|QQ空间|QQ好友|QQ|朋友圈|人人网|更多|腾讯微博|豆瓣|抖音)[\s、|]*)*
    | ({_COUNTED})(次数|人数|量|数)?\s*[:：]?\s*\[?\s*[\d.,]*\s*[万亿]?\+?\s*\]?\s*[次人]?
    | ([上下前后](一[篇条则]|篇))(文章|信息|新闻|记录)?\s*[:：]?.{{0,80}}
    | (您?当前的?(所在)?位置|您?(现在)?所在的?位置|现在位置|您(现在)?的位置|当前栏目)是?
        \s*[:：].{{0,120}}
    | (首页|网站首页|主页)\s*[>»＞/\\-].{{0,120}}
    | (相关|推荐|热点|热门|最新|延伸)(文章|链接|新闻|信息|阅读|内容|文件|解读|稿件|资讯)\s*[:：]?
    | (主办|承办|协办|版权所有|技术支持|网站标识码|运行维护|维护)(单位)?\s*[:：].{{0,120}}
    | ((网站地图|联系我们|网站声明|隐私保护|隐私声明|使用帮助|关于我们)[\s|丨·]*)+
    | .{{0,60}}(ICP备|公网安备|Copyright|All\s*Rights?\s*Reserved|版权所有).{{0,80}}
    | .{{0,8}}您是.{{0,8}}第.{{0,12}}位(访客|访问者|来访者|读者|浏览者|游客).{{0,6}}
    | (信息|文章|稿件|新闻|内容)?来源\s*[:：].{{0,30}}
    | 来自[^，。的和与]{{2,20}}(?<!意见|建议|反馈)
    | (\#[^\#\s]{{1,20}}\#?\s*)+
    | [^，。:：]{{2,40}}([局委办厅院会府部室处科司]|中心|公司|集团)(主办|承办|协办)
    | (相关)?附件(列表|清单|下载)?\s*[:：]?\s*(暂?无|没有)? | 暂无附件
    | (公开)?(具体|详细|信息|文章|正文)(内容|信息|正文)\s*[:：]?
    | (责任编辑|编辑|责编|录入|审核|作者|校对|文章录入|发布人|录入人|编审|监制|初审|复审|终审)
        \s*[:：].{{0,20}}
    | [-—=*/|·\s]*(END|完|正文结束|分隔线)[-—=*/|·\s]*
    | [-—=_*·.]{{4,}}.{{0,12}}[-—=_*·.]{{4,}}
    | [^\s，。/>»›＞→]{{1,12}}(\s*[/>»›＞→]\s*[^\s，。/>»›＞→]{{1,12}}){{2,}}[\s>»›]*
    | .{{2,20}}(门户网站|官方网站|政务网|政府网|信息网|公开平台|客户端)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Lines that are the page's wherever they stand, also in the midst of a text.
ANYWHERE = re.compile(
    rf"""
      (返回|回到?)(页面)?(顶部|页首|页顶|目录|列表)
    | (展开|收起)(全文|更多|全部)? | (点击)?(查看|阅读)(全文|更多|全部|原文|详情)
    | [-—–－]+\s*\d{{1,3}}\s*[-—–－]+ | 第\s*\d{{1,3}}\s*页([\s/，,]*共\s*\d{{1,3}}\s*页)?
    | (点击|下载|打开|长按|立即|(欢迎)?关注)[^\d]{{0,16}}(客户端|APP|公众号|小程序)[^\d]{{0,14}}
    | (微信|手机|长按)?(扫一扫|扫码)[^\d]{{0,20}}
    | (?=.*(QQ|朋友圈|人人网|豆瓣))
        ((新浪|腾讯)?微博[\s、|]*|(微信|QQ(空间|好友)?|朋友圈|人人网|豆瓣|更多)[\s、|]*){{2,}}
    | (分享|转发)(到|至) | (相关|推荐|延伸|扩展|热点)(阅读|链接|报道|新闻|稿件)\s*[:：].{{1,80}}
    | ([【\[]?({_BUTTON})[】\]\s|丨·/]*){{2,}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# All that a line of counters holds, and how many of its words tell one.
COUNTERS = re.compile(rf"(?P<word>{_COUNTED}|赞)(次数|人数|量|数)?|[\d\s.,万亿+|丨·次人:：\[\]]")
FEWEST_COUNTERS = 2
LONGEST_ANYWHERE = 60
_DECORATION = " \t　【】[]（）()〖〗↑▲△◆◇■□●○★☆※→←»«>|丨·_"
# Words of the lines around a text: said of a short line before its first sentence or after its
# last one, they tell that it is the page's.
AROUND = re.compile(
    r"[?？]|满意|有帮助|打分|评分|顶一下|踩一下|[赞踩]\s*\d|收起|展开|纠错|找错|标签|本文(链接|地址|网址)|转载|订阅|客服|您|打印|关闭|收藏|点赞|分享|转发|评论|浏览|访问量|点击|阅读|编辑|录入|发布人|审核|二维码|扫一扫|扫码|蓝字|公众号|官方账号"
    r"|朋友圈|客户端|返回|顶部|字体|字号|上一[篇条页]|下一[篇条页]|往期|猜你喜欢|版权|备案|技术支持|访客|https?://|www\."
    r"|发布(时间|日期|于)|上网(时间|日期)|日上网|\d日\s*(发布|公布|上传|更新)|^图为|更新(时间|日期)|公开(方式|范围|时间|日期|形式)|(?<!编制)(?<!报告)(?<!统计)(时间|日期)\s*[:：]\s*\d{4}|\d{1,2}:\d{2}",
    re.IGNORECASE,
)
LONGEST_AROUND = 80
_ASKED = re.compile(r"[?？您]|^\s*[问答][:：]")
# Who answers for a form signs below it.
OF_FORM = re.compile(r"单位负责人|填报|填表|制表")
# How portals begin what they say themselves beside a text, in whole sentences.
OF_PORTAL = re.compile(
    r"\s*[【\[]?((内容)?(摘要|提要)|导读|核心提示|编者按|(温馨|友情)?提[示醒]|公告|((网站|本站|免责|版权|特别|郑重)?声明))([】\]]?\s*[:：]|[】\]])"
    # Or what they speak of in them.
    r"|.*请.{0,12}(点击|刷新|扫码|扫描|关注)|.*请勿|(点击|下载|打开|长按|扫码).{0,4}[“《]"
    r"|.*((不得|禁止|未经|请勿|谢绝).{0,12}转载|转载.{0,8}(注明|保留)|分辨率|(使用|推荐|支持).{0,24}浏览器|浏览本(网)?站"
    r"|[注说明]{1,2}[:：].{0,12}(本页|本站|本网)|本(网站|站|页面?|网页|栏目).{0,30}(维护|主办|承办|管理))"
)
# What heads a summary that somebody else wrote.
OF_SUMMARY = re.compile(
    r"[【\[]?(AI|智能|人工智能|内容|文章|核心|本文|全文)*(摘要|导读|提要|速读|概要)[】\]]?\s*[:：]?"
    r"|[【\[]?(AI|智能|人工智能)(总结|解读|问答|速览)[】\]]?\s*[:：]?"
)
# After a text was signed only these may still be its own: who signed, files, notes, where to ask.
AFTER_SIGNATURE = re.compile(
    r"^[^:：]*((?<!网)站|(?<!平)台|[局委办厅院会部队处室所科府社团校司署馆库行]|中心|公司|集团)$|^[\d一二三四五六七八九十（(]+[.、．)）]"
    r"|[年月章][)）]?$|特此|附(件|表|录|则|注|[:：]|$)|注[:：]|说明|此件|本.{0,4}报告|年.{4,100}报告|\.(docx?|xlsx?|pdf|wps|et|ofd|rar|zip)\b|电话|传真|地址|邮编|邮箱|联系(人|方式|我)|网址|主送|抄送|抄报|印发|份|签发|负责人|填报|审核人|制表"
)
# What heads the links to other pages or the readers' words at the end of a page.
OTHERS = re.compile(
    r"[【\[]?((相关|推荐|热点|热门|延伸|往期|精彩|猜您?你?喜欢|为[您你]推荐|更多)的?"
    r"(文章|文档|链接|新闻|信息|阅读|内容|文件|解读|稿件|资讯|推荐|报道|年报|报告|回顾|精选|政策|专题|视频|栏目)?(推荐|列表)?"
    r"|(网友|读者|用户|最新|热门|全部)?(评论|留言|跟帖|点评)(列表|区)?|(发表|我要)评论|您可能感兴趣的?.{0,4}"
    r"|最新(热点|推荐)|(免责|版权|法律|网站|隐私|郑重)声明|隐私政策|(上一?篇|下一?篇|上一条|下一条|前一篇|后一篇)\s*[:：].{0,80})[】\]]?\s*[:：]?"
    r"\s*([(（]\d+条?[)）]|[(（].{0,80}[)）])?"
)
# What heads the site's own terms, which may have numbered sections.
_TERMS = re.compile(r"[【\[]?((免责|版权|法律|网站|隐私|郑重)声明|隐私政策)[】\]]?\s*[:：]?")
# Lines that stand at the foot of a whole site; after them nothing is the text's.
SITE_FOOT = re.compile(r"ICP备|公网安备|Copyright|版权所有|网站标识码", re.IGNORECASE)
# Facts that pages print between title and text: they become meta values, not text.
_FACT_LABELS = (
    r"(信息)?来源|文章来源|稿件来源|(信息)?发布(时间|日期|机构|单位|部门|人)?|公开(时间|日期|机构|方式|范围|形式|时限)"
    r"|发文(日期|机关|单位|字号)|成文(日期|时间)|生成日期|更新(时间|日期)|(录入)?时间|日期|索引号|文\s*号|文件编号|信息名称"
    r"|名\s*称|主题分类|(信息)?分类|作者|点击数?|有效性|信息索引|公文种类|体裁|服务对象|内容概述|关键词|主题词|标题"
)
FACTS = re.compile(
    rf"(?P<label>{_FACT_LABELS})"
    r"\s*[】\]]?\s*[:：]\s*"
    r"(?P<value>.*?)(?=[\s|丨·\[【]*(?:(信息)?来源|文章来源|稿件来源|(信息)?发布(时间|日期|机构|单位)|公开(时间|日期|机构|方式|范围|形式|时限)"
    r"|浏览|访问|阅读|点击|字\s*[号体]|作者|编辑|分享|打印|日期|时间|【|\[)|$)"
)
# The label of a fact by itself, and with its value behind a blank.
_BARE_LABELS = (
    rf"({_FACT_LABELS}|公开类别|信息类别|(有效|效力)状态|责任(部门|科室|处室)|实施(时间|日期)|发布者"
    r"|发文(时间|机构)|关联文件|索\s*引\s*号|(浏览|阅读)(量|次数))"
)
FACT_LABEL = re.compile(rf"{_BARE_LABELS}\s*[:：]?")
FACT_BEHIND_BLANK = re.compile(rf"{_BARE_LABELS}[ \u3000]+\S{{1,30}}")
LONGEST_LINE = 160
LONGEST_LABEL = 12
_DATE = re.compile(
    r"(?P<date>\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(\s*\d{1,2}:\d{2}(:\d{2})?)?)[\s|丨·]*(?=\S)"
)
_STAMP = re.compile(r"\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?\s+\d{1,2}:\d{2}(:\d{2})?")


@lru_cache(maxsize=1024)
def is_furniture_name(name: str) -> bool:
    """Whether an id or class (in lower case) is one of furniture."""
    return NAMES.search(name) is not None


def is_name_of_others(name: str) -> bool:
    """Whether an id or class is that of related pages, readers' comments or the like."""
    return OF_OTHERS.search(name) is not None


# What a line is, is asked of it from several sides; most pages have fewer of them.
_LINES_KEPT = 256


@lru_cache(maxsize=_LINES_KEPT)
def is_furniture_line(text: str) -> bool:
    """Whether a whole paragraph is furniture; a sentence never is."""
    if len(text) > LONGEST_LINE or "。" in text:
        return False
    if LINES.fullmatch(text) is not None or LINES.fullmatch(_undecorated(text)) is not None:
        return True
    return not COUNTERS.sub("", text) and _counters(text) >= FEWEST_COUNTERS


def _counters(text: str) -> int:
    return sum(1 for found in COUNTERS.finditer(text) if found["word"])


def is_furniture_anywhere(text: str) -> bool:
    """Whether a line is furniture even in the midst of a text: a button, a page's number."""
    if len(text) > LONGEST_ANYWHERE or "。" in text:
        return False
    return (
        ANYWHERE.fullmatch(text) is not None or ANYWHERE.fullmatch(_undecorated(text)) is not None
    )


def _undecorated(text: str) -> str:
    """A line without the arrows, brackets and bullets around its words."""
    return text.strip(_DECORATION)


def is_heading_of_others(text: str) -> bool:
    """Whether a whole paragraph heads links to other pages or the readers' words."""
    return len(text) <= LONGEST_LINE and OTHERS.fullmatch(text) is not None


def is_heading_of_terms(text: str) -> bool:
    """Whether a whole paragraph heads the terms of a site."""
    return _TERMS.fullmatch(text) is not None


def is_around(text: str) -> bool:
    """Whether a line speaks of the page: one that stands before or after all of the text."""
    if len(text) > LONGEST_AROUND or "。" in text or is_of_form(text):
        return False
    return AROUND.search(text) is not None


def is_asked(text: str) -> bool:
    """Whether a line asks or answers a reader."""
    return _ASKED.search(text) is not None


def is_of_form(text: str) -> bool:
    """Whether a line tells who answers for a form."""
    return OF_FORM.search(text) is not None


@lru_cache(maxsize=_LINES_KEPT)
def is_said_by_portal(text: str) -> bool:
    """Whether a paragraph is one of the portal's own: a summary, a notice, a disclaimer."""
    return OF_PORTAL.match(text) is not None


def is_heading_of_summary(text: str) -> bool:
    """Whether a line heads a summary of the text."""
    return OF_SUMMARY.fullmatch(text) is not None


def may_follow_signature(text: str) -> bool:
    """Whether a line after the date of a signature may be the text's own."""
    return "。" in text or is_of_signature(text)


def is_of_signature(text: str) -> bool:
    """Whether a line is of the kinds that stand below a signature: who, files, where to ask."""
    return AFTER_SIGNATURE.search(text.rstrip()) is not None


def is_fact_label(text: str) -> bool:
    """Whether a line or a cell is the label of a fact about a page, without its value."""
    return len(text) <= LONGEST_LABEL and FACT_LABEL.fullmatch(text) is not None


def is_plain_fact(text: str) -> bool:
    """Whether a line is the label of a fact about a page, or one with its value behind a blank."""
    return is_fact_label(text) or FACT_BEHIND_BLANK.fullmatch(text[:LONGEST_AROUND]) is not None


def is_site_foot(text: str) -> bool:
    """Whether a line begins the foot of the site."""
    return len(text) <= LONGEST_LINE and "。" not in text and SITE_FOOT.search(text) is not None


def printed_facts(text: str) -> list[tuple[str, str]]:
    """The labelled facts of a line that holds nothing else, or its date with the time of day."""
    if len(text) > LONGEST_LINE or "。" in text:
        return []
    dated = _DATE.match(text)
    rest = text[dated.end() :] if dated else text
    first = FACTS.match(rest.lstrip("【[ "))
    if first is None:
        stamp = _STAMP.search(text)
        return [("日期", stamp[0])] if stamp and len(text) <= LONGEST_AROUND else []
    found = [("日期", dated["date"])] if dated else []
    found += [(m["label"].replace(" ", ""), m["value"].strip()) for m in FACTS.finditer(rest)]
    return [(label, value) for label, value in found if len(value) <= 60]
