"""Scans of the reports: nearly every figure is read, and none wrong."""

from collections.abc import Callable

import pytest

from pipelines.documents import read_document
from tests.gate.media import Tally
from tests.gate.reports import reports
from tests.pipelines.documents import scans

# A page takes four seconds of one core: give loaded machines their time.
pytestmark = pytest.mark.timeout(900)


def _pdf(pages: list[scans.Picture]) -> bytes:
    return scans.scanned_pdf(pages)


def _tilted_tif(pages: list[scans.Picture]) -> bytes:
    return scans.tif([scans.tilted(page, 1.3) for page in pages])


# The report's number, dots per inch, typeface, what becomes of its pages, and the least share of
# figures that must be read.
SCANS: dict[str, tuple[int, int, int, Callable[[list[scans.Picture]], bytes], float]] = {
    "2021, scanned to PDF": (2, 150, 0, _pdf, 0.99),
    "2014, tilted, 110 dpi": (0, 110, 1, _tilted_tif, 0.95),
}


@pytest.mark.parametrize("name", SCANS)
def test_clean_scans(name: str) -> None:
    number, dots, face, write, least = SCANS[name]
    report = reports()[number]
    document = read_document(write(scans.pictures(report.blocks, dots, face)))
    tally = Tally()
    tally.add(report, document)
    figures = tally.figures(name)
    assert figures["wrong"] == figures["silent"] == 0
    assert figures["labels"] == 1
    assert figures["values"] >= least
    assert report.paragraphs()[0] in [paragraph.text for paragraph in document.paragraphs()]
    assert {problem.kind for problem in document.problems} == {"recognised"}


def test_a_page_seen_from_the_side_loses_nothing_in_silence() -> None:
    report = reports()[2]
    page = scans.pictures(report.blocks)[1]
    tally = Tally()
    tally.add(report, read_document(scans.png(scans.askew(page, 0.03))))
    assert tally.wrong == tally.silent == 0
