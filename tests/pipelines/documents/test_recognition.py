"""Scans and pictures: figures are right or unreadable, never wrong."""

import io
import random
import re
from typing import Any

import pytest

from parsers.records import Document, Grid
from pipelines.documents import read_document
from pipelines.ocr import progress
from pipelines.paged.pages import PageBlocks
from pipelines.paged.ruled import find_tables
from tests.conftest import NO_SCANS
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


def ruled_picture(columns: int, rows: int, text: str, dashes: tuple[int, int]) -> Any:
    """A table of narrow rows, the same text in each cell; rules of dashes and gaps, in pixels."""
    numpy = pytest.importorskip("numpy")
    page = scans.pictures(["一"])[0].resize((1240, 1754))
    page.paste(255, (0, 0, *page.size))
    draw = pytest.importorskip("PIL.ImageDraw").Draw(page)
    font = scans._font(scans.typefaces()[0], 24)
    for row in range(rows):
        for column in range(columns):
            draw.text((210 + 200 * column, 200 + 29 * row), text, font=font, fill=0, anchor="lt")
    grey = numpy.array(page)
    marked = numpy.arange(2000) % sum(dashes) < dashes[0]
    for y in range(197, 198 + 29 * rows, 29):
        grey[y, 200 : 201 + 200 * columns][marked[: 1 + 200 * columns]] = 0
    for x in range(200, 201 + 200 * columns, 200):
        grey[197 : 198 + 29 * rows, x][marked[: 1 + 29 * rows]] = 0
    return grey


@pytest.mark.parametrize(
    ("text", "dashes"),
    [("申请件数", (1, 0)), ("同年中十", (1, 0)), ("117", (2, 2)), ("71", (9, 4))],
)
def test_strokes_are_no_rules_and_dashes_are(text: str, dashes: tuple[int, int]) -> None:
    raster = pytest.importorskip("pipelines.ocr.raster")
    ruling = pytest.importorskip("pipelines.ocr.ruling")
    sheet = raster.prepared(ruled_picture(3, 8, text, dashes))
    tables = find_tables(ruling.ruling_of(sheet).rules, 0.3 * sheet.height)
    assert [(len(t.xs) - 1, len(t.ys) - 1, len(t.spans)) for t in tables] == [(3, 8, 24)]


def test_a_slash_is_no_figure() -> None:
    strips = pytest.importorskip("pipelines.ocr.strips")
    numpy = pytest.importorskip("numpy")
    slash, one = (numpy.zeros((40, 40), numpy.uint8) for _ in range(2))
    for y in range(5, 35):
        slash[y, 26 - y // 2 : 29 - y // 2] = one[y, 18:21] = 255
    found = [strips.strips_of(ink, (0, 0, 40, 40), 30.0)[0][0] for ink in (slash, one)]
    assert [strip.slanted for strip in found] == [True, False]
    judgement = pytest.importorskip("pipelines.ocr.judgement")
    sure = pytest.importorskip("pipelines.ocr.engine").Reading("1", (0.99,))
    texts = [judgement.judged(strip, sure, sure)[0] for strip in found]
    assert texts == [f"1{judgement.UNSURE}", "1"]


@pytest.mark.parametrize(("parts", "is_sure"), [(4, False), (5, True)])
def test_a_point_without_ink_of_its_own_is_unsure(parts: int, is_sure: bool) -> None:
    judgement = pytest.importorskip("pipelines.ocr.judgement")
    strips = pytest.importorskip("pipelines.ocr.strips")
    sure = pytest.importorskip("pipelines.ocr.engine").Reading("12.50", (0.99,) * 5)
    text, _ = judgement.judged(strips.Strip((0, 0, 60, 30), parts, 8, False), sure, sure)
    assert text == ("12.50" if is_sure else f"12.50{judgement.UNSURE}")


def test_a_file_of_very_many_pictures_is_read_in_part_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blank = scans.pictures(["一页"])[0].resize((60, 80))
    for module in ("pictures", "raster"):
        monkeypatch.setattr(f"pipelines.ocr.{module}.MAX_FRAMES", 2)
    page = PageBlocks("image:", 1.0, ())
    monkeypatch.setattr("pipelines.ocr.pictures.read_sheet", lambda *_: (page, []))
    told = [[p.kind for p in read_document(scans.tif([blank] * n)).problems] for n in (1, 2, 3)]
    assert told == [[], [], ["too_long"]]


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_of_a_film_the_first_picture_is_read_and_that_is_told(kind: str) -> None:
    image = pytest.importorskip("PIL.Image", reason=NO_SCANS)
    pytest.importorskip("pipelines.ocr.raster", reason=NO_SCANS, exc_type=ImportError)
    first, other = image.new("L", (60, 40), 255), image.new("L", (60, 40), 0)
    payload = io.BytesIO()
    first.save(payload, kind, save_all=True, append_images=[other])
    document = read_document(payload.getvalue())
    assert [one.kind for one in document.problems if one.kind != "recognised"] == ["too_long"]


def test_a_very_large_picture_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    raster = pytest.importorskip("pipelines.ocr.raster")
    page = scans.pictures(["一页"])[0]
    monkeypatch.setattr("pipelines.ocr.raster.WORKABLE_PIXELS", page.width * page.height // 3)
    for picture in (page, page.convert("1"), page.convert("RGBA")):
        (frame,) = raster.frames(scans.png(picture))
        assert (frame.unit, frame.count) == (2, 1)
        assert frame.grey.shape == (page.height // 2, page.width // 2)


def test_progress_is_told_page_by_page() -> None:
    blank = scans.pictures(["一页"])[0]
    told: list[tuple[int, int]] = []
    token = progress.set(lambda done, of: told.append((done, of)))
    try:
        read_document(scans.tif([blank, blank]))
    finally:
        progress.reset(token)
    assert told == [(1, 2), (2, 2)]
