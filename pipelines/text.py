"""Plain text: one paragraph for each line that holds anything, be it only the tab of a cell."""

import re
from itertools import islice

from parsers.records import Document, Paragraph, Problem
from pipelines.assembly import first_line_titles, problem
from pipelines.decode import Decoded

MAX_LINES = 200_000
# Tabs stay, even at the ends: they are the edges of cells.
_MARGIN = " \u3000\xa0\ufeff\u200b"
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_HEADING = re.compile(r"#{1,6}(?= \S)")


def read_text(decoded: Decoded) -> Document:
    """Reads decoded text. Places are ranges of its characters."""
    lines = (_paragraph(found.group(), found.start()) for found in _LINE.finditer(decoded.text))
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


def _paragraph(line: str, start: int) -> Paragraph | None:
    heading = _HEADING.match(line)
    level = heading.end() if heading else 0
    body = line[level:]
    text = body.strip(_MARGIN)
    if not text:  # a tab alone is an empty cell and stays
        return None
    begin = start + level + len(body) - len(body.lstrip(_MARGIN))
    return Paragraph(text, f"text:{begin}-{begin + len(text)}", level)


def damage(decoded: Decoded) -> tuple[Problem, ...]:
    """A problem where bytes could not be read as characters."""
    if not decoded.damaged:
        return ()
    detail = f"{decoded.damaged} places are damaged and could not be read as {decoded.charset}"
    return (problem("damaged_bytes", detail),)
