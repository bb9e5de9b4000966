"""Runs of Word documents in white on the white of their page, which nobody sees.

A ground is shading or highlighting of the run, its paragraph, cell or table, by themselves or by a
style (ECMA-376 part 1, 17.3.5), a shape, or the background of the document. What floats behind the
text may be one too, so white text stays wherever there is such a thing.
"""

from functools import cached_property

from lxml import etree

from pipelines.limits import local_name
from pipelines.word import Styles, W, attribute, is_shading

_COLOUR = f"{W}rPr/{W}color"
_PROPERTIES = {"r": "rPr", "p": "pPr", "tc": "tcPr", "tr": "tblPrEx", "tbl": "tblPr"}
_FLOATING = ("anchor", "shape", "rect", "background", "framePr")


class Grounds:
    """What the runs of one document stand on. `root` is its main part."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._root = root
        self._styles = styles

    def is_white_on_white(self, run: etree._Element) -> bool:
        """Whether a run is printed in white, and nothing gives or may give it a ground."""
        colour = run.find(_COLOUR)
        if colour is None or attribute(colour, "val").lower() != "ffffff":
            return False
        return not (self._may_float or self._is_shaded(run))

    @cached_property
    def _may_float(self) -> bool:
        return next(self._root.iter(*(f"{{*}}{name}" for name in _FLOATING)), None) is not None

    def _is_shaded(self, run: etree._Element) -> bool:
        holders = [run, *run.iterancestors()]
        if any(local_name(holder) == "txbxContent" for holder in holders):
            return True
        return self._styles.shade(run) or any(map(_has_ground, holders))


def _has_ground(holder: etree._Element) -> bool:
    name = _PROPERTIES.get(local_name(holder))
    properties = holder.find(f"{W}{name}") if name else None
    return properties is not None and any(map(is_shading, properties))
