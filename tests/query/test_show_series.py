"""`show`, `explain`, `series` and `indicators` on a small corpus."""

import csv
import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from query.places import in_words
from tests.query.conftest import Run
from tests.query.corpus import SNAPSHOT, Builder


def test_show_prints_facts_figures_checks_and_problems(run: Run) -> None:
    result = run("show", "0000000000000002")
    assert result.exit_code == 0, result.output
    text = result.stdout
    for expected in (
        "济宁市科学技术局2021年政府信息公开工作年度报告",
        "http://kjj.jining.gov.cn/art/2.html",
        "urn:uuid:00000000-0000-0000-0000-000000000002",
        "[blank≈0]",
        "17.27",
        "自然人",
        "公开207条。",
        "11 + 5 = 16, 总计 0",
        "row 其它 is not known",
        "table 1, row 9, column 1",
    ):
        assert expected in text


@pytest.mark.parametrize(
    "reference", ["http://kjj.jining.gov.cn/art/2.html", "work2", SNAPSHOT.format(2)]
)
def test_show_finds_by_address_work_and_record(run: Run, reference: str) -> None:
    shown = json.loads(run("show", reference, "--format", "json").stdout)
    assert shown["report_id"] == "0000000000000002"
    assert {figure["status"] for figure in shown["figures"]} == {"reported", "blank"}


def test_an_ambiguous_beginning_is_told(run: Run) -> None:
    result = run("show", "000000")
    assert result.exit_code == 2
    assert "several" in result.stderr


@pytest.mark.parametrize("reference", ["nothing", "", "'; DROP TABLE reports", "x" * 1_000_000])
def test_what_is_not_there_is_told_in_a_line(run: Run, reference: str) -> None:
    result = run("show", reference)
    assert result.exit_code == 2
    assert len(result.stderr) < 1000


def test_show_as_csv_lists_the_figures(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", "work2", "--format", "csv").stdout)))
    assert len(rows) == 6
    assert all(row["observation_id"] for row in rows)


def test_a_figure_is_explained(run: Run) -> None:
    rows = csv.DictReader(io.StringIO(run("show", "work2", "--format", "csv").stdout))
    figure = next(row for row in rows if row["applicant"] == "business")
    for command in ("show", "explain"):
        text = run(command, figure["observation_id"]).stdout
        assert "table 1, row 4, column 2" in text
        assert "http://kjj.jining.gov.cn/art/2.html" in text


def test_series_tells_zero_from_blank_and_missing(run: Run) -> None:
    result = run("series", "requests.new", "--agency", "科学技术局")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    table = {line.split()[2]: line for line in lines if line.split()[1:2] == ["own"]}
    assert "3405" in table["2018"]
    assert "requests.received" in table["2018"]
    assert "[no report]" in table["2019"]
    assert " 0 " in table["2021"]
    chart = [line for line in lines if "│" in line or "╪" in line]
    assert any("another definition: requests.received → requests.new" in line for line in chart)
    assert any(line.startswith("2019 │· no report found") for line in chart)
    assert any(line == "2021 │0件" for line in chart)


def test_one_code_stays_in_its_form(run: Run) -> None:
    options = ("--agency", "科学技术局", "--one-code", "--format", "csv")
    text = run("series", "requests.new", *options).stdout
    rows = {row["year"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["2018"]["status"] == "not_in_form"
    assert rows["2020"]["status"] == "not_found"
    assert rows["2021"]["status"] == "reported"
    assert rows["2021"]["value"] == "0"


def test_each_way_of_having_no_figure_has_its_own_status(run: Run) -> None:
    def status(indicator: str, year: str) -> str:
        text = run("series", indicator, "--year", year, "--one-code", "--format", "csv").stdout
        return next(csv.DictReader(io.StringIO(text)))["status"]

    assert status("litigation.total", "2018") == "blank"
    assert status("review.total", "2021") == "implied_zero"
    assert status("requests.carried_in", "2021") == "row_absent"
    assert status("review.total", "2022") == "picture"


def test_conflicting_figures_are_not_chosen_between(tmp_path: Path) -> None:
    from query.cells import figures
    from query.concordance import variable_of
    from query.corpus import opened
    from query.filters import Filters

    build = Builder(tmp_path)
    report = build.report()
    build.observe(report, "review.total", 1)
    build.observe(report, "review.total", 2)
    build.observe(report, "review.total", 3, method="prose")
    with opened(build.finish()) as corpus:
        _, made = next(figures(corpus, [variable_of("review.total")], Filters()))
    assert made["review.total"].status == "conflicting"
    assert made["review.total"].value is None


def test_a_sum_needs_all_its_parts(tmp_path: Path) -> None:
    from query.cells import figures
    from query.concordance import variable_of
    from query.corpus import opened
    from query.filters import Filters

    build = Builder(tmp_path)
    whole, partial = build.report(year=2020), build.report(year=2021)
    for report, second in ((whole, 2), (partial, None)):
        build.observe(report, "litigation.direct.total", 1)
        build.observe(report, "litigation.after_review.total", second)
    with opened(build.finish()) as corpus:
        found = figures(corpus, [variable_of("lawsuits")], Filters())
        made = [by_name["lawsuits"] for _, by_name in found]
    assert [(one.status, one.value, one.method) for one in made] == [
        ("reported", 3, "derived"),
        ("part_missing", None, ""),
    ]


def test_an_unknown_indicator_gets_suggestions(run: Run) -> None:
    result = run("series", "request.new")
    assert result.exit_code == 2
    assert "requests.new" in result.stderr
    assert run("series", "requests.new", "--applicant", "dog").exit_code == 2


def test_tables_align_chinese(run: Run) -> None:
    lines = run("series", "requests.new", "--no-chart").stdout.splitlines()
    column = cell_len(lines[0][: lines[0].index("year")])
    for line in lines[1:]:
        prefix = line[: next(n for n in range(len(line)) if line[n : n + 2] == "20")]
        assert cell_len(prefix) == column


def test_indicators_lists_the_dictionary(run: Run) -> None:
    from click.testing import CliRunner

    import gongkai

    text = CliRunner().invoke(gongkai.cli, ["indicators", "--format", "csv"]).stdout
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["requests.new"]["forms"] == "2019 2021"
    assert rows["requests.new"]["concept"] == "requests_received"
    assert CliRunner().invoke(gongkai.cli, ["indicators", "no such"]).exit_code == 2


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("html:table[2]/r5c3#/html/body", "table 2, row 5, column 3"),
        ("html:p[12]@10-25", "paragraph 12, characters 11 to 25"),
        ("rtf:table[2]/r16c10", "table 2, row 16, column 10"),
        (
            "pdf:p1@5,6,7,8@0-3",
            "page 1, box 5, 6, 7, 8 (points from the top left), characters 1 to 3",
        ),
        ("text:120-190@5-8", "characters 126 to 128"),
        ("zip:a/b.docx!docx:p[3]", "file a/b.docx of the package, paragraph 3"),
        ("part[2]!html:p[4]", "further page 2, paragraph 4"),
        ("pdf:p3@1,2,3,4", "page 3, box 1, 2, 3, 4 (points from the top left)"),
        ("xlsx:Sheet!C5", "sheet Sheet, cell C5"),
        ("text:120-135", "characters 121 to 135"),
        ("text:580-581", "character 581"),
        ("docx:table[3]", "table 3"),
        ("pdf:p2", "page 2"),
        ("image:p4", "picture 4"),
        ("xlsx:附表", "sheet 附表"),
        ("html:#/html/body/p", "html:#/html/body/p"),
        ("odd", "odd"),
    ],
)
def test_locators_are_put_in_words(locator: str, words: str) -> None:
    assert in_words(locator) == words
