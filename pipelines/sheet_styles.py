"""What the cell styles of an xlsx package say of its cells (ECMA-376 part 1, 18.8)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from pipelines.number_formats import BUILT_IN

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WHITES = {("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("theme", "0"), ("indexed", "9")}
_WHITES |= {("indexed", "1")}


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The number format of each cell style; the styles that strike out, and white ones."""

    formats: list[str] = field(default_factory=list)
    struck: frozenset[int] = frozenset()
    white: frozenset[int] = frozenset()


def read_cell_styles(root: etree._Element | None) -> CellStyles:
    """The cell styles of a package by their numbers; `root` is the part that holds them."""
    if root is None:
        return CellStyles()
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{S}numFmt")}
    built_in = {str(number): pattern for number, pattern in BUILT_IN.items()}
    styles = list(root.iterfind(f"{S}cellXfs/{S}xf"))
    ids = [xf.get("numFmtId", "0") for xf in styles]
    fonts = list(root.iterfind(f"{S}fonts/{S}font"))
    plain = _numbers(map(_is_plain, root.iterfind(f"{S}fills/{S}fill")))
    crossed, white = _numbers(map(is_struck, fonts)), _numbers(map(_is_white_font, fonts))
    return CellStyles(
        [own.get(number) or built_in.get(number, "") for number in ids],
        frozenset(n for n, xf in enumerate(styles) if xf.get("fontId") in crossed),
        frozenset(
            n
            for n, xf in enumerate(styles)
            if xf.get("fontId") in white and xf.get("fillId", "0") in plain
        ),
    )


def is_struck(font: etree._Element | None) -> bool:
    """Whether a font strikes its text out."""
    strike = font.find(f"{S}strike") if font is not None else None
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _numbers(held: Iterable[bool]) -> set[str]:
    return {str(number) for number, is_so in enumerate(held) if is_so}


def _is_white_font(font: etree._Element) -> bool:
    return _is_white(font.find(f"{S}color"))


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None or colour.get("tint", "0") != "0":
        return False
    return any((str(name), value.upper()) in _WHITES for name, value in colour.attrib.items())


def _is_plain(fill: etree._Element) -> bool:
    """Whether a fill leaves the white of the page, or is white."""
    pattern = fill.find(f"{S}patternFill")
    if pattern is None:
        return False
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(pattern.find(f"{S}fgColor")))
