"""Lines of plain text with cells: between commas, quotes, blanks that line up, or drawn lines.

Each comes out with a tab between its cells and with as many characters as before, so that places
within it stay true.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import takewhile

SAMPLE_CHARS = 100_000
FEWEST_ROWS = 3
USUAL_ROWS = 0.8
# So many lines from a row with figures on there may be heads and rows with other texts.
NEAR = 8
LONGEST_CELL = 120
LONGEST_LINE = 1_000
# From commas the cells of a workbook are told (RFC 4180), where semicolons are not the custom.
_DELIMITERS = (",", ";")
# A quote that opens no cell, or closes none, is a sign like any other and joins no lines.
_RECORD = re.compile(r'(?:(?<![^,;\r\n])"(?:[^"]|"")*"(?![^,;\r\n])|[^\r\n])+')
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_QUOTED = re.compile(r'"(?:[^"]|"")*"(?:([,;])"(?:[^"]|"")*")+')
_QUOTED_CELL = re.compile(r'(?<![^\t])"([^"\t]*)"(?![^\t])')
_DRAWN = re.compile(
    r"[ \u3000]*[\u2500-\u257f](?:[ \u3000]*[\u2500-\u257f]){2,}[ \u3000]*"
    r"|\s*\+[-=+\s]+\+\s*|(?=.*--)(?=[^|]*\|)[\s:|-]*"
)
_BARS = re.compile(r"[\t|｜│┃]")
_GAP = re.compile(r"[ \xa0\u3000]{2,}|\u3000")
_FIGURE = re.compile(r"[-−]?[\d０-９][\d０-９.,．，]*%?")
_BEFORE_FIGURE = re.compile(rf"(?<=\S)\s(?={_FIGURE.pattern}(?:\s|$))")
_SENTENCE = re.compile("[。；！？]")
_ENDS = ("。", "；", "！", "？")

Parting = Callable[[str], str]


def lines_of(text: str) -> tuple[re.Pattern[str], Parting]:
    """How a text is cut into lines, and how the cells of each are parted."""
    delimiter = next((one for one in _DELIMITERS if _is_separated(text, one)), "")
    return (_RECORD, partial(_cells, delimiter)) if delimiter else (_LINE, _unquoted)


def _is_separated(text: str, delimiter: str) -> bool:
    """Whether nearly all lines have the same number of cells; sentences have commas of their own.

    A line whose only commas may be those of thousands has one cell.
    """
    if delimiter not in text:
        return False
    lines = [found[0] for found in _RECORD.finditer(text[:SAMPLE_CHARS]) if found[0].strip()]
    widths = Counter(len(_parted(line, delimiter)) for line in lines if _has_cells(line, delimiter))
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return width > 1 and rows >= FEWEST_ROWS and rows >= USUAL_ROWS * len(lines)


def _has_cells(line: str, delimiter: str) -> bool:
    return delimiter in _THOUSANDS.sub("", line) and not line.rstrip().endswith(_ENDS)


def _parted(line: str, delimiter: str) -> list[str]:
    if delimiter not in line or len(line) > SAMPLE_CHARS:
        return [line]
    return next(csv.reader([line.replace("\r", " ").replace("\n", " ")], delimiter=delimiter), [])


def _cells(delimiter: str, line: str) -> str:
    """The cells of a line between commas, with tabs between them."""
    return "\t".join(cell.replace("\t", " ") for cell in _parted(line, delimiter))


def _unquoted(line: str) -> str:
    """A line without the quotes around its cells."""
    quoted = _QUOTED.fullmatch(line)
    if quoted:
        return _cells(quoted[1], line)
    return _QUOTED_CELL.sub(r" \1 ", line) if "\t" in line else line


def is_drawn(line: str) -> bool:
    """Whether a line only draws the edge of a row."""
    return _DRAWN.fullmatch(line) is not None


def by_blanks(lines: Sequence[str]) -> list[str]:
    """The lines, those of tables whose columns blanks set apart with tabs in them.

    Such a table has rows of a label and figures; what has cells near one of them belongs to it.
    """
    rows = [number for number, line in enumerate(lines) if _is_row(line)]
    if len(rows) < FEWEST_ROWS:
        return list(lines)
    near = {n for row in rows for n in range(row - NEAR, row + NEAR + 1)}
    figured = set(rows)
    return [
        _with_tabs(line, is_row=number in figured) if number in near else line
        for number, line in enumerate(lines)
    ]


def _is_row(line: str) -> bool:
    """Whether a line has a label and figures: several, or one that stands apart from it."""
    if not _may_part(line):
        return False
    words = line.split()
    figures = len(list(takewhile(_FIGURE.fullmatch, reversed(words))))
    if not 0 < figures < len(words):
        return False
    last = _GAP.split(line.strip())[-1]
    return figures > 1 or _FIGURE.fullmatch(last) is not None


def _may_part(line: str) -> bool:
    if len(line) > LONGEST_LINE or _BARS.search(line) or _SENTENCE.search(line):
        return False
    return max(map(len, _GAP.split(line))) <= LONGEST_CELL


def _with_tabs(line: str, *, is_row: bool) -> str:
    if not _may_part(line):
        return line
    parted = _GAP.sub(lambda gap: "\t".ljust(len(gap[0])), line)
    return _BEFORE_FIGURE.sub("\t", parted) if is_row else parted
