"""Reads the figures that sentences state, and the lists of figures by subject."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.declared.prose import Rule
from parsers.prose.discourse import aside_depth
from parsers.prose.faults import WHY, fault_of, fault_of_time, is_stock
from parsers.prose.findings import PARTS_OF_SIBLINGS, SIBLINGS, Found, problem
from parsers.prose.lexicon import has, without_closers
from parsers.prose.matching import matching_rule, phrase_of
from parsers.prose.numbers import NUMBER, Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing
from parsers.records import APPLICANTS, Period, Problem
from parsers.text import canon

CATEGORY = "proactive.category"
# What a list by subject may hold beside subjects.
_WITHIN_LIST = ("proactive.channel.", "proactive.items.normative", "proactive.digitised_rate")
TOTALS = ("proactive.items", "proactive.items.normative")
_CASE_UNITS = frozenset("件条份宗起项例封")
# Counts of posts, whose parts (其中行政许可93条) are posts too: not what else their names may mean.
_POSTED = ("公开", "发布", "更新", "推送", "公布", "上传", "刊登")
_NOT_POSTED = re.compile(
    r"不予|予以|同意|部分公开|申请|收到|受理|接到|建议|提案|复议|诉讼|咨询|规范性|规章|解读|发布会|培训"
)
_CHANNELS = ("proactive.channel.", "newmedia.", "website.")
_WITHIN_POSTS = (*_CHANNELS, "proactive.digitised_rate")
_PARTED = re.compile(r"其中|包括|包含|分别|^[:(]")
_ENDS_PARTS = re.compile(r"收到|受理|接到|召开|举办|配备|报送|移交|承办")
# A list by subject is over where something else is counted than what was published.
_ENDS_LIST = re.compile(
    r"收到|受理|接到|召开|举办|组织|回复|办结|阅读量|浏览量|访问量|粉丝|编发|推送|推发|刊发"
    r"|(?:微信|微博|公众号|抖音|视频号|头条号)[^,]{0,12},?[^,]{0,8}(?:发布|公开|更新)"
)
# What stands around an applicant: 其中自然人申请5件, 5件为自然人提交.
_AROUND_APPLICANTS = ("其中", ":", "、", "申请人", "申请", "提交", "提出", "的", "由", "属于", "为")
_BY_WAY = "requests.received."
_WAYS = ("网", "信", "邮", "当面", "现场", "传真", "其他", "其它", "占", "窗口", "平台")
_ANOTHER_DIVISION = re.compile(r"[;按从]|申请人|申请主体")
# Applications counted beside those that came in.
_BESIDE = frozenset({"requests.carried_in", "requests.carried_out", "requests.outcome.total"})
_ITEM_UNITS = frozenset("条件份篇项个则")
_LABEL_START = re.compile(
    r"^(?:其中|(?:主要)?(?:内容)?(?:主要)?(?:涵盖|包括|包含)|主要有|主动公开|分别为|分别是|分别|包括|包含|一是|二是|三是|主要是|主要为|[\d.,:;、。()\"“”‘’\s，：；]|占)+"
)
_LABEL_END = re.compile(r"(?:数量|数|共计|共|计|为|达|合计|有|是|[:：,，、\s])+$")
_NO_LABEL = re.compile(
    r"收到|受理|增长|增加|减少|下降|同比|占比|答复|办结|比上年|较上年|通过|截至|万字|点击|浏览|访问"
    r"|撤销|删除|撤下|子目录|新媒体|网站|微信|微博|公众号|公报公开|渠道|公开栏|公示栏|宣传栏|媒体|报纸|电视|平台(?:公开|$)|公开总|^(?:按时|及时|新)?(?:发布|更新|开设|新增|制定|印发)|公开(?:政府|政务)?信息$|^在|网上"
)
# Entries that say who published, not what.
_BODY_LABEL = re.compile(
    r"[关门位市县区镇乡道局委州院厅级地旗]\)?公开$|(?:[局镇乡]|街道|部门|单位|机关|办公室|委员会)$"
)
_TOTAL = re.compile(r"(?:信息|文件|数量|总数)(?:共计|共|总计|累计|为|达|约|数|计)*$")
# 在主动公开的信息中, ...: what follows is by subject.
_OF_ALL = re.compile(r"(?:公开|发布)的?(?:\d{1,6}[条件])?(?:各类)?(?:政府|政务)?信息(?:当?中|里),")
_NAME_LENGTH = range(2, 41)


@dataclass(slots=True)
class _List:
    """Whether a sentence is going through a list by subject, and the verb carried through it."""

    open: bool = False
    after_total: bool = False
    asides: int = 0
    posted: bool = False
    within_posts: bool = False
    carried: str = ""
    given: set[str] = field(default_factory=set)
    proposals: str = ""
    applied: Found | None = None
    requests: Found | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What the sentence before counted and this one may divide (其中 ...).

    `total` is a total of published items, `posted` any count of posts, `requests` of applications.
    """

    total: bool = False
    posted: bool = False
    requests: Found | None = None


def figures(
    read: Reader, sentence: Sentence, counted: Sequence[Number], before: Before
) -> Generator[Found | Problem, None, Before]:
    """The figures of a sentence; returns what the next sentence of the paragraph may divide."""
    goes_on = sentence.key.startswith("其中")
    state = _List(before.total and goes_on, posted=before.posted and goes_on)
    state.applied = state.requests = before.requests
    last: Found | None = None
    for number in counted:
        if state.open and _ENDS_LIST.search(number.before):
            state.open = state.after_total = False
        if not state.open and _opens_list(read, sentence, number, state.after_total):
            state.open, state.asides = True, aside_depth(sentence, number.begin)
        _step_into_posts(state, number)
        further = _ever(read, number, last) or _by_applicant(read, sentence, number, state.applied)
        for found in [further] if further else _figure(read, sentence, number, state):
            found = _of_proposals(found, state.proposals)
            last = found if isinstance(found, Found) else None
            state.proposals = _proposals(last) or state.proposals
            state.given.update({last.indicator} if last and last.period == "year" else ())
            yield found
        state.carried = read.lexicon.last_verb(number.before) or state.carried
        if number.unit != "%" and not has(number.clause, read.words["comparison"]):
            state.after_total = _is_total(last, number)
        state.applied = _applied(read, further or last, number, state.applied)
        state.requests = _undivided(state.applied, state.requests)
        state.posted = state.within_posts or _is_posted(read, sentence, number)
    total = gives_total(counted) and not any(code.startswith(_CHANNELS) for code in state.given)
    return Before(total, state.posted, state.requests)


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


def _step_into_posts(state: _List, number: Number) -> None:
    """Whether a number is a part of the posts counted before it (其中 ...), or something new."""
    parted = state.posted and bool(_PARTED.search(number.before))
    within = state.within_posts or parted
    state.within_posts = within and not _ENDS_PARTS.search(number.clause)


def _is_posted(read: Reader, sentence: Sentence, number: Number) -> bool:
    """Whether a number counts posts of the year: 网站发布信息313条."""
    posted = number.unit in _ITEM_UNITS and has(number.clause, _POSTED)
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


def _by_applicant(
    read: Reader, sentence: Sentence, number: Number, applied: Found | None
) -> Found | None:
    """`收到申请8件，其中自然人6件`: the applications just counted, by who made them."""
    if applied is None or number.unit not in _CASE_UNITS:
        return None
    phrase = number.clause or number.after
    for word in _AROUND_APPLICANTS:
        phrase = phrase.replace(word, "")
    phrase = without_closers(phrase, read.lexicon.fillers)
    kind = next((name for name in APPLICANTS[:-2] if phrase in read.words[name]), "")
    if not kind:
        return None
    begin, end = number.begin, number.end
    return replace(applied, sentence=sentence, begin=begin, end=end, applicant=kind)


def _opens_division(found: Found) -> bool:
    """Whether the next number after a count of one way begins another division."""
    counted = NUMBER.search(found.sentence.key, found.end)
    gap = found.sentence.key[found.end : counted.start() if counted else found.end]
    return bool(_ANOTHER_DIVISION.search(gap)) or has(gap, _WAYS)


def _undivided(applied: Found | None, before: Found | None) -> Found | None:
    """The applications that the next sentence may divide: those that came in, once counted."""
    if before is not None and applied is not None and applied.indicator in _BESIDE:
        return before
    return applied or before


def _applied(
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
    return None if before is not None and found.indicator in _BESIDE else found


def gives_total(counted: Sequence[Number]) -> bool:
    """Whether a sentence counts what was published, so that 其中 may break it down by subject."""
    return any(
        number.unit in _ITEM_UNITS
        and has(number.before, ("公开", "发布"))
        and _TOTAL.search(number.clause)
        for number in counted
    )


def _opens_list(read: Reader, sentence: Sentence, number: Number, after_total: bool) -> bool:
    """A list by subject begins after a total (其中 ...) or an announcement."""
    before = number.before
    divided = before.startswith(":") or has(before, read.words["divided"])
    if (after_total and divided) or has(before, read.words["by_content"]):
        return True
    if _OF_ALL.search(sentence.key, 0, number.begin):
        return True
    lead, colon, _ = number.before.partition(":")
    return bool(colon) and "公开" in lead and has(lead, read.words["categories_after"])


def _figure(
    read: Reader, sentence: Sentence, number: Number, state: _List
) -> Iterator[Found | Problem]:
    carried = "" if has(number.before, read.words["verbs"]) else state.carried
    rule = matching_rule(read, phrase_of(read, sentence, number, carried, state.given))
    if state.open and not _within_list(rule, number):
        if aside_depth(sentence, number.begin) == state.asides:
            yield from _category(read, sentence, number)
        return
    part = state.within_posts and not state.open
    if rule is None or (part and not rule.indicator.startswith(_WITHIN_POSTS)):
        return
    fault = fault_of(read, sentence, number, rule)
    if fault == "" and rule.indicator in state.given and "累计" in number.clause:
        fault = "ambiguous_period"  # 公开104条，累计公开552条: hardly the same year again
    if fault == "":
        yield _found(read, sentence, number, rule)
    elif fault != "skip":
        detail = f"{rule.indicator}: {WHY[fault]}"
        yield problem(sentence, number.begin, number.end, fault, detail)


def _within_list(rule: Rule | None, number: Number) -> bool:
    """Whether an entry of a list by subject is a figure of its own, such as that of a channel."""
    if rule is None or not rule.indicator.startswith(_WITHIN_LIST):
        return False
    # 政府公报4条 is what was published; 政府公报公开4条 is how.
    return rule.indicator != "proactive.channel.gazette" or "公开" in number.before


def _found(read: Reader, sentence: Sentence, number: Number, rule: Rule) -> Found:
    time, _ = governing(sentence, number.begin, read.year, read.times)
    period: Period = "cumulative" if time == "since" and not is_stock(read, rule) else "year"
    weak = bool(rule.context) and not has(sentence.key, rule.context)
    begin, end = number.begin, number.end
    return Found(sentence, begin, end, rule.indicator, rule.name, period=period, weak=weak)


def _category(read: Reader, sentence: Sentence, number: Number) -> Iterator[Found | Problem]:
    """One entry of a list by subject: the printed subject and its figure."""
    if number.unit not in _ITEM_UNITS or has(number.clause, read.words["comparison"]):
        return
    label = _label(sentence, number)
    if (
        len(label) not in _NAME_LENGTH
        or _NO_LABEL.search(label)
        or _BODY_LABEL.search(canon(label))
    ):
        return
    if number.each or fault_of_time(read, sentence, number, _NO_RULE):
        return
    yield Found(sentence, number.begin, number.end, CATEGORY, "category", category=label)


_NO_RULE = Rule("", "", frozenset(), (), (), frozenset(), (), frozenset(), (), (), ())


def _label(sentence: Sentence, number: Number) -> str:
    """The subject as printed before the number, from the last comma, semicolon or colon on."""
    before = number.before
    cut = max(before.rfind(mark) for mark in (",", ";", ":")) + 1
    if not before[cut:].strip("、"):
        cut = 0
    begin = number.begin - len(before) + cut
    printed = " ".join(sentence.printed(begin, number.begin).split())
    return _LABEL_END.sub("", _LABEL_START.sub("", printed)).strip()
