"""Why a figure that a rule matches is not this body's figure of this year."""

import re
from typing import Literal, TypeAlias

from parsers.declared.prose import Rule
from parsers.prose.lexicon import has
from parsers.prose.numbers import REACH_BEFORE, Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing

# 其中教育局5件: a part that one body has; but 其中市政府网站5条 is of all.
_OF_A_BODY = re.compile(
    r"其中,?(?:[^,;]{0,12}?(?:局|委(?!员|托)|厅|办公室|镇|乡|街道|部门|单位)"
    r"(?!.{0,6}(?:网|公报|微信|微博|平台)))"
)

# 3个科室公开信息不足10条: what some bodies did, unless all of the area are named.
_SOME_BODIES = re.compile(
    r"(?P<all>全[市区县省镇乡州旗系局委][^,;]{0,4})?"
    r"\d{1,4}余?[个家](?:[\u4e00-\u9fff]{0,4}?)"
    r"(?:部门|单位|[科处股]室|乡镇|镇|街道|村|社区|县|区|局|机关)"
)
# 收到申请73件(含上年结转2件): more than what came in this year.
_CARRIED_TOO = re.compile(
    r"[^,;。()]{0,12}[(,](?:其中)?(?:含|包括|包含|其中)?[^,;。()]{0,8}(?:结转|转结)"
)
_RECEIVED = frozenset({"requests.new", "requests.received"})
# 公开325条，其中本年新增138条: of all years, whatever the words before say.
_NEW_OF_IT = re.compile(
    r"[^,;。()]{0,6}[(,]其中,?[^,;。()]{0,8}(?:本年|今年|当年|20\d\d年)[^,;。()]{0,4}新增"
)
# 仍有4件申请...: some of them, not how many there were.
_SOME_OF = re.compile(r"(?:有|对|将|就|其中|因)$")
_TOTALS = _RECEIVED | {"requests.answered", "requests.closed", "requests.outcome.total"}
# 省政府制定规章5件: what others did, who stand above.
_SUPERIOR = re.compile(
    r"(?:国务院|全国人大|省人大|[省市区县]政府|省厅|[省市]局|上级(?:部门|单位|机关)?)"
    r"(?:共|全年|新)?(?:制定|制发|出台|印发|下发|发布|公开|召开|举办|收到|受理|办理|组织)(?!的)"
)
_HELD = re.compile(r"举办|组织|召开|开展|举行")

Fault: TypeAlias = Literal[
    "", "skip", "ambiguous_period", "shared_figure", "wider_scope", "carried_included"
]


WHY = {
    "ambiguous_period": "the sentence leaves open whether it is of the year or of all years",
    "shared_figure": "one figure stands for several things",
    "carried_included": "the figure counts requests carried over from the year before, too",
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
    if number.each or "分别" in number.clause:
        return "shared_figure"
    if _is_of_some(clause, read):
        return "skip"
    if rule.indicator in _TOTALS and _SOME_OF.search(number.clause):
        return "skip"
    if rule.indicator in _RECEIVED and _counts_carried(sentence, number):
        return "carried_included"
    if read.scope in {"own", "unknown"}:
        if has(clause, words["subordinate"]) or _SUPERIOR.search(clause):
            return "skip"
        if has(_who_acts(clause, rule), words["jurisdiction"]):
            return "wider_scope"
    if read.scope == "jurisdiction" and _of_one_body(read, sentence, number, clause):
        return "skip"
    return fault_of_time(read, sentence, number, rule)


def _of_one_body(read: Reader, sentence: Sentence, number: Number, clause: str) -> bool:
    """Whether a figure is of one body in the area, named in its clause or in one before it.

    Who was named goes on to act until the sentence comes back to all of the area.
    """
    words = read.words
    if has(clause, words["whole_area"]):
        return False
    if has(clause, words["another_part"]) or _OF_A_BODY.search(number.before):
        return True
    said = sentence.key[: number.begin]
    said = said[said.rfind(";") + 1 :]
    ends = (said.rfind(word) + 1 for word in (*words["whole_area"], *words["jurisdiction"]))
    return has(said[max(ends, default=0) :], words["one_body"])


def _who_acts(clause: str, rule: Rule) -> str:
    """A clause up to its verb where a body holds something for others: 举办全县教育系统培训班."""
    held = _HELD.search(clause) if rule.indicator.startswith("training.") else None
    return clause[: held.start()] if held else clause


def _is_of_some(clause: str, read: Reader) -> bool:
    """Whether a clause says what some of several bodies did."""
    match = _SOME_BODIES.search(clause)
    return match is not None and (match["all"] is None or read.scope in {"own", "unknown"})


def _counts_carried(sentence: Sentence, number: Number) -> bool:
    """Whether a count of applications says that some of them were carried over."""
    match = _CARRIED_TOO.match(sentence.key, number.end)
    return match is not None and has(match[0], ("含", "包括", "其中"))


def _clause(sentence: Sentence, number: Number) -> str:
    """The whole clause before a number, other numbers in it included."""
    before = sentence.key[max(0, number.begin - REACH_BEFORE) : number.begin]
    return before[max(before.rfind(mark) for mark in (",", ";", "。", "(", ")")) + 1 :]


def fault_of_time(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Fault:
    """Why a figure is not of this year, or leaves open whether it is."""
    time, said = governing(sentence, number.begin, read.year, read.times)
    named = any(said.startswith(word) for group in rule.words for word in group)
    if time == "part" or (time == "other" and not named):
        return "skip"
    if is_stock(read, rule):
        return ""
    if time != "since" and _NEW_OF_IT.match(sentence.key, number.end):
        return "ambiguous_period"
    unsaid = time == "" and has(number.clause, read.words["to_date"])
    return "ambiguous_period" if time == "to_date" or unsaid else ""
