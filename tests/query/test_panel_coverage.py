"""`compare`, `coverage` and panels: every way of having no figure keeps its own name."""

import csv
import io
from pathlib import Path

import pytest

from query.corpus import opened
from query.coverage import coverage
from query.deadlines import deadline
from query.filters import Filters
from tests.query.conftest import Run
from tests.query.corpus import Builder


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_panel_follows_concepts_through_the_forms(run: Run) -> None:
    rows = {(r["agency_id"], r["year"]): r for r in read_csv(run("export", "panel").stdout)}
    first, gap, last = (rows["370800-kjj", year] for year in ("2018", "2019", "2021"))
    assert (first["requests_received"], first["requests_received_status"]) == ("3405", "reported")
    assert first["requests_carried_in_status"] == "not_in_form"
    assert (gap["requests_received"], gap["requests_received_status"]) == ("", "not_found")
    assert gap["source_url"] == ""
    assert (last["requests_received"], last["requests_received_from"]) == ("0", "table")
    assert (last["reviews"], last["reviews_status"]) == ("", "implied_zero")
    assert rows["350400-jyj", "2022"]["reviews_status"] == "picture"


def test_a_panel_of_one_form_has_all_its_indicators(run: Run) -> None:
    rows = read_csv(run("export", "panel", "--form", "2021", "--applicants").stdout)
    assert {row["year"] for row in rows} >= {"2021"}
    row = next(row for row in rows if row["year"] == "2021")
    assert row["requests_new_natural_person"] == "11"
    assert row["requests_new"] == "0"
    assert row["requests_carried_in_status"] == "row_absent"
    assert run("export", "panel", "--form", "1066").exit_code == 2


def test_prose_counts_only_without_a_table_figure(tmp_path: Path) -> None:
    from query.cells import figures
    from query.concordance import variable_of

    build = Builder(tmp_path)
    both, prose = build.report(year=2020), build.report(year=2021)
    build.observe(both, "review.total", 3)
    build.observe(both, "review.total", 4, method="prose")
    build.observe(prose, "review.total", None)
    build.observe(prose, "review.total", 4, method="prose")
    with opened(build.finish()) as corpus:
        found = figures(corpus, [variable_of("review.total")], Filters())
        made = [by_name["review.total"] for _, by_name in found]
    assert [(one.value, one.method) for one in made] == [(3, "table"), (4, "prose")]


def test_a_stata_panel_tells_why_a_figure_is_missing(run: Run, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "panel.dta"
    assert run("export", "panel", "-o", str(path)).exit_code == 0
    frame = pandas.read_stata(path, convert_missing=True).set_index(["agency_id", "year"])
    assert str(frame.loc[("370800-kjj", 2021), "reviews"]) == ".z"
    assert str(frame.loc[("370800-kjj", 2019), "reviews"]) == ".x"
    assert frame.loc[("370800-kjj", 2018), "requests_received"] == 3405


def test_compare_sets_years_side_by_side(run: Run) -> None:
    text = run("compare", "requests_received", "review.total", "--agency", "科学技术局",
               "--format", "csv").stdout  # fmt: skip
    rows = {row["indicator"]: row for row in read_csv(text)}
    assert rows["requests_received"]["济宁市科学技术局 2018"] == "3405"
    assert rows["requests_received"]["济宁市科学技术局 2021"] == "0"
    assert rows["review.total"]["济宁市科学技术局 2021"] == "[blank≈0]"
    two = run("compare", "requests.new", "--agency", "科学", "--with", "教育", "--format", "csv")
    assert "三明市教育局 2022" in two.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("agency", "year", "expected"),
    [
        ("济宁市科学技术局", 2018, "2019-03-31"),
        ("济宁市科学技术局", 2019, "2020-01-31"),
        ("济宁市人民政府", 2019, "2020-03-31"),
        ("济宁市人民政府", 2018, "2019-03-31"),
        ("济宁市人民政府办公室", 2023, "2024-03-31"),
        ("山东省人民政府国有资产监督管理委员会", 2023, "2024-01-31"),
        ("晋江市陈埭镇人民政府", 2018, "2019-03-31"),
        ("晋江市陈埭镇人民政府", 2019, ""),
        ("晋江市青阳街道办事处", 2023, ""),
        ("济宁市科学技术局", 2008, "2009-03-31"),
        ("济宁市科学技术局", 2007, ""),
    ],
)
def test_the_deadline_is_that_of_the_law_of_the_year(agency: str, year: int, expected: str) -> None:
    assert deadline(agency, year) == expected


def test_coverage_says_no_more_than_is_known(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(year=2017, stated_date="2018-03-20")
    gone = build.report(year=2018, stated_date="2019-05-01")
    late = {"year": 2019, "stated_date": "2020-02-01"}
    build.report(**late)
    build.report(agency="三明市教育局", agency_id="jyj", year=2019, source_url="http://jyj.cn/a")
    build.insert("captures", record_id="b", kind="blocked", url="http://jyj.cn/b",
                 date="2024-02-20T00:00:00Z", context="{}")  # fmt: skip
    build.insert("captures", record_id="d", kind="response", url="http://x.cn/",
                 date="2024-02-20T00:00:00Z", context='{"agency": "某局"}')  # fmt: skip
    build.insert("events", event_id="e", kind="removed", report_id=gone[0],
                 date="2024-03-02T00:00:00Z")  # fmt: skip
    for n, host in enumerate(("kjj.jining.gov.cn", "x.cn")):
        build.insert("captures", record_id=f"l{n}", kind="response", role="listing", status=200,
                     url=f"http://{host}/list", date="2024-02-19T00:00:00Z",
                     context="{}")  # fmt: skip
    build.report(agency="晋江市科技和知识产权局", year=2016, source_url="urn:sha256:0",
                 agency_id="350582/intellectual_property+science")  # fmt: skip
    with opened(build.finish()) as corpus:
        lines = coverage(corpus, Filters(years="2016-2024"))
    states = {line.agency: {entry.year: entry.state for entry in line.entries} for line in lines}
    assert states["济宁市科学技术局"] == {
        2016: "existence_unknown",
        2017: "found",
        2018: "removed",
        2019: "stated_late",
        **dict.fromkeys(range(2020, 2024), "missing"),
        2024: "not_due",
    }
    assert states["三明市教育局"][2018] == "existence_unknown"
    assert states["三明市教育局"][2020] == "blocked"
    assert states["某局"][2022] == "existence_unknown"
    assert states["某局"][2023] == "missing"
    assert states["晋江市科技和知识产权局"][2018] == "not_looked"
    assert states["晋江市科技和知识产权局"][2019] == "succeeded"


def test_coverage_prints_a_matrix(run: Run) -> None:
    text = run("coverage").stdout
    assert "济宁市科学技术局" in text
    assert "●" in text
    assert len(read_csv(run("coverage", "--format", "csv").stdout)) > 4
