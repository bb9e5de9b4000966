"""Exports: the columns of the contract, and files that say what the corpus says."""

import csv
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from query.columns import column
from query.corpus import open_corpus
from query.exports import EXPORTS
from query.formats import writer
from tests.query.conftest import Run
from tests.query.corpus import Builder

CONTRACT = {
    "observations": "observation_id, report_id, agency, agency_id, region_code, level, year, form,"
    " scope, indicator, applicant, category, period, value, unit, unit_from, value_std, unit_std,"
    " qualifier, status, raw, method, evidence, locator, rule, source_url, page_url, captured_at,"
    " snapshot",
    "reports": "report_id, version, work_id, preferred, agency, agency_id, agency_printed,"
    " region_code, region, level, year, period_start, period_end, form, tables, scope, title,"
    " doc_number, stated_date, signed_date, first_seen, source_url, page_url, captured_at,"
    " snapshot, text_chars, problems",
    "checks": "report_id, other_report_id, identity, applicant, left, right, difference, verdict,"
    " severity, clause",
    "problems": "report_id, stage, kind, detail, locator",
}


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_are_those_of_the_contract(run: Run, name: str) -> None:
    wanted = CONTRACT[name].split(", ")
    result = run("export", name)
    assert result.exit_code == 0, result.output
    header = next(csv.reader(io.StringIO(result.stdout)))
    assert header[: len(wanted)] == wanted


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_can_be_written(run: Run, name: str) -> None:
    result = run("export", name, "--all-versions")
    assert result.exit_code == 0, result.output
    assert all(column(entry).label != entry for entry in EXPORTS[name].columns)


def test_blank_is_not_zero_and_decimals_are_exact(run: Run) -> None:
    rows = read_csv(run("export", "observations").stdout)
    by_indicator = {(row["indicator"], row["applicant"]): row for row in rows}
    assert by_indicator["review.total", ""]["value"] == ""
    assert by_indicator["review.total", ""]["status"] == "blank"
    assert by_indicator["requests.new", "total"]["value"] == "0"
    assert by_indicator["proactive.fees.amount", ""]["value"] == "17.270"
    assert by_indicator["proactive.fees.amount", ""]["value_std"] == "17.27"
    assert by_indicator["requests.received", ""]["raw"] == "3,405"


def test_only_preferred_versions_unless_all_are_asked_for(run: Run) -> None:
    assert len(read_csv(run("export", "reports").stdout)) == 3
    assert len(read_csv(run("export", "reports", "--all-versions").stdout)) == 4


def test_json_is_an_array_and_jsonl_a_line_each(run: Run) -> None:
    rows = json.loads(run("export", "observations", "--format", "json").stdout)
    lines = run("export", "observations", "--format", "jsonl").stdout.splitlines()
    assert rows == [json.loads(line) for line in lines]
    values = {row["indicator"]: row["value"] for row in rows}
    assert values["review.total"] is None
    assert values["proactive.fees.amount"] == 17.27


def test_excel_gets_a_mark_and_no_formula(run: Run) -> None:
    data = run("export", "reports", "--excel").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert not run("export", "reports").stdout_bytes.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "-"])
def test_what_could_run_is_defused(text: str) -> None:
    stream = io.BytesIO()
    writer("excel-csv")([column("raw")], [(text,)], stream)
    row = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))[1]
    assert row == [f"'{text}"]


@pytest.mark.parametrize("text", ["-1", "+461", "17.27", "无"])
def test_plain_figures_stay(text: str) -> None:
    stream = io.BytesIO()
    writer("excel-csv")([column("raw")], [(text,)], stream)
    assert stream.getvalue().decode("utf-8-sig").splitlines()[1] == text


def test_filters_narrow(run: Run) -> None:
    def ids(*options: str) -> int:
        return len(read_csv(run("export", "reports", *options).stdout))

    assert ids("--region", "370000") == 2
    assert ids("--region", "福建") == 1
    assert ids("--agency", "教育局") == 1
    assert ids("--year", "2018,2022") == 2
    assert ids("--year", "2019-2022") == 2
    assert ids("--form", "2014") == 1
    only = read_csv(run("export", "observations", "--indicator", "requests").stdout)
    assert {row["indicator"] for row in only} == {"requests.received", "requests.new"}


def test_problems_without_a_report_are_shown(run: Run) -> None:
    kinds = [row["kind"] for row in read_csv(run("export", "problems").stdout)]
    assert kinds == ["unreadable", "unknown_label"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "nothing"),
        ("export", "reports", "--format", "docx"),
        ("export", "reports", "--year", "last"),
        ("export", "reports", "-o", "/no/such/folder/x.csv"),
    ],
)
def test_wrong_usage_is_told_in_a_line(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_file_keeps_its_old_content_if_writing_fails(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old", encoding="utf-8")
    run("export", "reports", "--year", "last", "-o", str(path))
    assert path.read_text(encoding="utf-8") == "old"
    assert run("export", "reports", "-o", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("report_id")
    assert {entry.name for entry in tmp_path.iterdir()} == {"x.csv", "x.csv.license"}


def test_parquet_gives_back_the_rows(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "o.parquet"
    assert run("export", "observations", "-o", str(path)).exit_code == 0
    rows = parquet.read_table(path).to_pylist()
    assert [row["value"] for row in rows if row["indicator"] == "review.total"] == [None]
    assert {row["value_std"] for row in rows if row["unit"] == "万元"} == {17.27}


def test_xlsx_gives_back_the_rows(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    import python_calamine

    path = tmp_path / "r.xlsx"
    assert run("export", "reports", "-o", str(path)).exit_code == 0
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    titles = [row[rows[0].index("title")] for row in rows[1:]]
    assert "=cmd|' /C calc'!A0" in titles
    assert {row[rows[0].index("year")] for row in rows[1:]} == {2018, 2021, 2022}


def test_stata_gives_back_the_rows(run: Run, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "o.dta"
    assert run("export", "observations", "-o", str(path)).exit_code == 0
    frame = pandas.read_stata(path)
    expected = read_csv(run("export", "observations").stdout)
    assert list(frame["raw"]) == [row["raw"] for row in expected]
    assert frame["value"].isna().sum() == sum(row["value"] == "" for row in expected)
    with pandas.read_stata(path, iterator=True) as reader:
        labels = reader.variable_labels()
    assert labels["value_std"] == column("value_std").label


def test_stata_keeps_long_texts_and_reasons_for_missing(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    from query.formats.stata import Missing

    rows = [("长" * 5000, 1.5), ("", Missing("b")), ("短", None)]
    path = tmp_path / "x.dta"
    with path.open("wb") as stream:
        writer("dta")([column("text"), column("value")], rows, stream)  # type: ignore[arg-type]
    frame = pandas.read_stata(path, convert_missing=True)
    assert list(frame["text"]) == ["长" * 5000, "", "短"]
    assert [str(value) for value in frame["value"]] == ["1.5", ".b", "."]


@pytest.mark.parametrize("name", ["csv", "jsonl", "xlsx", "parquet", "dta"])
def test_memory_is_constant(name: str, tmp_path: Path) -> None:
    write = writer(name)
    columns = [column("raw"), column("value"), column("year")]

    def peak(count: int) -> int:
        with (tmp_path / "x").open("wb") as stream:
            tracemalloc.start()
            write(columns, ((f"{n}件", str(n), n) for n in range(count)), stream)
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return used

    peak(100)
    assert peak(40_000) < peak(20_000) + 1_000_000


def test_a_large_export_streams(tmp_path: Path) -> None:
    build = Builder(tmp_path / "archive")
    report = build.report()
    names = list(build.columns["observations"])
    sql = f"INSERT INTO observations VALUES ({', '.join('?' * len(names))})"
    fixed = [
        report[0] if name == "report_id" else report[1] if name == "snapshot" else "x"
        for name in names
    ]
    at = names.index("n")
    rows = ([*fixed[:at], n, *fixed[at + 1 :]] for n in range(200_000))
    build.connection.executemany(sql, rows)
    corpus = open_corpus(build.finish())
    tracemalloc.start()
    from query.exports import rows as exported
    from query.filters import Filters

    with (tmp_path / "x.csv").open("wb") as stream:
        writer("csv")(
            EXPORTS["observations"].described,
            exported(corpus, EXPORTS["observations"], Filters()),
            stream,
        )
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
    corpus.close()


def test_no_archive_and_no_database_are_told_apart(run: Run, tmp_path: Path) -> None:
    from click.testing import CliRunner

    import gongkai

    def status(directory: Path) -> tuple[int, str]:
        command = ["export", "reports", "--archive", str(directory)]
        result = CliRunner().invoke(gongkai.cli, command)
        return result.exit_code, result.stderr

    assert "no archive" in status(tmp_path / "none")[1]
    assert status(tmp_path)[0] == 3
    assert "rebuild" in status(tmp_path)[1]
    (tmp_path / "gongkai.db").write_bytes(b"not a database" * 100)
    assert status(tmp_path)[0] == 3


def test_the_text_and_the_markdown_of_every_report_are_exported(run: Run) -> None:
    rows = read_csv(run("export", "texts").stdout)
    reports = read_csv(run("export", "reports").stdout)
    assert [row["report_id"] for row in rows] == [row["report_id"] for row in reports]
    assert [str(len(row["text"])) for row in rows] == [row["text_chars"] for row in reports]
