"""Plain text: one paragraph for each line that holds anything, be it only the tab of a cell."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from itertools import islice

from parsers.records import Document, Paragraph, Problem
from pipelines.assembly import first_line_titles, problem
from pipelines.decode import Decoded

MAX_LINES = 200_000
SAMPLE_CHARS = 100_000
FEWEST_ROWS = 3
USUAL_ROWS = 0.8
# Tabs stay, even at the ends: they are the edges of cells.
MARGIN = " \u3000\xa0\ufeff\u200b"
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_HEADING = re.compile(r"#{1,6}(?= \S)")


def read_text(decoded: Decoded) -> Document:
    """Reads decoded text. Places are ranges of its characters."""
    cells = _cells if _is_comma_separated(decoded.text) else str
    lines = (_paragraph(found[0], found.start(), cells) for found in _LINE.finditer(decoded.text))
    blocks = tuple(islice((line for line in lines if line is not None), MAX_LINES + 1))
    problems = damage(decoded)
    if len(blocks) > MAX_LINES:
        detail = f"the text has more than {MAX_LINES} lines; the rest was not read"
        problems = (*problems, problem("too_long", detail))
    blocks = blocks[:MAX_LINES]
    return Document(
        blocks=blocks,
        media_type="text",
        charset=decoded.charset,
        charset_reason=decoded.reason,
        titles=first_line_titles(blocks),
        problems=problems,
    )


def _is_comma_separated(text: str) -> bool:
    """Whether nearly all lines have the same number of cells (RFC 4180); prose has wide commas."""
    lines = [line for line in text[:SAMPLE_CHARS].splitlines() if line.strip()]
    widths = Counter(len(_parted(line)) for line in lines)
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return width > 1 and rows >= FEWEST_ROWS and rows >= USUAL_ROWS * len(lines)


def _parted(line: str) -> list[str]:
    return next(csv.reader([line]), []) if "," in line and len(line) <= SAMPLE_CHARS else [line]


def _cells(line: str) -> str:
    """The cells of a line between commas, with tabs between them."""
    return "\t".join(cell.replace("\t", " ") for cell in _parted(line))


def _paragraph(line: str, start: int, cells: Callable[[str], str]) -> Paragraph | None:
    heading = _HEADING.match(line)
    level = heading.end() if heading else 0
    body = line[level:]
    text = body.strip(MARGIN)
    if not text:  # a tab alone is an empty cell and stays
        return None
    begin = start + level + len(body) - len(body.lstrip(MARGIN))
    return Paragraph(cells(text), f"text:{begin}-{begin + len(text)}", level)


def damage(decoded: Decoded) -> tuple[Problem, ...]:
    """A problem where bytes could not be read as characters."""
    if not decoded.damaged:
        return ()
    detail = f"{decoded.damaged} places are damaged and could not be read as {decoded.charset}"
    return (problem("damaged_bytes", detail),)
