"""What an OFD page is drawn with: its own objects, those of templates, and composite units."""

import posixpath
import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from pipelines.limits import Package, local_name

MAX_DEPTH = 4
MAX_UNITS = 2_000
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_UNIT, _USE = "CompositeGraphicUnit", "CompositeObject"

Affine: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Part: TypeAlias = tuple[etree._Element, Affine]
"""An element with objects, and how its coordinates become those of the page."""


class Parts:
    """The parts of the pages of a file; resources are looked through once, when first needed."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._units: dict[str, etree._Element] | None = None

    def of(self, page: etree._Element) -> list[Part]:
        """The page itself, the templates below it, and the units that any of them places."""
        roots = [page, *_templates(self._package, page)]
        placed = (part for root in roots for part in self._placed(root, IDENTITY, MAX_DEPTH))
        return [part for part, _ in zip(placed, range(MAX_UNITS), strict=False)]

    def _placed(self, root: etree._Element, matrix: Affine, depth: int) -> Iterator[Part]:
        yield root, matrix
        for element in root.iter() if depth else ():
            if local_name(element) == _USE:
                unit = self._unit(element.get("ResourceID", ""))
                if unit is not None:
                    yield from self._placed(unit, joined(matrix, placing(element)), depth - 1)

    def _unit(self, number: str) -> etree._Element | None:
        if self._units is None:
            self._units = dict(_units(self._package))
        return self._units.get(number)


def _units(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for member in package.members:
        name = member.filename
        if name.lower().endswith("res.xml"):
            root = package.xml(name)
            for element in root.iter() if root is not None else ():
                if local_name(element) == _UNIT:
                    yield element.get("ID", ""), element


def _templates(package: Package, page: etree._Element) -> list[etree._Element]:
    """The template pages that a page is drawn on: forms put their lines there."""
    wanted = {e.get("TemplateID") for e in page.iter() if local_name(e) == "Template"}
    found = []
    for info in package.members if wanted else ():
        if posixpath.basename(info.filename).lower() != "document.xml":
            continue
        root = package.xml(info.filename)
        for entry in root.iter() if root is not None else ():
            if local_name(entry) == "TemplatePage" and entry.get("ID") in wanted:
                base = posixpath.dirname(info.filename)
                location = entry.get("BaseLoc", "").lstrip("/")
                for name in (posixpath.join(base, location), location):
                    if name in package:
                        found.append(package.xml(name))
                        break
    return [root for root in found if root is not None]


def placing(element: etree._Element) -> Affine:
    """How an object's own coordinates become those around it: its matrix, then its boundary."""
    a, b, c, d, e, f = _matrix(element.get("CTM", ""))
    numbers = re.findall(NUMBER, element.get("Boundary", ""))
    x, y = (float(numbers[0]), float(numbers[1])) if len(numbers) == 4 else (0.0, 0.0)
    return a, b, c, d, e + x, f + y


def _matrix(text: str) -> Affine:
    numbers = [float(number) for number in re.findall(NUMBER, text)]
    return tuple(numbers) if len(numbers) == 6 else IDENTITY  # type: ignore[return-value]


def joined(outer: Affine, inner: Affine) -> Affine:
    """Both, the inner one first."""
    a, b, c, d, _, _ = inner
    e, f = applied(outer, (inner[4], inner[5]))
    (right, down), (across, below) = (
        (outer[0] * x + outer[2] * y, outer[1] * x + outer[3] * y) for x, y in ((a, b), (c, d))
    )
    return right, down, across, below, e, f


def applied(matrix: Affine, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f
