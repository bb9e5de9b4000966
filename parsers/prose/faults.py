"""Why a figure that a rule matches is not this body's figure of this year."""

import re
from itertools import chain
from typing import Literal, TypeAlias

from parsers.declared.prose import Rule
from parsers.prose.bodies import counts_more, is_of_one, is_peers, of_others
from parsers.prose.discourse import MEDIUM, sole_channel
from parsers.prose.lexicon import has
from parsers.prose.numbers import REACH_BEFORE, Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing

# 出版公报3期，公开信息96条: in these issues.
_ISSUES = re.compile(r"\d余?期[^;。]{0,8}$")
# 通过政务网、微信等渠道发布信息: of all of these.
_OF_MANY = re.compile(
    r"等[^,;。]{0,6}(?:渠道|平台|方式|形式|途径|媒体|媒介|载体)|(?:微信|微博|公众号|网站|官网)[\"》)]*等"
)
_MEDIA = ("newmedia.", "website.")
_ACCOUNT = re.compile(
    r"(?P<other>\"[^\"]{1,20}\"[、和及与]?\"[^\"]{1,20}\")?(?:官方|政务)?(?:微信|微博|公众号|网站|视频号|抖音)+"
)
_OUTCOMES = ("requests.outcome.", "requests.answered.")
_JOINED_OUTCOMES = re.compile(
    r"(?:不存在|非政府信息|非本(?:机关|单位)[^,;、]{0,8}|不掌握|部分公开|(?:不予|予以|同意)公开|不予处理"
    r"|无法提供)(?:的|或者?|以?及|和|、)[^,;]{4,}$"
)
# 网上调查、意见征集8期 are of both, but not what stands behind a number: 发布会3场、访谈8期.
_JOINED_ON = re.compile(r"[^\d,、和及与]{2}(?:、|和|及|与|以及)$")
_COUNTED_ALONE = frozenset(
    {
        "response.interpretations",
        "response.interviews",
        "response.opinion_rounds",
        "response.press_conferences",
        "response.surveys",
    }
)
# 主动公开36件、依申请公开436件、不予公开43件: documents by whether they may be seen.
_OF_DOCUMENTS = re.compile(
    r"(?<![已属于])主动公开(?:文件|公文|类)?(?:共|为)?\d{1,5}[件份],?、?依申请公开(?:文件|公文|类)?\d"
)
_WAY_LISTED = re.compile(r"[一二三四五六]是(?:通过|利用|依托|借助|运用|在)")
# What counts something, so that what stands before it is said of that.
_NUMBERED = re.compile(r"\d[余多]?[条件篇个项份]")
# 收到申请73件(含上年结转2件): more than what came in this year.
_CARRIED_TOO = re.compile(
    r"[^,;。()]{0,12}[(,](?:其中)?(?:含|包括|包含|其中)?[^,;。()]{0,8}(?:结转|转结)"
)
_RECEIVED = frozenset({"requests.new", "requests.received"})
# 公开325条，其中本年新增138条: of all years, whatever the words before say.
_NEW_OF_IT = re.compile(
    r"[^,;。()]{0,6}[(,]其中,?[^,;。()]{0,8}(?:本年|今年|当年|20\d\d年)度?"
    r"(?:[^,;。()]{0,4}新增|(?:共|新)?(?:主动)?公开)"
)
_NEW = re.compile(r"(?<!累计)新增(?:主动)?(?:公开|发布|政府信息)")
# 公开687条，其中主动公开668条: what was published on request is counted, too.
_OF_THEM = re.compile(r"[,(](?:其中)?,?主动公开(?:政府)?(?:信息)?\d")
# 设立查阅点1个，今年增加到2个: what there was before.
_GREW = re.compile(r"[^;。]{0,20}(?:增加|增|扩大|扩)(?:到|至|为)")
# 19个单位设立机构: what is counted are bodies.
_BODIES = re.compile(r"单位|部门|[科处股]室|街道|乡镇|镇|乡|社区|村|局")
# What was done elsewhere is no kind of what was posted here: 向上级上报信息70篇.
_ELSEWHERE = (
    "解读",
    "回应",
    "上报",
    "录用",
    "采用",
    "采纳",
    "刊",
    "向",
    "在",
    "被",
    "回复",
    "办理",
)
_SIBLING = re.compile(
    r"[,、](?!其中|包括|包含|比|较|同比|增|占)(?P<sibling>[^,;。()\d]{2,14})\d{1,6}余?[条篇]"
)
# 分别公开信息50条 is of each; 分别是信函1条、网络1条 names each.
_SHARED = re.compile(r"分别(?![是为有:][^,;]{2,})")
# 仍有4件申请...: some of them, not how many there were.
_SOME_OF = re.compile(r"(?:有|对|将|就|其中|因)$")
_SUMS = ("共", "累计", "总", "合计", "新增", "全年")
_TOTALS = _RECEIVED | {"requests.answered", "requests.closed", "requests.outcome.total"}


Fault: TypeAlias = Literal[
    "",
    "skip",
    "ambiguous_period",
    "shared_figure",
    "wider_scope",
    "another_body",
    "carried_included",
    "one_channel",
    "unsure_scope",
    "one_of_several",
]


WHY = {
    "ambiguous_period": "the sentence leaves open whether it is of the year or of all years",
    "shared_figure": "one figure stands for several things",
    "carried_included": "the figure counts requests carried over from the year before, too",
    "one_channel": "the figure may be of the one channel that was named before it",
    "unsure_scope": "the words before the figure leave open whether it is all that was published",
    "one_of_several": "the sentence counts for several sites",
    "another_body": "the sentence says it of another body than the report is of",
    "wider_scope": "the figure is of more bodies than the report is of",
}


def is_stock(read: Reader, rule: Rule) -> bool:
    """Whether a rule is for something that there is at a time, not what happens in a year."""
    indicator = read.forms.indicators.get(rule.indicator)
    return indicator is not None and indicator.measure in {"stock", "ratio"}


def fault_of(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Fault:
    """Why a figure that a rule matches is not this body's figure of this year."""
    words, clause = read.words, _clause(sentence, number)
    planned = has(clause, words["plan"])
    planned = planned or has(sentence.key[: number.begin], words["plan_sentence"])
    if planned or has(number.clause, words["comparison"]):
        return "skip"
    shared = number.each or _SHARED.search(number.clause) is not None
    if shared or _is_of_outcomes(rule, number) or _is_joint(rule, number):
        return "shared_figure"
    if _counts_otherwise(read, sentence, number, rule):
        return "skip"
    narrowed = _narrowed(read, sentence, number, rule)
    if narrowed:
        return narrowed
    if rule.indicator in _RECEIVED and _counts_carried(sentence, number):
        return "carried_included"
    if of_others(read, clause) or is_of_one(read, sentence, number, clause, rule):
        return "skip"
    if is_peers(read, clause):
        return "another_body"
    if counts_more(read, clause, rule):
        return "wider_scope"
    return fault_of_time(read, sentence, number, rule)


def _narrowed(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Fault:
    """Whether a count may be of a part of what was published, in all or by one medium."""
    if rule.indicator != "proactive.items":
        return "unsure_scope" if rule.framed and not _is_of_medium(read, number) else ""
    if _is_of_channel(read, sentence, number) or _is_of_way(sentence, number):
        return "one_channel"
    return "unsure_scope" if rule.framed and not _is_of_all(read, sentence, number) else ""


def _counts_otherwise(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> bool:
    """Whether a figure counts some of what the rule asks for, or more than that."""
    code, clause = rule.indicator, number.clause
    if code.startswith(_MEDIA):
        if _OF_MANY.search(clause) or _is_of_accounts(sentence, number):
            return True
        return _is_one_of_several(read, sentence, number)
    if code.startswith("institution."):
        return bool(_GREW.match(sentence.key, number.end) or _BODIES.match(number.after))
    if code.startswith(_OUTCOMES) and _OF_DOCUMENTS.search(sentence.key):
        return True
    if code == "proactive.items":
        return _OF_THEM.match(sentence.key, number.end) is not None
    return code in _TOTALS and _SOME_OF.search(clause) is not None


def _is_of_accounts(sentence: Sentence, number: Number) -> bool:
    """Whether the medium named last is several accounts: "图书馆""文化馆"微信公众号."""
    said = sentence.key[max(0, number.begin - REACH_BEFORE) : number.begin]
    named = list(_ACCOUNT.finditer(said))
    return bool(named) and named[-1]["other"] is not None


def _is_one_of_several(read: Reader, sentence: Sentence, number: Number) -> bool:
    """网站发布信息42条，视频13条，图片55条: one kind of what was posted, not all of it."""
    match = _SIBLING.match(sentence.key, number.end)
    if match is None or has(number.clause, _SUMS):
        return False
    sibling = match["sibling"]
    acts = has(sibling, read.lexicon.acting) or has(sibling, _ELSEWHERE)
    return not acts and not read.lexicon.topics(sibling, MEDIUM)


def _counts_carried(sentence: Sentence, number: Number) -> bool:
    """Whether a count of applications says that some of them were carried over."""
    match = _CARRIED_TOO.match(sentence.key, number.end)
    return match is not None and has(match[0], ("含", "包括", "其中"))


def _is_of_outcomes(rule: Rule, number: Number) -> bool:
    """Whether one figure stands for several outcomes: 信息不存在、非本机关信息共11件."""
    return rule.indicator.startswith(_OUTCOMES) and bool(_JOINED_OUTCOMES.search(number.clause))


def _is_joint(rule: Rule, number: Number) -> bool:
    """Whether one figure stands for two things: 开展网上调查、意见征集共8期."""
    if rule.indicator not in _COUNTED_ALONE:
        return False
    ends = [number.clause.rfind(word) for word in rule.head]
    return _JOINED_ON.search(number.clause, 0, max(0, *ends)) is not None


def _is_of_channel(read: Reader, sentence: Sentence, number: Number) -> bool:
    """Whether a total may be of the one channel that was named just before it."""
    if read.lexicon.topics(number.clause, MEDIUM):
        return False  # 通过局网站，《科技》简报共公开755条
    begin = number.begin - len(number.clause)
    last = max((match.end() for match in _NUMBERED.finditer(sentence.key, 0, begin)), default=0)
    said = sentence.key[max(last, sentence.key.rfind(";", 0, begin) + 1) : begin]
    if last == 0 and sentence.before is not None and not _NUMBERED.search(sentence.before.key):
        said = sentence.before.key + said
    return bool(_ISSUES.search(said) or sole_channel(read, said))


def _is_of_way(sentence: Sentence, number: Number) -> bool:
    """Whether a total stands in a list of ways: 一是利用网站公开38条；二是通过微信发布168条."""
    way = _WAY_LISTED.search(number.clause)
    return way is not None and _WAY_LISTED.search(sentence.key, number.end) is not None


def _is_of_all(read: Reader, sentence: Sentence, number: Number) -> bool:
    """Whether a clause says what the body published in all, and nothing else.

    Where a medium was named or pieces were counted before, it has to say so: by the year, the body
    or a word of sum.
    """
    frame = read.lexicon.framed.match(number.clause)
    if frame is None:
        return False
    said = sentence.key[max(0, number.begin - REACH_BEFORE) : number.begin - len(number.clause)]
    plain = frame["when"] or frame["who"] or has(number.clause, _SUMS)
    counted = "其中" not in number.before and _NUMBERED.search(said)
    return bool(plain or not (counted or read.lexicon.topics(said, MEDIUM)))


def _is_of_medium(read: Reader, number: Number) -> bool:
    """Whether a clause counts what a medium published, and not one of its parts (网站某模块)."""
    behind = read.lexicon.behind_topic(number.clause, MEDIUM)
    return behind is None or read.lexicon.framed_behind.match(behind) is not None


def _clause(sentence: Sentence, number: Number) -> str:
    """The whole clause before a number, other numbers in it included."""
    before = sentence.key[max(0, number.begin - REACH_BEFORE) : number.begin]
    return before[max(before.rfind(mark) for mark in (",", ";", "。", "(", ")")) + 1 :]


def fault_of_time(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Fault:
    """Why a figure is not of this year, or leaves open whether it is."""
    time, said = governing(sentence, number.begin, read.year, read.times)
    if time == "part" or (time == "other" and not said.startswith(tuple(chain(*rule.words)))):
        return "skip"
    if is_stock(read, rule):
        return ""
    if time != "since" and _NEW_OF_IT.match(sentence.key, number.end):
        return "ambiguous_period"
    if time == "to_date" and _NEW.search(number.clause):
        return ""  # 截至12月31日，新增公开427条
    unsaid = time == "" and has(number.clause, read.words["to_date"])
    return "ambiguous_period" if time == "to_date" or unsaid else ""
