"""Rich Text Format: paragraphs and tables, in the character sets that Chinese Word writes.

Follows the RTF specification 1.9.1 as far as text and tables go. Ignorable destinations,
pictures, headers and footers are left out.
"""

import re
from dataclasses import dataclass, replace

from parsers.records import Document
from pipelines.assembly import Draft, Line, Table, assemble, first_line_titles, problem
from pipelines.grids import is_layout
from pipelines.limits import RefusedError
from pipelines.paged.tables import to_table
from pipelines.rtf_tables import CellDefinition, RowDefinition, piece_of_rows

TWIPS = 20.0
MAX_DEPTH = 500
MAX_TEXT = 20_000_000
MAX_CELLS = 100_000
CODE_PAGES = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 1252: "cp1252", 10008: "gb18030"}
CHARSETS = {134: "gb18030", 136: "big5hkscs", 0: "cp1252"}
_SKIPPED_NAMES = """
    fonttbl colortbl stylesheet listtable listoverridetable info pict object header headerl headerr
    headerf footer footerl footerr footerf fldinst themedata datastore latentstyles xmlnstbl
    rsidtbl generator revtbl filetbl nonshppict
"""
SKIPPED = frozenset(_SKIPPED_NAMES.split())
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}

UNREADABLE = "\ufffd"
# Text that is hidden, deleted in a tracked change, or struck out.
UNSEEN = {"v": "hidden", "deleted": "deleted", "strike": "struck", "striked": "struck"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)"
)
_FONT = re.compile(rb"\\f(\d+)[^;{}]*?\\fcharset(\d+)")


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits: whether it is skipped, its encoding and fallback length.

    `unseen` are the reasons why its text is not shown or no longer counts.
    """

    skipped: bool = False
    unseen: frozenset[str] = frozenset()
    raised: bool = False
    encoding: str = "cp1252"
    fallback: int = 1
    in_table: bool = False


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
    return Document(
        blocks=blocks,
        media_type="rtf",
        charset=reader.encoding,
        charset_reason="named by the file",
        titles=first_line_titles(blocks),
        problems=problems,
    )


class _Reader:
    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._fonts = {
            int(n): CHARSETS.get(int(c), "") for n, c in _FONT.findall(payload[:200_000])
        }
        self.encoding = _code_page(payload)
        self._state = State(encoding=self.encoding)
        self._stack: list[State] = []
        self._bytes = bytearray()
        self._text: list[str] = []
        self._to_skip = 0
        self._starts_group = False
        self._row = RowDefinition()
        self._cells: list[str] = []
        self._cell_lines: list[str] = []
        self._rows: list[tuple[list[CellDefinition], float, list[str]]] = []
        self._left = MAX_CELLS
        self.drafts: list[Draft] = []
        self.cut = False
        self.struck = 0
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
        self.cut = bool(self._stack)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            if len(self._stack) < MAX_DEPTH:
                self._stack.append(self._state)
            self._starts_group = True
        elif self._stack:
            table = self._state.in_table
            self._state = replace(self._stack.pop(), in_table=table)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*" and self._starts_group:
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
        if self._starts_group and word in SKIPPED:
            self._shows_picture |= word in ("pict", "object")
            self._state = replace(self._state, skipped=True)
        elif word == "u" and number is not None:
            self._unicode(number)
        elif word == "uc":
            self._flush()
            self._state = replace(self._state, fallback=max(number or 0, 0))
        elif word == "f" and number is not None:
            self._flush()
            known = self._fonts.get(number, "")
            encoding = known if known not in ("", "cp1252") else self.encoding
            self._state = replace(self._state, encoding=encoding)
        elif word in UNSEEN:
            self._flush()
            kinds = self._state.unseen - {UNSEEN[word]}
            kinds |= {UNSEEN[word]} if number != 0 else set()
            self._state = replace(self._state, unseen=kinds)
        elif word in ("super", "nosupersub", "sub", "plain"):
            self._flush()
            kinds = frozenset() if word == "plain" else self._state.unseen
            is_raised = word == "super" and number != 0
            self._state = replace(self._state, raised=is_raised, unseen=kinds)
        elif word == "bin":
            self._flush()
        elif word in SIGNS:
            self._add_text(SIGNS[word])
        elif not self._state.skipped:
            self._layout(word, number)

    def _layout(self, word: str, number: int | None) -> None:
        if word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word == "pard":
            self._flush()
            self._state = replace(self._state, in_table=False)
        elif word in ("intbl", "nestcell"):
            self._flush()
            self._state = replace(self._state, in_table=True)
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self._end_row()
        else:
            self._define(word, number or 0)

    def _define(self, word: str, number: int) -> None:
        if word == "trowd":
            self._row = RowDefinition()
        elif word == "trleft":
            self._row.left = number / TWIPS
        elif word == "clvmrg":
            self._row.pending.continues_above = True
        elif word == "clmrg":
            self._row.pending.continues_left = True
        elif word == "cellx" and len(self._row.cells) < 1000:
            self._row.pending.right = number / TWIPS
            self._row.cells.append(self._row.pending)
            self._row.pending = CellDefinition(0.0)

    def _unicode(self, number: int) -> None:
        code = number + 65536 if number < 0 else number
        if 0xD800 <= code <= 0xDFFF:
            self._flush()
            self._append(chr(code))
        elif 0 <= code <= 0x10FFFF:
            self._add_text(chr(code))
        self._to_skip = self._state.fallback

    def _add_bytes(self, data: bytes, units: int) -> None:
        """Adds bytes, less those that only stand in for a character given by its number."""
        if self._to_skip:
            skipped = min(self._to_skip, units)
            self._to_skip -= skipped
            data = data[skipped:]
        if data and not self._state.skipped and len(self._text) < MAX_TEXT:
            self._bytes += data

    def _add_text(self, text: str) -> None:
        self._flush()
        if not self._state.skipped:
            self._append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._append(self._bytes.decode(self._state.encoding, "replace"))
            self._bytes.clear()

    def _append(self, text: str) -> None:
        """Takes text that is shown; a raised number as such, not as the end of another."""
        if self._state.unseen:
            self.struck += "struck" in self._state.unseen and bool(text.strip())
        elif self._state.raised and text.isdecimal():
            self._text.append(text.translate(_SUPERSCRIPTS))
        else:
            self._text.append(text)

    def _taken(self) -> str:
        self._flush()
        text = "".join(self._text)
        self._text.clear()
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _end_paragraph(self) -> None:
        text = self._taken()
        if self._state.in_table:
            self._cell_lines.append(text)
            return
        self._shows_picture = False
        if text.strip(" \u3000\xa0"):
            self._end_table()
            lines = (line.strip(" \u3000\xa0") for line in text.split("\n"))
            self.drafts.extend(Line(line) for line in lines if line.strip())

    def _end_cell(self) -> None:
        lines = [*self._cell_lines, self._taken()]
        self._cell_lines.clear()
        self._left -= 1
        if self._left < 0:
            raise RefusedError("table_too_large", f"the file has more than {MAX_CELLS} cells")
        text = "\n".join(line.strip() for line in lines if line.strip())
        self._cells.append(text or (UNREADABLE if self._shows_picture else ""))
        self._shows_picture = False

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append((self._row.cells, self._row.left, self._cells))
        self._cells = []

    def _end_table(self) -> None:
        if not self._rows:
            return
        table = to_table(piece_of_rows(self._rows))
        self._rows = []
        if is_layout(table.boxes):
            self.drafts.extend(Line(box.text) for box in table.boxes if box.text)
        else:
            self.drafts.append(Table([replace(box, source="") for box in table.boxes]))


def _code_page(payload: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d+)", payload[:4096])
    return CODE_PAGES.get(int(found[1]), "gb18030") if found else "gb18030"
