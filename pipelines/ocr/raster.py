"""Pictures made ready for reading: decoded within bounds, level and large enough."""

import io
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from pipelines.limits import RefusedError
from pipelines.ocr import MAX_PIXELS
from pipelines.ocr.engine import Raster

# Larger pictures are made smaller before they are read: a page scanned at 400 dots an inch is not.
WORKABLE_PIXELS = 30_000_000
MAX_FRAMES = 60
# Formats whose further pictures are those of a film; modes that are made smaller as they are.
ANIMATED = ("GIF", "WEBP", "PNG")
REDUCIBLE = ("L", "LA", "RGB", "RGBA", "CMYK")
# Characters are read best when about this high, in pixels.
GOOD_HEIGHT = 30.0
LARGEST_SCALE = 3.0
# Degrees by which scans are found askew.
STEEPEST, COARSE, FINE = 4.0, 0.5, 0.05
SKEW_WIDTH = 900
# Ink lighter than this is made black, where it differs so much from the paper.
FAINT, FAINTEST = 90, 40


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of a file in grey; `unit` pixels of the file make one.

    The file holds `count`, or more than are read; those of a film are not counted.
    """

    grey: Raster
    unit: float
    count: int
    is_film: bool = False


Affine: TypeAlias = Raster
"""A matrix of two rows and three columns."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready for reading.

    `grey` holds the upright page, `ink` the same with 255 where something is printed; `height`
    is that of a character in pixels; `back` leads from here to the pixels of the source.
    """

    grey: Raster
    ink: Raster
    height: float
    back: Affine

    def source_box(self, box: tuple[float, float, float, float]) -> tuple[float, ...]:
        """The box in the source that holds a box of the sheet."""
        x0, y0, x1, y1 = box
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]])
        points = corners @ self.back.T
        return (*map(float, points.min(axis=0)), *map(float, points.max(axis=0)))


def frames(payload: bytes) -> Iterator[Frame]:
    """The first pictures in a file.

    Raises:
        RefusedError: one has too many pixels, or the file is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(payload)) as picture:
                film = picture.format in ANIMATED and getattr(picture, "is_animated", False)
                count = 1 if picture.format in ANIMATED else _count(picture)
                for number in range(min(count, MAX_FRAMES)):
                    picture.seek(number)
                    yield Frame(*_grey(picture), count, film)
        except UnidentifiedImageError as error:  # its own words name a place in memory
            raise RefusedError("truncated", "the picture is damaged (no image in it)") from error
        except Image.DecompressionBombError as error:
            raise RefusedError("bomb", "the picture claims more pixels than are read") from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise RefusedError("truncated", f"the picture is damaged ({error})"[:300]) from error


def _count(picture: Image.Image) -> int:
    """How many pictures a file holds, up to one more than are read."""
    for number in range(1, MAX_FRAMES + 1):
        try:
            picture.seek(number)
        except EOFError:
            return number
    return MAX_FRAMES + 1


def _grey(picture: Image.Image) -> tuple[Raster, float]:
    """The picture in grey, not too large to work with, and how many of its pixels make one."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        detail = f"the picture claims {width} x {height} pixels, more than are read"
        raise RefusedError("bomb", detail)
    times = math.ceil((width * height / WORKABLE_PIXELS) ** 0.5)
    if times > 1:
        picture.draft("L", (width // times, height // times))
        times = max(round(times * picture.width / width), 1)
    if picture.mode in REDUCIBLE:
        picture, times = picture.reduce(times), 1
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    if picture.mode.startswith("I;16"):
        grey = (np.asarray(picture) >> 8).astype(np.uint8)
    else:
        grey = np.asarray(picture.convert("L"))
    smaller = _smaller(grey, times)
    return smaller, width / smaller.shape[1]


def _smaller(grey: Raster, times: int) -> Raster:
    if times == 1:
        return grey
    size = grey.shape[1] // times, grey.shape[0] // times
    smaller: Raster = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return smaller


def prepared(source: Raster, quarters: int = 0) -> Sheet:
    """A page level and large enough, turned by so many quarters against the clock."""
    grey = _darkened(_dark_on_light(np.ascontiguousarray(np.rot90(source, quarters))))
    angle = _skew(_ink(grey))
    height = character_height(_ink(grey))
    scale = min(max(GOOD_HEIGHT / height, 1.0), LARGEST_SCALE) if height else 1.0
    scale = min(scale, (WORKABLE_PIXELS / grey.size) ** 0.5)
    forth = _turning(grey.shape, angle, scale)
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    if abs(angle) >= FINE or scale > 1.01:
        grey = cv2.warpAffine(grey, forth, size, flags=cv2.INTER_CUBIC, borderValue=255)
    else:
        forth = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    ink = _ink(grey)
    level = cv2.invertAffineTransform(forth)
    back = _quarters_back(source.shape, quarters) @ np.vstack([level, [0.0, 0.0, 1.0]])
    return Sheet(grey, ink, character_height(ink), back)


def _quarters_back(shape: tuple[int, ...], quarters: int) -> Affine:
    """From a page turned by quarters to the page as it was."""
    height, width = shape[:2]
    ways = {
        0: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        1: [[0.0, -1.0, width], [1.0, 0.0, 0.0]],
        2: [[-1.0, 0.0, width], [0.0, -1.0, height]],
        3: [[0.0, 1.0, 0.0], [-1.0, 0.0, height]],
    }
    return np.array(ways[quarters])


def _dark_on_light(grey: Raster) -> Raster:
    return 255 - grey if float(np.median(grey)) < 96 else grey


def _darkened(grey: Raster) -> Raster:
    """A faint page with its ink made black: thin rules would be lost."""
    sample = grey[::4, ::4]
    ink, paper = float(np.percentile(sample, 1)), float(np.median(sample))
    if ink < FAINT or paper - ink < FAINTEST:
        return grey
    levels = np.clip((np.arange(256) - ink) * 255 / (paper - ink), 0, 255)
    darkened: Raster = levels.astype(np.uint8)[grey]
    return darkened


def _turning(shape: tuple[int, ...], angle: float, scale: float) -> Affine:
    centre = (shape[1] / 2, shape[0] / 2)
    matrix: Affine = cv2.getRotationMatrix2D(centre, angle, scale)
    matrix[:, 2] += [centre[0] * (scale - 1), centre[1] * (scale - 1)]
    return matrix


def _ink(grey: Raster) -> Raster:
    """255 where something is printed, told from the paper around it."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 18
    )


def character_height(ink: Raster) -> float:
    """The height of most characters in pixels; 0 where there are none."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, widths = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    whole = (heights >= 6) & (heights <= 160) & (widths >= 2) & (widths <= 1.6 * heights)
    whole &= stats[1:, cv2.CC_STAT_AREA] >= 8
    chosen = heights[whole]
    return float(np.percentile(chosen, 75)) if chosen.size else 0.0


def _skew(ink: Raster) -> float:
    """The angle in degrees by which to turn the page so that its lines are level."""
    factor = min(1.0, SKEW_WIDTH / ink.shape[1])
    height = min(round(ink.shape[0] * factor), 3 * SKEW_WIDTH)
    small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)[:height]
    coarse = _best_angle(small, np.arange(-STEEPEST, STEEPEST + COARSE, COARSE))
    return _best_angle(small, np.arange(coarse - COARSE, coarse + COARSE + FINE, FINE))


def _best_angle(ink: Raster, angles: Raster) -> float:
    """The angle at which rows of pixels differ most: full lines beside empty gaps."""
    return float(max(angles.tolist(), key=lambda angle: (_contrast(ink, angle), -abs(angle))))


def _contrast(ink: Raster, angle: float) -> float:
    turned = cv2.warpAffine(ink, _turning(ink.shape, angle, 1.0), ink.shape[1::-1])
    sums = turned.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(sums)).sum())
