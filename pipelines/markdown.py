"""A Document as clean text and as Markdown with tables."""

from parsers.records import Block, Cell, Document, Grid


def clean_text(document: Document) -> str:
    """One line for each paragraph and table row; cells stand apart by tabs, spanned ones once."""
    return "\n".join(_text(block) for block in document.blocks)


def markdown(document: Document) -> str:
    """Paragraphs, headings and pipe tables, spanned cells once and blank where they repeat."""
    return "\n\n".join(_markdown(block) for block in document.blocks)


def _text(block: Block) -> str:
    if not isinstance(block, Grid):
        return block.text
    return "\n".join("\t".join(line) for line in _lines(block))


def _markdown(block: Block) -> str:
    if not isinstance(block, Grid):
        return f"{'#' * block.level} {block.text}" if block.level else _escaped(block.text)
    lines = [[cell.replace("|", "\\|") for cell in line] for line in _lines(block)]
    lines.insert(1, ["---"] * block.width)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _lines(grid: Grid) -> list[list[str]]:
    return [[_once(cell, r, c) for c, cell in enumerate(row)] for r, row in enumerate(grid.rows)]


def _once(cell: Cell, row: int, col: int) -> str:
    starts = cell.row == row and cell.col == col
    return " ".join(cell.text.split()) if starts else ""


def _escaped(text: str) -> str:
    return f"\\{text}" if text.startswith(("#", ">", "|")) else text
