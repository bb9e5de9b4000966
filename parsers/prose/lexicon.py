"""The declared words and rules of prose, arranged once so that a sentence is looked up quickly."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from parsers.declared.prose import ProseDeclarations, Rule, Topic
from parsers.prose.times import TimeWords, time_words

_ASIDE_REVERSED = r"\)[^()]{0,60}\("
SEVERAL = "several"
# 微博、微信 and 复议3件、诉讼2件: what follows is of both.
_JOINED = re.compile(
    r"^[\"》)端]{0,2}(?:案件)?(?:\d{1,6}[件起宗例],|(?:\d{1,6}[件起宗例])?(?:[、和与及或]|以及))"
    r"(?!其中)[\"《(\w]{0,12}$"
)


def has(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110 - asked some thousand times a page; a generator costs double
        if word in text:
            return True
    return False


def meets(text: str, groups: Iterable[Sequence[str]]) -> bool:
    """Whether every group has a word in the text."""
    for group in groups:  # noqa: SIM110
        if not has(text, group):
            return False
    return True


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, longest first; one that never matches for none."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, longest)) or r"(?!)"


_NONE: frozenset[int] = frozenset()
# Of what a number without a unit may be a count.
_COUNTS = frozenset("件条次人")


class Heads:
    """The rules for one unit, found by the words that may close or open their phrase.

    A rule is named by its place in the order of precedence.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Arranges the rules by their heads and by the first character of these."""
        self.rules = tuple(rules)
        self._always = frozenset(at for at, rule in enumerate(self.rules) if not rule.head)
        named: dict[str, set[int]] = {}
        for place, rule in enumerate(self.rules):
            for word in rule.head:
                named.setdefault(word, set()).add(place)
        self._named, self._by_first = named, _grouped(named)
        self._lengths = sorted({len(word) for word in named})

    def closing(self, stem: str) -> set[int]:
        """The rules one of whose heads ends the phrase, and those without any."""
        found = set(self._always)
        for length in self._lengths:
            found |= self._named.get(stem[-length:], _NONE)
        return found

    def within(self, tail: str) -> set[int]:
        """The rules one of whose heads stands in what follows the number."""
        found: set[int] = set()
        for offset, char in enumerate(tail):
            for word, places in self._by_first.get(char, ()):
                if tail.startswith(word, offset):
                    found |= places
        return found


_Named = Mapping[str, Sequence[tuple[str, set[int]]]]


def _grouped(named: Mapping[str, set[int]]) -> _Named:
    groups: dict[str, list[tuple[str, set[int]]]] = {}
    for word, places in named.items():
        groups.setdefault(word[0], []).append((word, places))
    return groups


class Lexicon:
    """The declarations of prose with what is worked out from them once."""

    def __init__(self, prose: ProseDeclarations) -> None:
        """Compiles the words that are looked for in every sentence."""
        words = prose.words or {}
        self.prose = prose
        self.words = words
        self.times: TimeWords = time_words(words)
        self.fillers = _closers(words["filler"])
        self.counted_ever = _closers((*words["filler"], *words["cumulative"], ",", "、"))
        # A denial begins with one of these characters.
        self.no = re.compile(f"[未没无不{''.join(word[0] for word in words['absent'])}]")
        zeros = {word[0] for word in words["zero"]} - {"0"}
        self.may_deny = re.compile(f"[未没无不免{''.join(sorted(zeros))}]|[为是:]0")
        self.denial = _denial(words["absent_verb"], words["absent"], words["not_absent"])
        self.nothing = _nothing(words["zero"])
        # 有关 changes nothing, but not where it only seems to stand: 现有关注人数.
        # So does a verb in brackets: 刊(转)发.
        self._dropped = re.compile(rf"(?:{any_of(words['dropped'])})(?!注)|\([转载播]{{1,2}}\)")
        self._verbs = re.compile(any_of(words["verbs"]))
        self._topics = _topics(prose.topics)
        self._topic_words = {
            family: re.compile(any_of(words)) for family, words in self._topics.items()
        }
        self.names = _names(prose.topics)
        self.acting = (*words["verbs"], *words["acts"])
        self.act = re.compile(any_of(self.acting))
        self.framed = _framed(words["body_endings"], words["of_all"])
        self.framed_behind = re.compile(
            rf"[\"》)]*(?:{any_of((*words['at_medium'], *words['of_all']))})*"
            rf"(?:{any_of(self.acting)}|信息|公开|$)"
        )

    def bare(self, text: str) -> str:
        """The text without words that change nothing (各类, 相关的)."""
        return self._dropped.sub("", text)

    def last_verb(self, text: str) -> str:
        """The last verb of a phrase, empty if it has none."""
        last = ""
        for match in self._verbs.finditer(text):
            last = match[0]
        return last

    def topic(self, text: str, family: str) -> str:
        """What of a family the text was about last; `several` where it joins two, or empty."""
        names = self._topics[family]
        matches = self._topic_words[family].finditer(text)
        found = [(m.start(), m.end(), names[m[0]]) for m in matches]
        if len(found) > 1:
            (_, end, name), (begin, _, last) = found[-2:]
            if name != last and _JOINED.match(text[end:begin]):
                return SEVERAL
        return found[-1][2] if found else ""

    def behind_topic(self, text: str, family: str) -> str | None:
        """What stands behind the last word of a family in the text, None without any."""
        end = max((m.end() for m in self._topic_words[family].finditer(text)), default=-1)
        return text[end:] if end >= 0 else None

    def topics(self, text: str, family: str) -> frozenset[str]:
        """Everything of a family that the text names."""
        names = self._topics[family]
        return frozenset(names[match[0]] for match in self._topic_words[family].finditer(text))


@lru_cache(maxsize=4)
def lexicon(prose: ProseDeclarations) -> Lexicon:
    """The lexicon of some declarations, made once."""
    return Lexicon(prose)


@lru_cache(maxsize=64)
def rules_by_unit(
    prose: ProseDeclarations, codes: frozenset[str]
) -> tuple[tuple[Rule, ...], tuple[Rule, ...], Mapping[str, Heads]]:
    """The rules for the codes of some forms: all, those of none, and by the unit of figures."""
    rules = tuple(rule for rule in prose.rules if not rule.forms or rule.forms & codes)
    units = {unit for rule in rules for unit in rule.units}
    by_unit = {unit: Heads([rule for rule in rules if unit in rule.units]) for unit in units}
    by_unit[""] = Heads([rule for rule in rules if rule.units & _COUNTS])
    return rules, tuple(rule for rule in rules if rule.none), by_unit


def _topics(topics: Sequence[Topic]) -> Mapping[str, Mapping[str, str]]:
    named: dict[str, dict[str, str]] = {}
    for topic in topics:
        named.setdefault(topic.family, {}).update(dict.fromkeys(topic.words, topic.name))
    return named


def _names(topics: Sequence[Topic]) -> Mapping[str, frozenset[str]]:
    families = {topic.family for topic in topics}
    return {
        family: frozenset(topic.name for topic in topics if topic.family == family)
        for family in families
    }


def _closers(words: Iterable[str]) -> re.Pattern[str]:
    """What may stand between a noun and its number, read backwards from the number."""
    backwards = any_of(word[::-1] for word in words)
    return re.compile(rf"(?:{_ASIDE_REVERSED}|{backwards})*")


def without_closers(phrase: str, closers: re.Pattern[str]) -> str:
    """The phrase without the words at its end that only lead over to the number."""
    match = closers.match(phrase[::-1])
    return phrase[: len(phrase) - match.end()] if match else phrase


def _denial(verbs: Sequence[str], bare: Sequence[str], barred: Sequence[str]) -> re.Pattern[str]:
    """Words that say no: a denied verb, or a bare no that begins no other word."""
    return re.compile(
        rf"(?:(?:未有|未|没有|没|无|不)(?:[向对][^,;。]{{1,16}}?|新)?(?:{any_of(verbs)}))"
        r"|未(?=因[^,;。]{2,24}(?:引起|引发|导致|产生|被|收取|收费))"
        rf"|(?<![有毫])(?:{any_of(bare)})(?!{any_of(barred)})"
    )


def _framed(bodies: Sequence[str], of_all: Sequence[str]) -> re.Pattern[str]:
    """A clause that says what a body published in all: when, who and how much, nothing else."""
    when = r"(?:在(?=20))?[\d年月日度底末止至到从自截全本当今一来内期间以起-]*"
    who = rf"(?:[^在于通网栏台页号]{{0,24}}?(?:{any_of(bodies)}))?"
    ways = r"渠道|途径|形式|方式|平台|载体"
    by_all = r"(?:通过|在|以)(?:各|多|不同)[种类个]?的?(?:政务公开|信息公开)?"
    everywhere = rf"(?:{by_all}(?:{ways})(?:[和及](?:{ways}))?)?"
    return re.compile(
        rf"(?:其中|(?:[一二三四五六七八九十\d]{{1,2}}[是.、]))?(?P<when>{when})(?P<who>{who}){when}"
        rf"(?:{any_of(of_all)})*{everywhere}(?:{any_of(of_all)})*"
        r"(?:政府|政务)?(?:信息)?(?:公开|公布|发布|新增|信息|$)"
    )


def _nothing(zero: Sequence[str]) -> re.Pattern[str]:
    """Words of none at the end of a clause."""
    return re.compile(
        rf"(?:均|都|全部)?(?:为)?(?P<none>{any_of(zero)})(?P<unit>[条件次篇份个项起例宗人元]次?)?$"
    )
