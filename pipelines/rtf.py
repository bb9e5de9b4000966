"""Rich Text Format: paragraphs and tables, in the character sets that Chinese Word writes.

Follows the RTF specification 1.9.1 as far as text and tables go. Ignorable destinations,
pictures, headers and footers are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.records import Document
from pipelines.assembly import Draft, Line, Table, assemble, first_line_titles, problem
from pipelines.grids import Box, is_layout
from pipelines.limits import RefusedError
from pipelines.paged.tables import to_table
from pipelines.rtf_tables import CellDefinition, InnerTable, Row, RowDefinition, piece_of_rows
from pipelines.rtf_text import Characters, without_binary
from pipelines.rtf_words import (
    ASIDES,
    LABELS,
    SIGNS,
    SKIPPED,
    UNREADABLE,
    State,
)

TWIPS = 20.0
MAX_DEPTH = 500
MAX_CELLS = 100_000

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)"
)


def read_rtf(payload: bytes) -> Document:
    """Reads an RTF file."""
    reader = _Reader(payload)
    reader.read()
    blocks = assemble("rtf", reader.drafts)
    problems = () if blocks else (problem("no_text", "no text was found in the file"),)
    if reader.cut:
        problems = (*problems, problem("truncated", "the file ends within a group"))
    if reader.struck:
        detail = f"{reader.struck} runs of the text are struck out and were left out"
        problems = (*problems, problem("struck_text", detail))
    if reader.hidden:
        detail = f"{reader.hidden} runs of hidden text were left out"
        problems = (*problems, problem("hidden_text", detail))
    return Document(
        blocks=blocks,
        media_type="rtf",
        charset=reader.encoding,
        charset_reason="named by the file",
        titles=first_line_titles(blocks),
        problems=problems,
    )


class _Reader(Characters):
    """The layout of a file: its paragraphs, cells and rows."""

    def __init__(self, payload: bytes) -> None:
        super().__init__(payload)
        self._payload = without_binary(payload)
        self._stack: list[State] = []
        self._starts_group = False
        self._row = RowDefinition()
        self._cells: list[str] = []
        self._cell_lines: list[str] = []
        self._rows: list[Row] = []
        self._inner = InnerTable()
        self._inner_tables: list[InnerTable] = []
        self._left = MAX_CELLS
        self.drafts: list[Draft] = []
        self.cut = False
        self._shows_picture = False

    def read(self) -> None:
        """Goes through the file once."""
        for token in _TOKEN.finditer(self._payload):
            word, number, byte, sign, brace, plain = token.groups()
            if brace:
                self._brace(brace)
                continue
            if word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif byte:
                self._add_bytes(bytes.fromhex(byte.decode("ascii")), 1)
            elif sign:
                self._sign(sign)
            elif plain:
                self._add_bytes(plain, len(plain))
            self._starts_group = False
        self._end_paragraph()
        self._end_table()
        self.drafts.extend(map(Line, self._aside("note")))
        self.cut = bool(self._stack)

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self._stack) < MAX_DEPTH:
                self._stack.append(self._state)
            self._starts_group = True
        elif self._stack:
            before, now = self._stack.pop(), self._state
            if now.fields > before.fields and self.ends_unknown_formula():
                self._add_text(UNREADABLE)
            if (now.in_table, now.depth) != (before.in_table, before.depth) and not now.aside:
                before = replace(before, in_table=now.in_table, depth=now.depth)
            if self._bytes and before != now:
                self._flush()
            self._state = before

    def _sign(self, sign: bytes) -> None:
        if sign == b"*" and self._starts_group:
            self._flush()
            self._state = replace(self._state, skipped=True)
        elif sign in (b"\\", b"{", b"}"):
            self._add_bytes(sign, 1)
        elif sign == b"~":
            self._add_text(" ")
        elif sign in (b"\n", b"\r"):
            self._end_paragraph()
        elif sign == b"_":
            self._add_text("-")

    def _word(self, word: str, number: int | None) -> None:
        if self._begins(word) or self._marks(word, number):
            return
        if word in SIGNS:
            self._add_text(self._sign_of(word))
        elif self._state.aside:
            self._add_text("\n" if word in ("par", "cell", "row", "nestcell") else "")
        elif not self._state.skipped:
            self._layout(word, number)

    def _sign_of(self, word: str) -> str:
        """What a word prints; the tab behind the number of a list is a blank or nothing."""
        if word != "tab" or not self._state.label:
            return SIGNS[word]
        self._flush()
        return " " if self._text and self._text[-1][-1:].isascii() else ""

    def _begins(self, word: str) -> bool:
        """Takes a word that says what its group is."""
        outer = bool(self._stack) and self._stack[-1].skipped
        if self._starts_group and word in SKIPPED:
            self._flush()
            self._shows_picture |= word in ("pict", "object")
            self._state = replace(self._state, skipped=True)
        elif word == "field":
            self._state = replace(self._state, fields=self._state.fields + 1)
        elif word == "fldinst":
            self._begin_code()
        elif word == "fldrslt":
            self._flush()
            self._code.clear()
            self._state = replace(self._state, skipped=outer)
        elif word in ASIDES:
            self._flush()
            self._state = replace(self._state, skipped=outer, aside=ASIDES[word], raised=False)
        elif word in LABELS:
            self._state = replace(self._state, skipped=outer, label=True)
        elif word == "nesttableprops":
            self._state = replace(self._state, skipped=outer, inner=True)
        else:
            return False
        return True

    def _layout(self, word: str, number: int | None) -> None:
        if word in ("par", "sect", "page"):
            if "deleted" not in self._state.unseen:
                self._end_paragraph()
        elif word == "pard":
            self._flush()
            self._state = replace(self._state, in_table=False, depth=1)
        elif word == "intbl":
            self._flush()
            self._state = replace(self._state, in_table=True)
        elif word == "itap":
            self._state = replace(self._state, in_table=bool(number), depth=number or 1)
        elif word in ("nestcell", "nestrow"):
            self._nest(word)
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self._end_row()
        else:
            self._define(word, number or 0)

    def _nest(self, word: str) -> None:
        if word == "nestrow":
            self._inner.end_row()
            return
        self._state = replace(self._state, in_table=True)
        self._count_cell()
        self._inner.end_cell(self._taken())

    def _define(self, word: str, number: int) -> None:
        row = self._inner.row if self._state.inner else self._row
        if word == "trowd" and self._state.inner:
            self._inner.row = RowDefinition()
        elif word == "trowd":
            self._row = RowDefinition()
        elif word == "trleft":
            row.left = number / TWIPS
        elif word == "clvmrg":
            row.pending.continues_above = True
        elif word == "clmrg":
            row.pending.continues_left = True
        elif word == "cellx" and len(row.cells) < 1000:
            row.pending.right = number / TWIPS
            row.cells.append(row.pending)
            row.pending = CellDefinition(0.0)

    def _end_paragraph(self) -> None:
        text, boxes = self._taken(), self._aside("box")
        if self._state.in_table:
            inner = self._state.depth > 1
            (self._inner.lines if inner else self._cell_lines).extend([*boxes, text])
            return
        if boxes:
            self._end_table()
            self.drafts.extend(map(Line, boxes))
        self._shows_picture = False
        if text.strip(" \u3000\xa0"):
            self._end_table()
            lines = (line.strip(" \u3000\xa0") for line in text.split("\n"))
            self.drafts.extend(Line(line) for line in lines if line.strip())

    def _count_cell(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise RefusedError("table_too_large", f"the file has more than {MAX_CELLS} cells")

    def _end_cell(self) -> None:
        self._count_cell()
        lines = [*self._cell_lines, *self._aside("box"), self._taken()]
        self._cell_lines.clear()
        text = "\n".join(line.strip() for line in lines if line.strip())
        if self._inner.holds_several():
            self._inner.beside = text
            self._inner_tables.append(self._inner)
            text = UNREADABLE
        else:
            text = "\n".join(filter(None, [text, self._inner.text()]))
        self._inner = InnerTable()
        self._cells.append(text or (UNREADABLE if self._shows_picture else ""))
        self._shows_picture = False

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append((self._row.cells, self._row.left, self._cells))
        self._cells = []

    def _end_table(self) -> None:
        if not self._rows:
            return
        boxes = to_table(piece_of_rows(self._rows)).boxes
        inner, self._inner_tables, self._rows = self._inner_tables, [], []
        if not is_layout(boxes):
            self.drafts.append(_table(boxes))
            boxes = []
        for box in boxes:
            if box.text == UNREADABLE and inner:
                self._add_inner(inner.pop(0))
            elif box.text:
                self.drafts.append(Line(box.text))
        for table in inner:
            self._add_inner(table)

    def _add_inner(self, table: InnerTable) -> None:
        """Adds a table that stood in a cell, after the text beside it."""
        self.drafts.extend(map(Line, filter(None, table.beside.split("\n"))))
        self.drafts.append(_table(to_table(piece_of_rows(table.rows)).boxes))


def _table(boxes: Sequence[Box]) -> Table:
    return Table([replace(box, source="") for box in boxes])
