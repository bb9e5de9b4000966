"""The sample on paper and through a scanner: pictures of its pages, level, tilted, grainy."""

import io
from functools import cache
from typing import Any

import pytest

from tests.pipelines.documents import paper, sample

Picture = Any
# Looked for by name in the folders where the system keeps fonts.
FONTS = ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "uming.ttc", "simsun.ttc", "PingFang.ttc")
DOTS_PER_INCH = 150


def pictures() -> list[Picture]:
    """The pages of the sample as pictures; skips where the machine cannot draw Chinese."""
    pytest.importorskip("rapidocr", reason="the ocr extra is not installed: gongkai[ocr]")
    return [_drawn(page) for page in paper.draw_pages(sample.sample().blocks)]


def _drawn(page: paper.Page) -> Picture:
    from PIL import Image, ImageDraw

    dots = DOTS_PER_INCH / 25.4
    picture = Image.new("L", (round(paper.WIDTH * dots), round(paper.HEIGHT * dots)), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, size, text in page.texts:
        pen.text((x * dots, y * dots), text, font=_font(round(size * dots)), fill=0, anchor="ls")
    for line in page.lines:
        pen.line([edge * dots for edge in line], fill=0, width=2)
    return picture


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    pytest.skip("no Chinese font is installed to draw scans with")


def png(picture: Picture) -> bytes:
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def scanned_pdf(pages: list[Picture], quality: int = 85) -> bytes:
    """A PDF of nothing but JPEG pictures, as scanners write it."""
    held = io.BytesIO()
    first, *others = pages
    first.save(
        held,
        "PDF",
        resolution=DOTS_PER_INCH,
        save_all=True,
        append_images=others,
        quality=quality,
    )
    return held.getvalue()


def tilted(picture: Picture, degrees: float) -> Picture:
    from PIL import Image

    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


def grainy(picture: Picture, strength: float) -> Picture:
    from PIL import Image, ImageChops

    grain = Image.effect_noise(picture.size, strength)
    return ImageChops.add(picture, grain, offset=-128)
