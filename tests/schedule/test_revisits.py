"""What becomes of a report page, and when it is asked for again."""

from datetime import UTC, datetime, timedelta
from typing import Any

from archive.declarations.schedule import PageChecks
from crawler.looks import FULL, KNOWN, WHOLE, Looks
from crawler.revisits import KnownPage, Revisits, known_pages, only_template_changed
from parsers.portals import Row

CHECKS = PageChecks(factor=1, shortest_days=14, longest_days=90)
ROW = Row("http://www.a.gov.cn/r.html", "报告", "2026-01-01")
URL = "http://a.gov.cn/r.html"


def answer(day: str, status: int = 200, payload: str = "a", **more: Any) -> dict[str, Any]:
    row = {"url": URL, "date": f"{day}T00:00:00Z", "status": status, "role": "page", "run_id": "1"}
    context = '{"portal": "p", "link_text": "报告", "listing_date": "2026-01-01"}'
    return (
        row
        | {"payload_sha256": payload, "context": context, "notes": "{}"}
        | {"reading": ""}
        | more
    )


def looks(plan: str) -> Looks:
    return Looks({"p": plan}, CHECKS, 2.0)


def page(*answers: dict[str, Any]) -> KnownPage:
    (found,) = known_pages(answers).values()
    return found


def wait_days(known: KnownPage) -> int:
    hours = (known.asked_at + timedelta(hours=n) for n in range(24 * 120))
    due = next(now for now in hours if known.is_due(looks(FULL), now))
    return (due - known.asked_at).days


def test_what_stays_as_it_is_is_asked_for_less() -> None:
    seen = [answer("2026-01-01"), answer("2026-02-20", 304, ""), answer("2026-12-01")]
    assert [wait_days(page(*seen[: n + 1])) for n in range(3)] == [14, 50, 90]
    assert wait_days(page(*seen, answer("2026-12-20", payload="b"))) == 14


def test_a_page_is_unconfirmed_until_it_was_gone_for_long_enough() -> None:
    gone = [answer("2026-01-01"), answer("2026-03-01", 404, "x"), answer("2026-03-02", 410, "y")]
    assert page(*gone).is_unconfirmed(2.0)
    assert page(*gone).gone_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert wait_days(page(*gone)) == 0
    assert not page(*gone, answer("2026-03-03", 404)).is_unconfirmed(2.0)
    assert not page(*gone, answer("2026-03-02", 304)).is_unconfirmed(2.0)
    said = answer("2026-03-01", notes='{"wall": "soft_404"}')
    assert page(gone[0], said).is_unconfirmed(2.0)


def test_what_never_was_a_report_page_is_none() -> None:
    assert known_pages([answer("2026-01-01", 404), answer("2026-01-02", role="other")]) == {}


def test_what_leads_elsewhere_is_gone_and_what_leads_to_a_report_is_no_page_any_more() -> None:
    away = answer("2026-03-01", 302, "", notes='{"location": "/"}')
    assert page(answer("2026-01-01"), away).is_unconfirmed(2.0)
    itself = answer("2026-03-01", 301, "", notes='{"location": "https://a.gov.cn/r.html"}')
    assert page(answer("2026-01-01"), itself).gone_at is None
    told = answer("2026-03-01", notes='{"leads_to": "http://a.gov.cn/new.html"}', role="other")
    moved = answer("2026-03-01", url="http://a.gov.cn/new.html")
    assert page(answer("2026-01-01"), told, moved).url == moved["url"]


def test_a_wall_in_the_place_of_a_page_says_nothing_of_it() -> None:
    wall = answer("2026-03-01", payload="w", notes='{"wall": "waf"}', role="page")
    assert page(answer("2026-01-01"), wall) == page(answer("2026-01-01"))


def test_a_page_without_all_its_parts_is_asked_for_again_at_once() -> None:
    lacking = answer("2026-01-01", notes='{"parts_missing": [{"url": "x"}]}')
    assert page(lacking).is_due(looks(KNOWN), page(lacking).asked_at)


def revisits(plan: str, days: int, checks: PageChecks | None = CHECKS) -> Revisits:
    pages = known_pages([answer("2026-01-01")])
    now = page(answer("2026-01-01")).asked_at + timedelta(days=days)
    return Revisits(pages, Looks({"p": plan}, checks, 2.0), now)


def test_a_page_rests_until_it_is_due_unless_its_row_is_another() -> None:
    assert revisits(KNOWN, 13).rests(ROW)
    assert not revisits(KNOWN, 14).rests(ROW)
    assert not revisits(KNOWN, 13).rests(Row(ROW.url, ROW.title, "2026-01-09"))
    assert not revisits(KNOWN, 13).rests(Row(ROW.url, "报告（更正）", ROW.date))
    assert not revisits(WHOLE, 13, checks=None).rests(ROW)


def test_a_whole_look_leaves_out_only_what_a_look_cut_short_has_had() -> None:
    seen = known_pages([answer("2026-01-01"), answer("2026-04-01")])
    now = datetime(2026, 5, 1, tzinfo=UTC)
    assert not Revisits(seen, looks(WHOLE), now).rests(ROW)
    assert Revisits(seen, looks(FULL), now).rests(ROW)


def test_pages_that_no_row_names_are_given_once() -> None:
    left = revisits(FULL, 20)
    assert [each.url for each in left.unnamed()] == [URL]
    assert left.unnamed() == []
    named = revisits(FULL, 20)
    assert not named.rests(ROW)
    assert named.unnamed() == []
    assert revisits(FULL, 13).unnamed() == []


def test_answers_of_the_run_itself_are_left_out() -> None:
    later = answer("2026-02-01", 404, run_id="2")
    (before,) = known_pages([answer("2026-01-01"), later], besides_run="2").values()
    assert before.gone_at is None


def test_another_template_around_the_same_words_is_no_change() -> None:
    first, second = (
        answer("2026-01-01", reading="r"),
        answer("2026-02-20", payload="b", reading="r"),
    )
    assert wait_days(page(first, second)) == 50
    assert wait_days(page(first, {**second, "reading": "s"})) == 14
    assert wait_days(page(first, {**second, "reading": ""})) == 14
    before, after = known_pages([first]), known_pages([first, second])
    assert [each.url for each in only_template_changed(before, after)] == [URL]
    edited = known_pages([first, {**second, "reading": "s"}])
    assert list(only_template_changed(before, edited)) == []
    assert list(only_template_changed(before, before)) == []
