"""Reads sentences that say outright that there was none: 未收到申请, 均为零, 暂不收费."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.declared.prose import Rule
from parsers.prose.bodies import is_peers, of_others
from parsers.prose.discourse import stands_around
from parsers.prose.findings import Found, problem
from parsers.prose.lexicon import has, meets
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence
from parsers.prose.times import governing
from parsers.records import Period, Problem

# How far the thing that was absent stands from the words that say so.
REACH = 70
# 无收费 is the shortest statement that says of what there was none.
MIN_STATEMENT = 3
_CLAUSE_END = re.compile(r"[,;。:!?(]|(?:和|且|并|也|、)(?:未|没有|无(?!关))")
_CLAUSE = re.compile(r"[^,;。!?]+")
_ADVERBS = frozenset("尚从均也都暂")
_THEREFORE = re.compile(r"(?:因此|所以|因而|故而|故)(?:也|均|都|暂)?$")
_DENIAL = re.compile(r"[未无没不]|为零|为0")
_JOINED = re.compile(r"、|以及|和|及|与")
# 因收费引起的投诉: what there was none of is the complaint.
_CAUSE = re.compile(
    r"(?:因|由于)[^,;、被]{1,40}?(?:(?:引起|引发|导致|造成|产生)的?|(?:提起|提出)的)"
)
# 通过任何形式提出的申请 are all applications.
_ANY_WAY = re.compile(
    r"(?:(?:通过|以|由)(?:任何|各种|各类)|[^,;]{0,4}(?:当面|网|电子邮件|信函|传真)[^,;]{0,40}[和及或等](?:其他|其它))"
    r"[^,;]{0,4}(?:形式|方式|渠道|途径)"
)
_FREE = re.compile(
    r"(?:暂)?不(?:予)?收(?:取)?费?"
    r"|(?<!减)(?:免费(?:服务|提供|公开)?(?=[,;。!?]|$)|免收(?!费(?:情况|政策|规定|标准))|免予收费)"
)
_COUNTED = re.compile(r"\d[条件次份个]")
_RUN_IN = re.compile(
    r"\(?[一二三四五六七八九十\d]{1,2}[).、,]{1,2}(?P<title>[^,;。\d]{4,40}情况)[。:]"
)
_WHOLE_BODY = re.compile(
    r"(?:无|没有|零|0|暂无|未发生|无此情况|无此类情况|无此项内容|无相关情况)[。.]?"
)


@dataclass(frozen=True, slots=True)
class _Denial:
    """Words that say no, and the stretch that names what there was none of."""

    begin: int
    end: int
    window: str


def denials(key: str) -> int:
    """How many words of denial a key has, at least."""
    return sum(map(key.count, "未无没不"))


def absences(read: Reader, sentence: Sentence) -> Iterator[Found | Problem]:
    """Everything that a sentence says there was none of."""
    stated = list(_denials(read, sentence.key))
    spans = [(denial.begin, denial.begin + len(denial.window)) for denial in stated]
    stated += [
        denial
        for denial in _closing(read, sentence.key)
        if not any(begin <= denial.begin < end for begin, end in spans)
    ]
    said: list[Found] = []
    for denial in stated:
        found = list(_ever(read, denial, said) or _stated(read, sentence, denial))
        said = [item for item in found if isinstance(item, Found)] or said
        yield from found


def _ever(read: Reader, denial: _Denial, said: Sequence[Found]) -> list[Found]:
    """`..., 历年累计为零`: what was just said of the year, of all years."""
    rest = denial.window
    if not has(rest, read.words["cumulative"]):
        return []
    for word in (*read.words["cumulative"], "均", "都", "也", ":"):
        rest = rest.replace(word, "")
    if rest:
        return []
    begin, end = denial.begin, denial.end
    return [replace(item, begin=begin, end=end, period="cumulative") for item in said]


def _denials(read: Reader, key: str) -> Iterator[_Denial]:
    for begin, match in _said_no(read, key):
        tail = key[match.end() : match.end() + REACH]
        stop = _CLAUSE_END.search(tail)
        window = tail[: stop.start()] if stop else tail
        said = key[begin : match.end()]
        if len(said + window) >= MIN_STATEMENT:
            yield _Denial(begin, match.end(), said + window)
    for match in _FREE.finditer(key):
        start = max(key.rfind(mark, 0, match.start()) for mark in ",;。:") + 1
        yield _Denial(
            match.start(), match.end(), key[max(start, match.start() - REACH) : match.end()]
        )


def _said_no(read: Reader, key: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where words say no, with an adverb before them (均未, 尚无)."""
    end = 0
    for first in read.lexicon.no.finditer(key):
        match = read.lexicon.denial.match(key, first.start()) if first.start() >= end else None
        if match is not None:
            end = match.end()
            yield first.start() - (key[first.start() - 1 : first.start()] in _ADVERBS), match


def _closing(read: Reader, key: str) -> Iterator[_Denial]:
    """Clauses that end in the words of none: 行政复议、行政诉讼均为零."""
    pattern = read.lexicon.nothing
    if not has(key, read.words["zero"]):
        return
    for clause in _CLAUSE.finditer(key):
        text = clause[0][-REACH:]
        match = pattern.search(text)
        if match is not None and match.start() >= 2 and _says_none(text, match):
            offset = clause.end() - len(text)
            begin = offset + match.start("none")
            yield _Denial(begin, clause.end(), text[: match.start()])


def _says_none(text: str, match: re.Match[str]) -> bool:
    """A bare 0 says none only behind 为, 是 or a colon."""
    begin = match.start("none")
    return match["none"] != "0" or text[begin - 1] in "为是:"


def _named(read: Reader, window: str) -> list[Rule]:
    """The rules for everything that a phrase says there was none of."""
    return [
        rule
        for rule in read.deniable
        if meets(window, rule.none) and not has(window, rule.none_unless)
    ]


def _rules_for(read: Reader, sentence: Sentence, begin: int, window: str) -> list[Rule]:
    window = _ANY_WAY.sub("", _CAUSE.sub("", window))
    if has(window, read.words["power"]):
        return []
    return [
        rule
        for rule in _named(read, window)
        if not rule.context or stands_around(read, rule, sentence, begin)
    ]


def _stated(read: Reader, sentence: Sentence, denial: _Denial) -> Iterator[Found | Problem]:
    rules = _rules_for(read, sentence, denial.begin, denial.window)
    if not rules or not _is_own(read, sentence, denial):
        return
    if _contradicts(sentence.key, denial.begin):
        detail = "the sentence concludes that there was none from a clause that does not say so"
        yield problem(sentence, denial.begin, denial.end, "contradictory_sentence", detail)
        return
    time, said = governing(sentence, denial.begin, read.year, read.times)
    if time in {"other", "part"}:
        return
    ever = time == "since" and not _figure_between(sentence, denial, said)
    period: Period = "cumulative" if ever else "year"
    for rule in rules:
        begin, end, code = denial.begin, denial.end, rule.indicator
        yield Found(sentence, begin, end, code, rule.name, period=period, none=True)


def _figure_between(sentence: Sentence, denial: _Denial, said: str) -> bool:
    """历年累计收到9件，未发生复议: a figure took up the words of time, not what follows."""
    place = sentence.key.rfind(said, 0, denial.begin)
    return place >= 0 and bool(_COUNTED.search(sentence.key, place, denial.begin))


def _is_own(read: Reader, sentence: Sentence, denial: _Denial) -> bool:
    """Whether it is this body that there was none at: not its subordinates, or some of several."""
    clause = max(sentence.key.rfind(mark, 0, denial.begin) for mark in ",;。") + 1
    said = sentence.key[clause : denial.begin]
    if of_others(read, said) or is_peers(read, said):
        return False
    return read.scope in {"jurisdiction", "with_subordinates"} or not has(
        denial.window, read.words["subordinate"]
    )


def _contradicts(key: str, begin: int) -> bool:
    """因此无… after a clause that denies nothing: a slip of the writer, no statement."""
    clause = max(key.rfind(mark, 0, begin) for mark in ",;。") + 1
    return bool(_THEREFORE.search(key[clause:begin])) and not _DENIAL.search(key[:clause])


def whole_section(read: Reader, sentence: Sentence) -> Iterator[Found | Problem]:
    """A section whose whole text is 无: figures where each part of its title names one thing."""
    title = sentence.title if sentence.whole else _run_in_title(sentence)
    if not title or not _WHOLE_BODY.fullmatch(sentence.key):
        return
    named = [_named(read, part) for part in _parts(title)]
    if all(len({rule.indicator for rule in rules}) == 1 for rules in named):
        begin, end = 0, len(sentence.key.rstrip("。."))
        for rule in {rules[0].indicator: rules[0] for rules in named}.values():
            yield Found(sentence, begin, end, rule.indicator, rule.name, none=True)
    elif any(named):
        detail = f"the section {title!r} says only {sentence.text!r} of several things"
        yield problem(sentence, 0, len(sentence.key), "ambiguous_none", detail)


def _run_in_title(sentence: Sentence) -> str:
    """The title at the beginning of the paragraph (5.行政复议、行政诉讼情况。无。), or empty."""
    first = sentence.before
    match = _RUN_IN.fullmatch(first.key) if first and first.before is None else None
    return match["title"] if match else ""


def _parts(title: str) -> list[str]:
    """The things that a title joins: 行政复议、行政诉讼情况."""
    return _JOINED.split(title.replace("收到和处理", ""))
