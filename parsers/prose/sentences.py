"""Paragraphs cut into sentences, as matching keys whose every character knows its place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from parsers.declared.prose import SectionKind
from parsers.records import Block, Paragraph
from parsers.script import simplified
from parsers.sections import Heading, find_heading, section_kind
from parsers.text import canon

_END = re.compile(r"[。!?]+")
# A numbered point opens a sentence of its own though no full stop stands before it.
_POINT = re.compile(r"(?<=[;。])(?:\d{1,2}[.、]|\([一二三四五六七八九十]{1,3}\))")
# 公开信息9条,其中1.机构2条;2.财政7条: the points of a list within a sentence open none.
_POINTS_WITHIN = re.compile(r"(?:其中|包括|包含|分别为|具体为)[,:]?\(?[1一][.、)]")
# Longer paragraphs are data or an attack, no prose.
MAX_PARAGRAPH = 60_000
# Longer sentences are cut, so that reading stays linear in the length of the text.
MAX_SENTENCE = 1_500
# Characters each of which becomes one character of the key, or none if it is white space.
_PLAIN = re.compile("[ -~\\s\u3000-\u3011\u4e00-\u9fff\uff01-\uff5e“”‘’—–·]*")
# Of those, runs of the ones that are not their own key.
_CHANGING = re.compile("[^\u4e00-\u9fff0-9a-z、。]+")
UNPRINTABLE = "\ufffd"
# Marks that make what follows run from right to left (Unicode Standard Annex 9), and their ends.
_TURNS, _TURNS_BACK = "\u202b\u202e\u2067", "\u202c\u2069"


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence. `key` is its matching key, `offsets` the place of each key character.

    `section` and `title` are of the section it stands in, `above` is the title of the one around
    that; `before` is the sentence before it in
    the same paragraph. `whole` tells that its paragraph is the section's entire text.
    """

    key: str
    offsets: Sequence[int] = field(repr=False)
    paragraph: Paragraph = field(repr=False)
    section: str = ""
    title: str = ""
    above: str = ""
    before: "Sentence | None" = field(default=None, repr=False)
    whole: bool = False

    def printed(self, begin: int, end: int) -> str:
        """What is printed between two places of the key."""
        if begin >= end:
            return ""
        return self.paragraph.text[self.offsets[begin] : self.offsets[end - 1] + 1]

    def place(self, begin: int, end: int) -> str:
        """The locator of a stretch of the key."""
        span = f"@{self.offsets[begin]}-{self.offsets[end - 1] + 1}"
        head, mark, path = self.paragraph.place.partition("#")
        return f"{head}{span}{mark}{path}"

    def turned(self, begin: int) -> bool:
        """Whether a place of the key is shown from right to left, so that 321 is seen as 123."""
        if not _turns(self.paragraph.text):
            return False
        before = self.paragraph.text[: self.offsets[begin]]
        turns, back = (sum(map(before.count, marks)) for marks in (_TURNS, _TURNS_BACK))
        return turns > back

    @property
    def text(self) -> str:
        """The sentence as printed."""
        return self.printed(0, len(self.key)).strip()


@lru_cache(maxsize=1)
def _turns(text: str) -> bool:
    """Whether a text has marks of that kind; asked for each figure of a paragraph in turn."""
    return any(mark in text for mark in _TURNS)


@lru_cache(maxsize=20_000)
def _key_of(char: str) -> str:
    """One character as a key; enclosed and raised digits (①, ²) are never digits of a number.

    Marks of direction and other controls of format have none.
    """
    category = unicodedata.category(char)
    return UNPRINTABLE if category == "No" else "" if category == "Cf" else canon(char)


def compact(text: str) -> tuple[str, Sequence[int]]:
    """The matching key of a text and, for each of its characters, the offset it came from."""
    text = simplified(text[:MAX_PARAGRAPH])
    if _PLAIN.fullmatch(text):
        key = _CHANGING.sub(lambda run: canon(run[0]), text)
        return key, _printed(text, len(key))
    chars: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        key = _key_of(char)
        chars.append(key)
        offsets.extend([offset] * len(key))
    return "".join(chars), offsets


def _printed(text: str, count: int) -> Sequence[int]:
    """The places of the `count` characters of a text that are not white space."""
    bare = text.strip()
    if len(bare) == count:
        lead = len(text) - len(text.lstrip())
        return range(lead, lead + count)
    return [offset for offset, char in enumerate(text) if not char.isspace()]


def sentences(
    blocks: Sequence[Block], used: frozenset[int], kinds: Sequence[SectionKind]
) -> Iterator[Sentence]:
    """The sentences of all paragraphs that were not read as a table, in order."""
    printed = [
        block
        for index, block in enumerate(blocks)
        if index not in used and isinstance(block, Paragraph) and _is_prose(block.text)
    ]
    headings = [find_heading(block) for block in printed]
    section = _Section()
    for index, (block, heading) in enumerate(zip(printed, headings, strict=True)):
        if heading is not None:
            section = section.entered(heading, kinds)
        after_heading = index > 0 and headings[index - 1] is not None and heading is None
        last = index + 1 == len(printed) or headings[index + 1] is not None
        yield from _of_paragraph(block, section, whole=after_heading and last)


def _is_prose(text: str) -> bool:
    """Whether something is printed that is no row of a table written with tabs."""
    return bool(text.strip()) and "\t" not in text.strip()


@dataclass(frozen=True, slots=True)
class _Section:
    """Where the reading stands: title and kind of the section and of the one around it."""

    title: str = ""
    kind: str = ""
    around: str = ""
    above: str = ""

    def entered(self, heading: Heading, kinds: Sequence[SectionKind]) -> "_Section":
        """The section that a heading opens; a part without a kind has that of the whole."""
        title, kind = simplified(canon(heading.title)), section_kind(heading.title, kinds)
        if heading.level == 1:
            return _Section(title, kind, kind, title)
        return _Section(title, kind or self.around, self.around, self.above)


def _of_paragraph(paragraph: Paragraph, section: _Section, *, whole: bool) -> Iterator[Sentence]:
    key, offsets = compact(paragraph.text)
    earlier: Sentence | None = None
    begin = 0
    for end in _ends(key):
        if end > begin:
            span = slice(begin, end)
            alone = Sentence(
                key[span],
                offsets[span],
                paragraph,
                section.kind,
                section.title,
                section.above,
                before=earlier,
                whole=whole,
            )
            earlier = alone
            yield earlier
        begin = end


def _ends(key: str) -> Iterator[int]:
    stops = {match.end() for match in _END.finditer(key)}
    begin = 0
    for end in sorted(stops | {len(key)}):
        points = _POINT.finditer(key, begin, end)
        if _POINTS_WITHIN.search(key, begin, end) is None:
            stops |= {match.start() for match in points}
        begin = end
    begin = 0
    for end in sorted(stops | {len(key)}):
        yield from range(begin + MAX_SENTENCE, end, MAX_SENTENCE)
        yield end
        begin = end
