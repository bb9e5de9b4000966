"""Tables that were recognised in the pictures beside a page's text, put where they stand."""

from pipelines.paged.glyphs import TextLine
from pipelines.paged.pages import PageBlocks
from pipelines.paged.tables import Piece, place_box


def with_tables(page: PageBlocks, recognised: PageBlocks) -> PageBlocks:
    """A page with the tables that were recognised in its pictures, from top to bottom."""
    tables = [item for item in recognised.items if isinstance(item, Piece)]
    items: list[TextLine | Piece] = list(page.items)
    for table in tables:
        place = next((n for n, item in enumerate(items) if _top(item) > _top(table)), len(items))
        items.insert(place, table)
    return PageBlocks(page.place, page.height, tuple(items))


def _top(item: TextLine | Piece) -> float:
    return item.y0 if isinstance(item, TextLine) else place_box(item.place)[1]
