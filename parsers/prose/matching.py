"""Holds a phrase against the declared rules."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from parsers.declared.prose import Rule
from parsers.prose.bodies import is_own_name
from parsers.prose.discourse import about, aside_depth, before_asides
from parsers.prose.lexicon import has, meets, without_closers
from parsers.prose.numbers import Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence

# Who does something, at the end of a phrase: 我局, 本机关.
_AGENT = re.compile(r"(?:[我本全][局县市区委办镇乡街州省旗院厅部会处]|[我本]?(?:单位|机关|街道))$")
# 公开区卫生局政府信息: whose information it is, in the body's own report.
_ITS_OWN = re.compile(r"公开[市县区省]?(?P<body>[\u4e00-\u9fff]{2,4}(?:局|委|厅|镇|乡|街道))$")
_PUBLISHING = frozenset({"公开", "主动公开", "公布", "发布"})
# 主办省人大建议4件、政协提案8件: each counts what is handled in that way alone.
_SHARED_OUT = frozenset({"主办", "会办", "协办", "分办"})
# 发布量 and 推文 say what was counted, not that it was published.
_MEASURES = frozenset("量数文")
_BREAKS = ',;:。、("'
# Whose medium it is that published: 区卫健局微信公众号.
_OWNER = re.compile(r"[\u4e00-\u9fff]{2}(?:局|委|办|厅|镇|乡|街道|中心|院|区|县|市|省|政府)$")
# 信息公开专栏: the name of a place says nothing of what is done there.
_NAMED_OPEN = re.compile(
    r"(?:政府|政务)?信息公开[\"”]?(?=专栏|栏目|栏|专题|专区|页面)|(?<!信息)公开(?=平台|渠道|载体|阵地|途径)|(?<=[务息])公开(?=网)"
)
# 1、主动公开情况: the title of a point before its text.
_POINT = re.compile(r"^[\d一二三四五六七八九十]{1,2}[、.][^:,;]{0,16}:")
# "科技之窗"微信公众号: the name of a medium narrows nothing.
_NAME = re.compile(r"\"[^\"]{1,20}\"$")
_BY_WAY_OF = ("通过", "以", "采用", "采取", "经由")
# 1件未收到补正: what did not happen is not counted.
_NOT_DONE = re.compile(r"(?:未|没有|无)(?:[收接]到|因|发生|出现|引[发起]).*")
# What says something of a number without naming what it counts.
_ABOUT = ("占", "的", "以上", "次", "左右", "余")
# 369条通过政府网站公开: the medium stands behind the number.
_BY_MEDIUM = re.compile(r"(?:通过|利用|在|由)[^,;]{2,16}?(?:公开|发布|公布)")
_EVERYWHERE = re.compile(
    r"通过(?:各|多|不同)[种类个]?(?:政务公开|信息公开)?(?:渠道|平台|途径|载体)(?=共?主动|共?公开)"
)
_MANY_WAYS = re.compile(
    r"(?:通过|以)[^,;:。\d、和及或]{1,16}[、和及或][^,;:。\d]{1,30}?等(?:多种|各种|各类)?"
    r"(?:方式|渠道|途径|形式)(?:提交|提出|递交|收到)的?"
)
_IN_A_WAY = re.compile(r"(?:方式|渠道|途径|形式)(?:提交|提出|递交|收到)")
_ALL_OF = frozenset({"", "其中"})
# Bodies whose names hold words that exclude: 行政审批局收到申请.
_OFFICE = re.compile(
    r"(?:审批|信访|登记|企业|商业|投诉|许可)[\u4e00-\u9fff]{0,6}?(?:局|委|中心|办)(?!理|公室|结|件)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands around a number, without words that change nothing.

    `stem` is what stands before it without the words that lead over to it; `carried` the verb that
    an enumeration leaves out; `local` whether its own clause names anything.
    """

    sentence: Sentence
    number: Number
    carried: str
    before: str
    clause: str
    after: str
    stem: str
    local: bool
    given: Set[str]


def phrase_of(
    read: Reader, sentence: Sentence, number: Number, carried: str, given: Set[str] = frozenset()
) -> Phrase:
    """The phrase around a number; `given` are the indicators that the sentence gave before."""
    lexicon = read.lexicon
    before = read.named_years(lexicon.bare(_in_no_way(sentence, number.before)))
    clause = read.named_years(lexicon.bare(_in_no_way(sentence, number.clause)))
    stem = without_closers(before, lexicon.fillers)
    local = bool(without_closers(clause, lexicon.fillers))
    after = read.named_years(lexicon.bare(_NOT_DONE.sub("", number.after)))
    return Phrase(sentence, number, carried, before, clause, after, stem, local, given)


def _in_no_way(sentence: Sentence, text: str) -> str:
    """A phrase without ways that narrow nothing: 通过各平台, 通过邮寄、现场等方式提交的申请."""
    if "通过" in text:
        text = _EVERYWHERE.sub("", text)
    if "申请" not in text or len(_IN_A_WAY.findall(sentence.key)) > 1:
        return text  # 以网络、邮件等方式提交5件，以信函等方式提交3件: parts of all
    return _MANY_WAYS.sub("", text)


def matching_rule(read: Reader, phrase: Phrase) -> Rule | None:
    """The first rule for a number: by the phrase before it, then also by what follows it."""
    heads = read.by_unit.get(phrase.number.unit)
    if heads is None:
        return None
    closing = heads.closing(phrase.stem)
    if phrase.before != phrase.stem:
        closing |= heads.closing(phrase.before)
    if phrase.before.endswith(":") and phrase.after and not phrase.after.startswith(_ABOUT):
        closing = set()  # 办理完毕:2件予以公开: what a list begins with is not all of it
    for tail in ("", phrase.after) if phrase.after else ("",):
        behind = _verb_before(read, phrase.clause) + tail if tail else ""
        near, wide = f"{phrase.clause}|{behind}", f"{phrase.before}|{behind}"
        for place in sorted(closing | heads.within(tail)):
            if _fits(read, heads.rules[place], phrase, tail, near, wide):
                return heads.rules[place]
    return None


def _verb_before(read: Reader, clause: str) -> str:
    """The verb that ends a clause: 主动公开39条政府信息 is 主动公开政府信息39条."""
    return max((verb for verb in _PUBLISHING if clause.endswith(verb)), key=len, default="")


def _fits(read: Reader, rule: Rule, phrase: Phrase, tail: str, near: str, wide: str) -> bool:
    """Whether a rule is for a number; `near` is its clause and `wide` its phrase, with a tail."""
    if rule.after and not rule.after & phrase.given:
        return False
    if rule.outside and aside_depth(phrase.sentence, phrase.number.begin) > 0:
        return False
    if _is_channel(rule):
        # 公报公开4条、网站公开9条: one of a list, not two channels.
        near, wide = _entry(near), _without_names(wide)
    said = near if phrase.local and rule.in_clause else wide
    if not meets(said if rule.said else phrase.carried + said, rule.words):
        return False
    if rule.whole and not _is_whole(read, rule, phrase, tail):
        return False
    # What excludes counts where the words stand: in the clause, if it has them all.
    own = near if meets(phrase.carried + near, rule.words) else wide
    # 公开建议7条，提案2条: what is only made public, not handled.
    goes_on = phrase.carried in _SHARED_OUT and phrase.before.startswith("、")
    published = phrase.carried if goes_on or _publishes(phrase) else ""
    if _excluded(rule, f"{published}|{own}{phrase.after}", phrase):
        return False
    return about(read, rule, phrase.sentence, phrase.number)


def _publishes(phrase: Phrase) -> bool:
    """Whether the verb carried along is one of publishing; a semicolon ends what it governs."""
    if phrase.carried not in _PUBLISHING:
        return False
    before = phrase.sentence.key[: phrase.number.begin]
    return phrase.carried in before[before.rfind(";") + 1 :]


# Several rules are held against one phrase.
@lru_cache(maxsize=16)
def _entry(text: str) -> str:
    return _without_names(_POINT.sub("", text).lstrip("、"))


@lru_cache(maxsize=16)
def _without_names(text: str) -> str:
    return _NAMED_OPEN.sub("", text)


def _is_channel(rule: Rule) -> bool:
    return rule.indicator.startswith("proactive.channel.")


def _excluded(rule: Rule, text: str, phrase: Phrase) -> bool:
    """Whether a word excludes: in the phrase, anywhere before it, in the section's title."""
    if has(text, rule.unless) and has(_OFFICE.sub("", text), rule.unless):
        return True
    if has(phrase.sentence.title, rule.unless_titled):
        return True
    if not rule.unless_before:
        return False
    return has(before_asides(phrase.sentence, phrase.number.begin), rule.unless_before)


def _is_whole(read: Reader, rule: Rule, phrase: Phrase, tail: str) -> bool:
    """Whether the thing counted stands there without anything that narrows it.

    公开政府信息5条 counts all information, 公开财政信息5条 and 公开5条财政信息 a part of it.
    """
    stem = phrase.stem
    head = max((word for word in rule.head if stem.endswith(word)), key=len, default="")
    if has(head, read.lexicon.acting) and head[-1] not in _MEASURES:
        return not phrase.after or _opens(read, rule, phrase.after)
    if _is_channel(rule) and stem.lstrip(",、") in _ALL_OF and _BY_MEDIUM.fullmatch(tail):
        return True
    if not head and not _opens(read, rule, tail):
        return False
    before = _without_generic(read, _NAME.sub("", stem[: len(stem) - len(head)]))
    return not before or before[-1] in _BREAKS or _leads(read, rule, before)


def _opens(read: Reader, rule: Rule, tail: str) -> bool:
    """Whether what follows a number is what the rule counts, or says something about it (占50%)."""
    bare = _without_generic(read, tail, leading=True)
    return bare.startswith(rule.head) or tail.startswith(_ABOUT)


def _leads(read: Reader, rule: Rule, before: str) -> bool:
    """Whether a phrase ends in a verb, in the rule's own words or in who acts."""
    own = tuple(word for group in rule.words for word in group)
    starts = (*own, *read.lexicon.acting, *read.times.this_year)
    if before.endswith(_BY_WAY_OF):
        return True
    if _is_channel(rule) and _OWNER.search(before):
        return True
    if before.endswith(starts) or _AGENT.search(before):
        return True
    named = _ITS_OWN.search(before)
    return named is not None and is_own_name(read, named["body"])


def _without_generic(read: Reader, text: str, *, leading: bool = False) -> str:
    """The text without words at its end, or beginning, that narrow nothing (政府, 政务, 的)."""
    words = read.words["generic"]
    while True:
        for word in words:
            if leading and text.startswith(word):
                text = text[len(word) :]
                break
            if not leading and text.endswith(word):
                text = text[: -len(word)]
                break
        else:
            return text
