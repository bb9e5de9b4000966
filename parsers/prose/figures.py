"""Reads the figures that sentences state."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.declared.prose import Rule
from parsers.prose.applicants import all_alike, applied_after, by_applicant, undivided
from parsers.prose.categories import CATEGORY, category, ends_list, of_all, opens_list, within_list
from parsers.prose.discourse import MEDIUM, aside_depth
from parsers.prose.faults import WHY, fault_of, is_stock
from parsers.prose.findings import PARTS_OF_SIBLINGS, SIBLINGS, Found, problem
from parsers.prose.lexicon import has, without_closers
from parsers.prose.matching import matching_rule, phrase_of
from parsers.prose.numbers import ITEM_UNITS, Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing
from parsers.records import Period, Problem

# What the last number of a total counts, where no rule reads it: 专栏发布其他信息34条.
_TOTAL = re.compile(r"(?:信息|文件|数量|总数)(?:共计|共|总计|累计|为|达|约|数|计)*$")
_HANDLED = ("申请", "受理", "收到", "答复", "办理")
TOTALS = frozenset({"proactive.items", "proactive.items.normative"})
# Counts of posts, whose parts (其中行政许可93条) are posts too: not what else their names may mean.
_POSTED = ("公开", "发布", "更新", "推送", "公布", "上传", "刊登")
_NOT_POSTED = re.compile(
    r"不予|予以|同意|部分公开|申请|收到|受理|接到|建议|提案|复议|诉讼|咨询|规范性|规章|解读|发布会|培训"
    r"|机构|查阅|人员|专栏|栏目|账号|会议|受理点|专区"
)
_CHANNELS = ("proactive.channel.", "newmedia.", "website.")
_WAYS = "proactive.channel."
_DECIDED = ".decisions"
_DECIDING = ("作出", "办理", "处理", "实施", "决定")
_POSTS = re.compile(r"(?:公开|发布|公布|上传|更新|公示)[^,;。]{0,30}?\d余?[条篇份]")
_READINGS = "response.interpretations"
_SUMS = ("共", "合计", "总", "累计", "新增")
_WITHIN_POSTS = (*_CHANNELS, "proactive.digitised_rate")
_PARTED = re.compile(r"其中|包括|包含|分别|^[:(]")
_ENDS_PARTS = re.compile(r"收到|受理|接到|召开|举办|配备|报送|移交|承办")


@dataclass(slots=True)
class _State:
    """How far the reading of a sentence has come.

    `open` tells of a list by subject, that stands `asides` brackets deep, `nested` of the parts of
    one of its entries, `after_total` that one may begin; `posted` and `within_posts` of posts and
    their parts, `within_readings` of the parts of explanations of policies; `carried` is the verb
    that an enumeration leaves out, `given` what the sentence gave of the year, `last` its last
    figure.
    """

    open: bool = False
    after_total: bool = False
    nested: bool = False
    asides: int = 0
    posted: bool = False
    within_posts: bool = False
    carried: str = ""
    given: set[str] = field(default_factory=set)
    within_readings: bool = False
    proposals: str = ""
    applied: Found | None = None
    requests: Found | None = None
    last: Found | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What the sentence before counted and this one may divide (其中 ...).

    `total` is a total of published items, `posted` any count of posts, `requests` of applications;
    `totalled` tells that the report gave the total of all that was published, `silent` that the
    sentence before counted nothing.
    """

    total: bool = False
    posted: bool = False
    requests: Found | None = None
    totalled: bool = False
    silent: bool = False


def figures(
    read: Reader, sentence: Sentence, counted: Sequence[Number], before: Before
) -> Generator[Found | Problem, None, Before]:
    """The figures of a sentence; returns what the next sentence of the paragraph may divide."""
    goes_on = sentence.key.startswith("其中")
    if goes_on and before.silent and sentence.before is not None:
        before = _announced(sentence.before, before)
    state = _State(after_total=before.total and goes_on, posted=before.posted and goes_on)
    state.applied = state.requests = before.requests
    for number in counted:
        _step_into_list(read, sentence, number, state)
        _step_into_posts(sentence, number, state)
        yield from _stated(read, sentence, number, state)
        _step_on(read, sentence, number, state)
    by_channel = any(code.startswith(_CHANNELS) for code in state.given)
    counted_all = bool(state.given & TOTALS)
    unread = not before.totalled and gives_total(counted) and not _names_medium(read, sentence)
    total = counted_all or unread
    return Before(
        total and not by_channel, state.posted, state.requests, before.totalled or counted_all
    )


# Most sentences count nothing: theirs are made once.
_FRESH = {totalled: Before(totalled=totalled) for totalled in (False, True)}
_SILENT = {totalled: Before(totalled=totalled, silent=True) for totalled in (False, True)}


def before_paragraph(before: Before) -> Before:
    """What the first sentence of a paragraph may divide: nothing."""
    return _FRESH[before.totalled]


def after_none(before: Before) -> Before:
    """What may be divided after a sentence that counts nothing, told only when it is divided."""
    if before.requests is None:
        return _SILENT[before.totalled]
    return before if before.silent else replace(before, silent=True)


def _announced(sentence: Sentence, before: Before) -> Before:
    """What a sentence that counts nothing lets the next one divide: 公开的内容主要有…等."""
    total = of_all(sentence.key)
    posted = has(sentence.key, _POSTED) and not has(sentence.key, _HANDLED)
    return replace(before, total=total, posted=posted)


def _stated(
    read: Reader, sentence: Sentence, number: Number, state: _State
) -> Iterator[Found | Problem]:
    """What a number states: of all years, of an applicant, or by a rule."""
    further = _ever(read, number, state.last)
    further = further or by_applicant(read, sentence, number, state.applied)
    for found in [further] if further else _figure(read, sentence, number, state):
        found = _of_proposals(found, state.proposals)
        state.last = found if isinstance(found, Found) else None
        if state.last is not None and state.last.period == "year":
            state.given.add(state.last.indicator)
        state.proposals = _proposals(state.last) or state.proposals
        yield found
        if isinstance(found, Found):
            yield from all_alike(read, found)


def _step_into_list(read: Reader, sentence: Sentence, number: Number, state: _State) -> None:
    """Whether a number is an entry of a list by subject."""
    deep = state.open and aside_depth(sentence, number.begin) > state.asides
    if state.open and not deep and ends_list(read, number, state.last):
        state.open = state.after_total = False
        state.nested = state.last is not None and state.last.indicator == CATEGORY
    if _after_semicolon(sentence, number) or _ENDS_PARTS.search(number.clause):
        state.nested = False
    if (
        not state.open
        and not state.nested
        and opens_list(read, sentence, number, state.after_total)
    ):
        state.open, state.asides = True, aside_depth(sentence, number.begin)


def _step_on(read: Reader, sentence: Sentence, number: Number, state: _State) -> None:
    """What the next number may go on from."""
    state.carried = read.lexicon.last_verb(number.before) or state.carried
    if number.unit != "%" and not has(number.clause, read.words["comparison"]):
        state.after_total = _is_total(state.last, number)
    state.applied = applied_after(read, state.last, number, state.applied)
    state.requests = undivided(state.applied, state.requests)
    state.posted = state.within_posts or _is_posted(read, sentence, number)


def _proposals(found: Found | None) -> str:
    """The kind of proposals that a figure counts, which 主办 and 协办 after it may divide."""
    whole = found is not None and found.indicator in {*SIBLINGS, "proposals.total"}
    return found.indicator if found and whole else ""


def _of_proposals(found: Found | Problem, counted: str) -> Found | Problem:
    """主办6件 after a count of one kind of proposals is a part of that kind."""
    if isinstance(found, Found) and found.indicator in PARTS_OF_SIBLINGS:
        return replace(found, of=counted)
    return found


def _is_total(found: Found | None, number: Number) -> bool:
    """Whether a number gave a total of the year, which 其中 may divide by subject."""
    if found is None or found.begin != number.begin or found.period != "year":
        return False
    return found.indicator in TOTALS


def _after_semicolon(sentence: Sentence, number: Number) -> bool:
    """Whether the phrase before a number begins behind a semicolon."""
    begin = number.begin - len(number.before)
    return ";" in sentence.key[max(0, begin - 1) : number.begin]


def _step_into_posts(sentence: Sentence, number: Number, state: _State) -> None:
    """Whether a number is a part of the posts counted before it (其中 ...), or something new."""
    parted = state.posted and bool(_PARTED.search(number.before))
    within = state.within_posts or parted
    readings = _READINGS in state.given and bool(_PARTED.search(number.before))
    goes_on = state.within_readings and not _after_semicolon(sentence, number)
    state.within_readings = readings or goes_on
    state.within_posts = within and not _ENDS_PARTS.search(number.clause)


def _is_posted(read: Reader, sentence: Sentence, number: Number) -> bool:
    """Whether a number counts posts of the year: 网站发布信息313条."""
    posted = number.unit in ITEM_UNITS and has(number.clause, _POSTED)
    if not posted or _NOT_POSTED.search(number.clause):
        return False
    time, _ = governing(sentence, number.begin, read.year, read.times)
    return time not in {"since", "to_date"}


def _ever(read: Reader, number: Number, last: Found | None) -> Found | None:
    """`..., 历年累计118条`: what was just given of the year, of all years."""
    if last is None or not has(number.before, read.words["cumulative"]):
        return None
    rest = without_closers(number.before, read.lexicon.counted_ever)
    if rest:
        return None
    return replace(last, begin=number.begin, end=number.end, period="cumulative")


def _names_medium(read: Reader, sentence: Sentence) -> bool:
    """Whether a sentence, its title or the sentence before names a medium: no total, then.

    The column for information disclosure of a site is where all that was published stands.
    """
    before = sentence.before.key if sentence.before else ""
    said = f"{sentence.above}|{sentence.title}|{before}|{sentence.key}"
    named = read.lexicon.topics(said.replace('"', ""), MEDIUM)
    return bool(named) and not {"column"} <= named <= {"column", "website"}


def gives_total(counted: Sequence[Number]) -> bool:
    """Whether a sentence counts what was published, so that 其中 may break it down by subject."""
    return any(
        number.unit in ITEM_UNITS
        and has(number.before, ("公开", "发布"))
        and _TOTAL.search(number.clause)
        and not has(number.clause, _HANDLED)
        for number in counted
    )


def _figure(
    read: Reader, sentence: Sentence, number: Number, state: _State
) -> Iterator[Found | Problem]:
    carried = "" if has(number.before, read.words["verbs"]) else state.carried
    rule = matching_rule(read, phrase_of(read, sentence, number, carried, state.given))
    if state.open and not within_list(rule, number):
        if aside_depth(sentence, number.begin) == state.asides:
            yield from category(read, sentence, number)
        return
    if rule is None or _is_part(rule, sentence, number, state):
        return
    fault = fault_of(read, sentence, number, rule)
    if fault == "" and rule.indicator in state.given and "累计" in number.clause:
        fault = "ambiguous_period"  # 公开104条，累计公开552条: hardly the same year again
    if fault == "":
        yield _found(read, sentence, number, rule)
    elif fault != "skip":
        detail = f"{rule.indicator}: {WHY[fault]}"
        yield problem(sentence, number.begin, number.end, fault, detail)


def _is_part(rule: Rule, sentence: Sentence, number: Number, state: _State) -> bool:
    """Whether a number is a part of posts, or beside a channel: 网站公开43条，报纸等公开285条."""
    if rule.indicator.endswith(_DECIDED) and not has(number.clause, _DECIDING):
        # 网站发布公告14条；行政处罚379件
        return _POSTS.search(sentence.key, 0, number.begin) is not None
    if state.within_readings:
        return rule.indicator == _READINGS or rule.indicator.startswith(_CHANNELS)
    if (
        (state.within_posts or state.nested)
        and not state.open
        and not rule.indicator.startswith(_WITHIN_POSTS)
    ):
        return True
    beside = rule.indicator == "proactive.items" and any(
        code.startswith(_WAYS) for code in state.given
    )
    return beside and not has(number.clause, _SUMS)


def _found(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Found:
    time, _ = governing(sentence, number.begin, read.year, read.times)
    period: Period = "cumulative" if time == "since" and not is_stock(read, rule) else "year"
    weak = bool(rule.context) and not has(sentence.key, rule.context)
    weak = weak or (read.scope == "jurisdiction" and "门户" in number.clause)
    begin, end = number.begin, number.end
    return Found(sentence, begin, end, rule.indicator, rule.name, period=period, weak=weak)
