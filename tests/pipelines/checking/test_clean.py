"""Drafts without faults: nothing may be found in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records import APPLICANTS
from tests.parsers.tables.samples import REQUEST_ROWS, request_table, review_table
from tests.parsers.tables.test_oddities import without_spans
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
    lines = []
    for block in Draft().blocks():
        lines += [block] if isinstance(block, str) else _tabbed(block)
    answer = check("\n".join(lines).encode("gb18030"), name="draft.txt")
    assert (answer.told, answer.report["form"]) == ([], "2021")


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
