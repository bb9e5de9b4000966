"""Generates a large corpus straight into the schema, for the benchmark of `query`.

Texts are words of a stock in Zipf's frequencies, so that some pairs of characters stand in every
report and most in few: those like `reports` have as many different pairs (1,250 of 2,500) and
characters (465) as real reports have, those of `words` a third more, which makes a larger index.

Bodies are of declared regions and functions, so that lineage is looked up as it is in earnest; each
report has its capture, and each body a listing that was read.
"""

import json
import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice, product
from pathlib import Path

from archive import texts, totals
from archive.dbfile import open_writable
from query.dictionary import entries
from query.lineage import declared_places

DATABASE = "gongkai.db"
CHARS_A_REPORT, FIGURES_A_REPORT, YEARS = 2_500, 200, range(2008, 2025)
WORDS, CHARACTERS = 20_000, 6_000
CHECKS_A_REPORT = 10
PAUSES = "，。；、"
STEEPNESS = {"reports": 1.2, "words": 1.0}  # by which power of its rank a word is rarer

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the generated corpus."""

    agency_id: str
    name: str
    region_code: str
    region: str

    @property
    def host(self) -> str:
        return f"{self.agency_id.replace('/', '-').replace('_', '-')}.example.gov.cn"


def build(directory: Path, reports: int, seed: int, like: str = "words") -> None:
    """Writes the database of a corpus of that many reports, and prints what its texts cost."""
    directory.mkdir(parents=True)
    connection = open_writable(directory / DATABASE, scratch=True)
    connection.execute("BEGIN")
    tables = {
        "reports": _reports(reports),
        "report_texts": _texts(reports, random.Random(seed), STEEPNESS[like]),
        "observations": _observations(reports, random.Random(seed)),
        "captures": _captures(reports),
        "checks": _checks(reports),
    }
    for table, rows in tables.items():
        _insert(connection, table, rows)
    connection.execute(
        "INSERT INTO waiting_sections SELECT report_id, snapshot, 0, '一', '总体情况', 'overview',"
        " text, '' FROM waiting_report_texts"
    )
    begin = time.process_time()
    totals.fill(connection)
    print(f"totals: {time.process_time() - begin:.1f} s CPU")
    begin = time.process_time()
    texts.settle(connection, directory / DATABASE)
    print(f"texts and full-text index: {time.process_time() - begin:.1f} s CPU")
    connection.execute("COMMIT")
    connection.execute("VACUUM")
    connection.execute("ANALYZE")
    connection.close()
    for path in sorted(directory.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[Row]) -> None:
    info = connection.execute(f"PRAGMA table_info({texts.home(table)})").fetchall()
    empty = {row[1]: "" if row[2] == "TEXT" else 0 for row in info}
    marks = ", ".join("?" * len(empty))
    made = (tuple((empty | row).values()) for row in rows)
    connection.executemany(f"INSERT INTO {texts.home(table)} VALUES ({marks})", made)


def key(n: int) -> tuple[str, str]:
    """Report id and snapshot of the n-th report."""
    return f"{n:016x}", f"urn:uuid:{n:032x}"


def bodies(many: int) -> list[Body]:
    """So many bodies: all functions of a county, then those of the next."""
    places = declared_places()
    regions = [one for one in places.regions if one.level == "county" and not one.zone]
    regions = list({one.code: one for one in regions if one.identity == one.code}.values())
    found = (
        Body(f"{region.code}/{function.key}", f"{region.name}{function.title}局", region.code,
             region.name)
        for region, function in product(regions, places.functions.values())
    )  # fmt: skip
    return list(islice(found, many))


def _of(n: int, known: list[Body]) -> tuple[Body, int]:
    at, year = divmod(n, len(YEARS))
    return known[at], YEARS[year]


def _known(reports: int) -> list[Body]:
    return bodies(-(-reports // len(YEARS)))


def _texts(many: int, chance: random.Random, steepness: float) -> Iterator[Row]:
    stock = _stock(chance, steepness)
    for n in range(many):
        report_id, snapshot = key(n)
        yield {"report_id": report_id, "snapshot": snapshot, "text": _text(chance, *stock)}


def _reports(many: int) -> Iterator[Row]:
    known = _known(many)
    for n in range(many):
        body, year = _of(n, known)
        report_id, snapshot = key(n)
        url = f"http://{body.host}/{year}.html"
        yield {
            "report_id": report_id, "snapshot": snapshot, "work_id": f"w{n}", "preferred": 1,
            "version": 1, "agency": body.name, "agency_id": body.agency_id,
            "agency_printed": body.name, "region_code": body.region_code, "region": body.region,
            "year": year, "form": "2021" if year > 2018 else "2014", "tables": "read",
            "scope": "own", "title": f"{body.name}{year}年政府信息公开工作年度报告",
            "source_url": url, "page_url": url, "text_chars": CHARS_A_REPORT,
            "captured_at": "2025-06-01T00:00:00.000000Z", "stated_date": f"{year + 1}-01-20",
            "first_seen": "2025-06-01T00:00:00.000000Z",
        }  # fmt: skip


def _stock(chance: random.Random, steepness: float) -> tuple[list[str], list[float]]:
    characters = [chr(0x4E00 + n) for n in range(CHARACTERS)]
    weights = list(accumulate(1 / (n + 5) for n in range(CHARACTERS)))
    lengths = chance.choices((1, 2, 3, 4), (1, 6, 2, 1), k=WORDS)
    made = ["".join(chance.choices(characters, cum_weights=weights, k=k)) for k in lengths]
    return made, list(accumulate((n + 1) ** -steepness for n in range(WORDS)))


def _text(chance: random.Random, words: list[str], weights: list[float]) -> str:
    drawn = chance.choices(words, cum_weights=weights, k=CHARS_A_REPORT // 2)
    pieces = ("".join(drawn[n : n + 5]) for n in range(0, len(drawn), 5))
    return "".join(f"{piece}{chance.choice(PAUSES)}" for piece in pieces)[:CHARS_A_REPORT]


def _observations(reports: int, chance: random.Random) -> Iterator[Row]:
    forms = {form: _codes(form) for form in ("2014", "2021")}
    for n in range(reports):
        report_id, snapshot = key(n)
        form = "2021" if YEARS[n % len(YEARS)] > 2018 else "2014"
        for at, (code, applicant, period) in enumerate(forms[form]):
            value = chance.randrange(100)
            yield {
                "observation_id": f"{n * FIGURES_A_REPORT + at:016x}", "report_id": report_id,
                "snapshot": snapshot, "n": at, "indicator": code, "applicant": applicant,
                "period": period, "value": str(value) if value else None, "unit_std": "件",
                "value_std": value or None, "status": "reported" if value else "blank",
                "raw": str(value or ""), "method": "table", "qualifier": "exact",
                "evidence": "本年新收政府信息公开申请数量 | 自然人", "form": form,
                "locator": f"html:table[1]/r{at}c1#/html/body/div[2]/table/tr[{at}]/td[1]",
            }  # fmt: skip


def _codes(form: str) -> list[tuple[str, str, str]]:
    """Indicators with applicant and period, a round further for each period, until enough."""
    applicants = ("total", "natural_person", "business", "research", "welfare", "legal_service",
                  "other")  # fmt: skip
    mine = [one for one in entries().values() if form in one.forms]
    rounds = (
        (one.code, applicant, period)
        for period in ("year", "cumulative", *(f"round {n}" for n in range(FIGURES_A_REPORT)))
        for one in mine
        for applicant in (applicants if one.applicants else ("",))
    )
    return list(islice(rounds, FIGURES_A_REPORT))


def _captures(reports: int) -> Iterator[Row]:
    known = _known(reports)
    for n in range(reports):
        body, year = _of(n, known)
        url = f"http://{body.host}/{year}.html"
        yield _capture(key(n)[1], "page", url, body)
    for n, body in enumerate(known):
        yield _capture(f"urn:uuid:list-{n}", "listing", f"http://{body.host}/list.html", body)


def _capture(record_id: str, role: str, url: str, body: Body) -> Row:
    context = {"url": url, "portal": body.host, "column": "年度报告", "link_text": body.name,
               "captured_at": "2025-06-01T00:00:00.000000Z", "site_name": body.name}  # fmt: skip
    declared = {"agency": body.name} if role == "listing" else {}
    return {
        "record_id": record_id, "kind": "response", "role": role, "url": url, "url_key": url,
        "date": "2025-06-01T00:00:00.000000Z", "status": 200, "warc": "a.warc.gz",
        "context": json.dumps(context | declared, ensure_ascii=False), "notes": "{}",
    }  # fmt: skip


def _checks(reports: int) -> Iterator[Row]:
    for n, at in product(range(reports), range(CHECKS_A_REPORT)):
        report_id, snapshot = key(n)
        fails = (n + at) % 97 == 0
        yield {
            "report_id": report_id, "snapshot": snapshot, "n": at, "identity": "requests.new.sum",
            "verdict": "fails" if fails else "holds", "severity": "error", "difference": str(n),
            "clause": "11 + 5 = 16, 总计 16",
        }  # fmt: skip
