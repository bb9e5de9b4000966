"""Plain text: one paragraph for each line that holds anything, be it only the tab of a cell."""

import re
from dataclasses import replace
from itertools import islice

from parsers.records import Document, Paragraph, Problem
from pipelines.assembly import first_line_titles, problem
from pipelines.decode import Decoded
from pipelines.parted import by_blanks, is_drawn, lines_of

MAX_LINES = 200_000
# No report is longer; what stands behind is not read for one.
MAX_CHARS = 5_000_000
# Tabs stay, even at the ends: they are the edges of cells.
MARGIN = " \u3000\xa0\ufeff\u200b"
_HEADING = re.compile(r"#{1,6}(?= \S)")


def read_text(decoded: Decoded) -> Document:
    """Reads decoded text. Places are ranges of its characters."""
    parting, cells = lines_of(decoded.text)
    found = (one for one in parting.finditer(decoded.text) if not is_drawn(one[0]))
    lines = (_paragraph(cells(one[0]), one.start()) for one in found)
    kept = list(islice((line for line in lines if line is not None), MAX_LINES + 1))
    texts = by_blanks([line.text for line in kept])
    blocks = tuple(
        line if line.text == text else replace(line, text=text)
        for line, text in zip(kept, texts, strict=True)
    )
    problems = damage(decoded)
    if len(blocks) > MAX_LINES:
        detail = f"the text has more than {MAX_LINES} lines; the rest was not read"
        problems = (*problems, problem("too_long", detail))
    elif len(decoded.text) > MAX_CHARS:
        detail = f"the text has more than {MAX_CHARS} characters; no more are read for a report"
        problems = (*problems, problem("too_long", detail))
    if not blocks:
        problems = (*problems, problem("no_text", "the text only draws lines"))
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
    text = body.strip(MARGIN)
    if not text:  # a tab alone is an empty cell and stays
        return None
    begin = start + level + len(body) - len(body.lstrip(MARGIN))
    return Paragraph(text, f"text:{begin}-{begin + len(text)}", level)


def damage(decoded: Decoded) -> tuple[Problem, ...]:
    """A problem where bytes could not be read as characters."""
    if not decoded.damaged:
        return ()
    detail = f"{decoded.damaged} places are damaged and could not be read as {decoded.charset}"
    return (problem("damaged_bytes", detail),)
