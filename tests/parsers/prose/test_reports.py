"""Whole reports of the official style: each paragraph beside what it states.

A file of `reports/` holds several reports. `# FORM YEAR SCOPE` opens one; each further line is a
paragraph and, after `=>`, the figures it states in short. Empty lines are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.declarations import load
from parsers.prose import read_prose
from parsers.records import Document, Paragraph, Scope
from tests.parsers.prose.test_sentences import short

FOLDER = Path(__file__).with_name("reports")
MIN_PRECISION = 0.99
MIN_RECALL = 0.9


@dataclass
class StatedReport:
    """The paragraphs of a report and the figures that they state."""

    form: str
    year: int
    scope: Scope
    paragraphs: list[str] = field(default_factory=list)
    stated: set[str] = field(default_factory=set)

    def read(self) -> set[str]:
        """The figures read, in short."""
        places = enumerate(self.paragraphs, 1)
        blocks = tuple(Paragraph(text, f"html:p[{number}]") for number, text in places)
        found, _ = read_prose(
            Document(blocks, "html"), frozenset(), self.form, self.year, self.scope, load()
        )
        return {short(item) for item in found}


def stated_reports(path: Path) -> Iterator[StatedReport]:
    """The reports of a file."""
    report: StatedReport | None = None
    for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            if report is not None:
                yield report
            form, year, scope = line[2:].split()
            report = StatedReport(form, int(year), scope)  # type: ignore[arg-type]
            continue
        assert report is not None, path
        text, _, stated = line.partition(" =>")
        report.paragraphs.append(text)
        report.stated.update(stated.split())
    if report is not None:
        yield report


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_precision_and_recall_over_whole_reports(path: Path) -> None:
    right = wrong = missed = 0
    notes = []
    for report in stated_reports(path):
        found = report.read()
        right += len(found & report.stated)
        wrong += len(found - report.stated)
        missed += len(report.stated - found)
        notes.append(f"+{sorted(found - report.stated)} -{sorted(report.stated - found)}")
    assert right + missed >= 80
    assert right / (right + wrong) >= MIN_PRECISION, "\n".join(notes)
    assert right / (right + missed) >= MIN_RECALL, "\n".join(notes)


def _traps() -> Iterator[StatedReport]:
    """Paragraphs that state nothing, each as a report of its own under the head before it."""
    head: list[str] = []
    for line in (FOLDER.parent / "traps.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            head = line[2:].split()
        else:
            yield StatedReport(head[0], int(head[1]), head[2], [line])  # type: ignore[arg-type]


def test_what_states_no_figure_of_this_body_and_year_is_not_read() -> None:
    traps = list(_traps())
    assert len(traps) > 100
    read = {trap.paragraphs[0]: trap.read() for trap in traps}
    assert {text: found for text, found in read.items() if found} == {}
