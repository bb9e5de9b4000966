"""Every figure of every real document at hand, exactly."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers.checks import evaluate
from parsers.tables import TableReading, read_tables
from pipelines.documents import read_document
from tests.parsers.tables.build import declared, figures

GOLDEN = Path(__file__).parents[2] / "cases"
CASES = [
    "hongze-2023-pdf",
    "putian-kjj-2009",
    "putian-kjj-2012",
    "putian-kjj-2016",
    "putian-kjj-2019",
    "putian-kjj-2021",
    "putian-kjj-2024",
    "shanghai-office-2019",
]
SEEDS = ["000", "001", "002", "003", "004"]

Figure = tuple[Decimal | None, str]


def read(path: Path) -> TableReading:
    return read_tables(read_document(path.read_bytes(), file_name=path.name), declared())


def found(reading: TableReading) -> dict[tuple[str, str, str], Figure]:
    return {key: (item.value, item.unit) for key, item in figures(reading).items()}


def expected(gold: list[dict[str, Any]]) -> dict[tuple[str, str, str], Figure]:
    return {
        (item["indicator"], item["applicant"] or "", item["period"]): (
            None if item["value"] is None else Decimal(str(item["value"])),
            item["unit"],
        )
        for item in gold
    }


@pytest.mark.parametrize("case", CASES)
def test_every_figure_of_a_published_report(real_cases: Path, case: str) -> None:
    folder = real_cases / "real" / case
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    page = next(path for path in folder.iterdir() if path.suffix in (".html", ".pdf"))
    reading = read(page)
    assert found(reading) == expected(gold["observations"])
    assert reading.forms == (gold["format"],)
    assert (reading.tables, reading.problems) == ("read", ())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_a_text_copy(real_cases: Path, seed: str) -> None:
    golden = json.loads((GOLDEN / f"seeds-{seed}.json").read_text(encoding="utf-8"))
    reading = read(next((real_cases / "seeds").glob(f"{seed}_*.txt")))
    wanted = {
        (indicator, applicant, period): (None if value is None else Decimal(value), unit)
        for indicator, applicant, period, value, unit in golden["figures"]
    }
    assert found(reading) == wanted
    assert "+".join(reading.forms) == golden["form"]
    assert reading.problems == ()


def failed(path: Path) -> dict[str, str]:
    reading = read(path)
    checks, _ = evaluate(reading.observations, declared(), reading.forms)
    return {check.identity: check.clause for check in checks if check.verdict == "fails"}


@pytest.mark.parametrize(
    ("seed", "identity", "clause"),
    [
        (
            "003",
            "institution.staff.parts",
            "从事政府信息公开工作人员数 4 ≠ 专职人员数 0 + 兼职人员数 2（差 +2）",
        ),
        (
            "003",
            "requests.answered.kinds",
            "申请答复数 1 ≠ 属于已主动公开范围数 1 + 同意公开答复数 1 + ",
        ),
        ("004", "requests.closed.parts", "申请办结数 0 ≠ 按时办结数 2 + 延期办结数 0（差 -2）"),
        (
            "004",
            "requests.answered.kinds",
            "申请答复数 0 ≠ 属于已主动公开范围数 0 + 同意公开答复数 2 + ",
        ),
    ],
)
def test_errors_of_publishers_show(real_cases: Path, seed: str, identity: str, clause: str) -> None:
    errors = failed(next((real_cases / "seeds").glob(f"{seed}_*.txt")))
    assert len(errors) == 2
    assert errors[identity].startswith(clause)


def test_totals_printed_as_zero_beside_parts_fail(real_cases: Path) -> None:
    errors = failed(real_cases / "real" / "hongze-2023-pdf" / "report.pdf")
    assert set(errors) == {"review.outcomes", "litigation.after_review.outcomes"}


def test_a_column_left_blank_is_no_error(real_cases: Path) -> None:
    assert not failed(real_cases / "real" / "shanghai-office-2019" / "body.html")
