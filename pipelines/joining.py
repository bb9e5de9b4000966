"""Articles that lie in several captures: their further pages, or the frame that holds the body.

They are joined to one Document before anything is read from it, since a sentence's section, and a
table's, may have begun on the page before. Each place in a joined part begins with `part[n]!`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from archive.records import Capture, Part
from parsers.records import Block, Cell, Document, Grid, Paragraph, Problem, TitleCandidate
from pipelines.markdown import clean_text

T = TypeVar("T")
Opened: TypeAlias = tuple[Part, Document]

# A page with fewer characters and no table holds no report: title, date and a frame.
BODY_CHARS = 240
# Lines at the head of a further page that may repeat those of the first: title, date, source.
HEAD_LINES = 14
LAST = 1_000_000
_STUBS = frozenset({"no_text", "only_attachment", "only_frame", "only_picture"})
_FOUND = (None, 304)


@dataclass(frozen=True, slots=True)
class Joined:
    """A page's whole document, the captures that continue it, and the parts that stand alone."""

    document: Document
    captures: tuple[Capture, ...]
    alone: tuple[Opened, ...]


def join(page: Document, parts: Sequence[Opened]) -> Joined:
    """Joins to a page what continues it: its further pages, else the frames with its body.

    A further page that only repeats what was had (portals answer so for pages that do not exist)
    is left out; it is no document of its own either.
    """
    if not parts:
        return Joined(page, (), ())
    relations = _Relations(page, parts)
    further = relations.of("next_page")
    continuing = list(_new(page, further))
    if not has_body(page) and not continuing:
        continuing = [one for one in relations.of("frame") if _is_body(one[1])]
    taken = {part.capture.record_id for part, _ in (*further, *continuing)}
    return Joined(
        _whole(page, [document for _, document in continuing]),
        tuple(part.capture for part, _ in continuing),
        tuple(one for one in parts if one[0].capture.record_id not in taken),
    )


class _Relations:
    """How each part belongs to its page: as the crawl noted it, else as the pages link to it."""

    def __init__(self, page: Document, parts: Sequence[Opened]) -> None:
        links = [link for document in (page, *(d for _, d in parts)) for link in document.links]
        self._order = {link.url: number for number, link in enumerate(links)}
        self._kinds = {link.url: link.kind for link in reversed(links)}
        self._parts = sorted((one for one in parts if _was_found(one[0])), key=self._place)

    def of(self, relation: str) -> list[Opened]:
        """The parts of that relation, in the order of the article."""
        return [one for one in self._parts if self._relation(one[0]) == relation]

    def _relation(self, part: Part) -> str:
        return part.capture.context.relation or self._kinds.get(part.capture.url, "")

    def _place(self, one: Opened) -> tuple[int, int, str, str]:
        capture = one[0].capture
        linked = self._order.get(capture.url, LAST)
        return capture.context.part_number or LAST, linked, capture.date, capture.record_id


def _was_found(part: Part) -> bool:
    """Whether the part is what was asked for, and no redirect or error page."""
    status = part.capture.status
    return status in _FOUND or (status is not None and 200 <= status < 300)


def has_body(document: Document) -> bool:
    """Whether a document holds more than a title and a date."""
    chars = sum(len(paragraph.text) for paragraph in document.paragraphs())
    return chars >= BODY_CHARS or any(True for _ in document.grids())


def _is_body(document: Document) -> bool:
    return document.media_type in ("html", "text") and has_body(document)


def _new(page: Document, further: Iterable[Opened]) -> Iterator[Opened]:
    """The further pages that say something the pages before them did not."""
    seen = {clean_text(page)}
    for part, document in further:
        text = clean_text(document)
        if text and text not in seen:
            yield part, document
        seen.add(text)


def _whole(page: Document, continuing: Sequence[Document]) -> Document:
    if not continuing:
        return page
    blocks, problems = list(page.blocks), list(page.problems)
    head = {_squeezed(block) for block in page.blocks[:HEAD_LINES]}
    for number, document in enumerate(continuing, 1):
        prefix = f"part[{number}]!"
        blocks += [prefixed(b, prefix) for b in _without_head(document.blocks, head)]
        problems += [replace(p, locator=prefix + p.locator) for p in document.problems]
    joined = replace(
        page,
        blocks=tuple(blocks),
        titles=page.titles if has_body(page) else _titles(page, continuing),
        meta=_distinct(page.meta, *(document.meta for document in continuing)),
        links=_distinct(page.links, *(document.links for document in continuing)),
    )
    return replace(joined, problems=tuple(_still_true(joined, problems)))


def _titles(page: Document, continuing: Sequence[Document]) -> tuple[TitleCandidate, ...]:
    return _distinct(page.titles, *(document.titles for document in continuing))


def _distinct(*several: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for items in several for item in items))


def _without_head(blocks: Sequence[Block], head: set[str]) -> Sequence[Block]:
    """The blocks after the title lines that every page of an article repeats."""
    for number, block in enumerate(blocks[:HEAD_LINES]):
        if _squeezed(block) not in head:
            return blocks[number:]
    return blocks[HEAD_LINES:]


def _squeezed(block: Block) -> str:
    return "".join(block.text.split()) if isinstance(block, Paragraph) else f"\0{block.place}"


def _still_true(document: Document, problems: Iterable[Problem]) -> Iterator[Problem]:
    """A page whose body was found elsewhere is no stub any more."""
    whole = has_body(document)
    yield from (problem for problem in problems if not (whole and problem.kind in _STUBS))


def prefixed(block: Block, prefix: str) -> Block:
    """A block with the prefix before all its places."""
    if isinstance(block, Paragraph):
        return replace(block, place=prefix + block.place)
    known: dict[int, Cell] = {}

    def moved(cell: Cell) -> Cell:
        return known.setdefault(id(cell), replace(cell, place=prefix + cell.place))

    rows = tuple(tuple(moved(cell) for cell in row) for row in block.rows)
    return Grid(rows, prefix + block.place, block.form_feeds)
