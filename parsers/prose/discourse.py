"""What a sentence goes on about: the medium and the matter of a number, and what stands around."""

import re
from collections.abc import Iterator

from parsers.declared.prose import Rule
from parsers.prose.lexicon import SEVERAL, has
from parsers.prose.numbers import Number
from parsers.prose.reader import Reader
from parsers.prose.sentences import Sentence

MEDIUM, MATTER = "medium", "matter"
# How many sentences of a paragraph may stand between a matter and what is said of it.
MAX_SENTENCES_BACK = 4
# 依托县政府网站, 在局官网及时发布: by what something was published.
_BY_CHANNEL = re.compile(r"(?:通过|依托|利用|借助|运用|在)[^,;。:]{2,40}")
_MANY_CHANNELS = re.compile(
    r"等|多种|各种|各类|渠道|途径|形式|方式|媒体|媒介|载体|第一|主渠道|主阵地"
)
# A column for information disclosure is a part of a web site.
_SAME_CHANNEL = {"column": "website"}
# Named beside another medium, these say what kind or which part of it is meant.
_OF_A_MEDIUM = frozenset({"column", "new_media", "client"})
_PIECES = frozenset("条件份篇项则")
_PIECES_COUNTED = {unit: re.compile(rf"\d[余多万]{{0,2}}{unit}(?!次)") for unit in _PIECES}
_CLOSED_ASIDE = re.compile(r"\([^()]{0,120}\)")


def about(read: Reader, rule: Rule, sentence: Sentence, number: Number) -> bool:
    """Whether a number is about what the rule asks for: its topics and its context."""
    if rule.topics and _topic(read, rule, sentence, number) not in rule.topics:
        return False
    return not rule.context or stands_around(read, rule, sentence, number.begin)


def stands_around(read: Reader, rule: Rule, sentence: Sentence, begin: int) -> bool:
    """Whether a word of the rule's context stands in the sentence or around it."""
    if has(sentence.key, read.words["unrelated"]):
        return False
    titles = (sentence.title, sentence.above)
    if any(word[1:] in title for word in rule.context if word[0] == "#" for title in titles):
        return True
    return any(has(text, rule.context) for text in _around(read, sentence, begin))


def _around(read: Reader, sentence: Sentence, begin: int) -> Iterator[str]:
    """The sentence, its title, the one before; then more, as long as they are of one matter."""
    earlier = sentence.before
    yield sentence.key
    yield sentence.title
    yield earlier.key if earlier else ""
    other = read.words["other_matters"]
    if has(sentence.key[:begin], other):
        return
    yield sentence.above
    for _ in range(MAX_SENTENCES_BACK):
        if earlier is None or has(earlier.key, other):
            return
        earlier = earlier.before
        yield earlier.key if earlier else ""


def _topic(read: Reader, rule: Rule, sentence: Sentence, number: Number) -> str:
    """What a number is about: by its clause, its phrase, its sentence, or the sentence before."""
    before = sentence.key[: number.begin]
    if rule.topics & read.lexicon.names[MATTER]:
        topic = read.lexicon.topic(before, MATTER)
        if topic or sentence.before is None or not before.startswith("其中"):
            return topic
        return read.lexicon.topic(sentence.before.key, MATTER)
    if rule.in_clause:
        named = read.lexicon.topics(number.clause, MEDIUM) - _OF_A_MEDIUM
        return SEVERAL if len(named) > 1 else read.lexicon.topic(number.clause, MEDIUM)
    if rule.whole and len(read.lexicon.topics(number.before, MEDIUM)) > 1:
        return SEVERAL  # 通过电视节目和微信公众号定期发布信息，全年1631条
    topic = read.lexicon.topic(number.before, MEDIUM)
    if topic == "" and not _counted_alike(read.lexicon.behind_topic(before, MEDIUM), number.unit):
        topic = read.lexicon.topic(before, MEDIUM)
    if topic or sentence.before is None or not has(number.clause, read.words["posted"]):
        return topic
    return read.lexicon.topic(sentence.before.key, MEDIUM)


def _counted_alike(since: str | None, unit: str) -> bool:
    """Whether pieces were counted since a medium was named, which may be what it was named for.

    公众号发布图文236篇，视频109个，推文82篇: one mention governs one count.
    """
    return since is not None and unit in _PIECES and _PIECES_COUNTED[unit].search(since) is not None


def sole_channel(read: Reader, text: str) -> str:
    """The one channel by which a text says that something was published, or empty."""
    said = "".join(match[0] for match in _BY_CHANNEL.finditer(text))
    named = {_SAME_CHANNEL.get(name, name) for name in read.lexicon.topics(said, MEDIUM)}
    return named.pop() if len(named) == 1 and not _MANY_CHANNELS.search(said) else ""


def before_asides(sentence: Sentence, begin: int) -> str:
    """What stands before a place since the last semicolon, without brackets closed again."""
    before = sentence.key[:begin]
    return _CLOSED_ASIDE.sub("", before[before.rfind(";") + 1 :])


def aside_depth(sentence: Sentence, begin: int) -> int:
    """How many brackets are open before a place."""
    before = sentence.key[:begin]
    return before.count("(") - before.count(")")
