"""Which time a figure is of: this year, another one, since some year, or none that can be told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from parsers.prose.sentences import Sentence

Time: TypeAlias = Literal["", "year", "other", "since", "to_date", "part"]
Mention: TypeAlias = tuple[int, int, Time]

_QUOTED = re.compile(r"《[^《》]{0,80}》|\([^()]{0,60}\)|\"[^\"]{0,40}\"")
_YEAR = r"(?:20[0-4]\d|二[〇○零][〇○零一二三四][〇○零一二三四五六七八九])"
_NUMERALS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_THIS_YEAR = re.compile(r"(?:今年|本年|当年)$")
_COMPARED = frozenset({"较", "比", "与", "同", "于"})
# Counted quantifiers keep the expression linear.
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:\d{1,2}日)?"
# It begins with a look at the first character, so that what names no time is passed over quickly.
_TIME = re.compile(
    r"(?=[\d一二三四上下前截至自从到])(?:"
    rf"(?P<part>上半年|下半年|[一二三四1-4]季度|前\d{{1,2}}个月"
    rf"|(?:截至|截止|截至到|截止到|至)(?:目前|今日|{_MONTH}月{_DAY}))"
    rf"|(?P<range>(?:截至|截止|自|从)?(?P<first>{_YEAR})年?(?:(?P<from>{_MONTH})月)?{_DAY}起?,?(?:至|到|-|~)"
    rf"(?:(?P<last>{_YEAR})年?(?:(?P<until>{_MONTH})月)?|(?:当年|同年)?(?P<until_same>{_MONTH})月){_DAY})"
    rf"|(?P<months>(?<!\d)(?P<begun>{_MONTH})月?{_DAY}[-至到](?P<ended>{_MONTH})月)"
    rf"|(?P<date>(?:截至|截止|截至到|截止到|至|到)(?P<dated>{_YEAR}|[今本])年?(?:\d{{1,2}}月)?{_DAY}(?:底|末|年底|年末)?)"
    rf"|(?P<one>{_YEAR})(?:年度?|(?=[共主我本全,]))(?:(?P<month>{_MONTH})月{_DAY}|(?P<end>底|末))?(?P<since>以来|起|开始|至今|开通以来)?"
    rf"|(?P<alone>(?<![\d年.]){_MONTH}月(?:份|初|底|{_DAY})))"
)
_CARRIED_IN = re.compile(r"(?:度|年度)?(?:的)?(?:无|没有|未)?(?:结转|转入|转结)")
_CARRIED_OUT = re.compile(r"(?:结转|转入|转|延|顺延)(?:至|到|入)?$")
# 4月18日开通微信: what follows is of the rest of the year, all that there is.
_BEGUN = re.compile(r",?[^,;。]{0,8}?(?:开通|上线|启用|成立|设立|正式运行)")
# The regulations came into force on 1 May 2008; the first reports are of the months from then on.
_FIRST_YEAR, _FIRST_MONTH = 2008, 5


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """The declared words of time that name no year, each with the time it means."""

    this_year: tuple[str, ...]
    spoken: re.Pattern[str]
    meant: Mapping[str, Time]


def time_words(words: Mapping[str, tuple[str, ...]]) -> TimeWords:
    """The words of time among the declared lists."""
    lists: tuple[tuple[str, Time], ...] = (
        ("this_year", "year"),
        ("last_year", "other"),
        ("cumulative", "since"),
    )
    meant = {word: time for name, time in lists for word in words[name]}
    longest = sorted(meant, key=len, reverse=True)
    # 截至今年 is no 至今.
    pattern = re.compile("|".join(f"{re.escape(word)}(?!年)" for word in longest) or r"(?!)")
    return TimeWords(words["this_year"], pattern, meant)


def _masked(key: str) -> str:
    """The key with names of documents and asides blanked out: their years are not the figure's."""
    return _QUOTED.sub(lambda match: "\0" * len(match[0]), key)


def _year_of(text: str) -> int:
    return int(text.translate(_NUMERALS))


def _of_match(match: re.Match[str], year: int | None) -> Time:
    if match["part"]:
        return "to_date" if match["part"][0] in "截至" else "part"
    if match["alone"]:
        return "part"
    if match["months"]:
        return "year" if _is_whole_year(match["begun"], match["ended"], year) else "part"
    if match["range"]:
        return _of_range(match, year)
    if match["date"]:
        this = match["dated"] in "今本" or year in (None, _year_of(match["dated"]))
        return "to_date" if this else "other"
    return _of_year(match, year)


def _of_range(match: re.Match[str], year: int | None) -> Time:
    first = _year_of(match["first"])
    if (match["last"] and _year_of(match["last"]) != first) or year not in (None, first):
        return "other"
    until = match["until"] or match["until_same"]
    return "year" if _is_whole_year(match["from"], until, first) else "part"


def _is_whole_year(begun: str | None, ended: str | None, year: int | None) -> bool:
    begins, ends = int(begun or 1), int(ended or 12)
    return ends == 12 and (begins == 1 or (year, begins) == (_FIRST_YEAR, _FIRST_MONTH))


def _of_year(match: re.Match[str], year: int | None) -> Time:
    named = _year_of(match["one"])
    if match["since"]:
        return "year" if named == year else "since"
    if year not in (None, named):
        return "other"
    if match["end"]:
        return "to_date" if year is not None else "year"
    return "part" if match["month"] else "year"


@lru_cache(maxsize=16)
def mentions(key: str, year: int | None, words: TimeWords) -> tuple[Mention, ...]:
    """Every mention of a time in a sentence: begin, end, and which time it is."""
    text = _masked(key)
    found = [(m.start(), m.end(), _of_match(m, year)) for m in _TIME.finditer(text)]
    found = [(b, e, "year" if t == "part" and _BEGUN.match(text, e) else t) for b, e, t in found]
    dates = [(begin, end) for begin, end, time in found if time == "to_date"]
    found += [
        (m.start(), m.end(), words.meant[m[0]])
        for m in words.spoken.finditer(text)
        if not any(begin < m.start() < end for begin, end in dates)
    ]
    # 较去年, 比2018年: what is compared with is not what is counted.
    kept = (item for item in found if not _is_of_something_else(text, item[0], item[1]))
    return tuple(sorted(kept))


def _is_of_something_else(text: str, begin: int, end: int) -> bool:
    """Whether a time is what is compared with, or from or to which something was carried over."""
    if text[max(0, begin - 1) : begin] in _COMPARED:
        return True
    if text.startswith("至今", begin) and _THIS_YEAR.search(text[:begin]):
        return True  # 今年至今
    return bool(
        _CARRIED_IN.match(text, end) or _CARRIED_OUT.search(text[max(0, begin - 3) : begin])
    )


def governing(
    sentence: Sentence, begin: int, year: int | None, words: TimeWords
) -> tuple[Time, str]:
    """The time that a figure at `begin` is of, and the words that say so.

    The last mention before the figure governs; a mention of this year beside a date up to which
    is counted makes it this year's figure. Without any, a sentence goes on from one that began
    with another year.
    """
    found = [item for item in mentions(sentence.key, year, words) if item[1] <= begin]
    if not found:
        return _inherited(sentence, begin, year, words)
    start, end, time = found[-1]
    if time == "to_date" and len(found) > 1 and found[-2][2] == "since":
        time = "since"  # 开通至今，累计发布508条
    elif time == "to_date" and _is_of_this_year(sentence, found, year, words):
        time = "year"
    return time, sentence.key[start:end]


def _is_of_this_year(
    sentence: Sentence, found: Sequence[Mention], year: int | None, words: TimeWords
) -> bool:
    """Whether a date up to which is counted stands beside a word of this year.

    A date without a year may have it in the sentence before; the last day of a year is the end of
    the report's, where nothing is summed up (累计).
    """
    if any(time == "year" for _, _, time in found):
        return True
    begin, end, _ = found[-1]
    said = sentence.key[begin:end]
    if said.endswith("12月31日") and "年" not in said and "累计" not in sentence.key:
        return True
    if sentence.before is None or "年" in said:
        return False
    return any(time == "year" for _, _, time in mentions(sentence.before.key, year, words))


def _inherited(
    sentence: Sentence, begin: int, year: int | None, words: TimeWords
) -> tuple[Time, str]:
    if sentence.before is None:
        return "", ""
    found = mentions(sentence.before.key, year, words)
    if not found:
        return "", ""
    start, end, time = found[-1]
    opening = sentence.key[: min(begin, 3)]
    if time == "since" and opening.startswith(("共", "总", "累")):
        return time, sentence.before.key[start:end]
    if found[0][2] == "other" and found[0][0] <= 6 and found[-1][2] == "other":
        return "other", sentence.before.key[found[0][0] : found[0][1]]
    return "", ""
