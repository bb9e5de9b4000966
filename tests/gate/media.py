"""The same reports in every media type: what of their cells, figures and paragraphs comes back.

For each media type, over the reports in all forms: `cells` is the share of a table's places that
hold the very text, `values` of figures read for the right indicator and applicant, `labels` of
declared rows and columns that were recognised, `paragraphs` of those kept verbatim and in order;
`wrong` counts figures that were never printed, `silent` those lost without a problem.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from archive.declarations import load
from parsers.records import Document, Observation
from parsers.tables import read_tables
from pipelines.documents import read_document
from tests.gate import office
from tests.gate.reports import OwnReport, reports
from tests.pipelines.documents import writers

Writer = Callable[[OwnReport], bytes]


def _saved(kind: str) -> Writer:
    return lambda report: office.saved(report, kind)


def _by_blocks(write: Callable[..., bytes], **options: bool) -> Writer:
    return lambda report: write(report.blocks, **options)


def _kingsoft(report: OwnReport) -> bytes:
    """A wps file is a doc file with the class id of its maker."""
    doc = office.saved(report, "doc")
    return doc[:8] + bytes(range(1, 17)) + doc[24:]


def _zip(report: OwnReport) -> bytes:
    return writers.zipped({"附件/年报.docx": office.as_docx(report)})


# By the name of the media type, and by whose hand.
MEDIA: dict[str, Writer] = {
    "html": lambda report: writers.html_page(writers.html_body(report.blocks)),
    "mhtml": _by_blocks(writers.mhtml),
    "docx": office.as_docx,
    "doc": _saved("doc"),
    "wps": _kingsoft,
    "rtf": _by_blocks(writers.rtf),
    "rtf (office)": _saved("rtf"),
    "xlsx": office.as_xlsx,
    "xls": _saved("xls"),
    "pdf": _by_blocks(writers.pdf),
    "pdf (filled borders)": _by_blocks(writers.pdf, filled_borders=True, compress=True),
    "pdf (office)": _saved("pdf"),
    "ofd": _by_blocks(writers.ofd),
    "zip": _zip,
    "text": _by_blocks(writers.text),
}
# Media that hold no grid, or no paragraphs.
NO_CELLS, NO_PARAGRAPHS = {"text"}, {"xlsx", "xls", "text"}


@dataclass
class Tally:
    """Counts over the reports of one media type."""

    cells: int = 0
    cells_wanted: int = 0
    values: int = 0
    values_wanted: int = 0
    labels: int = 0
    labels_wanted: int = 0
    paragraphs: int = 0
    paragraphs_wanted: int = 0
    wrong: int = 0
    silent: int = 0

    def add(self, report: OwnReport, document: Document) -> None:
        """Judges one document."""
        self._grids(report, document)
        self._figures(report, document)
        wanted, found = report.paragraphs(), [p.text for p in document.paragraphs()]
        matcher = SequenceMatcher(None, wanted, found, autojunk=False)
        self.paragraphs += sum(block.size for block in matcher.get_matching_blocks())
        self.paragraphs_wanted += len(wanted)

    def _grids(self, report: OwnReport, document: Document) -> None:
        found = [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]
        for number, wanted in enumerate(report.grids()):
            same = number < len(found) and _shape(found[number]) == _shape(wanted)
            self.cells_wanted += len(wanted) * len(wanted[0])
            if same:
                pairs = zip(_flat(found[number]), _flat(wanted), strict=True)
                self.cells += sum(have == want for have, want in pairs)

    def _figures(self, report: OwnReport, document: Document) -> None:
        reading = read_tables(document, load())
        found = {(item.indicator, item.applicant): item for item in reading.observations}
        told = bool(reading.problems or document.problems)
        self.labels += sum(key in found for key in report.truth)
        self.labels_wanted += len(report.truth)
        self.values_wanted += sum(bool(text) for text in report.truth.values())
        for key, item in found.items():
            self._figure(item, report.truth.get(key, "no such figure"))
        self.silent += sum(
            bool(text) and key not in found and not told for key, text in report.truth.items()
        )

    def _figure(self, item: Observation, wanted: str) -> None:
        if item.status == "unreadable":
            return
        said = "" if item.value is None else str(item.value)
        self.values += bool(wanted) and said == wanted
        self.wrong += said != wanted

    def figures(self, name: str) -> dict[str, float]:
        """The shares and counts that the media type is judged by."""
        shares = {
            "values": self.values / self.values_wanted,
            "labels": self.labels / self.labels_wanted,
            "wrong": self.wrong,
            "silent": self.silent,
        }
        if name not in NO_CELLS:
            shares["cells"] = self.cells / self.cells_wanted
        if name not in NO_PARAGRAPHS:
            shares["paragraphs"] = self.paragraphs / self.paragraphs_wanted
        return shares


def _shape(rows: list[list[str]]) -> tuple[int, int]:
    return len(rows), len(rows[0])


def _flat(rows: list[list[str]]) -> Iterable[str]:
    return (text for row in rows for text in row)


def measured(name: str, write: Writer) -> dict[str, float]:
    """The figures of one media type."""
    tally = Tally()
    for report in reports():
        tally.add(report, read_document(write(report)))
    return tally.figures(name)
