"""The same figures in each media type give the same grids and the same text."""

from collections.abc import Callable

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from tests.pipelines.documents import sample, writers

WRITERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "html": ("html", writers.html_page),
    "mhtml": ("mhtml", writers.mhtml),
    "docx": ("docx", writers.docx),
    "rtf": ("rtf", writers.rtf),
    "ofd": ("ofd", writers.ofd),
    "pdf": ("pdf", writers.pdf),
    "pdf-filled": ("pdf", lambda: writers.pdf(filled_borders=True, compress=True)),
    "zip": ("zip", lambda: writers.zipped({"年报.docx": writers.docx()})),
}


def texts(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]


@pytest.mark.parametrize("name", WRITERS)
def test_tables_are_exact(name: str) -> None:
    kind, write = WRITERS[name]
    document = read_document(write())
    assert document.media_type == kind
    assert not document.problems
    assert texts(document) == sample.grids()


@pytest.mark.parametrize("name", WRITERS)
def test_paragraphs_are_exact_and_in_order(name: str) -> None:
    document = read_document(WRITERS[name][1]())
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()


def test_a_workbook_has_the_same_grids() -> None:
    document = read_document(writers.xlsx())
    assert document.media_type == "xlsx"
    assert texts(document) == sample.grids()


def test_figures_keep_their_look_in_a_workbook() -> None:
    cells = [c.text for g in read_document(writers.xlsx()).grids() for r in g.rows for c in r]
    assert {"1,250", "90.50", "13"} <= set(cells)


@pytest.mark.parametrize("name", WRITERS)
def test_places_are_unique(name: str) -> None:
    document = read_document(WRITERS[name][1]())
    places = [p.place for p in document.paragraphs()]
    for grid in document.grids():
        cells = {id(cell): cell for row in grid.rows for cell in row}
        places += [cell.place for cell in cells.values()]
    assert len(places) == len(set(places))
