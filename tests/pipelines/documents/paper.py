"""Lays the sample out on pages, in millimetres, for PDF and OFD; long tables break over pages."""

import zlib
from dataclasses import dataclass, field

from tests.pipelines.documents.sample import Rows, positions

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 25.0
SIZE, LEADING = 3.5, 6.0
POINTS = 72 / 25.4


@dataclass
class Page:
    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


class Paper:
    def __init__(self) -> None:
        self.pages = [Page()]
        self.y = MARGIN

    def new_page(self) -> None:
        number = len(self.pages)
        self.pages[-1].texts.append((WIDTH / 2, HEIGHT - 12, SIZE, f"- {number} -"))
        self.pages.append(Page())
        self.y = MARGIN

    def room(self, height: float) -> bool:
        return self.y + height <= HEIGHT - MARGIN

    def write(self, text: str) -> None:
        per_line = int((WIDTH - 2 * MARGIN) / SIZE)
        rest, indent = text, 2
        while rest:
            if not self.room(LEADING):
                self.new_page()
            line, rest = rest[: per_line - indent], rest[per_line - indent :]
            self.pages[-1].texts.append((MARGIN + indent * SIZE, self.y + SIZE, SIZE, line))
            self.y += LEADING
            indent = 0

    def table(self, rows: Rows) -> None:
        cells = list(positions(rows))
        width = max(x + colspan for _, _, x, colspan, _ in cells)
        step = (WIDTH - 2 * MARGIN) / width
        heights = [self._height(cells, row, step) for row in range(len(rows))]
        top = 0
        while top < len(rows):
            bottom, used = top, 0.0
            while bottom < len(rows) and self.room(used + heights[bottom]):
                used += heights[bottom]
                bottom += 1
            if bottom == top:
                self.new_page()
                continue
            self._piece(cells, heights, top, bottom, step)
            top = bottom
            if top < len(rows):
                self.new_page()
        self.y += 4

    def _height(self, cells: list[tuple[str, int, int, int, int]], row: int, step: float) -> float:
        tallest = 1
        for text, y, _, colspan, rowspan in cells:
            if y <= row < y + rowspan:
                lines = len(_lines_of(text, step * colspan))
                tallest = max(tallest, -(-lines // rowspan))
        return tallest * (SIZE + 0.6) + 2

    def _piece(
        self,
        cells: list[tuple[str, int, int, int, int]],
        heights: list[float],
        top: int,
        bottom: int,
        step: float,
    ) -> None:
        edges = [self.y]
        for row in range(top, bottom):
            edges.append(edges[-1] + heights[row])
        for text, y, x, colspan, rowspan in cells:
            first, last = max(y, top), min(y + rowspan, bottom)
            if first >= last:
                continue
            box = (
                MARGIN + x * step,
                edges[first - top],
                MARGIN + (x + colspan) * step,
                edges[last - top],
            )
            self._cell(text if y >= top else "", box)
        self.y = edges[-1]

    def _cell(self, text: str, box: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = box
        page = self.pages[-1]
        page.lines += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        for number, line in enumerate(_lines_of(text, x1 - x0)):
            y = y0 + 1 + SIZE + number * (SIZE + 0.6)
            page.texts.append((x0 + 0.5, y, SIZE, line))


def _lines_of(text: str, width: float) -> list[str]:
    per_line = max(int((width - 1) / SIZE), 1)
    # Without an embedded font a line of one character has no extent, and the PDF library
    # leaves it out: the last line gets two.
    if len(text) > per_line > 2 and len(text) % per_line == 1:
        per_line -= 1
    return [text[start : start + per_line] for start in range(0, len(text), per_line)]


def draw_pages(blocks: list[str | Rows]) -> list[Page]:
    paper = Paper()
    for block in blocks:
        if isinstance(block, str):
            paper.write(block)
        else:
            paper.table(block)
    return paper.pages


def pdf_of(pages: list[Page], filled_borders: bool = False, compress: bool = False) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
    ]
    for number, page in enumerate(pages):
        content = _content(page, filled_borders)
        kind = b""
        if compress:
            content, kind = zlib.compress(content), b" /Filter /FlateDecode"
        size = b"%.2f %.2f" % (WIDTH * POINTS, HEIGHT * POINTS)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (size, 7 + 2 * number)
        )
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), kind, content))
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number + 1, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )
    return bytes(data)


def _content(page: Page, filled: bool) -> bytes:
    lines = []
    for x, y, size, text in page.texts:
        code = text.encode("utf-16-be").hex()
        position = f"{x * POINTS:.2f} {(HEIGHT - y) * POINTS:.2f}"
        lines.append(f"BT /F1 {size * POINTS:.2f} Tf {position} Td <{code}> Tj ET")
    for x0, y0, x1, y1 in page.lines:
        left, top, right, bottom = (
            x0 * POINTS,
            (HEIGHT - y0) * POINTS,
            x1 * POINTS,
            (HEIGHT - y1) * POINTS,
        )
        if filled:
            lines.append(
                f"{left:.2f} {bottom:.2f} {max(right - left, 0.5):.2f} "
                f"{max(top - bottom, 0.5):.2f} re f"
            )
        else:
            lines.append(f"0.5 w {left:.2f} {top:.2f} m {right:.2f} {bottom:.2f} l S")
    return "\n".join(lines).encode("ascii")
