"""What paragraphs of Word documents print: the final text of their runs, fields and symbols."""

from collections.abc import Mapping

from lxml import etree

from pipelines.limits import local_name
from pipelines.word import (
    MOVED,
    PARAGRAPH_STYLE_NAME,
    Styles,
    W,
    attribute,
    is_on,
    number_attribute,
)
from pipelines.word_content import choice, has_symbols, symbol, symbols_of
from pipelines.word_fields import Fields
from pipelines.word_grounds import Grounds
from pipelines.word_tables import DELETED

# What a document shows of a file of its own: other documents, diagrams and charts.
EMBEDDED = ("altChunk", "OLEObject", "relIds", "chart")
STRUCK = ("strike", "dstrike")
INLINE_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
PRINTED = frozenset({"t", "sym", "fldChar", "instrText", *INLINE_BREAKS})
TEXT = f"{W}t"
# Elements of which none says more of a paragraph than how its text looks.
_LOOKS = (
    *("rFonts", "sz", "szCs", "b", "bCs", "i", "iCs", "u", "lang", "kern", "w", "spacing"),
    *("jc", "ind", "snapToGrid", "widowControl", "keepNext", "keepLines", "wordWrap", "kinsoku"),
    *("adjustRightInd", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "textAlignment"),
    *("overflowPunct", "contextualSpacing", "proofErr", "bookmarkStart", "bookmarkEnd"),
)
PLAIN = frozenset(f"{W}{name}" for name in ("p", "r", "t", "pPr", "pStyle", "rPr", *_LOOKS))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Texts:
    """Reads the paragraphs of one document, and counts what is left out of them.

    `pictures` are the parts of the package that hold pictures shown in them.
    """

    def __init__(self, body: etree._Element, styles: Styles, targets: Mapping[str, str]) -> None:
        self.pictures: list[str] = []
        self.struck = self.hidden = self.embedded = 0
        self._styles = styles
        self._grounds = Grounds(body.getroottree().getroot(), styles)
        self._targets = targets
        self._fields = Fields()

    def plain(self, paragraph: etree._Element) -> str | None:
        """The text of a paragraph that has neither number nor heading, nor any but plain runs.

        Nothing where it may have; most paragraphs of a table are plain, and so read in one go.
        """
        tags = {element.tag for element in paragraph.iter()}
        if not tags <= PLAIN:
            return None
        if PARAGRAPH_STYLE_NAME in tags and not self._styles.is_body(paragraph):
            return None
        text = "".join([element.text or "" for element in paragraph.iter(TEXT)])
        return None if "\n" in text or has_symbols(text) else text

    def read(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """The text of a paragraph, and the text boxes that are fixed to it."""
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        self._fields = Fields()
        self._collect(paragraph, pieces, boxes)
        return "".join(pieces), boxes

    def _collect(
        self, element: etree._Element, pieces: list[str], boxes: list[etree._Element]
    ) -> None:
        for child in element:
            name = local_name(child)
            if name in PRINTED:
                pieces.append(self._printed(name, child))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                self._collect(choice(child), pieces, boxes)
            elif name == "blip" or name in EMBEDDED:
                self.note_shown(child)
            elif name == "r":
                self._run(child, pieces, boxes)
            elif name not in DELETED and not (name == "sdt" and is_placeholder(child)):
                self._collect(child, pieces, boxes)

    def _printed(self, name: str, element: etree._Element) -> str:
        """What a piece of a run prints, fields having been computed."""
        if name == "fldChar":
            return self._fields.mark(element)
        if name == "instrText":
            self._fields.add_code(element.text or "")
        if name == "instrText" or self._fields.are_code():
            return ""
        if name in INLINE_BREAKS:
            return "" if attribute(element, "type") == "page" else INLINE_BREAKS[name]
        if name == "sym":
            return symbol(element)
        text = element.text or ""
        return symbols_of(element, text) if has_symbols(text) else text

    def _run(self, run: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
        own: list[str] = []
        self._collect(run, own, boxes)
        text = "".join(own)
        if not text.strip() or self._styles.is_plain(run):
            pieces.append(text)
        elif self._is_unseen(run):
            self.hidden += 1
        elif any(self._styles.is_on(run, name) for name in STRUCK):
            self.struck += 1
        else:
            raised = text.isdecimal() and self._is_raised(run, pieces)
            pieces.append(text.translate(_SUPERSCRIPTS) if raised else text)

    def _is_unseen(self, run: etree._Element) -> bool:
        return self._styles.is_on(run, "vanish") or self._grounds.is_white_on_white(run)

    def _is_raised(self, run: etree._Element, before: list[str]) -> bool:
        """Whether a run is a superscript; one moved up is none unless it follows a digit."""
        moved = number_attribute(run.find(f"{W}rPr/{MOVED}")) > 0
        follows = bool(before) and before[-1][-1:].isdecimal()
        return (moved and follows) or self._styles.is_raised(run)

    def note_shown(self, element: etree._Element) -> None:
        """Takes note of a picture or a file that the document shows."""
        self.embedded += local_name(element) in EMBEDDED
        for name, value in element.attrib.items():
            if str(name).endswith("}embed") and value in self._targets:
                self.pictures.append(self._targets[str(value)])


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control shows, in place of text, what is to be typed there; no figure."""
    if not is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
        return False
    return not any(map(str.isdecimal, "".join(map(str, control.itertext(TEXT)))))
