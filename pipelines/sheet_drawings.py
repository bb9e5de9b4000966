"""Text boxes that lie on the sheets of an xlsx package (ECMA-376 part 1, 20.5 and 21.1.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipelines.limits import Package, local_name
from pipelines.relations import read_relations
from pipelines.word_content import choice

MOST_BOXES = 1_000
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PRINTED = {f"{_A}r": "", f"{_A}fld": "", f"{_A}br": "\n"}


@dataclass(frozen=True, slots=True)
class TextBox:
    """A shape with its lines, and the cell (row and column from 0) that its corner lies on."""

    row: int
    col: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class Drawing:
    """The text boxes of a sheet by rows; how many it hides, and how many texts it strikes out."""

    boxes: list[TextBox]
    hidden: int = 0
    struck: int = 0


def read_drawings(package: Package, sheet: str) -> Drawing:
    """What the drawings of a sheet hold; `sheet` is the name of its part."""
    drawing = Drawing([])
    root = package.xml(read_relations(package, sheet).part("drawing", ""))
    for anchor in root if root is not None else ():
        _read_anchor(anchor, drawing)
    drawing.boxes.sort(key=lambda box: (box.row, box.col))
    return drawing


def _read_anchor(anchor: etree._Element, drawing: Drawing) -> None:
    row, col = (int(number[:6]) for number in _corner(anchor))
    for shape in _shapes(anchor):
        drawing.struck += sum(_is_struck(run) for run in shape.iter(f"{_A}r"))
        lines = tuple(line for line in _lines(shape) if line.strip())
        if not lines or len(drawing.boxes) >= MOST_BOXES:
            continue
        if _is_hidden(shape):
            drawing.hidden += 1
        else:
            drawing.boxes.append(TextBox(row, col, lines))


def _corner(anchor: etree._Element) -> Iterator[str]:
    """Row and column of the cell under an anchor; 0 where it names none."""
    for name in ("row", "col"):
        number = anchor.findtext(f"{{*}}from/{{*}}{name}") or ""
        yield number if number.isascii() and number.isdecimal() else "0"


def _shapes(parent: etree._Element) -> Iterator[etree._Element]:
    """The shapes of an anchor in order, through groups and alternate content."""
    for child in parent:
        name = local_name(child)
        if name == "sp":
            yield child
        elif name == "grpSp":
            yield from _shapes(child)
        elif name == "AlternateContent":
            yield from _shapes(choice(child))


def _is_hidden(shape: etree._Element) -> bool:
    """Whether a shape or a group around it is not shown."""
    properties = (
        holder.find(f"{{*}}{name}/{{*}}cNvPr")
        for holder in (shape, *shape.iterancestors())
        for name in ("nvSpPr", "nvGrpSpPr")
    )
    return any(one is not None and one.get("hidden") in ("1", "true") for one in properties)


def _lines(shape: etree._Element) -> Iterator[str]:
    for paragraph in shape.iterfind(f"{{*}}txBody/{_A}p"):
        runs = (_PRINTED[r.tag] + _text(r) for r in paragraph if r.tag in _PRINTED)
        yield from "".join(runs).split("\n")


def _text(run: etree._Element) -> str:
    return "" if _is_struck(run) else run.findtext(f"{_A}t") or ""


def _is_struck(run: etree._Element) -> bool:
    properties = run.find(f"{_A}rPr")
    return properties is not None and properties.get("strike", "noStrike") != "noStrike"
