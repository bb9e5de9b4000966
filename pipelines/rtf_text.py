"""The characters of RTF files: bytes of several character sets, numbers, what is not shown."""

import re
from dataclasses import replace
from typing import Any

from pipelines.rtf_words import CHARSETS, CODE_PAGES, SUPERSCRIPTS, UNSEEN, State

MAX_TEXT = 20_000_000
# A formula says what it is at once.
MAX_CODE = 100

_LONGEST_COLOURS = 100_000
_WHITE = re.compile(rb"(?=.*\\red255\b)(?=.*\\green255\b).*\\blue255\b", re.DOTALL)
# Words that give text a ground: of runs, paragraphs and cells, with the number of its colour or
# of its darkness; shapes and a background may be one.
_GROUND = re.compile(
    rb"\\(?:highlight|cb|chcbpat|cbpat|clcbpat|tscellcbpat|trcbpat|chshdng|shading|clshdng)(\d+)"
)
_MAY_LIE_BEHIND = re.compile(rb"\\shpfblwtxt1|\\background\b|\\dobypage|\\do\b")

_BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,9}) ?")
_FONT = re.compile(rb"\\f(\d+)[^;{}]*?\\fcharset(\d+)")


class Characters:
    """The text of the paragraph that is being read, and of what stands beside it.

    Attributes:
        encoding: what the file says its bytes are.
        struck: how many runs were left out as struck out.
        hidden: how many were as hidden, or as white on the white of the page.
    """

    def __init__(self, payload: bytes) -> None:
        self._fonts = {
            int(n): CHARSETS.get(int(c), "") for n, c in _FONT.findall(payload[:200_000])
        }
        self.encoding = _code_page(payload)
        default = re.search(rb"\\deff(\d+)", payload[:4096])
        self._default = self._encoding_of(int(default[1]) if default else 0)
        self._state = State(encoding=self._default)
        self._bytes = bytearray()
        self._text: list[str] = []
        self._asides: dict[str, list[str]] = {"note": [], "box": []}
        self._to_skip = 0
        self._code = bytearray()
        self._is_utf8 = not payload.isascii() and _is_utf8(payload)
        self._whites = _white_inks(payload)
        self.struck = self.hidden = 0

    def _encoding_of(self, font: int) -> str:
        known = self._fonts.get(font, "")
        return known if known not in ("", "cp1252") else self.encoding

    def _marks(self, word: str, number: int | None) -> bool:
        """Takes a word that says how the characters that follow are written or shown."""
        if word == "u" and number is not None:
            self._unicode(number)
            return True
        changes: dict[str, Any] = {}
        if word == "uc":
            changes = {"fallback": max(number or 0, 0)}
        elif word == "f" and number is not None:
            changes = {"encoding": self._encoding_of(number)}
        elif word in UNSEEN:
            kinds = self._state.unseen - {UNSEEN[word]}
            changes = {"unseen": kinds | {UNSEEN[word]} if number != 0 else kinds}
        elif word == "cf" and self._whites:
            kinds = self._state.unseen - {"white"}
            changes = {"unseen": kinds | {"white"} if number in self._whites else kinds}
        elif word in ("super", "nosupersub", "sub"):
            changes = {"raised": word == "super" and number != 0}
        elif word in ("up", "dn"):
            changes = {"raised": word == "up" and number != 0 and self._follows_digit()}
        elif word == "plain":
            changes = {"raised": False, "unseen": frozenset(), "encoding": self._default}
        if changes:
            self._flush()
            self._state = replace(self._state, **changes)
        return bool(changes)

    def _follows_digit(self) -> bool:
        """Whether a digit was just printed; other text is moved up to look well in its line."""
        self._flush()
        return bool(self._text) and self._text[-1][-1:].isdecimal()

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
        if self._state.code and len(self._code) < MAX_CODE:
            self._code += data
        if data and not self._state.skipped and len(self._text) < MAX_TEXT:
            self._bytes += data

    def _add_text(self, text: str) -> None:
        self._flush()
        if not self._state.skipped:
            self._append(text)

    def _flush(self) -> None:
        if self._bytes:
            is_utf8 = self._is_utf8 and _is_utf8(self._bytes)
            codec = "utf-8" if is_utf8 else self._state.encoding
            self._append(self._bytes.decode(codec, "replace"))
            self._bytes.clear()

    def _begin_code(self) -> None:
        """Goes into the code of a field, which prints nothing."""
        self._flush()
        self._code.clear()
        self._state = replace(self._state, skipped=True, code=True)

    def ends_unknown_formula(self) -> bool:
        """Whether the field that ends here is a formula that was saved without a result."""
        code = bytes(self._code).strip()
        self._code.clear()
        return code.startswith(b"=")

    def _append(self, text: str) -> None:
        """Takes text that is shown; a raised number as such, not as the end of another."""
        # A box may have a ground of its own.
        unseen = self._state.unseen - ({"white"} if self._state.aside == "box" else set())
        if unseen:
            self.struck += "struck" in unseen and bool(text.strip())
            is_hidden = bool(unseen & {"hidden", "white"})
            self.hidden += is_hidden and bool(text.strip())
            return
        raised = self._state.raised and text.isdecimal()
        target = self._asides[self._state.aside] if self._state.aside else self._text
        target.append(text.translate(SUPERSCRIPTS) if raised else text)

    def _aside(self, kind: str) -> list[str]:
        """The lines that were set aside since they were last asked for."""
        text = _whole("".join(self._asides[kind]))
        self._asides[kind].clear()
        return [line.strip(" \u3000\xa0") for line in text.split("\n") if line.strip()]

    def _taken(self) -> str:
        self._flush()
        text = "".join(self._text)
        self._text.clear()
        return _whole(text)


def without_binary(payload: bytes) -> bytes:
    """A file without the bytes of pictures that it does not write as digits: they may be braces."""
    pieces: list[bytes] = []
    end = 0
    for found in _BINARY.finditer(payload):
        if found.start() >= end:
            pieces.append(payload[end : found.start()])
            end = found.end() + int(found[1])
    return b"".join([*pieces, payload[end:]])


def _is_utf8(data: bytes | bytearray) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _whole(text: str) -> str:
    """The text with the two halves of far characters joined."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _code_page(payload: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d+)", payload[:4096])
    return CODE_PAGES.get(int(found[1]), "gb18030") if found else "gb18030"


def _white_inks(payload: bytes) -> frozenset[int]:
    """The numbers of white in a file's colours; none where something may lie behind its text."""
    _, _, rest = payload.partition(b"\\colortbl")
    table, end, _ = rest[:_LONGEST_COLOURS].partition(b"}")
    if not end or _MAY_LIE_BEHIND.search(payload):
        return frozenset()
    colours = enumerate(table.split(b";"))
    whites = frozenset(number for number, colour in colours if _WHITE.fullmatch(colour.strip()))
    grounds = {int(number[:9]) for number in _GROUND.findall(payload)} if whites else set()
    return whites if grounds <= {0, *whites} else frozenset()
