"""No change may read a figure worse than before."""

import hashlib
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from archive.declarations import load
from parsers.tables import read_tables
from pipelines.documents import read_document
from tests.gate import floors
from tests.gate.corpus import digest
from tests.gate.measure import Figures, measure

PINNED = Path(__file__).with_name("pinned.json")


@pytest.fixture(scope="module")
def measured() -> tuple[Figures, list[str]]:
    return measure()


def test_the_corpus_is_the_one_measured_before() -> None:
    assert digest() == floors.load()[0], "run python -m tests.gate --update"


def test_no_figure_is_worse_than_its_floor(
    measured: tuple[Figures, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    figures, notes = measured
    with capsys.disabled():
        sys.stderr.write(
            "\n" + "\n".join(f"{name:32} {value:.4f}" for name, value in figures.items())
        )
    assert not floors.worse(figures, floors.load()[1]), "\n".join(notes)


def test_the_floors_are_what_is_promised() -> None:
    _, limits = floors.load()
    assert limits["table figures read"] == 1
    assert limits["table figures wrong"] == limits["table figures lost in silence"] == 0
    assert limits["printed figures wrong"] == 0
    assert min(limits["title precision"], limits["title recall"]) >= 0.98
    assert limits["prose precision"] >= 0.99
    assert limits["prose recall"] >= 0.9


def test_a_worse_figure_is_noticed() -> None:
    limits = {"table figures wrong": 0.0, "prose recall": 0.9}
    assert len(floors.worse({"table figures wrong": 1, "prose recall": 0.8}, limits)) == 2
    assert not floors.worse({"table figures wrong": 0, "prose recall": 0.95}, limits)


@pytest.mark.parametrize("name", json.loads(PINNED.read_text(encoding="utf-8")))
def test_published_reports_as_pinned(real_cases: Path, name: str) -> None:
    payload = (real_cases / "real" / name).read_bytes()
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))[name]
    assert hashlib.sha256(payload).hexdigest() == pinned["sha256"]
    reading = read_tables(read_document(payload, file_name=name), load())
    gold = json.loads((real_cases / "real" / name).with_name("gold.json").read_text("utf-8"))
    wanted = {
        (item["indicator"], item["applicant"] or "", item["period"]): (
            None if item["value"] is None else Decimal(str(item["value"]))
        )
        for item in gold["observations"]
    }
    found = {(x.indicator, x.applicant, x.period): x.value for x in reading.observations}
    assert found == wanted
    assert len(found) == pinned["figures"]
