"""What other libraries read back from each export is what the database holds.

Blank is not zero in any of them, texts come back whole, and files name their source and terms.
"""

import csv
import io
import json
import math
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from query.columns import column
from query.exports import OBSERVATIONS
from query.words import STATUSES
from tests.query.conftest import Run

Figures: TypeAlias = dict[str, dict[str, Any]]
NAMES = ("value", "value_std", "status", "raw", "unit", "year", "agency", "source_url", "snapshot")


@pytest.fixture(scope="module")
def held(archive_dir: Path) -> Figures:
    """The figures by id, as they stand in the database."""
    connection = sqlite3.connect(archive_dir / "gongkai.db")
    connection.row_factory = sqlite3.Row
    rows = connection.execute(
        "SELECT o.*, r.year, r.agency, r.source_url FROM observations o"
        " JOIN reports r USING (report_id, snapshot) WHERE r.preferred = 1"
    ).fetchall()
    connection.close()
    made = {str(row["observation_id"]): {name: row[name] for name in NAMES} for row in rows}
    values = [row["value"] for row in made.values()]
    assert None in values
    assert "0" in values
    assert "17.270" in values
    return made


def same(found: Figures, held: Figures) -> None:
    """Equal but for how a format writes a number; missing stays missing."""
    assert set(found) == set(held)
    for key, row in found.items():
        for name in NAMES:
            wanted = held[key][name]
            if name in ("value", "value_std", "year"):
                assert _number(row[name]) == _number(wanted), (key, name)
            else:
                assert (row[name] or "") == wanted, (key, name)


def _number(value: Any) -> Decimal | None:
    missing = value is None or value == "" or (isinstance(value, float) and math.isnan(value))
    return None if missing else Decimal(str(value))


def by_id(rows: list[dict[str, Any]]) -> Figures:
    return {row["observation_id"]: row for row in rows}


def of_csv(path: Path) -> Figures:
    frame = pytest.importorskip("pandas").read_csv(path, dtype=str, keep_default_na=False)
    return by_id(frame.to_dict("records"))


def of_excel_csv(path: Path) -> Figures:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == len(data.splitlines())
    return by_id(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))))


def of_jsonl(path: Path) -> Figures:
    frame = pytest.importorskip("pandas").read_json(path, lines=True, dtype=False)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(frame) == len(lines)
    return by_id(lines)


def of_json(path: Path) -> Figures:
    return by_id(json.loads(path.read_text(encoding="utf-8")))


def of_xlsx(path: Path) -> Figures:
    book = pytest.importorskip("python_calamine").CalamineWorkbook.from_path(path)
    head, *rows = book.get_sheet_by_index(0).to_python()
    told = "\n".join(
        str(cell) for row in book.get_sheet_by_name("columns").to_python() for cell in row
    )
    assert "Check the terms of the source" in told
    return by_id([dict(zip(head, row, strict=True)) for row in rows])


def of_parquet(path: Path) -> Figures:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
    return by_id([dict(zip(found.columns, row, strict=True)) for row in found.fetchall()])


def of_stata(path: Path) -> Figures:
    frame = pytest.importorskip("pandas").read_stata(path)
    return by_id(frame.to_dict("records"))


READERS: dict[str, Callable[[Path], Figures]] = {
    "csv": of_csv, "excel-csv": of_excel_csv, "jsonl": of_jsonl, "json": of_json,
    "xlsx": of_xlsx, "parquet": of_parquet, "dta": of_stata,
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_other_libraries_read_what_the_database_holds(
    run: Run, tmp_path: Path, held: Figures, name: str
) -> None:
    path = tmp_path / f"figures.{name.removeprefix('excel-')}"
    result = run("export", "observations", "--format", name, "-o", str(path))
    assert result.exit_code == 0, result.output
    same(READERS[name](path), held)


def test_stata_labels_every_variable_and_tells_its_letters(run: Run, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "figures.dta"
    assert run("export", "observations", "-o", str(path)).exit_code == 0
    with pandas.read_stata(path, iterator=True) as reader:
        assert "Gongkai" in reader.data_label
        labels = reader.variable_labels()
    assert labels == {name: column(name, "observations").label for name in OBSERVATIONS.columns}
    notes = path.read_bytes()
    assert b"Check the terms of the source" in notes
    for word in STATUSES.values():
        assert not word.letter or f".{word.letter} {word.english}".encode() in notes


def test_each_kind_of_no_figure_comes_back_from_a_panel(run: Run, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    options = ("--variable", "reviews", "--variable", "requests_received")
    paths = {name: tmp_path / f"panel.{name}" for name in ("csv", "dta", "parquet", "xlsx")}
    for path in paths.values():
        assert run("export", "panel", *options, "-o", str(path)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(paths["csv"].read_text(encoding="utf-8"))))
    kinds = {row["reviews_status"] for row in rows}
    assert {"implied_zero", "picture", "not_found"} <= kinds
    stata = pandas.read_stata(paths["dta"], convert_missing=True)
    parquet = pandas.read_parquet(paths["parquet"])
    for name in ("reviews", "requests_received"):
        for at, row in enumerate(rows):
            letter = STATUSES[row[f"{name}_status"]].letter
            assert str(stata[name][at]) == (f".{letter}" if letter else str(float(row[name])))
            assert pandas.isna(parquet[name][at]) == (row[name] == "")
            assert parquet[f"{name}_status"][at] == row[f"{name}_status"]
