"""How far the reading of a sentence has come: open lists, parts of posts, what may be divided."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers.prose.applicants import applied_after, undivided
from parsers.prose.categories import CATEGORY, ends_list, of_all, opens_list
from parsers.prose.discourse import MEDIUM, aside_depth
from parsers.prose.findings import SIBLINGS, Division, Found
from parsers.prose.lexicon import has
from parsers.prose.numbers import ITEM_UNITS, Number
from parsers.prose.numerals import figure_in
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing

TOTALS = frozenset({"proactive.items", "proactive.items.normative"})
CHANNELS = ("proactive.channel.", "newmedia.", "website.")
READINGS = "response.interpretations"
# Counts of posts, whose parts (其中行政许可93条) are posts too: not what else their names may mean.
_POSTED = ("公开", "发布", "更新", "推送", "公布", "上传", "刊登")
_HANDLED = ("申请", "受理", "收到", "答复", "办理")
_NOT_POSTED = re.compile(
    r"不予|予以|同意|部分公开|申请|收到|受理|接到|建议|提案|复议|诉讼|咨询|规范性|规章|解读|发布会|培训"
    r"|机构|查阅|人员|专栏|栏目|账号|会议(?!.{0,4}信息)|受理点|专区"
)
_PARTED = re.compile(r"其中|包括|包含|分别|^[:(]")
# What stands between a total and the first entry of a list that divides it.
_LEADS_OVER = re.compile(
    r"(?:\([^()]{0,40}\))?[,:;。(]*(?:[^,:;。(]{0,12}(?:比|增|减|同比)[^,:;。(]{0,16}[,;。])?"
    r"(?:其中|具体|分别|包括|包含|涵盖|主要|内容|按|类别|分)*[为有是]?[,:;(]*[^,:;。(]{0,40}"
    r"(?:\([^()]{0,8}\)[^,:;。(]{0,16})?"
)
# What the last number of a total counts, where no rule reads it: 专栏发布其他信息34条.
_COUNTS_ALL = re.compile(r"(?:信息|文件|数量|总数)(?:共计|共|总计|累计|为|达|约|数|计)*$")
_ENDS_PARTS = re.compile(
    r"收到|受理|接到|召开|举办|组织(?:召开)?新闻|开展(?:在线|网上)|配备|报送|移交|承办|办理(?:人大|代表|政协|委员|建议|提案)"
)


@dataclass(slots=True)
class State:
    """How far the reading of a sentence has come.

    `numbers` are all of the sentence; `division` is the list by subject that is open, which stands
    `asides` brackets deep, `nested` tells of the parts of one of its entries; `total` is the last
    total, `near` tells that nothing was counted since, `divisible` that a list may begin,
    `counted` is a count that no rule reads; `posted` and `within_posts` tell of posts and their
    parts, which stand `parts_deep` brackets deep, `listed` that something was counted that may be
    a kind of them, `within_readings` of the parts of explanations of policies; `carried` is the
    verb that an enumeration leaves out, `given` what the sentence gave of the year, `last` its
    last figure.
    """

    numbers: Sequence[Number] = ()
    division: Division | None = None
    total: Found | None = None
    near: bool = False
    divisible: bool = False
    counted: Decimal | None = None
    nested: bool = False
    asides: int = 0
    posted: bool = False
    listed: bool = False
    within_posts: bool = False
    parts_deep: int = 0
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

    `total` is its total of published items, `near` tells that it counted nothing after it,
    `counted` is what it counted where no rule reads that, `announced` tells that it spoke of all
    that was published; `posted` is any count of posts, `requests`
    one of applications; `silent` tells that the sentence before counted nothing.
    """

    total: Found | None = None
    near: bool = False
    counted: Decimal | None = None
    announced: bool = False
    posted: bool = False
    requests: Found | None = None
    silent: bool = False


NOTHING = Before()
# Most sentences count nothing.
_SILENT = Before(silent=True)


def after_none(before: Before) -> Before:
    """What may be divided after a sentence that counts nothing, told only when it is divided."""
    if before.requests is None:
        return _SILENT
    return before if before.silent else replace(before, silent=True)


def state_after(read: Reader, sentence: Sentence, before: Before) -> State:
    """How the reading of a sentence begins: what 其中 at its beginning may divide."""
    goes_on = sentence.key.startswith("其中")
    if goes_on and before.silent and sentence.before is not None:
        before = _announcing(read, sentence.before, before)
    state = State(applied=before.requests, requests=before.requests)
    if goes_on:
        state.total, state.near = before.total, before.near
        state.counted = before.counted
        state.divisible = before.announced or bool(before.total or before.counted)
        state.posted = before.posted
    return state


def _announcing(read: Reader, sentence: Sentence, before: Before) -> Before:
    """What a sentence that counts nothing lets the next one divide: 公开的内容主要有…等."""
    posted = has(sentence.key, _POSTED) and not has(sentence.key, _HANDLED)
    return replace(before, total=None, announced=of_all(read, sentence.key), posted=posted)


def before_next(
    read: Reader, sentence: Sentence, numbers: Sequence[Number], state: State
) -> Before:
    """What the next sentence of the paragraph may divide."""
    by_channel = any(code.startswith(CHANNELS) for code in state.given)
    total = None if by_channel else state.total
    unread = None if by_channel or state.given & TOTALS else _unread(read, sentence, numbers)
    return Before(total, state.near, counted=unread, posted=state.posted, requests=state.requests)


def _unread(read: Reader, sentence: Sentence, numbers: Sequence[Number]) -> Decimal | None:
    """The one figure by which a sentence counts what was published, in words no rule reads."""
    counts = [
        number
        for number in numbers
        if number.unit in ITEM_UNITS
        and has(number.before, ("公开", "发布"))
        and _COUNTS_ALL.search(number.clause)
        and not has(number.clause, _HANDLED)
    ]
    if len(counts) != 1 or not _of_column(read, sentence):
        return None
    return figure_in(sentence.printed(counts[0].begin, counts[0].end), read.forms.words).value


def _of_column(read: Reader, sentence: Sentence) -> bool:
    """Whether a sentence tells of the column for information disclosure, and of no other medium.

    There stands all that was published.
    """
    before = sentence.before.key if sentence.before else ""
    said = f"{sentence.above}|{sentence.title}|{before}|{sentence.key}"
    named = read.lexicon.topics(said.replace('"', ""), MEDIUM)
    return {"column"} <= named <= {"column", "website"}


def step_into_list(read: Reader, sentence: Sentence, number: Number, state: State) -> None:
    """Whether a number is an entry of a list by subject."""
    deep = state.division is not None and aside_depth(sentence, number.begin) > state.asides
    if state.division and not deep and ends_list(read, number, state.last):
        state.division, state.divisible = None, False
        state.nested = state.last is not None and state.last.indicator == CATEGORY
    if after_semicolon(sentence, number) or _ENDS_PARTS.search(number.clause):
        state.nested = False
    if state.division is not None or state.nested:
        return
    if opens_list(read, sentence, number, state.divisible):
        whole = state.total if state.divisible else None
        near = state.near and _is_close(sentence, number, whole)
        state.division = Division(whole, near, None if whole else state.counted)
        state.asides = aside_depth(sentence, number.begin)


def _is_close(sentence: Sentence, number: Number, whole: Found | None) -> bool:
    """Whether a list begins right behind its total, in this sentence or the one before."""
    begin = whole.end if whole is not None and whole.sentence is sentence else 0
    return _LEADS_OVER.fullmatch(sentence.key, begin, number.begin) is not None


def after_semicolon(sentence: Sentence, number: Number) -> bool:
    """Whether the phrase before a number begins behind a semicolon."""
    begin = number.begin - len(number.before)
    return ";" in sentence.key[max(0, begin - 1) : number.begin]


def step_into_posts(sentence: Sentence, number: Number, state: State) -> None:
    """Whether a number is a part of the posts counted before it (其中 ...), or something new."""
    readings = READINGS in state.given
    parted = (state.posted or readings) and bool(_PARTED.search(number.before))
    if state.within_posts and aside_depth(sentence, number.begin) < state.parts_deep:
        state.within_posts = False
    within = state.within_posts or (state.posted and parted)
    goes_on = state.within_readings and not after_semicolon(sentence, number)
    state.within_readings = (readings and parted) or goes_on
    if not within:
        state.within_posts = False
        return
    if not state.within_posts:
        state.parts_deep = aside_depth(sentence, number.begin)
    ends = number.unit not in ITEM_UNITS and after_semicolon(sentence, number)
    state.within_posts = not ends and not _ENDS_PARTS.search(number.clause)


def step_on(read: Reader, sentence: Sentence, number: Number, state: State) -> None:
    """What the next number may go on from."""
    state.carried = read.lexicon.last_verb(number.before) or state.carried
    state.listed = state.last is None and is_verbless(read, number)
    if number.unit != "%" and not has(number.clause, read.words["comparison"]):
        state.near = state.divisible = _is_total(state.last, number)
        state.total = state.last if state.near else state.total
    state.applied = applied_after(read, state.last, number, state.applied)
    state.requests = undivided(state.applied, state.requests)
    goes_on = state.posted and (state.listed or is_joined(number) or is_verbless(read, number))
    state.posted = state.within_posts or goes_on or _is_posted(read, sentence, number)


def is_joined(number: Number) -> bool:
    """Whether a number counts a further thing with the verb of the one before: 、政策解读3条."""
    return number.before.startswith("、") and number.unit in ITEM_UNITS


def is_verbless(read: Reader, number: Number) -> bool:
    """Whether a clause goes on with a list without a verb: 公开财政信息6条，政策解读1条."""
    if not number.before.startswith(",") or number.unit not in {*ITEM_UNITS, "期"}:
        return False
    # 政务公开信息20条 names a kind.
    return read.lexicon.act.search(number.before.replace("政务公开", "")) is None


def keep(state: State, found: Found | None) -> None:
    """Takes note of what a number gave, or that it gave nothing."""
    state.last = found
    if found is not None and found.period == "year":
        state.given.add(found.indicator)
    if found is not None and found.indicator in {*SIBLINGS, "proposals.total"}:
        state.proposals = found.indicator


def _is_total(found: Found | None, number: Number) -> bool:
    """Whether a number gave a total of the year, which 其中 may divide by subject."""
    if found is None or found.begin != number.begin or found.period != "year":
        return False
    return found.indicator in TOTALS


def _is_posted(read: Reader, sentence: Sentence, number: Number) -> bool:
    """Whether a number counts posts of the year: 网站发布信息313条."""
    if number.unit not in ITEM_UNITS or _NOT_POSTED.search(number.clause):
        return False
    # 政务网站70余条 needs no verb.
    if not has(number.clause, _POSTED) and read.lexicon.behind_topic(number.clause, MEDIUM) != "":
        return False
    time, _ = governing(sentence, number.begin, read.year, read.times)
    return time not in {"since", "to_date"}
