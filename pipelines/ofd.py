"""OFD (GB/T 33190), the national page format: text runs from ofdkit, ruled lines from the paths."""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import ofdkit
from lxml import etree

from parsers.records import Document, Problem, TitleCandidate
from pipelines.assembly import assemble, first_line_titles, problem
from pipelines.limits import MAX_PAGES, Package, RefusedError, local_name
from pipelines.ofd_shown import is_transparent, shown
from pipelines.paged.drawing import PageDrawing
from pipelines.paged.glyphs import Glyph
from pipelines.paged.pages import joined_drafts, page_blocks, page_problems, too_long
from pipelines.paged.ruled import Rule, rules_of_outline

POINTS = 72 / 25.4
ASCENT, DESCENT = 0.85, 0.15
MAX_PATHS = 20_000
MAX_TOLD = 20
# The list of an encrypted file's ciphers (GB/T 33190, 16).
ENCRYPTED = "encryptions.xml"

Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_COMMAND = re.compile(rf"([SMLQBAC])((?:\s*{_NUMBER})*)")


def read_ofd(payload: bytes) -> Document:
    """Reads an OFD file."""
    package = Package(payload)
    if any(_is_locked(member) for member in package.members):
        raise RefusedError("encrypted", "the OFD file is encrypted")
    payload, left_out = shown(payload)
    package = Package(payload)
    try:
        with ofdkit.open(payload) as document:
            count = len(document.pages)
            pages = document.pages[:MAX_PAGES]
            drawings = [_drawing(package, page) for page in pages]
            title = (document.info.title or "").strip()
            missing = [problem("missing_part", str(told)) for told in document.warnings[:MAX_TOLD]]
    except ofdkit.OFDLimitError as error:
        code = "entities" if "DTD" in str(error) else "bomb"
        raise RefusedError(code, f"the OFD file is not read ({error})"[:200]) from error
    except ofdkit.OFDError as error:
        raise RefusedError("unreadable", f"the OFD file is damaged ({error})"[:200]) from error
    missing += _told(left_out)
    blocks = assemble("ofd", joined_drafts(map(page_blocks, drawings)))
    core = (TitleCandidate(title, "core"),) if title else ()
    return Document(
        blocks=blocks,
        media_type="ofd",
        charset_reason="text objects",
        titles=(*first_line_titles(blocks), *core),
        problems=(*too_long(count), *missing, *page_problems(drawings)),
    )


def _told(left_out: Counter[str]) -> Iterator[Problem]:
    if hidden := left_out["hidden"]:
        detail = f"{hidden} texts that the file hides were left out"
        yield problem("hidden_text", detail)
    if aslant := left_out["aslant"]:
        detail = f"{aslant} texts stand aslant, as watermarks do, and were left out"
        yield problem("text_aslant", detail)


def _is_locked(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & 1) or posixpath.basename(member.filename).lower() == ENCRYPTED


def _drawing(package: Package, page: ofdkit.Page) -> PageDrawing:
    left, top, width, height = page.box
    glyphs = tuple(g for run in page.runs for g in _glyphs(run, left, top))
    root = package.xml(page.location) if page.location else None
    roots = [root, *_templates(package, root)] if root is not None else []
    rules = [rule for part in roots for rule in _rules(part, left, top)]
    pictures = sum(1 for part in roots for e in part.iter() if local_name(e) == "ImageObject")
    return PageDrawing(
        "ofd",
        page.index + 1,
        width * POINTS,
        height * POINTS,
        glyphs,
        tuple(rules),
        pictures,
        is_unseen=pictures > 0 and _is_unseen(roots),
    )


def _is_unseen(roots: list[etree._Element]) -> bool:
    """Whether most of a page's texts leave no mark."""
    texts = [e for root in roots for e in root.iter() if local_name(e) == "TextObject"]
    return 2 * sum(map(is_transparent, texts)) > len(texts)


def _glyphs(run: ofdkit.TextRun, left: float, top: float) -> Iterator[Glyph]:
    """The characters of a run; the file tells the run's width, they share it by their kind."""
    weights = [0.5 if char.isascii() else 1.0 for char in run.text]
    unit = run.width / sum(weights) if weights else 0.0
    x = run.x - left
    y0, y1 = run.y - top - ASCENT * run.size, run.y - top + DESCENT * run.size
    for char, weight in zip(run.text, weights, strict=True):
        box = (x, y0, x + weight * unit, y1)
        yield Glyph(char, *(value * POINTS for value in box))
        x += weight * unit


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


def _rules(page: etree._Element, left: float, top: float) -> Iterator[Rule]:
    paths = (e for e in page.iter() if local_name(e) == "PathObject")
    for path, _ in zip(paths, range(MAX_PATHS), strict=False):
        x, y = _offset(path)
        matrix = _matrix(path.get("CTM", ""))
        stroke = path.get("Stroke", "true").lower() != "false"
        data = next((e.text or "" for e in path if local_name(e) == "AbbreviatedData"), "")
        for outline in _outlines(data):
            moved = (_applied(matrix, point) for point in outline)
            shown = [((x + px - left) * POINTS, (y + py - top) * POINTS) for px, py in moved]
            yield from rules_of_outline(shown, stroke)


def _offset(path: etree._Element) -> tuple[float, float]:
    numbers = re.findall(_NUMBER, path.get("Boundary", ""))
    return (float(numbers[0]), float(numbers[1])) if len(numbers) == 4 else (0.0, 0.0)


def _matrix(text: str) -> Affine:
    numbers = [float(number) for number in re.findall(_NUMBER, text)]
    return tuple(numbers) if len(numbers) == 6 else IDENTITY  # type: ignore[return-value]


def _applied(matrix: Affine, point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of abbreviated path data."""
    points: list[tuple[float, float]] = []
    straight = True
    for command, arguments in _COMMAND.findall(data):
        numbers = [float(number) for number in re.findall(_NUMBER, arguments)]
        if command in "SM":
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        if command in "SML" and len(numbers) >= 2:
            points.append((numbers[0], numbers[1]))
        elif command == "C" and points:
            points.append(points[0])
        elif command in "QBA":
            straight = False
    if straight and len(points) > 1:
        yield points
