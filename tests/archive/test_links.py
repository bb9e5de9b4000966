"""Versions, works, the preferred version, checks across documents, events."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.database import DatabaseWriter
from archive.declarations import load
from archive.links.checks import ACROSS_YEARS
from archive.records import Reading
from parsers.records import AgencyMention
from tests.archive.readings import capture, figure, reading, report, source, years

BETTER = "http://www.a.gov.cn/r.html"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseWriter]:
    with DatabaseWriter(tmp_path / "a.db") as writer:
        yield writer


def linked(database: DatabaseWriter, *readings: Reading) -> DatabaseWriter:
    for one in readings:
        database.add_captures({s.capture.record_id: s.capture for s in one.sources}.values())
        database.replace(one)
    database.finish()
    return database


def rows(database: DatabaseWriter, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in database.query(sql)]


def preferred(database: DatabaseWriter) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT snapshot, preferred_reason FROM reports WHERE preferred = 1")


def versions_of(database: DatabaseWriter) -> dict[str, int]:
    return dict(rows(database, "SELECT snapshot, version FROM reports"))


def at(name: str, day: int, url: str = BETTER, **more: Any) -> Any:
    return capture(name, url, date=f"2024-01-{day:02}T00:00:00.000000Z", **more)


def test_only_changed_text_or_figures_make_a_version(database: DatabaseWriter) -> None:
    same = report(figure("requests.new", 12))
    linked(
        database,
        reading(at("a", 1), same),
        reading(at("b", 2), report(figure("requests.new", 12), text=" 正 文\n")),
        reading(at("c", 3), report(figure("requests.new", 13))),
        reading(at("d", 4), same),
        reading(at("e", 5), report(figure("requests.new", 12), text="改了")),
    )
    expected = {"urn:a": 1, "urn:b": 1, "urn:c": 2, "urn:d": 3, "urn:e": 4}
    assert versions_of(database) == expected
    assert set(rows(database, "SELECT first_seen FROM reports")) == {
        ("2024-01-01T00:00:00.000000Z",)
    }
    assert preferred(database) == [("urn:e", "it is the latest version")]


def test_a_changed_figure_is_an_event_that_names_it(database: DatabaseWriter) -> None:
    linked(
        database,
        reading(at("a", 1), report(figure("requests.new", 12))),
        reading(at("b", 2), report(figure("requests.new", 13))),
    )
    found = rows(
        database, "SELECT kind, snapshot, other_snapshot, detail FROM events ORDER BY date"
    )
    assert found == [
        ("new_report", "urn:a", "", ""),
        ("figures_changed", "urn:b", "urn:a",
         "requests.new total year: 12 -> 13 at html:table[1]/r1c1"),
    ]  # fmt: skip


def events(database: DatabaseWriter, *but: str) -> list[tuple[Any, ...]]:
    found = rows(database, "SELECT kind, snapshot, other_snapshot FROM events ORDER BY date, kind")
    return [row for row in found if row[0] not in but]


def test_a_template_that_changed_is_no_event(database: DatabaseWriter) -> None:
    one = report(figure("requests.new", 12), text="全年收到申请12件")
    other = report(
        figure("requests.new", 12, locator="html:table[9]/r7c3"), text="全年 收到申请12件"
    )
    linked(database, reading(at("a", 1), one), reading(at("b", 2), other))
    assert events(database) == [("new_report", "urn:a", "")]


def test_what_could_not_be_read_again_is_no_edit(database: DatabaseWriter) -> None:
    whole = report(figure("requests.new", 12), figure("review.total", 1))
    lost = report(figure("review.total", 2), tables="uncaptured_attachment")
    linked(database, reading(at("a", 1), whole), reading(at("b", 2), lost))
    assert events(database, "new_report") == [
        ("figures_changed", "urn:b", "urn:a"),
        ("tables_changed", "urn:b", "urn:a"),
    ]
    ((detail,),) = rows(database, "SELECT detail FROM events WHERE kind = 'figures_changed'")
    assert "review.total" in detail
    assert "requests.new" not in detail


def test_a_known_report_elsewhere_is_not_new(database: DatabaseWriter) -> None:
    elsewhere = at("o", 3, "http://www.a.gov.cn/o.html")
    linked(database, reading(at("a", 1), report()), reading(elsewhere, report()))
    assert events(database) == [("new_report", "urn:a", ""), ("further_address", "urn:o", "urn:a")]


def test_an_attachment_is_not_new_beside_its_page(database: DatabaseWriter) -> None:
    linked(database, with_attachment(figure("requests.new", 12)))
    assert [row[0] for row in events(database)] == ["new_report"]


@pytest.mark.parametrize(
    ("other", "facts", "reason"),
    [
        (at("o", 1, "http://www.a.gov.cn/o.html"), {"tables": "picture"}, "readable"),
        (at("o", 1, "http://www.a.gov.cn/o.html"), {"tables": "none"}, "readable"),
        (at("o", 1, "http://www.a.com/o.html"), {}, "official host"),
        (at("o", 9, "http://www.a.gov.cn/o.html"), {}, "seen first"),
    ],
)
def test_the_better_one_of_a_work_is_preferred(
    database: DatabaseWriter, other: Any, facts: Any, reason: str
) -> None:
    linked(database, reading(at("best", 5), report()), reading(other, report(**facts)))
    ((snapshot, told),) = preferred(database)
    assert snapshot == "urn:best"
    assert reason in told
    assert rows(database, "SELECT DISTINCT work_id FROM reports") == [("agency-1|2023|own",)]


def with_attachment(*of_attachment: Any) -> Reading:
    page = at("page", 5)
    attachment = at("file", 4, "http://www.a.gov.cn/r.docx", role="part", part_of="urn:page")
    own = report(figure("requests.new", 12), figure("requests.carried_in", 1))
    return Reading(page, (source(page, own), source(attachment, report(*of_attachment))))


def test_the_page_goes_before_its_attachment(database: DatabaseWriter) -> None:
    linked(database, with_attachment(figure("requests.new", 12)))
    assert preferred(database) == [("urn:page", "it is the page, not an attachment")]
    ((verdict, clause),) = rows(
        database, "SELECT verdict, clause FROM checks WHERE identity = 'page_and_attachment'"
    )
    assert (verdict, clause) == ("holds", "1 shared table figures are equal")


def test_page_and_attachment_that_differ_fail_a_check(database: DatabaseWriter) -> None:
    linked(database, with_attachment(figure("requests.new", 21), figure("requests.carried_in", 1)))
    sql = "SELECT verdict, clause, difference FROM checks WHERE other_report_id <> ''"
    assert rows(database, sql) == [("fails", "requests.new total year: 21 <> 12", "1")]


def test_page_and_attachment_of_a_body_that_is_not_declared_are_one_work(
    database: DatabaseWriter,
) -> None:
    unknown = AgencyMention("issuer", "某局", "某局")
    page, attached = with_attachment(figure("requests.new", 21)).sources
    other = replace(attached.reports[0], agencies=(AgencyMention("issuer", "别局", "别局"),))
    own = (replace(one.reports[0], agencies=(unknown,)) for one in (page, attached))
    reports = [(next(own),), (next(own), replace(other, ordinal=1))]
    sources = (
        replace(one, reports=has) for one, has in zip((page, attached), reports, strict=True)
    )
    linked(database, Reading(page.capture, tuple(sources)))
    assert [snapshot for snapshot, _ in preferred(database)] == ["urn:page", "urn:file"]
    sql = "SELECT identity, verdict FROM checks WHERE other_report_id <> ''"
    assert rows(database, sql) == [("page_and_attachment", "fails")]


def test_without_agency_or_year_a_report_stands_alone(database: DatabaseWriter) -> None:
    linked(
        database,
        reading(at("a", 1), report(agencies=())),
        reading(at("b", 1, "http://www.a.gov.cn/b.html"), report(year=None)),
    )
    assert len(preferred(database)) == 2
    works = rows(database, "SELECT work_id FROM reports")
    assert len(set(works)) == 2
    assert all(work.startswith("report|") for (work,) in works)


@pytest.mark.parametrize(
    ("out", "carried_in", "verdict", "difference"),
    [
        (figure("requests.carried_out", 5), figure("requests.carried_in", 5), "holds", "0"),
        (figure("requests.carried_out", 5), figure("requests.carried_in", 3), "fails", "2"),
        (
            figure("requests.carried_out", 5),
            figure("requests.carried_in", None),
            "not_evaluable",
            None,
        ),
    ],
)
def test_carry_over_between_years(
    database: DatabaseWriter, out: Any, carried_in: Any, verdict: str, difference: str | None
) -> None:
    linked(database, *(one for _, one in years(y2022=(out,), y2023=(carried_in,))))
    sql = "SELECT identity, applicant, verdict, difference FROM checks WHERE other_report_id <> ''"
    assert rows(database, sql) == [("requests.carry_over", "total", verdict, difference)]


def test_no_check_where_a_year_or_a_figure_is_not_there(database: DatabaseWriter) -> None:
    made = years(y2020=(figure("requests.carried_out"),), y2022=(figure("requests.carried_in", 2),))
    linked(database, *(one for _, one in made))
    assert not rows(database, "SELECT * FROM checks WHERE other_report_id <> ''")


def test_the_stock_of_documents_is_checked(database: DatabaseWriter) -> None:
    def stock(in_force: int, issued: int, repealed: int) -> tuple[Any, ...]:
        names = {"in_force": in_force, "issued": issued, "repealed": repealed}
        return tuple(figure(f"proactive.normative.{name}", n) for name, n in names.items())

    linked(database, *(one for _, one in years(y2022=stock(10, 1, 1), y2023=stock(12, 3, 2))))
    ((verdict, clause),) = rows(
        database, "SELECT verdict, clause FROM checks WHERE identity = 'proactive.normative.stock'"
    )
    assert verdict == "fails"
    assert clause == (
        "proactive.normative.in_force (2023) 12 = proactive.normative.in_force (2022) 10"
        " + proactive.normative.issued (2023) 3 - proactive.normative.repealed (2023) 2"
    )


def test_a_table_figure_goes_before_prose(database: DatabaseWriter) -> None:
    prose = figure("requests.carried_out", 99, method="prose")
    made = years(
        y2022=(prose, figure("requests.carried_out", 5)), y2023=(figure("requests.carried_in", 5),)
    )
    linked(database, *(one for _, one in made))
    assert rows(database, "SELECT verdict FROM checks WHERE other_report_id <> ''") == [("holds",)]


GONE: dict[str, Any] = {"status": 404}
SAYS_GONE: dict[str, Any] = {
    "status": 200,
    "kind": "blocked",
    "role": "other",
    "notes": '{"wall":"soft_404"}',
}


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (GONE, GONE, "removed"),
        ({"status": 410}, GONE, "removed"),
        (SAYS_GONE, SAYS_GONE, "removed"),
        ({"status": 200, "role": "other", "notes": '{"deleted":true}'}, GONE, "removed"),
        ({"status": 302, "notes": '{"location":"/"}'}, GONE, "removed"),
        ({"status": 200, "role": "other", "notes": '{"leads_to":"/"}'}, GONE, "removed"),
        ({"status": 301, "notes": '{"location":"https://www.a.gov.cn/r.html"}'}, GONE, ""),
        ({"status": 500}, GONE, ""),
        ({"status": None, "kind": "failure", "error": "timeout"}, GONE, ""),
    ],
)
def test_a_report_is_removed_once_two_answers_say_so(
    database: DatabaseWriter, first: Any, second: Any, kind: str
) -> None:
    database.add_captures([at("g1", 8, **first), at("g2", 11, **second)])
    linked(database, reading(at("a", 1), report()))
    assert events(database, "new_report") == ([(kind, "urn:g2", "urn:a")] if kind else [])


def test_two_answers_must_be_some_days_apart(database: DatabaseWriter) -> None:
    database.add_captures([at("g1", 8, **GONE), at("g2", 9, **GONE)])
    linked(database, reading(at("a", 1), report()))
    assert events(database, "new_report") == []


def test_a_good_answer_between_ends_the_count(database: DatabaseWriter) -> None:
    database.add_captures([at("g1", 8, **GONE), at("g2", 12, **GONE)])
    linked(database, reading(at("a", 1), report()), reading(at("b", 9), report()))
    assert events(database, "new_report") == []


def test_a_report_that_comes_back_has_returned(database: DatabaseWriter) -> None:
    gone = [at(f"g{day}", day, **GONE) for day in (8, 11, 12, 20, 24)]
    database.add_captures(gone)
    linked(database, reading(at("a", 1), report()), reading(at("b", 15), report()))
    assert events(database, "new_report") == [
        ("removed", "urn:g11", "urn:a"),
        ("returned", "urn:b", "urn:g11"),
        ("removed", "urn:g24", "urn:b"),
    ]


@pytest.mark.parametrize(
    "leads",
    [
        {"status": 301, "notes": '{"location":"/new.html"}'},
        {"status": 200, "role": "other", "notes": '{"leads_to":"http://a.gov.cn/new.html"}'},
    ],
)
def test_an_address_that_leads_to_a_report_has_moved(
    database: DatabaseWriter, leads: dict[str, Any]
) -> None:
    database.add_captures([at("gone", 8, **leads), at("later", 12, **GONE)])
    new = reading(at("n", 9, "http://www.a.gov.cn/new.html"), report(year=2022))
    linked(database, reading(at("a", 1), report()), new)
    assert events(database, "new_report") == [("moved", "urn:gone", "urn:a")]


@pytest.mark.parametrize(
    ("day", "value", "kind"), [(9, 12, "moved"), (9, 13, "removed"), (20, 12, "removed")]
)
def test_the_same_report_elsewhere_by_then_has_moved(
    database: DatabaseWriter, day: int, value: int, kind: str
) -> None:
    database.add_captures([at("g1", 8, **GONE), at("g2", 12, **GONE)])
    mine = report(figure("requests.new", 12), text="甲")
    other = reading(at("n", day, "http://www.a.gov.cn/new.html"),
                    report(figure("requests.new", value), text="乙"))  # fmt: skip
    linked(database, reading(at("a", 1), mine), other)
    found = events(database, "new_report", "further_address")
    assert found == [(kind, "urn:g2", "urn:a")]


def test_checks_across_years_use_declared_indicators() -> None:
    declared = {indicator.code for indicator in load().forms.indicators.values()}
    used = {term.indicator for rule in ACROSS_YEARS for term in (*rule.left, *rule.right)}
    assert used <= declared
