"""Word documents (Office Open XML): final text, numbers that Word counts, merged cells.

Follows ECMA-376 part 1 as far as text goes. Insertions count, deletions do not; of alternate
content the first choice counts.
"""

from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from parsers.records import Document, Link, Problem, TitleCandidate
from pipelines.assembly import Draft, Line, Table, assemble, first_line_titles, problem
from pipelines.grids import Box, is_layout, joined_lines
from pipelines.limits import Package, RefusedError, local_name
from pipelines.relations import main_part, read_relations
from pipelines.word import (
    Styles,
    W,
    attribute,
    is_on,
    number_attribute,
    read_numbering,
    read_styles,
)
from pipelines.word_chunks import Chunks
from pipelines.word_content import choice
from pipelines.word_tables import (
    CELL_PROPERTIES,
    DELETED,
    MergedCells,
    cells_of,
    column_at,
    grid_columns,
    has_own_figures,
    inner_tables,
    is_hidden,
    is_real_table,
    merged_cells,
    rows_of,
)
from pipelines.word_text import EMBEDDED, Texts, is_placeholder

# What a document holds as a file of its own, which Word shows within the text.
SHOWN = ("{*}blip", "{*}imagedata", "{*}sym", *(f"{{*}}{name}" for name in EMBEDDED))
UNREADABLE = "\ufffd"
MAX_BLOCKS = 200_000
PARAGRAPH = f"{W}p"
MARGIN = " \u3000\xa0"


def read_docx(payload: bytes) -> Document:
    """Reads a docx or docm package."""
    package = Package(payload)
    main = main_part(package, "word/document.xml")
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise RefusedError("truncated", "the document has no body")
    reader = _Reader(package, main, body)
    drafts = list(islice(chain(reader.blocks(body), reader.notes()), MAX_BLOCKS + 1))
    blocks = assemble("docx", drafts[:MAX_BLOCKS])
    meta = tuple(_properties(package))
    core = tuple(TitleCandidate(v, "core") for k, v in meta if k == "title")
    problems = (*reader.problems(), *(() if blocks else (_empty(reader.pictures),)))
    if len(drafts) > MAX_BLOCKS:
        detail = f"the document has more than {MAX_BLOCKS} paragraphs; the rest was not read"
        problems = (*problems, problem("too_long", detail))
    return Document(
        blocks=blocks,
        media_type="docx",
        charset="utf-8",
        charset_reason="Office Open XML",
        titles=(*first_line_titles(blocks), *core),
        meta=meta,
        links=tuple(Link(name, "", "image") for name in dict.fromkeys(reader.pictures)),
        problems=problems,
    )


def _empty(pictures: list[str]) -> Problem:
    if pictures:
        return problem("picture", "the document holds pictures and no text")
    return problem("no_text", "no text was found in the document")


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    root = package.xml("docProps/core.xml")
    for element in root if root is not None else ():
        if element.text and element.text.strip():
            yield local_name(element), element.text.strip()


class _Reader:
    """Reads one document in order, as its numbers are counted on the way."""

    def __init__(self, package: Package, main: str, body: etree._Element) -> None:
        self._package = package
        self._relations = read_relations(package, main)
        self._styles: Styles = read_styles(package, self._part("styles"))
        self._numbers = read_numbering(package, self._part("numbering"))
        self._texts = Texts(body, self._styles, self._relations.targets)
        self._chunks = Chunks(package, self._relations.targets)
        self._carried = ""
        self._hidden_rows = 0

    def _part(self, kind: str) -> str:
        return self._relations.part(kind, f"word/{kind}.xml")

    @property
    def pictures(self) -> list[str]:
        """The parts that hold the pictures shown so far."""
        return self._texts.pictures

    def problems(self) -> Iterator[Problem]:
        """What was left out of the text, so far as it was read."""
        texts, hidden = self._texts, self._texts.hidden + self._hidden_rows
        if texts.struck:
            detail = f"{texts.struck} runs of the text are struck out and were left out"
            yield problem("struck_text", detail)
        if hidden:
            detail = f"{hidden} runs and rows that the document hides were left out"
            yield problem("hidden_text", detail)
        if texts.embedded:
            detail = f"{texts.embedded} files that are embedded in the document were not read"
            yield problem("embedded", detail)
        yield from self._chunks.problems

    def blocks(self, parent: etree._Element) -> Iterator[Draft]:
        """The paragraphs and tables of a body, cell or text box."""
        for child in parent:
            name = local_name(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._rest()
                yield from self._table(child)
            elif name == "AlternateContent":
                yield from self.blocks(choice(child))
            elif name == "altChunk" and (chunk := self._chunks.read(child)) is not None:
                yield from chunk
            elif name in EMBEDDED:
                self._texts.note_shown(child)
            elif name not in DELETED and not (name == "sdt" and is_placeholder(child)):
                yield from self.blocks(child)
        yield from self._rest()

    def notes(self) -> Iterator[Draft]:
        """Footnotes and endnotes, after the text."""
        for kind in ("footnotes", "endnotes"):
            root = self._package.xml(self._part(kind))
            for note in root if root is not None else ():
                if attribute(note, "type") in ("", "normal"):
                    yield from self.blocks(note)

    def _paragraph(self, element: etree._Element) -> Iterator[Draft]:
        plain = self._texts.plain(element)
        if plain is not None:
            text, self._carried = (self._carried + plain).strip(MARGIN), ""
            yield from [Line(text)] if text.strip() else []
            return
        text, boxes = self._texts.read(element)
        text, self._carried = self._carried + text, ""
        for box in boxes:
            yield from self.blocks(box)
        if _is_joined(element):
            self._carried = text
            return
        label, level = self._label(element), self._styles.outline_level(element)
        lines = [text.replace("\n", "")] if level else text.split("\n")
        for number, line in enumerate(lines):
            shown = (label + line.strip(MARGIN) if number == 0 else line).strip(MARGIN)
            if shown.strip():
                yield Line(shown, level=level)

    def _rest(self) -> Iterator[Draft]:
        """The text of a paragraph whose end is deleted, where none follows."""
        text, self._carried = self._carried.strip(MARGIN), ""
        if text.strip():
            yield Line(text.replace("\n", ""))

    def _label(self, element: etree._Element) -> str:
        number = self._styles.list_item(element)
        if number is None:
            return ""
        counter = self._numbers.get(number[0])
        return counter.label(number[1]) if counter else ""

    def _table(self, element: etree._Element) -> Iterator[Draft]:
        rows = list(rows_of(element))
        self._hidden_rows += sum(is_hidden(row) for row in element.iterfind(f"{W}tr"))
        nested = inner_tables(rows)
        is_frame = bool(nested) and not has_own_figures(rows)
        boxes = [] if is_frame else list(self._boxes(rows, grid_columns(element)))
        if boxes and not is_layout(boxes):
            yield Table(boxes)
            for table in nested:
                yield from self._table(table)
            return
        for row in rows:
            for cell in cells_of(row):
                yield from self.blocks(cell)

    def _boxes(self, rows: list[etree._Element], columns: list[int]) -> Iterator[Box]:
        layout = MergedCells()
        for y, row in enumerate(rows):
            header = is_on(row.find(f"{W}trPr/{W}tblHeader"))
            edge = number_attribute(row.find(f"{W}trPr/{W}gridBefore"))
            for cell in merged_cells(row):
                start, edge = edge, edge + cell.span
                left, right = column_at(columns, start), column_at(columns, edge)
                text = self._cell_text(cell.element)
                if right == left and not text:
                    continue  # a sliver between two edges that were meant to be one
                continued = cell.continued and not text
                layout.add(y, left, max(right - left, 1), text, header, continued)
        yield from layout.boxes()

    def _cell_text(self, cell: etree._Element) -> str:
        """A cell's text; a picture or a table of its own in it is none that can be read here."""
        content = [child for child in cell if child.tag != CELL_PROPERTIES]
        if len(content) == 1 and content[0].tag == PARAGRAPH:
            plain = self._texts.plain(content[0])
            if plain is not None:
                return plain.strip(MARGIN).strip()
        if any(map(is_real_table, cell.iter(f"{W}tbl"))):
            return UNREADABLE
        text = joined_lines(
            [draft.text if isinstance(draft, Line) else _flat(draft) for draft in self.blocks(cell)]
        )
        shows = not text and next(cell.iter(*SHOWN), None) is not None
        return UNREADABLE if shows else text


def _flat(table: Table) -> str:
    return "".join(box.text for box in table.boxes)


def _is_joined(paragraph: etree._Element) -> bool:
    """Whether a tracked change deletes the end of a paragraph, so that the next one goes on."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(f"{W}{n}") is not None for n in ("del", "moveFrom"))
