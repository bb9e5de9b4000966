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
from pipelines.ofd_parts import NUMBER, Part, Parts, applied, joined, placing
from pipelines.ofd_shown import is_transparent, shown
from pipelines.paged.drawing import PageDrawing
from pipelines.paged.glyphs import Glyph
from pipelines.paged.pages import joined_drafts, page_blocks
from pipelines.paged.ruled import Rule, rules_of_outline
from pipelines.paged.telling import page_problems, too_long

POINTS = 72 / 25.4
ASCENT, DESCENT = 0.85, 0.15
MAX_PATHS = 20_000
MAX_TOLD = 20
# The list of an encrypted file's ciphers (GB/T 33190, 16).
ENCRYPTED = "encryptions.xml"

# Printed instead of characters that only the glyphs of an embedded font show (GB/T 33190, 11.3).
GLYPH_ALONE, UNREADABLE = "¤", "\ufffd"

_COMMAND = re.compile(rf"([SMLQBAC])((?:\s*{NUMBER})*)")


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
            parts = Parts(package)
            drawings = [_drawing(package, parts, page) for page in pages]
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


def _drawing(package: Package, resources: Parts, page: ofdkit.Page) -> PageDrawing:
    left, top, width, height = page.box
    glyphs = tuple(g for run in page.runs for g in _glyphs(run, left, top))
    root = package.xml(page.location) if page.location else None
    parts = resources.of(root) if root is not None else []
    roots = [root for root, _ in parts]
    rules = [rule for part in parts for rule in _rules(part, left, top)]
    pictures = sum(1 for part in roots for e in part.iter() if local_name(e) == "ImageObject")
    return PageDrawing(
        "ofd",
        page.index + 1,
        width * POINTS,
        height * POINTS,
        glyphs,
        tuple(rules),
        pictures,
        unreadable=sum(glyph.text == UNREADABLE for glyph in glyphs),
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
        shown = UNREADABLE if char == GLYPH_ALONE else char
        yield Glyph(shown, *(value * POINTS for value in box))
        x += weight * unit


def _rules(part: Part, left: float, top: float) -> Iterator[Rule]:
    root, around = part
    paths = (e for e in root.iter() if local_name(e) == "PathObject")
    for path, _ in zip(paths, range(MAX_PATHS), strict=False):
        matrix = joined(around, placing(path))
        stroke = path.get("Stroke", "true").lower() != "false"
        data = next((e.text or "" for e in path if local_name(e) == "AbbreviatedData"), "")
        for outline in _outlines(data):
            moved = (applied(matrix, point) for point in outline)
            shown = [((x - left) * POINTS, (y - top) * POINTS) for x, y in moved]
            yield from rules_of_outline(shown, stroke)


def _outlines(data: str) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of abbreviated path data."""
    points: list[tuple[float, float]] = []
    straight = True
    for command, arguments in _COMMAND.findall(data):
        numbers = [float(number) for number in re.findall(NUMBER, arguments)]
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
