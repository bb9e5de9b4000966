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
LINES = re.compile(
    r"""
      (用?微信|手机)?扫(一扫)?.{0,16}(二维码|打开|手机|微信|分享).{0,12} | 扫一扫.{0,16}
    | [【\[\s|丨·]*(
        [【\[]?(打印|关闭|收藏|返回|顶部|窗口|本页|此页|页面|正文|保存|推荐|纠错|分享|复制|翻译|搜索|朗读
        |语音|播报|我要|我来|放大|缩小|默认|加入|设为|首页|回到|网页|文章|文档|转发|点赞|评论|阅读
        |下载PDF|模式|无障碍)[】\]\s|丨·/]*){2,}
    | [【\[]?(打印|关闭|收藏|返回|返回顶部|分享|大|中|小|字体|字号|首页|上一页|下一页|尾页|复制|翻译
        |搜索|责任编辑)[】\]]?[:：]?
    | (字\s*[号体]|文字大小|字体大小|【?字号】?)\s*[:：]?\s*[\[【（(]?\s*
        ((大|中|小|特大|超大|标准|默认|A[+-]?)[\s|/·、\]】）)]*)*(打印|关闭|收藏|\s)*
    | (分享|分享到|分享至|转发至)\s*[:：]?\s*
        ((微信|微博|新浪微博|QQ空间|QQ好友|QQ|朋友圈|人人网|更多|腾讯微博)[\s、|]*)*
    | (浏览|访问|阅读|点击)(次数|人数|量|数)?\s*[:：]\s*\[?\s*\d*\s*\]?\s*次?
    | (上一?篇|下一?篇|上一条|下一条|前一篇|后一篇)\s*[:：]?.{0,80}
    | (您?当前(的)?(所在)?位置|所在位置|现在位置|您(现在)?的位置|当前栏目)(是)?\s*[:：].{0,120}
    | (首页|网站首页|主页)\s*[>»＞/\\-].{0,120}
    | (相关|推荐|热点|热门|最新|延伸)(文章|链接|新闻|信息|阅读|内容|文件|解读|稿件|资讯)\s*[:：]?
    | (主办|承办|协办|版权所有|技术支持|网站标识码|运行维护|维护)(单位)?\s*[:：].{0,120}
    | ((网站地图|联系我们|网站声明|隐私保护|隐私声明|使用帮助|关于我们)[\s|丨·]*)+
    | .{0,60}(ICP备|公网安备|Copyright|All\s*Rights?\s*Reserved|版权所有).{0,80}
    | .{0,8}您是.{0,8}第.{0,12}位(访客|访问者|来访者|读者|浏览者|游客).{0,6}
    | (信息|文章|稿件|新闻|内容)?来源\s*[:：].{0,30}
    | 附件下载\s*[:：]? | 附件\s*[:：]
    | (责任编辑|编辑|责编|录入|审核|作者|校对)\s*[:：].{0,20}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What heads the links to other pages or the readers' words at the end of a page.
OTHERS = re.compile(
    r"[【\[]?((相关|推荐|热点|热门|延伸|猜您?你?喜欢|为[您你]推荐|更多)的?"
    r"(文章|链接|新闻|信息|阅读|内容|文件|解读|稿件|资讯|推荐|报道|年报|报告)?(推荐|列表)?"
    r"|(网友|读者|用户|最新|热门|全部)(评论|留言|跟帖|点评)(列表)?|(发表|我要)评论|您可能感兴趣的?.{0,4}"
    r"|(上一?篇|下一?篇|上一条|下一条|前一篇|后一篇)\s*[:：].{0,80})[】\]]?\s*[:：]?\s*([(（]\d+条?[)）])?"
)
# Facts that pages print between title and text: they become meta values, not text.
FACTS = re.compile(
    r"(?P<label>(信息)?来源|文章来源|稿件来源|(信息)?发布(时间|日期|机构|单位|部门|人)?|公开(时间|日期|机构)|发文(日期|机关|单位|字号)"
    r"|成文(日期|时间)|生成日期|更新(时间|日期)|(录入)?时间|日期|索引号|文\s*号|文件编号|信息名称|名\s*称|主题分类|作者|点击数?"
    r"|有效性|信息索引|公文种类|关键词|主题词|标题)"
    r"\s*[】\]]?\s*[:：]\s*"
    r"(?P<value>.*?)(?=[\s|丨·\[【]*(?:(信息)?来源|文章来源|稿件来源|(信息)?发布(时间|日期|机构|单位)|浏览|访问|阅读|点击|字\s*[号体]|作者"
    r"|编辑|分享|打印|日期|时间|【|\[)|$)"
)
LONGEST_LINE = 160
_DATE = re.compile(
    r"(?P<date>\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(\s*\d{1,2}:\d{2}(:\d{2})?)?)[\s|丨·]*(?=\S)"
)


@lru_cache(maxsize=1024)
def is_furniture_name(name: str) -> bool:
    """Whether an id or class (in lower case) is one of furniture."""
    return NAMES.search(name) is not None


def is_furniture_line(text: str) -> bool:
    """Whether a whole paragraph is furniture; a sentence never is."""
    return len(text) <= LONGEST_LINE and "。" not in text and LINES.fullmatch(text) is not None


def is_heading_of_others(text: str) -> bool:
    """Whether a whole paragraph heads links to other pages or the readers' words."""
    return len(text) <= LONGEST_LINE and OTHERS.fullmatch(text) is not None


def printed_facts(text: str) -> list[tuple[str, str]]:
    """The labelled facts of a line that holds nothing else; empty for any other line."""
    if len(text) > LONGEST_LINE or "。" in text:
        return []
    dated = _DATE.match(text)
    text = text[dated.end() :] if dated else text
    first = FACTS.match(text.lstrip("【[ "))
    if first is None:
        return []
    found = [("日期", dated["date"])] if dated else []
    found += [(m["label"].replace(" ", ""), m["value"].strip()) for m in FACTS.finditer(text)]
    return [(label, value) for label, value in found if len(value) <= 60]
