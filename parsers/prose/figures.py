"""Reads the figures that sentences state."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.declared.prose import Rule
from parsers.prose.applicants import all_alike, by_applicant
from parsers.prose.categories import DOCUMENTS, category, within_list
from parsers.prose.discourse import aside_depth
from parsers.prose.faults import WHY, fault_of, is_stock
from parsers.prose.findings import PARTS_OF_SIBLINGS, SITES, Division, Found, problem
from parsers.prose.lexicon import has, without_closers
from parsers.prose.matching import matching_rule, phrase_of
from parsers.prose.numbers import ITEM_UNITS, Number
from parsers.prose.numerals import OTHERS, PLAIN, figure_in
from parsers.prose.progress import (
    CHANNELS,
    READINGS,
    Before,
    State,
    before_next,
    is_joined,
    is_verbless,
    keep,
    state_after,
    step_into_list,
    step_into_posts,
    step_on,
)
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing
from parsers.records import Period, Problem

_WAYS = "proactive.channel."
_DECIDED = ".decisions"
_DECIDING = ("作出", "办理", "处理", "实施", "决定")
_POSTS = re.compile(r"(?:公开|发布|公布|上传|更新|公示)[^,;。]{0,30}?\d余?[条篇份]")
# What stands right before the brackets that divide it.
_COUNTED = re.compile(r"\d[余多]?[条篇份件个项次期场人][次]?$")
# Of what else these may be parts in such brackets; of another thing they are how it was done.
_WAYS_OF_DOING = {
    "response": ("response.press_conferences", "response.interviews"),
    "training": ("training",),
    "website": ("proactive", "website"),
    "newmedia": ("proactive", "website", "newmedia"),
}
# 制定并发布规范性文件7件 stands among subjects, too.
_MADE = ("制定", "制发", "印发", "出台", "发布", "更新", "新增", "开设")
_RESPONSES = "response."
_SOME_DOCUMENTS = ("proactive.items.normative", "proactive.normative.")
_AMONG = re.compile("[,(]?其中")
# A label and its figure alone on a line: 收到申请数:3件.
_LABELLED_LINE = re.compile(
    r"(?:\(?[\d一二三四五六七八九十]{1,2}[).、,])?[^,;。:!?、\d]{2,30}(?:[数量]:?|:)(?:共|计|为)?"
    rf"[\d.{PLAIN}{OTHERS}]{{1,12}}[^\d%]{{0,4}}[;,。]?"
)
_SUMS = ("共", "合计", "总", "累计", "新增")
_WITHIN_POSTS = (*CHANNELS, "proactive.digitised_rate")


def figures(
    read: Reader, sentence: Sentence, counted: Sequence[Number], before: Before
) -> Generator[Found | Problem, None, Before]:
    """The figures of a sentence; returns what the next sentence of the paragraph may divide."""
    state = state_after(read, sentence, before)
    state.numbers = counted
    silent = True
    for number in counted:
        step_into_list(read, sentence, number, state)
        step_into_posts(sentence, number, state)
        for item in _stated(read, sentence, number, state):
            silent = False
            yield item
        step_on(read, sentence, number, state)
    if silent and _is_labelled_line(read, sentence):
        detail = f"no rule reads the line {sentence.text!r}, or it leaves open of what it is"
        yield problem(sentence, 0, len(sentence.key), "unread_line", detail)
    return before_next(read, sentence, counted, state)


def _is_labelled_line(read: Reader, sentence: Sentence) -> bool:
    """Whether a paragraph is a label of these reports and a figure: 收到申请数:3件."""
    if sentence.before is not None or _LABELLED_LINE.fullmatch(sentence.key) is None:
        return False
    time, _ = governing(sentence, len(sentence.key), read.year, read.times)
    return time != "other" and has(sentence.key, read.words["label_matters"])


def _stated(
    read: Reader, sentence: Sentence, number: Number, state: State
) -> Iterator[Found | Problem]:
    """What a number states: of all years, of an applicant, or by a rule."""
    further = _ever(read, number, state.last)
    further = further or by_applicant(read, sentence, number, state.applied)
    for found in [further] if further else _figure(read, sentence, number, state):
        found = _of_proposals(found, state.proposals)
        keep(state, found if isinstance(found, Found) else None)
        yield found
        if isinstance(found, Found):
            yield from all_alike(read, found)


def _of_proposals(found: Found | Problem, counted: str) -> Found | Problem:
    """主办6件 after a count of one kind of proposals is a part of that kind."""
    if isinstance(found, Found) and found.indicator in PARTS_OF_SIBLINGS:
        return replace(found, of=counted)
    return found


def _ever(read: Reader, number: Number, last: Found | None) -> Found | None:
    """`..., 历年累计118条`: what was just given of the year, of all years."""
    if last is None or not has(number.before, read.words["cumulative"]):
        return None
    rest = without_closers(number.before, read.lexicon.counted_ever)
    if rest:
        return None
    return replace(last, begin=number.begin, end=number.end, period="cumulative")


def _figure(
    read: Reader, sentence: Sentence, number: Number, state: State
) -> Iterator[Found | Problem]:
    carried = "" if has(number.before, read.words["verbs"]) else state.carried
    rule = matching_rule(read, phrase_of(read, sentence, number, carried, state.given))
    if state.division is not None and not within_list(rule, number):
        if aside_depth(sentence, number.begin) == state.asides:
            yield from _entry(read, sentence, number, state.division)
        return
    if rule is None or _is_part(read, rule, sentence, number, state):
        return
    if _is_aside(rule, sentence, number, state):
        return
    fault = fault_of(read, sentence, number, rule)
    if fault == "" and rule.indicator in SITES and _of_sites(state.numbers):
        fault = "one_of_several"
    found = _found(read, sentence, number, rule)
    again = found.period == "year" and rule.indicator in state.given
    if fault == "" and again and "累计" in number.clause:
        fault = "ambiguous_period"  # 公开104条，累计公开552条: hardly the same year again
    if fault == "":
        if state.division is not None and not rule.indicator.startswith(DOCUMENTS):
            state.division.beside.append(found)
        yield found
    elif fault != "skip":
        detail = f"{rule.indicator}: {WHY[fault]}"
        yield problem(sentence, number.begin, number.end, fault, detail)


def _entry(read: Reader, sentence: Sentence, number: Number, division: Division) -> Iterator[Found]:
    """An entry of a list by subject; one that names none makes the list doubtful."""
    entries = list(category(read, sentence, number))
    if not entries and not has(number.clause, _MADE):
        figure = figure_in(sentence.printed(number.begin, number.end), read.forms.words)
        division.unread = (division.unread or Decimal(0)) + (figure.value or Decimal(0))
    yield from (replace(entry, division=division) for entry in entries)


def _is_part(read: Reader, rule: Rule, sentence: Sentence, number: Number, state: State) -> bool:
    """Whether a number is a part of posts, or beside a channel: 网站公开43条，报纸等公开285条."""
    if rule.indicator.endswith(_DECIDED) and not has(number.clause, _DECIDING):
        # 网站发布公告14条；行政处罚379件
        return _POSTS.search(sentence.key, 0, number.begin) is not None
    if rule.indicator.startswith(_WAYS) and _divides_a_part(number, state):
        return True
    if state.posted and rule.indicator.startswith(_RESPONSES) and _goes_on(read, number, state):
        return True  # 网站更新财政信息6条、政策解读1条: one of the kinds posted there
    if state.within_readings:
        return rule.indicator == READINGS or rule.indicator.startswith(CHANNELS)
    if (
        (state.within_posts or state.nested)
        and state.division is None
        and not rule.indicator.startswith(_WITHIN_POSTS)
    ):
        return True
    if rule.indicator != "proactive.items" or has(number.clause, _SUMS):
        return False
    listed = state.listed or (state.posted and state.last is None and is_verbless(read, number))
    return listed or any(code.startswith(_WAYS) for code in state.given)


def _divides_a_part(number: Number, state: State) -> bool:
    """Whether a number divides a count that is not the total: 政策信息50条，其中网站公开36条."""
    if not _AMONG.match(number.before):
        return False
    counted = any(one.end <= number.begin and one.unit in ITEM_UNITS for one in state.numbers)
    divided = state.last or state.total
    if divided is None:
        return counted
    return divided.indicator.startswith(_SOME_DOCUMENTS)


def _of_sites(numbers: Sequence[Number]) -> bool:
    """Whether a sentence counts what several sites published: 省局网站22篇，局网站57篇."""
    counted = (number.unit in ITEM_UNITS and number.clause.endswith("网站") for number in numbers)
    return sum(counted) > 1


def _goes_on(read: Reader, number: Number, state: State) -> bool:
    """Whether a number counts a further thing with the verb of the one before."""
    return is_joined(number) or (state.last is None and is_verbless(read, number))


def _is_aside(rule: Rule, sentence: Sentence, number: Number, state: State) -> bool:
    """Whether a number in the brackets behind another one is a part of something else.

    解读108篇（新闻发布会5次）: how it was done, not how many there were.
    """
    family = rule.indicator.partition(".")[0]
    if family not in _WAYS_OF_DOING:
        return False
    opened = sentence.key.rfind("(", 0, number.begin)
    within = opened > sentence.key.rfind(")", 0, number.begin)
    if not within or not _COUNTED.search(sentence.key, max(0, opened - 6), opened):
        return False
    last = state.last.indicator if state.last is not None else ""
    return not last.startswith(_WAYS_OF_DOING[family])


def _found(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Found:
    time, _ = governing(sentence, number.begin, read.year, read.times)
    period: Period = "cumulative" if time == "since" and not is_stock(read, rule) else "year"
    weak = bool(rule.context) and not has(sentence.key, rule.context)
    weak = weak or (read.scope == "jurisdiction" and "门户" in number.clause)
    begin, end = number.begin, number.end
    return Found(sentence, begin, end, rule.indicator, rule.name, period=period, weak=weak)
