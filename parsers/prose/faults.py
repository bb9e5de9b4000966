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

Fault: TypeAlias = Literal["", "skip", "ambiguous_period", "shared_figure", "wider_scope"]


WHY = {
    "ambiguous_period": "the sentence leaves open whether it is of the year or of all years",
    "shared_figure": "one figure stands for several things",
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
    if read.scope in {"own", "unknown"}:
        if has(clause, words["subordinate"]):
            return "skip"
        if has(clause, words["jurisdiction"]):
            return "wider_scope"
    of_one = has(clause, words["another_part"]) or _OF_A_BODY.search(number.before)
    if read.scope == "jurisdiction" and of_one and not has(clause, words["whole_area"]):
        return "skip"
    return fault_of_time(read, sentence, number, rule)


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
    unsaid = time == "" and has(number.clause, read.words["to_date"])
    return "ambiguous_period" if time == "to_date" or unsaid else ""
