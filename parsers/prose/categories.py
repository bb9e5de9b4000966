"""Reads lists of what was published by subject: 其中工作动态50条，通知公告40条."""

import re
from collections.abc import Iterator

from parsers.declared.prose import Rule
from parsers.prose.bodies import is_own_name
from parsers.prose.discourse import MEDIUM
from parsers.prose.faults import fault_of_time
from parsers.prose.findings import Found
from parsers.prose.lexicon import has
from parsers.prose.numbers import ITEM_UNITS, Number, clause_of
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.text import canon

CATEGORY = "proactive.category"
# What a list by subject may hold beside subjects.
_WITHIN_LIST = (
    "proactive.channel.",
    "website.items",
    "proactive.items.normative",
    "proactive.digitised_rate",
)
# 制定并发布规范性文件7件 among subjects counts documents made.
DOCUMENTS = ("proactive.normative.made", "proactive.normative.issued")
_MADE = re.compile(r"(?:其中)?:?(?:共|新)?(?:制定|制发|印发|出台)")
_DISCLOSED = "proactive.normative.disclosed"
# A list by subject is over where something else is counted than what was published.
_ENDS_LIST = re.compile(
    r"收到|受理|接到|召开|举办|组织(?![^,;]{0,2}(?:机构|架构|结构|人事|设[定置]|概况|领导|信息|部))|回复|办结|阅读量|浏览量|访问量|粉丝|编发|推送|推发|刊发"
    r"|(?:微信|微博|公众号|抖音|视频号|头条号)[^,]{0,12},?[^,]{0,8}(?:发布|公开|更新)"
)
# 办理代表建议3件: something done, no subject.
_HANDLED = re.compile(r"(?:办理|承办|办复|主办|协办|会办)(?!结果|流程|程序|指南|情况)")
# What leads over to a subject: words of division, verbs of publishing (no part of 公开指南).
_LABEL_START = re.compile(
    r"^(?:其中|(?:主要)?(?:内容)?(?:主要)?(?:涵盖|包括|包含)|主要有|分别为|分别是|分别|包括|包含"
    r"|(?:主动|及时|累计|共|已)*"
    r"(?:公开(?!指南|目录|年|制度|专栏|规定|办法|内容|工作|栏|电话)|发布(?!会|平台|机制|制度|[数量])"
    r"|更新(?!改造|情况|机制|[数量])|公布|登载|刊登)"
    r"|20\d\d年度?新增(?:[（(]下同[)）])?|一是|二是|三是|主要是|主要为|以及|还有|另有"
    r"|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）](?!\d)|[.,:;、。()\"“”‘’\s，：；]|占(?![道用地补]))+"
)
# “政策法规”栏目发布信息25条: the subject is what the column is called.
_COLUMN = re.compile(
    r"(?<!公开)[\"”]?(?:栏目|专栏|板块|版块|模块)(?:共|主动)*(?:发布|公开|更新)(?:信息|文章|内容)?$"
    r"|(?<=[类面])(?:共|主动)*(?:发布|公开|更新)(?:信息|文章|内容)?$"
)
# What leads over to the figure, but no end of a word: 审计, 下达, 违法行为, 国有.
_LABEL_END = re.compile(
    r"(?:数量|(?<![参基指次])数|共计|(?<!公)共|合计|总计|(?<![统审会设估预核])计|(?<![行作])为"
    r"|(?<![下传发到转表抵雷送])达|(?<![国所现私民])有|是|[:：,，、\s\"”])+$"
)
_NO_LABEL = re.compile(
    r"收到|受理|增长|增加|减少|下降|同比|占比|答复|办结|比上年|较上年|通过|截至|万字|点击|浏览|访问"
    r"|撤销|删除|撤下|子目录|新媒体|网站|微信|微博|公众号|公报公开|渠道|公开栏|公示栏|宣传栏|媒体|报纸|电视|平台(?:公开|$)|公开总|^(?:按时|及时|新)?(?:开设|新增|制定|印发|清理|修订)|^(?!其[他它]).*(?<!应)(?<!应主动)公开(?:政府|政务)?信息$|^在|网上"
    r"|^(?:政府)?信息$|^依申请公开|(?:予以|部分|不予|同意)公开$|不予处理|无法提供|结转|其他处理"
    r"|官网|上公开$|条、|篇、|揭示板|公告板|公示板|橱窗|电子屏"
)
# 两项群众最关心的内容: the number belongs to the words behind it.
_COUNTED_BEHIND = re.compile(r"[^,;:。、()占]+的")
# 包括政府网站35条: a list by channel.
_CHANNEL_LABEL = re.compile(
    r"(?:网站|官网|网页|网上|线上|线下|频道|快手|微信|微博|公众号|抖音|视频号|头条号|公告栏|公示栏|宣传栏|公开栏|媒体|报纸|报刊|电视台?|新媒体|平台|(?<!应)主动公开)[\"》]?"
    r"(?:上?(?:共|主动)?(?:公开|发布))?(?:信息)?(?:公开|发布)?[共为:\"]*$"
)
# 政务信息53条，财务信息6条 is a subject; 公开政务信息53条 is all that was published.
_GENERAL = "政务信息"
# Entries that say who published, not what.
_BODY_LABEL = re.compile(
    r"[关门位市县区镇乡道局委州院厅级地旗]\)?公开$|(?:[局镇乡]|街道|部门|单位|机关|办公室|委员会)$"
)
# 通过县政府网站发布预算信息1条: by a way of publishing, whatever was published there.
_BY_A_WAY = re.compile(r"^(?:其中)?[:,]?(?:通过|利用|依托|借助|运用|在)")
# 在主动公开的信息中, ...: what follows is by subject.
_OF_ALL = re.compile(
    r"(?:公开|发布)的?(?:\d{1,6}[条件])?(?:各类)?"
    r"(?P<body>[^,;的\d]{1,8}(?:局|委|办|厅|镇|乡|街道))?(?:政府|政务)?信息(?:当?中|里),"
)
_SELF = re.compile(r"[我本]")
_DIGIT = re.compile(r"\d")
_NAME_LENGTH = range(2, 41)
_NO_RULE = Rule("", "", frozenset(), (), (), frozenset(), (), frozenset(), (), (), ())


def ends_list(read: Reader, number: Number, last: Found | None) -> bool:
    """Whether a number counts something else than what a list by subject goes through."""
    if _ENDS_LIST.search(number.before) or _HANDLED.match(number.clause):
        return True
    if _is_by_channel(read, number):
        return True
    # 其中网站公开30条，包括通知9条: what divides a part is no part of the whole.
    return (
        last is not None and has(number.before, read.words["divided"]) and "(" not in number.before
    )


def of_all(read: Reader, key: str) -> bool:
    """Whether a text speaks of all that the body published: 在公开的信息中, ....

    Not where a medium is named (网上公开的信息中), more than the body, or another one.
    """
    match = _OF_ALL.search(key)
    if match is None:
        return False
    said = clause_of(key[: match.start()])
    if _CHANNEL_LABEL.search(said) or read.lexicon.topics(said, MEDIUM):
        return False
    if read.scope == "own" and has(said, read.words["jurisdiction"]):
        return False
    body = match["body"] or ""
    return not body or bool(_SELF.match(body)) or is_own_name(read, body)


def opens_list(read: Reader, sentence: Sentence, number: Number, after_total: bool) -> bool:
    """A list by subject begins after a total (其中 ...) or an announcement."""
    begun = _begins_list(read, sentence, number, after_total)
    return begun and not _is_by_channel(read, number)


def _is_by_channel(read: Reader, number: Number) -> bool:
    """Whether a number counts what was published in one way: 通过网站发布预算信息1条."""
    if _CHANNEL_LABEL.search(number.clause):
        return True
    said = _BY_A_WAY.match(number.clause) is not None
    return said and bool(read.lexicon.topics(number.clause, MEDIUM))


def _begins_list(read: Reader, sentence: Sentence, number: Number, after_total: bool) -> bool:
    before = number.before
    divided = before.startswith(":") or has(before, read.words["divided"])
    # 其中，无机构类信息；文件类信息10条: the first that is counted.
    first = sentence.key.startswith("其中") and _DIGIT.search(sentence.key, 0, number.begin) is None
    if (after_total and (divided or first)) or has(before, read.words["by_content"]):
        return True
    if of_all(read, sentence.key[: number.begin]):
        return True
    lead, colon, _ = number.before.partition(":")
    return bool(colon) and "公开" in lead and has(lead, read.words["categories_after"])


def within_list(rule: Rule | None, number: Number) -> bool:
    """Whether an entry of a list by subject is a figure of its own, such as that of a channel."""
    if rule is not None and rule.indicator == _DISCLOSED:
        return "公开" in number.before  # 其中主动公开规范性文件14件
    if rule is not None and rule.indicator.startswith(DOCUMENTS):
        return _MADE.match(number.clause) is not None
    if rule is None or not rule.indicator.startswith(_WITHIN_LIST):
        return False
    # 政府公报4条 is what was published; 政府公报公开4条 is how.
    return rule.indicator != "proactive.channel.gazette" or "公开" in number.before


def category(read: Reader, sentence: Sentence, number: Number) -> Iterator[Found]:
    """One entry of a list by subject: the printed subject and its figure."""
    if number.unit not in ITEM_UNITS or has(number.clause, read.words["comparison"]):
        return
    label = _label(sentence, number)
    if (
        len(label) not in _NAME_LENGTH
        or _NO_LABEL.search(label)
        or _BODY_LABEL.search(canon(label))
        or (label == _GENERAL and has(number.clause, ("公开", "发布")))
    ):
        return
    if number.each or _COUNTED_BEHIND.match(number.after):
        return
    if fault_of_time(read, sentence, number, _NO_RULE):
        return
    yield Found(sentence, number.begin, number.end, CATEGORY, "category", category=label)


def _label(sentence: Sentence, number: Number) -> str:
    """The subject as printed before the number, from the last comma, semicolon or colon on."""
    before = number.before
    cut = max(before.rfind(mark) for mark in (",", ";", ":")) + 1
    if not before[cut:].strip("、"):
        cut = 0
    begin = number.begin - len(before) + cut
    printed = " ".join(sentence.printed(begin, number.begin).split())
    return _balanced(_COLUMN.sub("", _LABEL_END.sub("", _LABEL_START.sub("", printed))).strip())


def _balanced(label: str) -> str:
    """A label with the quotation mark at its edge whose other half stands within it."""
    opened, closed = label.count("“"), label.count("”")
    return "“" * (closed - opened) + label + "”" * (opened - closed)
