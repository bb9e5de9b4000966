"""Measures the parsers on the golden corpus."""

from archive.declarations import load
from parsers.records import Observation
from parsers.tables import read_tables
from parsers.titles import judge
from pipelines.documents import read_document
from tests.gate.corpus import REPORTS, Case, cases, sentences, titles
from tests.parsers.prose import test_reports, test_sentences
from tests.parsers.tables import build
from tests.parsers.tables.printed import notation as printed

Figures = dict[str, float]


def measure() -> tuple[Figures, list[str]]:
    """All figures of the gate, and what was wrong or missing, one line each."""
    figures: Figures = {}
    notes: list[str] = []
    for part in (_tables, _printed, _titles, _prose, _whole_reports):
        part(figures, notes)
    return figures, notes


def _tables(figures: Figures, notes: list[str]) -> None:
    right = wanted = wrong = untold = 0
    for case in cases():
        good, bad, silent = _judge(case, notes)
        wrong += bad
        untold += silent
        if case.plain:
            right += good
            wanted += sum(1 for text in case.truth.values() if text)
    figures["table figures read"] = right / wanted
    figures["table figures wrong"] = wrong
    figures["table figures lost in silence"] = untold


def _judge(case: Case, notes: list[str]) -> tuple[int, int, int]:
    """Figures right, wrong, and missing without any problem told."""
    document = read_document(case.payload, file_name=case.name)
    reading = read_tables(document, load())
    found = {(item.indicator, item.applicant): item for item in reading.observations}
    read = {key: item for key, item in found.items() if item.status != "unreadable"}
    bad = [key for key, item in read.items() if _said(item) != case.truth.get(key, "none")]
    good = sum(1 for key, item in read.items() if item.value is not None and key not in bad)
    told = reading.problems or document.problems
    silent = [key for key, text in case.truth.items() if text and key not in found and not told]
    if case.plain:
        notes += [f"{case.name}: {key} is missing" for key in case.truth if key not in found]
    else:
        silent = []  # a row that is gone from the document leaves no trace
    notes += [f"{case.name}: {key} is wrong" for key in bad]
    return good, len(bad), len(silent)


def _said(item: Observation) -> str:
    return "" if item.value is None else str(item.value)


def _printed(figures: Figures, notes: list[str]) -> None:
    """Documents with oddities written out by hand, and what a reader takes from them."""
    right = wanted = wrong = 0
    for document in printed.documents():
        reading = build.read(*document.blocks)
        found = build.figures(reading)
        for key, expected in document.figures.items():
            if expected.is_right(found.get(key), told=bool(reading.problems)):
                right += expected.is_told
            else:
                notes.append(f"{document.name}: {key} is {found.get(key)}")
                wrong += 1
            wanted += expected.is_told
    figures["printed figures read"] = right / wanted
    figures["printed figures wrong"] = wrong


def _titles(figures: Figures, notes: list[str]) -> None:
    """Titles whose answers were written down before they were judged."""
    judged = [(row, judge(row["title"]).is_report) for row in titles()]
    right = sum(said and row["body"] != "" for row, said in judged)
    figures["title precision"] = right / sum(said for _, said in judged)
    figures["title recall"] = right / sum(row["body"] != "" for row, _ in judged)
    notes += [row["title"] for row, said in judged if said != (row["body"] != "")]


def _prose(figures: Figures, notes: list[str]) -> None:
    right = wrong = missed = 0
    for row in sentences():
        said, wanted = test_sentences._read(row), set(row["expected"].split())
        right += len(said & wanted)
        wrong += len(said - wanted)
        missed += len(wanted - said)
        if said != wanted:
            notes.append(f"{row['sentence']}: +{said - wanted} -{wanted - said}")
    figures["prose precision"] = right / (right + wrong)
    figures["prose recall"] = right / (right + missed)


def _whole_reports(figures: Figures, notes: list[str]) -> None:
    right = wrong = missed = 0
    for path in sorted(REPORTS.glob("*.txt")):
        for report in test_reports.stated_reports(path):
            said, wanted = report.read(), report.stated
            right += len(said & wanted)
            wrong += len(said - wanted)
            missed += len(wanted - said)
            if said != wanted:
                notes.append(f"{path.stem}: +{sorted(said - wanted)} -{sorted(wanted - said)}")
    figures["prose precision in reports"] = right / (right + wrong)
    figures["prose recall in reports"] = right / (right + missed)
