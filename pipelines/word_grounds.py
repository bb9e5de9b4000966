"""Runs of Word documents in white on the white of their page, which nobody sees.

A run is white by itself or by a style of it or its paragraph.

A ground is shading or highlighting of the run, its paragraph, cell or table, by themselves or by a
style (ECMA-376 part 1, 17.3.5), a text box, or the background of the document. What floats behind
the text may be one too, so white text stays wherever there is such a thing.
"""

from functools import cached_property

from lxml import etree

from pipelines.limits import local_name
from pipelines.word import Styles, W, is_shading

_PROPERTIES = {"r": "rPr", "p": "pPr", "tc": "tcPr", "tr": "tblPrEx", "tbl": "tblPr"}
_FLOATING = ("anchor", "shape", "rect", "roundrect", "oval", "group", "background", "framePr")
_DRAWN = frozenset({"shape", "rect", "roundrect", "oval", "group"})
_BEHIND = "z-index:-"


class Grounds:
    """What the runs of one document stand on. `root` is its main part."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._root = root
        self._styles = styles

    def is_white_on_white(self, run: etree._Element) -> bool:
        """Whether a run is printed in white, and nothing gives or may give it a ground."""
        if self._styles.colour(run).lower() != "ffffff":
            return False
        return not (self._may_float or self._is_shaded(run))

    @cached_property
    def _may_float(self) -> bool:
        return any(map(_is_behind, self._root.iter(*(f"{{*}}{name}" for name in _FLOATING))))

    def _is_shaded(self, run: etree._Element) -> bool:
        holders = [run, *run.iterancestors()]
        if any(local_name(holder) == "txbxContent" for holder in holders):
            return True
        return self._styles.shade(run) or any(map(_has_ground, holders))


def _is_behind(floating: etree._Element) -> bool:
    """Whether what floats may lie behind the text; what lies before it is no ground."""
    name = local_name(floating)
    if name == "anchor":
        return floating.get("behindDoc", "0") in ("1", "true")
    return name not in _DRAWN or _BEHIND in floating.get("style", "").replace(" ", "")


def _has_ground(holder: etree._Element) -> bool:
    name = _PROPERTIES.get(local_name(holder))
    properties = holder.find(f"{W}{name}") if name else None
    return properties is not None and any(map(is_shading, properties))
