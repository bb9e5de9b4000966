"""Notices: short pages that tell a visitor why the page asked for is not shown.

A notice is told by what it says, since firewalls and portals word and dress theirs freely: it
speaks of the visitor's own request, has little text and few links, and names no report of a year.
"""

import re
from typing import NamedTuple

# So much text outside links has a portal's own page around a notice; a firewall has no portal's
# menu, so that more links than these make a page the portal's own.
NOTICE_CHARS, NOTICE_LINKS = 600, 8
_ONE_LINE_CHARS = 60

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ALERT = re.compile(r"\balert\s{0,5}\(\s{0,5}['\"]([^'\"]{1,300})")
_REPORT = re.compile(
    r"(?:(?:19|20)\d\d|二[○〇零Ｏ0][一二三四五六七八九十○〇零Ｏ0]{1,3})\s?(?:年|nian)?[^<>\n]{0,40}?"
    r"(?:年度?报告|年报|工作报告|情况报告)"
)
# How often one may ask is no count of a report.
_COUNT = re.compile(r"(?<![\d过于到超限])(?<!不得)\d{1,9}\s?[件条项篇份次例](?!\s?[/每])")
# What reports and rules speak of, and no notice.
_SUBJECT = re.compile(
    r"信息公开条例|(?:受理|收到)[^。]{0,12}申请|第[一二三四五六七八九十]{1,3}条"
    r"|公开[^。]{0,8}(?:年度?报告|年报|工作报告)"
)
_HIDING = re.compile(r"(<script[^<>]{0,200}>\s{0,20})<!--", re.IGNORECASE)
_SILENT = ("script", "style", "template")

_VISITOR = r"(?:您|你|当前|本次|此次)的?(?:所在的?|当前的?|提交的|访问的|发起的|网络的?)?"
_ASKED = r"(?:访问|请求|操作|提交|ip|url|网址|网络|地区|区域|国家|行为|链接)"
_REFUSED = (
    "(?:拦截|阻[断止]|禁止|拒绝|限制访问|黑名单|非法|不合法|攻击|威胁|受限|屏蔽|封[禁锁]|风险|异常)"
)
_WHAT = r"(?:网?页面?|文章|信息|内容|资源|文件|栏目|文档|地址|链接|目录|记录)"
_MISSING = (
    r"(?:不存在|未找到|没有?找到|找不到|无法找到|不见了|走丢|丢失|暂时不可用"
    r"|(?:已经?|可能)?被?(?:管理员)?(?:删除|移除|移动|移走|下架|撤销|撤下|撤回|下线|过期|失效)"
    r"|(?:尚|还)?未发布)"
)
_ENGLISH_REFUSAL = (
    r"request rejected|access denied|request blocked|has blocked you|have been blocked"
)


class Notice(NamedTuple):
    """What a page shows: its title, its text outside links, the number of links."""

    title: str
    text: str
    links: int

    @property
    def is_short(self) -> bool:
        """Whether there is no more text than around a notice."""
        return len(self.text) < NOTICE_CHARS

    @property
    def is_bare(self) -> bool:
        """Whether it has no portal's menu either, as what stands before a portal."""
        return self.is_short and self.links <= NOTICE_LINKS


class _Kind(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    longest: int = NOTICE_CHARS


def _kind(name: str, *patterns: str, longest: int = NOTICE_CHARS) -> _Kind:
    return _Kind(name, re.compile("|".join(patterns), re.IGNORECASE), longest)


# The first that fits is the name. `longest` is for words that mean a refusal only by themselves.
_REFUSALS = (
    _kind(
        "geo",
        r"仅(?:限|供|允许|对|向).{0,8}(?:境内|国内|大陆|中国|内网|局域网).{0,12}(?:访问|开放|浏览|使用)",
        r"(?:境外|海外|国外).{0,14}(?:禁止|暂停|限制|拒绝|无法|不能|屏蔽)",
        r"(?:禁止|暂停|限制|关闭|拒绝|屏蔽).{0,8}(?:境外|海外|国外).{0,10}访问",
        r"所在的?(?:地区|国家|区域).{0,20}(?:不支持|限制|无法|禁止|不允许|不能|不在)",
    ),
    _kind(
        "burst",
        r"(?:访问|操作|请求|点击|刷新|查询)(?:次数|频率|速度|量)?(?:过于|太过|太|过)(?:频繁|快|多|高|大)",
        r"访问频繁|访问(?:人数|量)(?:过|太|较)[多大]|流量过大|正在排队|(?:系统|服务器)(?:繁忙|忙).{0,8}(?:稍后|再试|重试)",
        r"too many requests|rate limit",
    ),
    _kind(
        "slider",
        r"滑块.{0,15}(?:拖动|滑动|验证|右)|(?:拖动|滑动|按住).{0,10}滑块|向右滑动|拼图.{0,6}验证",
    ),
    _kind(
        "captcha",
        r"(?:人机|安全|访问|身份|真人)验证|(?:完成|通过|进行|点击).{0,8}验证",
        r"验证码.{0,8}(?:继续|访问|浏览|验证)",
    ),
    _kind(
        "challenge",
        r"(?:检查|验证|检测|校验).{0,6}(?:浏览器|访问环境|浏览环境)|浏览器安全检查|安全检测能力",
        r"请开启javascript并刷新|checking your browser|just a moment|enable javascript and cookies",
    ),
    _kind(
        "waf",
        rf"{_VISITOR}{_ASKED}[^。！!]{{0,40}}{_REFUSED}",
        r"请求(?:存在威胁|已被[^。]{0,20}拦截)|触发了?[^。]{0,12}(?:安全|防护)(?:规则|策略)",
        rf"{_ENGLISH_REFUSAL}|your support id|security policy of this",
    ),
    _kind(
        "login",
        r"请先?登[录陆](?:后|再|系统|查看|访问)|未登录|登录(?:已经?)?(?:超时|失效|过期)",
        r"^\W*(?:用户|系统|后台|统一)?(?:登[录陆]|身份认证)(?!\W{0,3}注册)(?:\W|$)",
    ),
    _kind(
        "maintenance",
        r"(?:网站|系统|平台|服务器?)\w{0,8}(?:维护|升级|改版|检修|建设)(?:中(?!心)|期间|暂|公告)",
        r"(?:网站|系统|平台|服务器?)\w{0,8}(?:(?:升级|系统)维护|(?:正在|进行)\w{0,6}(?:维护|升级|改版|检修))",
        r"网站.{0,6}(?:未备案|暂停访问|暂时关闭|临时关闭|已?被?关闭)",
    ),
    _kind(
        "forbidden",
        r"(?:非法|不合法)的?(?:请求|访问|操作|参数|字符|链接|url)|访问被拒绝|拒绝访问|禁止访问|访问受限",
        r"无权限?(?:访问|查看|浏览)|没有权限|权限不足|浏览器版本(?:过|太)低|请在微信客户端",
        longest=_ONE_LINE_CHARS,
    ),
)
_GONE = (
    rf"(?:您|你|所)(?:要|想|需要?|当前|正在)?(?:访问|查看|查找|浏览|请求|寻找|打开|搜索)的.{{0,12}}{_MISSING}",
    rf"(?:该|此|本|这[篇个条])(?:{_WHAT}){{1,2}}[^。，]{{0,6}}{_MISSING}",
    rf"(?:^|[^\w]|抱歉|对不起|提示){_WHAT}(?:或{_WHAT})?{_MISSING}",
    rf"(?:找不到|未找到|没有找到|无法找到)(?:您|你|该|此|所|指定|请求|要|{_WHAT})",
    r"the requested (?:url|page|resource)\b.{0,120}\bnot found",
    r"http status 404|page not found|status=404",
    r"page you (?:visited|requested|are looking for).{0,20}(?:not exist|not be found|moved)",
)
_ONE_LINE_GONE = (
    r"(?:参数|地址|网址|链接)(?:错误|有误|不正确|无效)|已(?:经)?(?:被)?删除|没有找到相关|^not found"
)
_CLOSED = r"(?:本|该)?网?站.{0,4}(?:关停|停用|停止(?:服务|运行|更新)|下线)"
_GONE_PATTERN = re.compile("|".join(_GONE), re.IGNORECASE)
_ONE_LINE_PATTERN = re.compile(f"{_ONE_LINE_GONE}|{_CLOSED}", re.IGNORECASE)
# A number of things, or of a document, is none of an error.
_404 = re.compile(r"(?<![\d〕\]］）)第])404(?!\d|[号条件期个人万元份次项页〔])")
_TITLE_GONE = re.compile(rf"^\W*{_WHAT}{_MISSING}|not found|error report", re.IGNORECASE)


def read_notice(html: str) -> Notice:
    """What a page shows, without markup; what its scripts would tell in a box counts as shown."""
    first, *pieces = _without_comments(html).split("<")
    title, shown, links = "", [first], 0
    outside, silent = True, ""
    for piece in pieces:
        tag, _, data = piece.partition(">")
        name = tag[:12].split(None, 1)[0].lower() if tag[:1].strip() else ""
        if silent:
            shown.extend(_ALERT.findall(f"{tag}>{data}"))
            silent = "" if name == f"/{silent}" else silent
            data = data if not silent else ""
        elif name in _SILENT:
            shown.extend(_ALERT.findall(data))
            silent, data = name, ""
        links += name == "a"
        outside = name != "a" and (outside or name == "/a")
        if name == "title":
            title = title or data
        elif outside:
            shown.append(data)
    return Notice(_plain(title), _plain("".join(shown)), links)


def refusal(notice: Notice, html: str) -> str:
    """The name of the refusal that a bare page tells, empty if none.

    Returns:
        `geo` (for visitors at home only), `burst`, `slider`, `captcha`, `challenge`, `waf`,
        `login`, `maintenance` or `forbidden`.
    """
    told = f"{notice.title} {notice.text}"
    if not notice.is_bare or _SUBJECT.search(notice.title) or reports(notice, html):
        return ""
    fits = (k for k in _REFUSALS if len(notice.text) < k.longest and k.pattern.search(told))
    return next((kind.name for kind in fits), "")


def says_gone(notice: Notice, html: str) -> bool:
    """Whether a page tells that what was asked for is not, or no longer, there."""
    if _404.search(notice.title) or _TITLE_GONE.search(notice.title):
        return True
    if not notice.is_short or reports(notice, html):
        return False
    text = notice.text
    if _GONE_PATTERN.search(text) or (text.startswith("404") and _404.match(text)):
        return True
    one_line = len(text) < _ONE_LINE_CHARS and notice.links <= 1
    return one_line and bool(_ONE_LINE_PATTERN.search(text))


def reports(notice: Notice, html: str) -> bool:
    """Whether a page names the report of a year (in a link or a script too), or reads as one."""
    text = notice.text
    return bool(_COUNT.search(text) or _SUBJECT.search(text) or _REPORT.search(html))


def _without_comments(html: str) -> str:
    """Without comments, but for those that hide a script from browsers that know none."""
    first, *rest = _HIDING.sub(r"\1", html).split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _plain(text: str) -> str:
    """Text in one piece: Chinese pages put blanks where they like; between letters one is kept."""
    opened = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("&nbsp;", " ")
    return re.sub(r"(?<![!-~])\s+|\s+(?![!-~])", "", " ".join(opened.split()))
