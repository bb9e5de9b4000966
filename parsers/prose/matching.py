"""Holds a phrase against the declared rules."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parsers.declared.forms import FormDeclarations
from parsers.declared.prose import Groups, ProseDeclarations, Rule, Topic
from parsers.prose.numbers import Number
from parsers.prose.sentences import Sentence
from parsers.prose.times import TimeWords, time_words
from parsers.records import Scope

# From this year on a report without tables follows the outline of the 2019 forms.
FIRST_YEAR_OF_2019_CODES = 2019
FIRST_YEAR_OF_2021_CODES = 2021
_ASIDE = re.compile(r"\([^()]{0,60}\)$")
_JOINED = re.compile(r"^[\"》)端]{0,2}(?:[、和与及或]|以及)[\"《(\w]{0,12}$")
# Who does something, at the end of a phrase: 我局, 本机关.
_AGENT = re.compile(r"(?:[我本全][局县市区委办镇乡街州省旗院厅部会处]|[我本]?(?:单位|机关|街道))$")
_BREAKS = ',;:。、("'
SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one report's sentences needs: rules that may apply, words, year and scope."""

    prose: ProseDeclarations
    forms: FormDeclarations
    rules: tuple[Rule, ...]
    by_unit: Mapping[str, tuple[Rule, ...]]
    words: Mapping[str, tuple[str, ...]]
    times: TimeWords
    year: int | None
    scope: Scope
    form: str
    fillers: tuple[str, ...] = field(default=())


def codes_of(form: str, year: int | None) -> frozenset[str]:
    """The forms whose codes a report may use; one without tables goes by its year."""
    names = set(form.split("+"))
    if names <= {"prose", ""}:
        if year is None or year < FIRST_YEAR_OF_2019_CODES:
            return frozenset({"prose", "2014"})
        return frozenset({"prose", "2019" if year < FIRST_YEAR_OF_2021_CODES else "2021"})
    national = {"2019", "2021", "2014"}
    return frozenset(names if names & national else names | {"2014"})


def reader(
    prose: ProseDeclarations, forms: FormDeclarations, form: str, year: int | None, scope: Scope
) -> Reader:
    """A reader for one report."""
    codes = codes_of(form, year)
    rules = tuple(rule for rule in prose.rules if not rule.forms or rule.forms & codes)
    words = prose.words or {}
    fillers = tuple(sorted(words["filler"], key=len, reverse=True))
    units = {unit for rule in rules for unit in rule.units}
    by_unit = {unit: tuple(rule for rule in rules if unit in rule.units) for unit in units}
    return Reader(
        prose, forms, rules, by_unit, words, time_words(words), year, scope, form, fillers
    )


def has(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in the text."""
    return any(word in text for word in words)


def meets(text: str, groups: Groups) -> bool:
    """Whether every group has a word in the text."""
    return all(has(text, group) for group in groups)


def without_fillers(phrase: str, fillers: Sequence[str]) -> str:
    """The phrase without the words that may stand between a noun and its number."""
    while phrase:
        shorter = _ASIDE.sub("", phrase)
        ending = next((word for word in fillers if shorter.endswith(word)), "")
        shorter = shorter[: len(shorter) - len(ending)]
        if shorter == phrase:
            return phrase
        phrase = shorter
    return phrase


@lru_cache(maxsize=64)
def _topic_pattern(topics: tuple[Topic, ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    names = {word: topic.name for topic in topics for word in topic.words}
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)"), names


def topic_of(text: str, topics: tuple[Topic, ...]) -> str:
    """What the text was about last; `several` where it joins two (微博、微信), empty for none."""
    pattern, names = _topic_pattern(topics)
    found = [(m.start(), m.end(), names[m[0]]) for m in pattern.finditer(text)]
    if not found:
        return ""
    if len(found) > 1:
        (_, end, name), (begin, _, last) = found[-2:]
        if name != last and _JOINED.match(text[end:begin]):
            return SEVERAL
    return found[-1][2]


def topic_at(sentence: Sentence, number: Number, topics: tuple[Topic, ...]) -> str:
    """The topic of a number: that of its phrase, else of its sentence up to it."""
    for text in (number.before, sentence.key[: number.begin]):
        if topic := topic_of(text, topics):
            return topic
    return ""


def carried_topic(read: "Reader", sentence: Sentence, number: Number) -> str:
    """The topic of the sentence before, for words that speak of a channel only (推送, 粉丝)."""
    if sentence.before is None or not has(number.clause, read.words["posted"]):
        return ""
    return topic_of(sentence.before.key, read.prose.topics)


def _excluded(rule: Rule, text: str, sentence: str) -> bool:
    """Whether a word excludes: in the phrase, or one marked with ^ in the sentence before it."""
    for word in rule.unless:
        if (word[1:] in sentence) if word.startswith("^") else (word in text):
            return True
    return False


def _is_whole(read: Reader, rule: Rule, stem: str, tail: str) -> bool:
    """Whether the thing counted stands there without anything that narrows it.

    公开政府信息5条 counts all information, 公开财政信息5条 a part of it.
    """
    head = max((word for word in rule.head if stem.endswith(word)), key=len, default="")
    if has(head, (*read.words["verbs"], *read.words["acts"])):
        return True
    if not head and not _without_generic(read, tail, leading=True).startswith(rule.head):
        return False
    before = _without_generic(read, stem[: len(stem) - len(head)])
    own = tuple(word for group in rule.words for word in group)
    starts = (*own, *read.words["verbs"], *read.words["acts"], *read.times.this_year)
    return not before or before[-1] in _BREAKS or before.endswith(starts) or _is_agent(before)


def _is_agent(text: str) -> bool:
    return bool(_AGENT.search(text))


def _without_generic(read: Reader, text: str, *, leading: bool = False) -> str:
    """The text without words at its end, or beginning, that narrow nothing (政府, 政务, 的)."""
    words = read.words["generic"]
    while True:
        for word in words:
            if leading and text.startswith(word):
                text = text[len(word) :]
                break
            if not leading and text.endswith(word):
                text = text[: -len(word)]
                break
        else:
            return text


def _fits_around(read: Reader, rule: Rule, sentence: Sentence, topic: str) -> bool:
    if rule.topics and topic not in rule.topics:
        return False
    if not rule.context:
        return True
    if has(sentence.key, read.words["unrelated"]):
        return False
    around = (sentence.key, sentence.title, sentence.before.key if sentence.before else "")
    return any(has(text, rule.context) for text in around)


def matching_rule(
    read: Reader, sentence: Sentence, number: Number, carried: str, topic: str
) -> Rule | None:
    """The first rule for a number: by the phrase before it, then also by what follows it."""
    dropped = read.words["dropped"]
    before, after = _without(number.before, dropped), _without(number.after, dropped)
    clause = _without(number.clause, dropped)
    stem = without_fillers(before, read.fillers)
    local = bool(without_fillers(clause, read.fillers))
    topic = topic or carried_topic(read, sentence, number)
    for tail in ("", after):
        near, wide = f"{carried}{clause}|{tail}", f"{carried}{before}|{tail}"
        for rule in read.by_unit.get(number.unit, ()):
            if rule.head and not stem.endswith(rule.head) and not (tail and has(tail, rule.head)):
                continue
            said = near if local and rule.in_clause else wide
            if not meets(said.removeprefix(carried) if rule.said else said, rule.words):
                continue
            if rule.whole and not _is_whole(read, rule, stem, tail):
                continue
            # What excludes counts where the words stand: in the clause, if it has them all.
            scope = near if meets(near, rule.words) else wide
            own = scope.removeprefix(carried) + after
            if _excluded(rule, own, sentence.key[: number.begin]):
                continue
            about = topic
            if rule.in_clause and rule.topics:
                about = topic_of(number.clause, read.prose.topics)
            if _fits_around(read, rule, sentence, about):
                return rule
    return None


def _without(text: str, dropped: Sequence[str]) -> str:
    for word in dropped:
        text = text.replace(word, "")
    return text
