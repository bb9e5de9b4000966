"""Drafts without faults: nothing may be found in them."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records import APPLICANTS
from tests.parsers.tables.expected import without_spans
from tests.parsers.tables.samples import REQUEST_ROWS, request_table, review_table
from tests.pipelines.checking.conftest import Check
from tests.pipelines.checking.drafts import (
    Draft,
    Rows,
    appendix_fujian,
    articles_2019,
    articles_2021,
    old_report,
    page,
    request_table_2019,
    requests,
    statistics_2014,
)

CLEAN = {
    "2021": lambda: Draft().html(),
    "2019": lambda: Draft(
        year=2020, articles=articles_2019(), requests=request_table_2019(requests())
    ).html(),
    "2014": lambda: page(old_report(2016, statistics_2014())),
    "fujian": lambda: page(old_report(2013, appendix_fujian())),
    "prose": lambda: page(old_report(2010)),
}


@pytest.mark.parametrize("form", CLEAN)
def test_a_clean_draft_of_each_form(check: Check, form: str) -> None:
    answer = check(CLEAN[form]())
    assert answer.told == []
    assert (answer.status, answer.report["form"]) == (0, form)
    assert answer.report["summary"] == {"error": 0, "warning": 0, "note": 0}


def test_a_clean_draft_in_plain_text(check: Check) -> None:
    answer = check("\n".join(_in_text(Draft().blocks())).encode("gb18030"), name="draft.txt")
    assert (answer.told, answer.report["form"]) == ([], "2021")


def test_heads_of_a_table_in_text_are_no_heading_of_a_part(check: Check) -> None:
    blocks = [item for item in Draft().blocks() if item != "四、政府信息公开行政复议、行政诉讼情况"]
    answer = check("\n".join(_in_text(blocks)).encode(), name="draft.txt")
    told = [(item["code"], item["expected"]) for item in answer.findings]
    assert told == [("missing_section", "政府信息公开行政复议、行政诉讼情况")]


def _in_text(blocks: Iterable[str | Rows]) -> list[str]:
    """Blocks as lines of text."""
    lines = [[item] if isinstance(item, str) else _tabbed(item) for item in blocks]
    return [line for part in lines for line in part]


def _tabbed(rows: Rows) -> list[str]:
    """A table as copies of text look: one line a row, merged cells once in their first row."""
    return ["\t".join(row) for row in without_spans(rows)]


counts = st.integers(0, 40)
OUTCOMES = [code for _, _, code in REQUEST_ROWS if code.startswith("requests.outcome.")][:-1]


@st.composite
def true_requests(draw: st.DrawFn) -> dict[tuple[str, str], str]:
    """A request table in which every identity holds."""
    figures: dict[tuple[str, str], int] = {}
    for name in APPLICANTS[:-1]:
        stated = {code: draw(counts) for code in draw(st.sets(st.sampled_from(OUTCOMES)))}
        outcomes = {code: stated.get(code, 0) for code in OUTCOMES}
        carried_out, carried_in = draw(counts), draw(counts)
        total = sum(outcomes.values())
        column = outcomes | {
            "requests.outcome.total": total,
            "requests.carried_out": carried_out + carried_in,
            "requests.carried_in": carried_in,
            "requests.new": total + carried_out,
        }
        figures |= {(code, name): value for code, value in column.items()}
    for _, _, code in REQUEST_ROWS:
        figures[code, "total"] = sum(figures[code, name] for name in APPLICANTS[:-1])
    return {key: str(value) for key, value in figures.items()}


@st.composite
def true_review(draw: st.DrawFn) -> list[str]:
    """A review table in which every identity holds."""
    groups = [[draw(counts) for _ in range(4)] for _ in range(3)]
    return [str(value) for group in groups for value in (*group, sum(group))]


@settings(max_examples=25, deadline=None)
@given(
    figures=true_requests(),
    review=true_review(),
    normative=st.tuples(counts, counts, counts),
    fees=st.decimals(0, 99, places=2),
    year=st.integers(2021, 2030),
)
def test_true_figures_are_never_an_error(
    check: Check,
    figures: dict[tuple[str, str], str],
    review: list[str],
    normative: tuple[int, int, int],
    fees: object,
    year: int,
) -> None:
    stated = (str(normative[0]), str(normative[1]), str(normative[2]))
    draft = Draft(
        year=year,
        articles=articles_2021(stated, str(fees)),
        requests=request_table(figures),
        review=review_table(review),
    )
    assert check(draft.html()).told == []


@settings(max_examples=40, deadline=None)
@given(figures=true_requests(), row=st.sampled_from(REQUEST_ROWS), applicant=st.data())
def test_any_figure_that_is_off_by_one_is_found_where_it_stands(
    check: Check,
    figures: dict[tuple[str, str], str],
    row: tuple[str, str, str],
    applicant: st.DataObject,
) -> None:
    col = applicant.draw(st.integers(0, len(APPLICANTS) - 1))
    code, name = row[2], APPLICANTS[col]
    wrong = figures | {(code, name): str(int(figures[code, name]) + 1)}
    answer = check(Draft(requests=request_table(wrong)).html())
    assert {code for _, code, _ in answer.told} == {"identity_fails"}
    place = f"html:table[2]/r{REQUEST_ROWS.index(row) + 4}c{col + 4}#"
    hits = [[at for at in item["locators"] if at.startswith(place)] for item in answer.findings]
    assert all(hits)


PIECES = st.sampled_from(
    [
        "",
        "0",
        "/",
        "-1",
        "约3",
        "3万元",
        "总计",
        "一、总体情况",
        "规章",
        "2019年制发件数",
        "\x1b[31m",
        "无",
        "①",
    ]
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_spoilt_drafts_are_judged_all_the_same(check: Check, data: st.DataObject) -> None:
    blocks: list[str | Rows] = []
    for block in Draft().blocks():
        spoilt = _spoilt(block, data)
        blocks += [spoilt] * data.draw(st.sampled_from([0, 1, 1, 1, 1, 2]))
    answer = check(page(blocks))
    assert answer.status == (0 if answer.said["readable"] else 1)
    assert all(item["says"] and item["place"] for item in answer.findings)


def _spoilt(block: str | Rows, data: st.DataObject) -> str | Rows:
    """The paragraph or table with a cell put anew, or lost, here and there."""
    if isinstance(block, str):
        return block if data.draw(st.booleans()) else data.draw(PIECES)
    rows = [list(row) for row in block]
    for row in data.draw(st.lists(st.sampled_from(rows), max_size=4)):
        place = data.draw(st.integers(0, len(row)))
        row[place : place + data.draw(st.integers(0, 2))] = data.draw(st.lists(PIECES, max_size=2))
    return [row for row in rows if row]
