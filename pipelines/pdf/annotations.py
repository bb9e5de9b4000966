"""Texts that a viewer types onto a PDF page: fields of forms and boxes of free text.

They are no part of the page's content; they are drawn into it before it is read.
"""

import ctypes
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.pdf.seen import Bounds

TYPED = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET)
UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MAX_ANNOTATIONS = 1_000
# Two bytes are the end of an empty string.
EMPTY = 2


def opened_page(
    document: pypdfium2.PdfDocument, index: int
) -> tuple[pypdfium2.PdfPage, list[Bounds], bool]:
    """A page with what is typed onto it, and the boxes of what is and cannot be drawn.

    A text without an appearance of its own is shown by some viewers, in a way of theirs. The third
    is whether there are more annotations than are looked at.
    """
    page = document[index]
    is_cut = pdfium.FPDFPage_GetAnnotCount(page.raw) > MAX_ANNOTATIONS
    is_typed, lost = _typed(page)
    if not is_typed:
        return page, lost, is_cut
    done = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    if done != pdfium.FLATTEN_SUCCESS:
        return page, lost, is_cut
    page.close()
    return document[index], lost, is_cut


def _typed(page: pypdfium2.PdfPage) -> tuple[bool, list[Bounds]]:
    """Whether any text is typed onto a page, and where such texts have no appearance."""
    is_typed, lost = False, []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if _is_shown(annotation):
            is_drawn = pdfium.FPDFAnnot_GetAP(annotation, 0, None, 0) > EMPTY
            is_typed = is_typed or is_drawn
            lost += [] if is_drawn or not _says(annotation) else [_bounds(annotation)]
        pdfium.FPDFPage_CloseAnnot(annotation)
    return is_typed, lost


def _is_shown(annotation: Any) -> bool:
    is_typed = pdfium.FPDFAnnot_GetSubtype(annotation) in TYPED
    return is_typed and not pdfium.FPDFAnnot_GetFlags(annotation) & UNSEEN


def _says(annotation: Any) -> bool:
    """Whether an annotation holds any text: what is typed, or the value of its field."""
    sizes = (
        pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0) for key in (b"Contents", b"V")
    )
    return any(size > EMPTY for size in sizes)


def _bounds(annotation: Any) -> Bounds:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top
