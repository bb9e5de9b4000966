"""Sentences of the official style, with traps, against what they state."""

import csv
from pathlib import Path

import pytest

from archive.declarations import load
from parsers.prose import read_prose
from parsers.records import Document, Observation, Paragraph, Scope

TABLE = Path(__file__).with_name("sentences.csv")
MIN_PRECISION = 0.99
MIN_RECALL = 0.95


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _document(*texts: str) -> Document:
    places = enumerate(texts, 1)
    return Document(tuple(Paragraph(text, f"html:p[{n}]") for n, text in places), "html")


def short(item: Observation) -> str:
    """`code=value`, then qualifier, period, applicant and category where they are not plain."""
    value = item.value_std if item.value_std is not None else item.value
    qualifier = "" if item.qualifier == "exact" else f"~{item.qualifier}"
    period = ";cumulative" if item.period == "cumulative" else ""
    category = f":{item.category}" if item.category else ""
    applicant = f"/{item.applicant}" if item.applicant else ""
    printed = f"{value.normalize():f}" if value else "0"
    return f"{item.indicator}={printed}{qualifier}{period}{applicant}{category}"


def _read(row: dict[str, str]) -> set[str]:
    scope: Scope = row["scope"]  # type: ignore[assignment]
    return read_short(row["sentence"], row["form"], int(row["year"]), scope)


def read_short(sentence: str, form: str, year: int, scope: Scope) -> set[str]:
    """What a sentence states, each figure in short."""
    found, _ = read_prose(_document(sentence), frozenset(), form, year, scope, load())
    return {short(item) for item in found}


def test_precision_and_recall_over_the_table() -> None:
    rows = _rows()
    assert len(rows) >= 150
    right = wrong = missed = 0
    report = []
    for row in rows:
        expected, found = set(row["expected"].split()), _read(row)
        right += len(expected & found)
        wrong += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            report.append(f"{row['sentence']} +{found - expected} -{expected - found}")
    assert right / (right + wrong) >= MIN_PRECISION, "\n".join(report)
    assert right / (right + missed) >= MIN_RECALL, "\n".join(report)


@pytest.mark.parametrize("row", _rows()[:12], ids=lambda row: row["sentence"][:20])
def test_each_figure_has_its_sentence_and_place(row: dict[str, str]) -> None:
    document = _document(row["sentence"])
    found, _ = read_prose(document, frozenset(), row["form"], int(row["year"]), "own", load())
    for item in found:
        begin, end = map(int, item.locator.rpartition("@")[2].split("-"))
        assert row["sentence"][begin:end] == item.raw
        assert item.raw in item.evidence
        assert item.method == "prose"
        assert item.rule.startswith("prose/")
