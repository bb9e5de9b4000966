"""Scans and pictures: figures are right or unreadable, never wrong."""

import random
import re

import pytest

from parsers.records import Document, Grid
from pipelines.documents import read_document
from pipelines.ocr import progress
from tests.pipelines.documents import sample, scans

# A page takes four seconds of one core: give loaded machines their time.
pytestmark = pytest.mark.timeout(900)

FIGURE = re.compile(r"[\d,.]*")


def grids(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in g.rows] for g in document.grids()]


def figures(found: list[list[str]], wanted: list[list[str]]) -> list[tuple[str, str]]:
    """Wanted and found text of each cell that holds a figure or nothing."""
    assert [len(row) for row in found] == [len(row) for row in wanted]
    return [
        (want, have)
        for row, line in zip(wanted, found, strict=True)
        for want, have in zip(row, line, strict=True)
        if FIGURE.fullmatch(want)
    ]


def wrong(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cells that a reader would take for a figure, or for blank, which they are not."""
    return [(want, have) for want, have in pairs if have != want and FIGURE.fullmatch(have)]


def second_page() -> tuple[scans.Picture, list[list[str]]]:
    return scans.pictures()[1], sample.grids()[2]


def last_grid(document: Document) -> Grid:
    return list(document.grids())[-1]


def test_a_tilted_and_grainy_scan() -> None:
    page, wanted = second_page()
    document = read_document(scans.png(scans.grainy(scans.tilted(page, -1.1), 8)))
    pairs = figures(grids(document)[-1], wanted)
    assert wrong(pairs) == []
    assert sum(want == have for want, have in pairs) >= len(pairs) - 1


def test_a_picture_laid_on_its_side_is_turned() -> None:
    page, wanted = second_page()
    document = read_document(scans.png(page.rotate(90, expand=True)))
    assert wrong(figures(grids(document)[-1], wanted)) == []
    place = last_grid(document).rows[-1][0].place
    x0, y0, x1, y1 = map(float, place.removeprefix("image:@").split(","))
    assert 0 <= x0 < x1 <= page.height
    assert 0 <= y0 < y1 <= page.width


def test_lines_of_one_character_speak_against_a_way_of_looking() -> None:
    raster = pytest.importorskip("pipelines.ocr.raster")
    sheets = pytest.importorskip("pipelines.ocr.sheets")
    page, _ = second_page()
    on_its_side = pytest.importorskip("numpy").asarray(page.rotate(90, expand=True))
    reader = sheets._Reader(raster.prepared(on_its_side), sheets.Scale("image:", 1.0))
    assert not reader.is_upright()


def test_stained_figures_are_unreadable_or_right() -> None:
    page, wanted = second_page()
    from PIL import ImageDraw

    cells = last_grid(read_document(scans.png(page))).rows[-1]
    chance = random.Random(7)
    draw = ImageDraw.Draw(page)
    for cell in cells:
        x0, y0, x1, y1 = map(float, cell.place.removeprefix("image:@").split(","))
        x, y = chance.uniform(x0 + 3, x1 - 12), chance.uniform(y0 + 3, y1 - 10)
        draw.line((x, y, x + 10, y + chance.uniform(-4, 8)), fill=0, width=2)
    stained = grids(read_document(scans.png(page)))[-1]
    assert wrong(figures(stained, wanted)) == []


def test_progress_is_told_page_by_page() -> None:
    blank = scans.pictures(["一页"])[0]
    told: list[tuple[int, int]] = []
    token = progress.set(lambda done, of: told.append((done, of)))
    try:
        read_document(scans.tif([blank, blank]))
    finally:
        progress.reset(token)
    assert told == [(1, 2), (2, 2)]
