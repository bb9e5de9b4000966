"""The outline of a report: its numbered sections, their text and what kind each is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.declared.prose import SectionKind
from parsers.records import Block, Paragraph, Section
from parsers.script import simplified
from parsers.text import canon

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NUMERALS = "一二三四五六七八九十"
# Numerals of other kinds number sections too, always with a mark: 壹、概述, Ⅱ. 主动公开.
_FORMAL = str.maketrans(
    "壹贰貳叁參肆伍陆陸柒捌玖拾ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "一二二三三四五六六七八九十" + _NUMERALS
)
_ANY_NUMERAL = "(?:[一二三四五六七八九十]{1,3}|[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}|[Ⅰ-Ⅹ])"
# Words that follow a numeral which numbers no section: 一是, 二〇一六年, 三个方面.
_NO_NUMBERING = "是〇○零年月日次种個个方些定般直切届批类級级項项條条名家度"
_FIRST = re.compile(
    rf"({_ANY_NUMERAL})\s?[、.．,，:：]|第({_NUMERAL})(?:部分|章|节)"
    rf"|({_NUMERAL})\s{{0,4}}(?=[^\W\d_{_NO_NUMBERING}])"
)
_SECOND = re.compile(rf"\(?\s{{0,2}}({_NUMERAL})\s{{0,2}}\)|([㈠-㈩])")
_BRACKETS = str.maketrans("（）【】", "()()")
_ENCLOSED = dict(zip("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "一二三四五六七八九十", strict=True))
# What ends a number without a mark behind it: 二主动公开情况, 二 概述.
_AFTER_BARE = frozenset("一二三四五六七八九十分章节 \t\u3000\xa0")
# The line under a document that says to whom it is open.
_IMPRINT = re.compile(r"[（(]此件[^（）()]{0,20}[)）]")
# A further heading within a paragraph: at the end of a sentence, by its number.
_WITHIN = re.compile(rf"(?<=[。；;])\s{{0,4}}(?={_NUMERAL}[、.])")
_MARK_WITHIN = re.compile(rf"[，,；;]{_NUMERAL}[、.]")
_ARABIC = re.compile(
    rf"第?(\d{{1,2}})(?:[、.．](?!\d)|部分|章|节|(?<=0\d)\s{{0,4}}(?=[^\W\d_a-zA-Z{_NO_NUMBERING}]))"
)
# Headings without numbers are short and say nothing else.
_PUNCTUATION = re.compile(r"[。，、；：:,;.?？！\d]")
MAX_BARE_HEADING = 24
# So many lines of declared kinds are the headings of a report that numbers none as is usual.
LEAST_HEADINGS = 3
# A heading that runs on into its text ends at the first full stop or colon within this reach.
MAX_HEADING = 40
_HEAD_END = re.compile(r"[。：:；;！!？?]")
# The text goes on in the line of its heading, behind white space: 三、依申请公开情况 暂无申请。
_RUN_ON = re.compile(
    r"(?:情况|概述|概况|事项|措施|打算|问题|说明)(?P<gap>\s+)(?=.*[。，,；;]|无\s*$)"
)


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
    start = text[lead : lead + 12].translate(_BRACKETS)
    second = _SECOND.match(start)
    first = None if second else _FIRST.match(start)
    match = second or first
    if match is None:
        return None
    printed = next(group for group in match.groups() if group)
    number = _ENCLOSED.get(printed, printed).translate(_FORMAL)
    bare = second is None and match[0][-1] in _AFTER_BARE
    return _heading(text, lead + match.end(), number, 2 if second else 1, bare)


def _heading(text: str, begin: int, number: str, level: int, bare: bool) -> Heading | None:
    end = _HEAD_END.search(text, begin, begin + MAX_HEADING + 1)
    stop = end.start() if end else len(text)
    if run_on := _RUN_ON.search(text, begin, begin + MAX_HEADING + 1):
        stop = min(stop, run_on.start("gap"))
    title = text[begin:stop].strip()
    alone = not text[stop + 1 :].strip()
    if (
        not title
        or len(title) > MAX_HEADING
        or _MARK_WITHIN.search(title)
        or (bare and not (alone and len(title) < 25))
    ):
        return None
    if level == 1 and not alone and ("，" in title or "," in title):
        return None
    return Heading(level, number, title, min(stop + 1, len(text)))


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
    """The sections in order, each with its own text up to the next heading.

    Tables are left out, but for those of one column, in which a page lays out its text. The lines
    of a table of contents open no section.
    """
    lines = [line for block in _text_blocks(blocks, used) for line in _parted(block, kinds)]
    headings = [find_heading(line) for line in lines]
    if not any(heading is not None and heading.level == 1 for heading in headings):
        headings = _unusual(lines, headings, kinds)
    return tuple(_without_contents(list(_sections(lines, headings, kinds))))


def _text_blocks(blocks: Sequence[Block], used: frozenset[int]) -> Iterator[Paragraph]:
    for index, block in enumerate(blocks):
        if index in used:
            continue
        if isinstance(block, Paragraph):
            yield block
        elif block.width == 1:
            yield from (Paragraph(row[0].text, row[0].place) for row in block.rows)


def _parted(block: Paragraph, kinds: Sequence[SectionKind]) -> Iterator[Paragraph]:
    """The paragraph, cut before each further heading of a declared kind that it holds."""
    begin = 0
    for match in _WITHIN.finditer(block.text):
        heading = find_heading(Paragraph(block.text[match.end() :], ""))
        if heading is not None and section_kind(heading.title, kinds):
            yield Paragraph(block.text[begin : match.end()], block.place)
            begin = match.end()
    yield Paragraph(block.text[begin:], block.place)


def _unusual(
    lines: Sequence[Paragraph], usual: list[Heading | None], kinds: Sequence[SectionKind]
) -> list[Heading | None]:
    """The headings of a report that numbers its sections 1, 2, 3, or nothing at all."""
    arabic = _of_kinds(map(_arabic_heading, lines), kinds)
    if any(arabic) and _first(arabic) < _first(usual):
        return [one or other for one, other in zip(arabic, usual, strict=True)]
    return usual if any(usual) else _of_kinds(map(_bare_heading, lines), kinds)


def _first(headings: Sequence[Heading | None]) -> int:
    return next((index for index, item in enumerate(headings) if item), len(headings))


def _of_kinds(
    found: Iterable[Heading | None], kinds: Sequence[SectionKind]
) -> list[Heading | None]:
    """Those of the headings that are of a declared kind; none of them if they are few."""
    known = [item if item and section_kind(item.title, kinds) else None for item in found]
    return known if len(known) - known.count(None) >= LEAST_HEADINGS else [None] * len(known)


def _arabic_heading(line: Paragraph) -> Heading | None:
    text = line.text
    match = _ARABIC.match(text, len(text) - len(text.lstrip()))
    if match is None or not 0 < int(match[1]) <= len(_NUMERALS):
        return None
    return _heading(text, match.end(), _NUMERALS[int(match[1]) - 1], 1, bare=False)


def _bare_heading(line: Paragraph) -> Heading | None:
    title = line.text.strip()
    if not title or len(title) > MAX_BARE_HEADING or _PUNCTUATION.search(title):
        return None
    return Heading(1, "", title, len(line.text))


def _without_contents(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections without those of a table of contents: empty, and named again further down."""
    last = {(item.path, canon(item.title)): index for index, item in enumerate(sections)}
    for index, item in enumerate(sections):
        if item.text or last[item.path, canon(item.title)] == index:
            yield item


def _sections(
    lines: Sequence[Paragraph], headings: Sequence[Heading | None], kinds: Sequence[SectionKind]
) -> Iterator[Section]:
    parent, opened, texts = "", None, list[str]()
    for line, heading in zip(lines, headings, strict=True):
        if heading is None:
            if not _IMPRINT.fullmatch(line.text.strip()):
                texts.append(line.text.strip())
            continue
        if opened is not None:
            yield _closed(opened, texts)
        parent = heading.number if heading.level == 1 else parent
        opened = _opened(heading, parent, line, kinds)
        texts = [line.text[heading.rest :].strip()]
    if opened is not None:
        yield _closed(opened, texts)


def _opened(
    heading: Heading, parent: str, block: Paragraph, kinds: Sequence[SectionKind]
) -> Section:
    path = heading.number if heading.level == 1 else f"{parent}/（{heading.number}）".lstrip("/")
    return Section(path, heading.title, "", section_kind(heading.title, kinds), block.place)


def _closed(section: Section, lines: Sequence[str]) -> Section:
    text = "\n".join(line for line in lines if line)
    return Section(section.path, section.title, text, section.kind, section.place)
