"""What of the pages of a file cannot be read: scans, fonts that do not tell their characters."""

from collections.abc import Iterator, Sequence

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.limits import MAX_PAGES
from pipelines.paged.drawing import PageDrawing

# A page with fewer characters and a picture is a scan.
SCAN_CHARACTERS = 20
UNREADABLE_SHARE = 0.2


def page_problems(drawings: Sequence[PageDrawing]) -> Iterator[Problem]:
    """Pages that cannot be read: scans, and fonts that do not tell their characters."""
    told = False
    for drawing in drawings:
        if drawing.is_cut:
            detail = f"page {drawing.number} draws more than is looked at; the rest was not read"
            yield problem("too_large", detail, drawing.place)
            told = True
        shown = sum(1 for glyph in drawing.glyphs if glyph.text.strip())
        if drawing.unreadable > UNREADABLE_SHARE * (shown + drawing.unreadable):
            detail = f"the fonts of page {drawing.number} do not tell which characters they print"
            yield problem("no_text_map", detail, drawing.place)
            told = True
        elif drawing.unreadable:
            detail = f"{drawing.unreadable} characters of page {drawing.number} cannot be told"
            yield problem("unreadable_characters", detail, drawing.place)
        elif drawing.is_unseen:
            detail = f"the text of page {drawing.number} is a layer that its picture hides: "
            yield problem("unseen_text", f"{detail}it may not be what is shown", drawing.place)
        elif is_scan(drawing):
            detail = f"page {drawing.number} is a picture without text"
            yield problem("picture", detail, drawing.place)
            told = True
        else:
            yield from _unusual_texts(drawing)
    if not told and _is_unmapped(drawings):
        yield problem("no_text_map", "the file prints letters and no Chinese character at all")
    elif not told and not any(drawing.glyphs for drawing in drawings):
        yield problem("no_text", "no text was found in the file")


def _unusual_texts(drawing: PageDrawing) -> Iterator[Problem]:
    if drawing.insets:
        detail = f"{drawing.insets} pictures beside the text of page {drawing.number} were not read"
        yield problem("picture", detail, drawing.place)
    if drawing.without_ink:
        detail = f"{drawing.without_ink} texts of page {drawing.number} are drawn without ink "
        yield problem("unseen_text", f"{detail}or white on white: unseen", drawing.place)
    if drawing.is_unchecked:
        detail = f"page {drawing.number} has more texts that may be unseen than are looked at"
        yield problem("unseen_text", f"{detail}: the others count as seen", drawing.place)
    if drawing.aslant:
        detail = f"{drawing.aslant} texts of page {drawing.number} stand aslant"
        yield problem(
            "text_aslant", f"{detail}, as watermarks do, and were left out", drawing.place
        )


def _is_unmapped(drawings: Sequence[PageDrawing]) -> bool:
    """Whether text is no Chinese at all: its fonts number their characters as they like."""
    texts = [glyph.text for drawing in drawings for glyph in drawing.glyphs]
    letters = sum(map(str.isalpha, texts))
    return letters > SCAN_CHARACTERS and not any("\u4e00" <= text <= "\u9fff" for text in texts)


def is_scan(drawing: PageDrawing) -> bool:
    """Whether a page is a picture with hardly any text, or none that is seen."""
    if drawing.is_unseen:
        return True
    shown = sum(1 for glyph in drawing.glyphs if glyph.text.strip())
    return shown < SCAN_CHARACTERS and drawing.pictures > 0 and not drawing.unreadable


def too_long(count: int) -> list[Problem]:
    """A problem where a file has more pages than are read."""
    if count <= MAX_PAGES:
        return []
    return [problem("too_long", f"the file has {count} pages; the first {MAX_PAGES} were read")]
