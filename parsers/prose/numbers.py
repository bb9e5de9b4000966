"""Finds the numbers with a unit in a sentence, with the phrase before and after each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.prose.numerals import OTHERS, PLAIN
from parsers.prose.sentences import Sentence

# Units as matching keys, longest first: 人次 before 人.
_UNITS = (
    "件次|场次|人次|批次|万元|亿元|条|件|篇|份|次|期|场|个|名|位|人|项|元|%|家|处|所|则|宗|部|批|起"
    "|例|轮|封"
)
# What says how near a number is; 共 says nothing of that.
_NEARLY = ("约为", "大约", "将近", "接近", "超过", "突破", "不足", "不到", "约", "近", "超", "逾")
_NUMERALS = PLAIN + OTHERS
# It begins with a set of characters, so that the text between numbers is passed over quickly.
# 队伍, 登陆 end in no numeral; 10几 and 1o are read as no figure, which is told.
NUMBER = re.compile(
    rf"(?P<number>[\d万亿{_NUMERALS}](?<![\d.第届/+{_NUMERALS}].)(?<![队登大].)"
    r"(?:(?<=\d)(?:\d{0,2}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{0,11}(?:\.\d{1,4})?)"
    rf"|(?<=[{_NUMERALS}])[\d{_NUMERALS}]{{0,8}}|(?<=[万亿])))"
    r"(?P<scale>(?:[余多](?=万))?[十百千万亿]{0,2})"
    rf"(?P<added>(?:(?<=[百千万亿])[\d{_NUMERALS}]{{1,8}}万?)?)"
    rf"(?P<middle>[余多几来ol]?)(?P<unit>{_UNITS}|(?=[;。、)]|$|,(?!\d{{1,9}}(?![\d年]))))(?P<after>左右|以上|以下|余|多)?"
    r"(?!性|月|工作日|百分点|年|小时|方面)"
)
# What makes a number another one: 10至20条, 1,2345条, 上百条, 数十条.
_MORE_OF_IT = re.compile(
    rf"(?:(?<![\d第])\d[\d.]{{0,9}}(?:[余多]?(?:{_UNITS})?[至到~-]|,)|[{PLAIN}]+[至到~-])$"
)
_SOME = re.compile(r"(?:上|成|几|数|好几)$")
_SCALE_ALONE = re.compile(r"[十百千万亿]+[余多]?(?![\d一二两三四五六七八九])")
# Units in which items of information are counted.
ITEM_UNITS = frozenset("条件份篇项个则")
# Units of what holds several items: 更新4期12篇 counts both.
_ISSUES = frozenset("期批轮")
# 一 is a word more often than a number: 一件事, 一条龙, 一个窗口.
_ONE = re.compile(r"一[件条个项部次家份批期场轮处]")
_ONE_COUNTS = re.compile(
    r"(?:专门的|信息|申请|公文|复议|诉讼|提案|建议|培训|会议|发布会|$|[,;。、()])"
)
# 公开政府信息数170: what needs no unit says so.
_BARE = re.compile(r"(?:(?<![指分参])数|(?<![质产重])量)(?:共?计|共|总?为|达到?|是|:)?$")
_SESSION = re.compile(r"[一二三四五六七八九十]次(?:会议|全会|全体)")
# 没有一起: the number belongs to the denial.
_DENIES = frozenset("有无未")
# 除4件结转下年外: left out, but counted.
_CARRIED = re.compile(r"(?:申请)?(?:结转|转结|顺延|转入)")
_POINTING = frozenset({"这", "该"})
_CONGRESS = frozenset("大届协")
_LAST_OF_NEARLY = frozenset(word[-1] for word in _NEARLY)
_LAST_OF_MORE = frozenset("至到~-,上成几数")
_LONGEST_MORE = 16
_DENIED = re.compile(r"(?:没有|未有|无|未)$")
_HARD = (";", "。", "!", "?")
_CLAUSE_END = re.compile(r"[,;。()!?:]")
_CLOSED_ASIDE = re.compile(r"\([^()]{0,120}\)")
_AND = ("和", "及", "与", "并")
_STOP = re.compile(r"[,;。、()!?:]")
# How far a phrase reaches before and after its number, in characters.
REACH_BEFORE = 110
REACH_AFTER = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: its place in the key, its unit, and the phrases around it.

    `clause` is what stands before it in its own clause.
    """

    begin: int
    end: int
    unit: str
    before: str
    after: str
    zero: bool
    each: bool
    clause: str = ""


def clause_of(before: str) -> str:
    """What stands before a number in its own clause, without brackets closed again."""
    if ")" in before:
        before = _CLOSED_ASIDE.sub("", before)
    find = before.rfind
    return before[max(find(","), find(";"), find("。"), find("("), find(")")) + 1 :]


def numbers(sentence: Sentence) -> Iterator[Number]:
    """The numbers with a unit, in order."""
    key = sentence.key
    found = ((_begin(key, match.start()), match) for match in NUMBER.finditer(key))
    counted = [(begin, match) for begin, match in found if _counts(key, begin, match)]
    floor = 0
    number: Number | None = None
    for index, (begin, match) in enumerate(counted):
        ceiling = counted[index + 1][0] if index + 1 < len(counted) else len(key)
        last, number = number, _number(key, begin, match, floor, ceiling)
        if last and last.end == begin and last.unit in _ISSUES and number.unit in ITEM_UNITS:
            number = replace(number, before=last.before, clause=last.clause)  # 更新4期12篇
        yield number
        # A noun behind its number belongs to that one, if something parts it from the next.
        behind = number.end + len(number.after)
        floor = behind if behind < ceiling or number.after.endswith(_AND) else number.end


def _begin(key: str, digits: int) -> int:
    """Where a number begins, with what makes it another one or says how near it is."""
    if key[digits - 1 : digits] in _LAST_OF_MORE:
        before = key[max(0, digits - _LONGEST_MORE) : digits]
        more = _MORE_OF_IT.search(before)
        if more is None and _SCALE_ALONE.match(key, digits):
            more = _SOME.search(before)
        digits -= len(more[0]) if more else 0
    if key[digits - 1 : digits] not in _LAST_OF_NEARLY:
        return digits
    word = next((word for word in _NEARLY if key.endswith(word, 0, digits)), "")
    return digits - len(word)


def _counts(key: str, begin: int, match: re.Match[str]) -> bool:
    if key[begin - 1 : begin] in _DENIES and _DENIED.search(key[max(0, begin - 3) : begin]):
        return False
    if key.startswith("除", begin - 1) and not _CARRIED.match(key, match.end()):
        return False  # 除1件: what is left out of a count
    if not match["unit"] and not _BARE.search(key, max(0, begin - 8), begin):
        return False
    if key[begin - 1 : begin] in _POINTING:
        return False  # 这3件申请: what was counted before
    if key.startswith("的", match.end()) and match["unit"] != "%":
        return False  # 10件的单位: it tells which, not how many there were
    if _SESSION.match(key, begin) and key[begin - 1 : begin] in _CONGRESS:
        return False  # 人大二次会议
    if not _ONE.fullmatch(match[0]):
        return True
    return bool(_ONE_COUNTS.match(key, match.end()))


def _behind(tail: str, another_follows: bool) -> str:
    """What a number counts, where that stands behind it: all of a list, if it ends there."""
    # 复议6件和诉讼3件: what is joined on belongs to the next number.
    if another_follows and tail.startswith(_AND):
        return ""
    end = _CLAUSE_END.search(tail)
    if (end or not another_follows) and not tail.startswith("、"):
        return tail[: end.start()] if end else tail
    stop = _STOP.search(tail)
    return tail[: stop.start()] if stop else tail


def _number(key: str, begin: int, match: re.Match[str], floor: int, ceiling: int) -> Number:
    before = key[max(floor, begin - REACH_BEFORE) : begin]
    for mark in _HARD:
        before = before[before.rfind(mark) + 1 :]
    tail = key[match.end() : min(ceiling, match.end() + REACH_AFTER)]
    return Number(
        begin=begin,
        end=match.end(),
        unit=("万元" if match["scale"] == "万" else "亿元" if match["scale"] == "亿" else "元")
        if match["unit"] == "元"
        else match["unit"],
        before=before,
        after=_behind(tail, ceiling < len(key)),
        zero=match["number"] in {"0", "零", "〇"} and not match["scale"],
        each=before.endswith("各"),
        clause=clause_of(before),
    )
