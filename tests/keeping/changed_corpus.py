"""A corpus in which a report was edited, another removed, and one is withdrawn."""

from pathlib import Path

from tests.query.corpus import SNAPSHOT, Builder

HOSTILE = '<b>某县&"科学技术局\x0b</b>]]>'


def build(directory: Path) -> Path:
    made = Builder(directory)
    first = _captured(made, 1, "2024-01-20T08:00:00.000000Z", preferred=0)
    second = _captured(made, 2, "2024-09-20T08:00:00.000000Z", version=2)
    for report, value in ((first, 11), (second, 12)):
        made.observe(report, "requests.new", value, applicant="total")
        made.observe(report, "review.total", 3)
    hostile = made.report(
        report_id="b" * 16, agency=HOSTILE, agency_id="x", region_code="350400", title=HOSTILE,
        source_url="http://x.gov.cn/a b?<&\"'=1", year=2022,
        captured_at="2024-09-01T00:00:00.000000Z",
    )  # fmt: skip
    withdrawn = made.report(report_id="c" * 16, agency="某局", agency_id="y")
    made.insert("withdrawals", record_id=withdrawn[1], date="2024-10-01", reason="asked for")
    for n, (kind, report, date, other) in enumerate((
        ("new_report", first, "2024-01-20T08:00:00.000000Z", ""),
        ("figures_changed", second, "2024-09-20T08:00:00.000000Z", first[1]),
        ("removed", hostile, "2024-09-21T08:00:00.000000Z", hostile[1]),
        ("new_report", withdrawn, "2024-09-22T08:00:00.000000Z", ""),
    )):  # fmt: skip
        made.insert(
            "events", event_id=f"{n:016x}", kind=kind, report_id=report[0], date=date,
            snapshot=SNAPSHOT.format(900) if kind == "removed" else report[1],
            other_snapshot=other, detail=f"detail \x00{kind} <&>",
        )  # fmt: skip
    return made.finish()


def _captured(made: Builder, n: int, date: str, **more: object) -> tuple[str, str]:
    address = "http://kjj.jining.gov.cn/art/a.html"
    return made.report(
        report_id="a" * 16, snapshot=SNAPSHOT.format(100 + n), captured_at=date,
        source_url=address, page_url=address, **more,
    )  # fmt: skip
