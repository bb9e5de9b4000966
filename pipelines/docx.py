"""Word documents (Office Open XML): final text, numbers that Word counts, merged cells.

Follows ECMA-376 part 1 as far as text goes. Insertions count, deletions do not; of alternate
content the first choice counts.
"""

from collections.abc import Iterator

from lxml import etree

from parsers.records import Document, Link, Problem, TitleCandidate
from pipelines.assembly import Draft, Line, Table, assemble, first_line_titles, problem
from pipelines.grids import Box, is_layout, joined_lines
from pipelines.limits import Package, RefusedError, local_name
from pipelines.word import (
    Styles,
    W,
    attribute,
    is_on,
    number_attribute,
    read_numbering,
    read_styles,
)
from pipelines.word_content import choice, symbol
from pipelines.word_fields import Fields
from pipelines.word_grounds import Grounds
from pipelines.word_tables import (
    DELETED,
    MergedCells,
    cells_of,
    column_at,
    grid_columns,
    has_own_figures,
    is_hidden,
    is_real_table,
    merges_of,
    rows_of,
)

# What a document holds as a file of its own, which Word shows within the text.
SHOWN = ("{*}blip", "{*}imagedata", "{*}OLEObject", "{*}sym")
EMBEDDED = ("altChunk", "OLEObject")
UNREADABLE = "\ufffd"
MAX_SPAN = 100
STRUCK = ("strike", "dstrike")
INLINE_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
PRINTED = frozenset({"t", "sym", "fldChar", "instrText", *INLINE_BREAKS})
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_docx(payload: bytes) -> Document:
    """Reads a docx or docm package."""
    package = Package(payload)
    main = _main_part(package)
    root = package.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise RefusedError("truncated", "the document has no body")
    reader = _Reader(package, main, body)
    drafts = [*reader.blocks(body), *reader.notes()]
    blocks = assemble("docx", drafts)
    meta = tuple(_properties(package))
    core = tuple(TitleCandidate(v, "core") for k, v in meta if k == "title")
    problems = (*reader.problems(), *(() if blocks else (_empty(reader.pictures),)))
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
        self._styles: Styles = read_styles(package)
        self._grounds = Grounds(body.getroottree().getroot(), self._styles)
        self._numbers = read_numbering(package)
        self._targets = _relations(package, main)
        self.pictures: list[str] = []
        self._struck = self._hidden = 0
        self._fields = Fields()
        self._carried = ""
        self._embedded = 0

    def problems(self) -> Iterator[Problem]:
        """What was left out of the text, so far as it was read."""
        if self._struck:
            detail = f"{self._struck} runs of the text are struck out and were left out"
            yield problem("struck_text", detail)
        if self._hidden:
            detail = f"{self._hidden} runs and rows that the document hides were left out"
            yield problem("hidden_text", detail)
        if self._embedded:
            detail = f"{self._embedded} files that are embedded in the document were not read"
            yield problem("embedded", detail)

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
            elif name in EMBEDDED:
                self._note_shown(child)
            elif name not in DELETED:
                yield from self.blocks(child)
        yield from self._rest()

    def notes(self) -> Iterator[Draft]:
        """Footnotes and endnotes, after the text."""
        for part in ("word/footnotes.xml", "word/endnotes.xml"):
            root = self._package.xml(part)
            for note in root if root is not None else ():
                if attribute(note, "type") in ("", "normal"):
                    yield from self.blocks(note)

    def _paragraph(self, element: etree._Element) -> Iterator[Draft]:
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._fields = Fields()
        self._collect(element, pieces, boxes)
        text, self._carried = self._carried + "".join(pieces), ""
        for box in boxes:
            yield from self.blocks(box)
        if _is_joined(element):
            self._carried = text
            return
        label, level = self._label(element), self._styles.outline_level(element)
        lines = [text.replace("\n", "")] if level else text.split("\n")
        for number, line in enumerate(lines):
            shown = (label + line.strip(" \u3000\xa0") if number == 0 else line).strip(
                " \u3000\xa0"
            )
            if shown.strip():
                yield Line(shown, level=level)

    def _rest(self) -> Iterator[Draft]:
        """The text of a paragraph whose end is deleted, where none follows."""
        text, self._carried = self._carried.strip(" \u3000\xa0"), ""
        if text.strip():
            yield Line(text.replace("\n", ""))

    def _label(self, element: etree._Element) -> str:
        number = self._styles.list_item(element)
        if number is None:
            return ""
        counter = self._numbers.get(number[0])
        label = counter.label(number[1]) if counter else ""
        return f"{label} " if label[-1:].isascii() and label else label

    def _collect(
        self, element: etree._Element, pieces: list[str], boxes: list[etree._Element]
    ) -> None:
        for child in element:
            name = local_name(child)
            if name in PRINTED:
                pieces.append(self._printed(name, child))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                self._collect(choice(child), pieces, boxes)
            elif name == "blip" or name in EMBEDDED:
                self._note_shown(child)
            elif name == "r":
                self._run(child, pieces, boxes)
            elif name not in DELETED:
                self._collect(child, pieces, boxes)

    def _printed(self, name: str, element: etree._Element) -> str:
        """What a piece of a run prints, fields having been computed."""
        if name == "fldChar":
            return self._fields.mark(element)
        if name == "instrText":
            self._fields.add_code(element.text or "")
        if name == "instrText" or self._fields.are_code():
            return ""
        if name in INLINE_BREAKS:
            return "" if attribute(element, "type") == "page" else INLINE_BREAKS[name]
        return symbol(element) if name == "sym" else element.text or ""

    def _run(self, run: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        own: list[str] = []
        self._collect(run, own, boxes)
        text = "".join(own)
        if not text.strip() or self._styles.is_plain(run):
            pieces.append(text)
        elif self._is_unseen(run):
            self._hidden += 1
        elif any(self._styles.is_on(run, name) for name in STRUCK):
            self._struck += 1
        else:
            raised = text.isdecimal() and _is_raised(run)
            pieces.append(text.translate(_SUPERSCRIPTS) if raised else text)

    def _is_unseen(self, run: etree._Element) -> bool:
        return self._styles.is_on(run, "vanish") or self._grounds.is_white_on_white(run)

    def _note_shown(self, element: etree._Element) -> None:
        """Takes note of a picture or a file that the document shows."""
        self._embedded += local_name(element) in EMBEDDED
        for name, value in element.attrib.items():
            if str(name).endswith("}embed") and value in self._targets:
                self.pictures.append(f"word/{self._targets[value]}")

    def _table(self, element: etree._Element) -> Iterator[Draft]:
        rows = list(rows_of(element))
        self._hidden += sum(is_hidden(row) for row in element.iterfind(f"{W}tr"))
        nested = [t for row in rows for t in row.iter(f"{W}tbl") if is_real_table(t)]
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
            for cell in cells_of(row):
                span, merge, beside = merges_of(cell)
                start, edge = edge, edge + min(max(span, 1), MAX_SPAN)
                left, right = column_at(columns, start), column_at(columns, edge)
                if layout.widen(y, right, beside):
                    continue
                text = self._cell_text(cell)
                if right == left and not text:
                    continue  # a sliver between two edges that were meant to be one
                continued = merge is not None and attribute(merge, "val") in ("", "continue")
                layout.add(y, left, max(right - left, 1), text, header, continued and not text)
        yield from layout.boxes()

    def _cell_text(self, cell: etree._Element) -> str:
        """A cell's text; a picture or a table of its own in it is none that can be read here."""
        if any(map(is_real_table, cell.iter(f"{W}tbl"))):
            return UNREADABLE
        text = joined_lines(
            [draft.text if isinstance(draft, Line) else _flat(draft) for draft in self.blocks(cell)]
        )
        shows = not text and next(cell.iter(*SHOWN), None) is not None
        return UNREADABLE if shows else text


def _flat(table: Table) -> str:
    return "".join(box.text for box in table.boxes)


def _is_raised(run: etree._Element) -> bool:
    align = run.find(f"{W}rPr/{W}vertAlign")
    return align is not None and attribute(align, "val") == "superscript"


def _is_joined(paragraph: etree._Element) -> bool:
    """Whether a tracked change deletes the end of a paragraph, so that the next one goes on."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(f"{W}{n}") is not None for n in ("del", "moveFrom"))


def _main_part(package: Package) -> str:
    """The part that holds the text: online editors number it (`word/document2.xml`)."""
    root = package.xml("_rels/.rels")
    kinds = {
        r.get("Type", "").rpartition("/")[2]: r.get("Target", "")
        for r in (root if root is not None else ())
    }
    named = kinds.get("officeDocument", "").lstrip("/")
    return named if named in package else "word/document.xml"


def _relations(package: Package, main: str) -> dict[str, str]:
    root = package.xml(f"word/_rels/{main.rpartition('/')[2]}.rels")
    relations = root if root is not None else ()
    return {r.get("Id", ""): r.get("Target", "") for r in relations if r.get("TargetMode") is None}
