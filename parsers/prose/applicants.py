"""Divides the applications that a sentence counts by who made them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.prose.discourse import aside_depth
from parsers.prose.findings import Found
from parsers.prose.lexicon import has, without_closers
from parsers.prose.numbers import NUMBER, Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.records import APPLICANTS

_CASE_UNITS = frozenset("件条份宗起项例封")
# What stands around an applicant: 其中自然人申请5件, 5件为自然人提交.
_AROUND_APPLICANTS = ("其中", ":", "、", "申请人", "申请", "提交", "提出", "的", "由", "属于", "为")
_BY_WAY = "requests.received."
_WAYS = ("网", "信", "邮", "当面", "现场", "传真", "其他", "其它", "占", "窗口", "平台")
_ANOTHER_DIVISION = re.compile(r"[;按从]|申请人|申请主体")
_RECEIVED = frozenset({"requests.new", "requests.received"})
_ALL_ALIKE = re.compile(
    r"[^,;。(]{0,12}(?:,[^,;。()\d]{2,16}(?:办结|答复|回复|完毕))?[,(](?:其中)?(?:提交)?(?:申请的?(?:方式|形式|人|渠道|主体))?"
    r"(?:均|全部|都|属于|(?<=方式)为|(?<=形式)为|(?<=渠道)为)[为是系由属于]{0,2}(?:通过|以)?"
    r"(?P<what>[^\d,;。)]{2,16})(?=[,;。)]|$)"
)
# Applications counted beside those that came in.
_BESIDE = frozenset({"requests.carried_in", "requests.carried_out", "requests.outcome.total"})


def by_applicant(
    read: Reader, sentence: Sentence, number: Number, applied: Found | None
) -> Found | None:
    """`收到申请8件，其中自然人6件`: the applications just counted, by who made them."""
    if applied is None or number.unit not in _CASE_UNITS:
        return None
    phrase = number.clause.strip("、") or number.after
    for word in _AROUND_APPLICANTS:
        phrase = phrase.replace(word, "")
    phrase = without_closers(phrase, read.lexicon.fillers)
    kind = next((name for name in APPLICANTS[:-2] if phrase in read.words[name]), "")
    if not kind:
        return None
    begin, end = number.begin, number.end
    return replace(applied, sentence=sentence, begin=begin, end=end, applicant=kind)


def all_alike(read: Reader, found: Found) -> Iterator[Found]:
    """`收到申请8件，均为自然人网上提交`: the applications just counted, all of one kind or way."""
    if found.indicator not in _RECEIVED or found.applicant or found.period != "year":
        return
    said = _ALL_ALIKE.match(found.sentence.key, found.end)
    if said is None:
        return
    kinds = {name for name in APPLICANTS[:-2] if has(said["what"], read.words[name])}
    if len(kinds) == 1:
        yield replace(found, applicant=kinds.pop())
    ways = {
        rule.indicator: rule
        for rule in read.rules
        if rule.indicator.startswith(_BY_WAY) and has(said["what"], rule.words[0])
    }
    if len(ways) == 1:
        code, rule = ways.popitem()
        yield replace(found, indicator=code, rule=rule.name)


def _opens_division(found: Found) -> bool:
    """Whether the next number after a count of one way begins another division."""
    counted = NUMBER.search(found.sentence.key, found.end)
    gap = found.sentence.key[found.end : counted.start() if counted else found.end]
    return bool(_ANOTHER_DIVISION.search(gap)) or has(gap, _WAYS)


def undivided(applied: Found | None, before: Found | None) -> Found | None:
    """The applications that the next sentence may divide: those that came in, once counted."""
    if before is not None and applied is not None and applied.indicator in _BESIDE:
        return before
    return applied or before


def applied_after(
    read: Reader, found: Found | None, number: Number, before: Found | None
) -> Found | None:
    """The applications that what follows may divide by applicant: those counted just before."""
    if number.unit == "%":
        return before  # 自然人5件，占50%，企业3件
    if found is not None and found.indicator.startswith(_BY_WAY):
        # 网络3件，信函6件；自然人8件 is another division; 网络3件，自然人2件 may be one of both.
        return before if _opens_division(found) else None
    if found is None or found.begin != number.begin:
        return None
    if found.applicant:
        return before
    indicator = read.forms.indicators.get(found.indicator)
    divided = indicator is not None and indicator.applicants and not found.none
    if not divided or found.period != "year":
        return None
    # 收到20件，结转3件，其中自然人18件: it cannot be told of which.
    if found.indicator in _BESIDE and aside_depth(found.sentence, found.begin):
        return before  # 申请24件(含上年结转5件)，公民20件
    return None if before is not None and found.indicator in _BESIDE else found
