"""Captures and readings made up for the tests of the database."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from archive.records import Capture, Reading, SourceReading
from parsers.records import AgencyMention, Check, Observation, Problem, Report, Section


def capture(name: str, url: str = "http://www.a.gov.cn/r.html", **more: Any) -> Capture:
    facts: dict[str, Any] = {
        "kind": "response",
        "date": "2024-01-10T00:00:00.000000Z",
        "status": 200,
        "role": "page",
        "payload_sha256": f"{abs(hash(name)):064x}"[:64],
    }
    place = {"warc": "gongkai-r-00001.warc.gz", "offset": 0, "length": 10}
    return Capture(record_id=f"urn:{name}", url=url, **{**place, **facts, **more})


def figure(indicator: str, value: int | None = 1, **more: Any) -> Observation:
    number = None if value is None else Decimal(value)
    facts: dict[str, Any] = {
        "status": "reported" if value is not None else "blank",
        "method": "table",
        "applicant": "total" if indicator.startswith("requests") else "",
        "locator": "html:table[1]/r1c1",
    }
    return Observation(
        indicator=indicator,
        value=number,
        raw="" if value is None else str(value),
        unit="件",
        value_std=number,
        unit_std="件",
        **{**facts, **more},
    )


def report(*observations: Observation, **more: Any) -> Report:
    issuer = AgencyMention("issuer", "某局", "某县某局", "agency-1", "110000", "某县", "county")
    facts: dict[str, Any] = {
        "ordinal": 0,
        "title": "某局2023年政府信息公开工作年度报告",
        "form": "2021",
        "year": 2023,
        "agencies": (issuer,),
        "tables": "read",
        "scope": "own",
        "text": "正文",
        "sections": (Section("一", "总体情况", "正文"),),
        "checks": (Check("requests.balance", "holds", "1 = 1", "total"),),
        "problems": (Problem("table", "unknown_label", "其他事项", "html:table[1]/r9c1"),),
    }
    return Report(observations=observations, **{**facts, **more})


def source(of: Capture, *reports: Report) -> SourceReading:
    return SourceReading(of, "html", "utf-8", "meta", "正文", "正文", reports)


def reading(page: Capture, *reports: Report) -> Reading:
    return Reading(page, (source(page, *reports),))


def years(**by_year: tuple[Observation, ...]) -> list[tuple[Capture, Reading]]:
    """One page for each year (`y2023=(...)`)."""
    made = []
    for name, observations in by_year.items():
        year = int(name[1:])
        page = capture(name, f"http://www.a.gov.cn/{year}.html")
        made.append((page, reading(page, replace(report(*observations), year=year))))
    return made
