"""Pictures of reports read by recognition, and page images of scans."""

from collections.abc import Iterator

from parsers.records import Document
from pipelines.assembly import assemble, first_line_titles, problem
from pipelines.confinement import allow_more
from pipelines.conversions import converted
from pipelines.extractors import recogniser
from pipelines.ocr import SECONDS_A_PAGE, progress
from pipelines.ocr.kept import Recognised, dumped, loaded
from pipelines.ocr.raster import MAX_FRAMES, frames
from pipelines.ocr.sheets import Scale, read_sheet
from pipelines.paged.pages import joined_drafts


def recognised(payload: bytes, kind: str) -> Document:
    """Reads a picture file; places are in its pixels."""
    pages = loaded(converted(payload, recogniser(), lambda: dumped(_read(payload))))
    problems = [one for _, _, found in pages for one in found]
    blocks = assemble("image", joined_drafts(page for _, page, _ in pages))
    return Document(
        blocks=blocks,
        media_type=kind,
        charset_reason="recognised",
        titles=first_line_titles(blocks),
        problems=tuple(problems),
    )


def _read(payload: bytes) -> Iterator[Recognised]:
    for number, frame in enumerate(frames(payload), start=1):
        allow_more(SECONDS_A_PAGE)
        prefix = "image:" if number == 1 else f"image:p{number}"
        page, problems = read_sheet(frame.grey, Scale(prefix, frame.unit))
        if number == MAX_FRAMES < frame.count:
            detail = f"the file has more than {MAX_FRAMES} pictures; only these were read"
            problems.append(problem("too_long", detail, prefix))
        if frame.is_film:
            detail = "the file is a film; only its first picture was read"
            problems.append(problem("too_long", detail, prefix))
        yield number, page, problems
        progress.get()(number, min(frame.count, MAX_FRAMES))
