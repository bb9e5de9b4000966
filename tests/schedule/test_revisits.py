"""What becomes of a report page, and when it is asked for again."""

from datetime import UTC, datetime, timedelta
from typing import Any

from archive.declarations.schedule import PageChecks
from crawler.revisits import KnownPage, known_pages

CHECKS = PageChecks(factor=1, shortest_days=14, longest_days=90)
URL = "http://a.gov.cn/r.html"


def answer(day: str, status: int = 200, payload: str = "a", **more: Any) -> dict[str, Any]:
    row = {"url": URL, "date": f"{day}T00:00:00Z", "status": status, "role": "page"}
    return row | {"payload_sha256": payload, "context": '{"portal": "p"}', "notes": "{}"} | more


def page(*answers: dict[str, Any]) -> KnownPage:
    (found,) = known_pages(answers)
    return found


def wait_days(known: KnownPage) -> int:
    hours = (known.asked_at + timedelta(hours=n) for n in range(24 * 120))
    due = next(now for now in hours if known.is_due(CHECKS, 2.0, now))
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
    assert known_pages([answer("2026-01-01", 404), answer("2026-01-02", role="other")]) == []
