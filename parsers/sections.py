"""The outline of a report: its numbered sections, their text and what kind each is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.declared.prose import SectionKind
from parsers.records import Block, Paragraph, Section
from parsers.script import simplified
from parsers.text import canon

_NUMERAL = "[一二三四五六七八九十]{1,3}"
# Words that follow a numeral which numbers no section: 一是, 二〇一六年, 三个方面.
_NO_NUMBERING = "是〇○零年月日次种个方些定般直切届批类级项条名家度"
_FIRST = re.compile(
    rf"({_NUMERAL})[、.,，:：]|第({_NUMERAL})(?:部分|章)|({_NUMERAL})\s{{0,4}}(?=[^\W\d_{_NO_NUMBERING}])"
)
_SECOND = re.compile(rf"\(?({_NUMERAL})\)|([㈠-㈩])")
_ENCLOSED = dict(zip("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "一二三四五六七八九十", strict=True))
# What ends a number without a mark behind it: 二主动公开情况, 二 概述.
_AFTER_BARE = frozenset("一二三四五六七八九十分章 \t\u3000\xa0")
# The line under a document that says to whom it is open.
_IMPRINT = re.compile(r"[（(]此件[^（）()]{0,20}[)）]")
# A heading that runs on into its text ends at the first full stop or colon within this reach.
MAX_HEADING = 40
_HEAD_END = re.compile(r"[。：:；;！!？?]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: its level (1 or 2), number, title, and where the text after it begins."""

    level: int
    number: str
    title: str
    rest: int


def find_heading(paragraph: Paragraph) -> Heading | None:
    """The numbered heading that a paragraph is or begins with, or None."""
    text = paragraph.text
    lead = len(text) - len(text.lstrip())
    start = text[lead : lead + 12].replace("（", "(").replace("）", ")")
    second = _SECOND.match(start)
    first = None if second else _FIRST.match(start)
    match = second or first
    if match is None:
        return None
    number = _ENCLOSED.get(match[0], "") or next(group for group in match.groups() if group)
    bare = second is None and match[0][-1] in _AFTER_BARE
    return _heading(text, lead + match.end(), number, 2 if second else 1, bare)


def _heading(text: str, begin: int, number: str, level: int, bare: bool) -> Heading | None:
    end = _HEAD_END.search(text, begin, begin + MAX_HEADING + 1)
    stop = end.start() if end else len(text)
    title = text[begin:stop].strip()
    alone = not text[stop + 1 :].strip()
    if not title or len(title) > MAX_HEADING or (bare and not (alone and len(title) < 25)):
        return None
    if level == 1 and not alone and ("，" in title or "," in title):
        return None
    return Heading(level, number, title, stop + 1 if end else stop)


def section_kind(title: str, kinds: Sequence[SectionKind]) -> str:
    """The first declared kind whose words the title holds, without its excluded words."""
    key = simplified(canon(title))
    for kind in kinds:
        if any(word in key for word in kind.words) and not any(word in key for word in kind.unless):
            return kind.name
    return ""


def outline(
    blocks: Sequence[Block], used: frozenset[int], kinds: Sequence[SectionKind]
) -> tuple[Section, ...]:
    """The sections in order, each with its own text up to the next heading; tables are left out."""
    return tuple(_sections(blocks, used, kinds))


def _sections(
    blocks: Sequence[Block], used: frozenset[int], kinds: Sequence[SectionKind]
) -> Iterator[Section]:
    parent, opened, lines = "", None, list[str]()
    for index, block in enumerate(blocks):
        if index in used or not isinstance(block, Paragraph):
            continue
        heading = find_heading(block)
        if heading is None:
            if not _IMPRINT.fullmatch(block.text.strip()):
                lines.append(block.text.strip())
            continue
        if opened is not None:
            yield _closed(opened, lines)
        parent = heading.number if heading.level == 1 else parent
        opened = _opened(heading, parent, block, kinds)
        lines = [block.text[heading.rest :].strip()]
    if opened is not None:
        yield _closed(opened, lines)


def _opened(
    heading: Heading, parent: str, block: Paragraph, kinds: Sequence[SectionKind]
) -> Section:
    path = heading.number if heading.level == 1 else f"{parent}/（{heading.number}）".lstrip("/")
    return Section(path, heading.title, "", section_kind(heading.title, kinds), block.place)


def _closed(section: Section, lines: Sequence[str]) -> Section:
    text = "\n".join(line for line in lines if line)
    return Section(section.path, section.title, text, section.kind, section.place)
