"""Reports on paper and through a scanner: pictures of their pages, level, tilted, grainy, dim."""

import io
from functools import cache
from typing import Any

import pytest

from tests.conftest import NO_SCANS
from tests.pipelines.documents import paper, sample
from tests.pipelines.documents.sample import Rows

Picture = Any
# Looked for by name in the folders where the system keeps fonts; sans serif, then 宋体.
SANS = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "PingFang.ttc")
SERIF = ("uming.ttc", "simsun.ttc", "NotoSerifCJK-Regular.ttc")
DOTS_PER_INCH = 150


def pictures(
    blocks: list[str | Rows] | None = None, dots: int = DOTS_PER_INCH, face: int = 0
) -> list[Picture]:
    """The pages of a report as pictures; skips where the machine cannot draw or read Chinese.

    `face` is the number of the typeface, among those installed.
    """
    pytest.importorskip("rapidocr", reason=NO_SCANS)
    if not typefaces():
        pytest.skip(NO_SCANS)
    font = typefaces()[face % len(typefaces())]
    pages = paper.draw_pages(blocks or sample.sample().blocks)
    return [_drawn(page, dots / 25.4, font) for page in pages]


def _drawn(page: paper.Page, dots: float, font: str) -> Picture:
    """`dots` are those of a millimetre."""
    from PIL import Image, ImageDraw

    picture = Image.new("L", (round(paper.WIDTH * dots), round(paper.HEIGHT * dots)), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, size, text in page.texts:
        shape = _font(font, round(size * dots))
        pen.text((x * dots, y * dots), text, font=shape, fill=0, anchor="ls")
    for line in page.lines:
        pen.line([edge * dots for edge in line], fill=0, width=max(round(dots / 3), 1))
    return picture


@cache
def typefaces() -> tuple[str, ...]:
    """An installed typeface without serifs and one with, as far as there are any."""
    found = [next((name for name in names if _is_installed(name)), "") for names in (SANS, SERIF)]
    return tuple(filter(None, found))


def _is_installed(name: str) -> bool:
    from PIL import ImageFont

    try:
        ImageFont.truetype(name, 20)
    except OSError:
        return False
    return True


@cache
def _font(name: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(name, size)


def png(picture: Picture) -> bytes:
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def tif(pages: list[Picture]) -> bytes:
    """All pages in one file, as fax machines and scanners write it."""
    held = io.BytesIO()
    first, *others = pages
    first.save(held, "TIFF", save_all=True, append_images=others, compression="tiff_lzw")
    return held.getvalue()


def scanned_pdf(pages: list[Picture], dots: int = DOTS_PER_INCH, quality: int = 85) -> bytes:
    """A PDF of nothing but JPEG pictures, as scanners write it."""
    held = io.BytesIO()
    first, *others = pages
    options = {"save_all": True, "append_images": others, "quality": quality}
    first.save(held, "PDF", resolution=dots, **options)
    return held.getvalue()


def tilted(picture: Picture, degrees: float) -> Picture:
    from PIL import Image

    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


def grainy(picture: Picture, strength: float) -> Picture:
    from PIL import Image, ImageChops

    grain = Image.effect_noise(picture.size, strength)
    return ImageChops.add(picture, grain, offset=-128)


def dim(picture: Picture) -> Picture:
    """Unevenly lit, as by a camera: half as bright at one edge."""
    from PIL import Image, ImageChops

    light = Image.linear_gradient("L").rotate(90).resize(picture.size)
    return ImageChops.multiply(picture, light.point(lambda value: 128 + value // 2))


def askew(picture: Picture, share: float) -> Picture:
    """Seen from the side: one edge is shorter by so much of the page."""
    from PIL import Image

    width, height = picture.size
    inset = share * height
    corners = (0, -inset, 0, height + inset, width, height, width, 0)
    return picture.transform(
        picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255
    )
