"""Measures search, report page, series and coverage on a generated corpus.

    python -m benchmarks.bench_query --reports 50000 --archive /tmp/bench

Texts are random characters in the frequencies of a small stock, with words planted at known rates;
hit counts are compared with a plain scan. Prints one line a measure.
"""

import argparse
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.fulltext import fill, normalise
from query.concordance import variable_of
from query.corpus import Corpus, opened
from query.coverage import coverage
from query.dictionary import entries
from query.filters import Filters
from query.reports import load_report
from query.search.find import count, search
from query.series import series

ROOT = Path(__file__).resolve().parent.parent
CHARS_A_REPORT, FIGURES_A_REPORT, YEARS = 2_500, 200, range(2008, 2025)
COMMON = "政府信息公开工作年度报告申请行政机关主动条例规定本单位情况"
RARE = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]


def build(directory: Path, reports: int, seed: int) -> None:
    """Writes the database of a corpus of that many reports."""
    directory.mkdir(parents=True)
    connection = sqlite3.connect(directory / "gongkai.db")
    connection.executescript((ROOT / "archive/schema.sql").read_text(encoding="utf-8"))
    chance = random.Random(seed)
    connection.execute("BEGIN")
    insert(connection, "reports", (report(n, chance) for n in range(reports)))
    insert(connection, "observations", observations(reports, chance))
    connection.commit()
    begin = time.perf_counter()
    fill(connection)
    print(f"full-text index: {time.perf_counter() - begin:.1f} s")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    print(f"database: {(directory / 'gongkai.db').stat().st_size / 1e6:.0f} MB")


def insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    info = connection.execute(f"PRAGMA table_info({table})").fetchall()
    empty = {row[1]: "" if row[2] == "TEXT" else 0 for row in info}
    marks = ", ".join("?" * len(empty))
    made = (tuple((empty | row).values()) for row in rows)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", made)


def report(n: int, chance: random.Random) -> dict[str, object]:
    agency, year = divmod(n, len(YEARS))
    text = "".join(
        "".join(chance.choices(COMMON, k=12)) + "".join(chance.choices(RARE, k=12)) + "。"
        for _ in range(CHARS_A_REPORT // 25)
    )
    code = f"{110000 + agency % 600_000}"
    url = f"http://example.invalid/{n}"
    return {
        "report_id": f"{n:016x}", "snapshot": f"s{n}", "work_id": f"w{n}", "preferred": 1,
        "version": 1, "agency": f"第{agency}局", "agency_id": f"a{agency}", "region_code": code,
        "region": "某市", "year": YEARS[year], "form": "2021", "tables": "read", "scope": "own",
        "title": f"第{agency}局{YEARS[year]}年政府信息公开工作年度报告", "text": text,
        "source_url": url, "text_chars": len(text),
    }  # fmt: skip


def observations(reports: int, chance: random.Random) -> Iterator[dict[str, object]]:
    codes = [entry.code for entry in entries().values() if "2021" in entry.forms]
    for n in range(reports):
        for at in range(FIGURES_A_REPORT):
            value = chance.randrange(100)
            yield {
                "observation_id": f"{n * FIGURES_A_REPORT + at:016x}", "report_id": f"{n:016x}",
                "snapshot": f"s{n}", "n": at, "indicator": codes[at % len(codes)],
                "applicant": "total" if codes[at % len(codes)].startswith("requests") else "",
                "period": "year", "value": str(value), "value_std": value, "unit_std": "件",
                "status": "reported" if at < len(codes) else "blank", "raw": str(value),
                "method": "table", "qualifier": "exact", "locator": f"html:table[1]/r{at}c1",
            }  # fmt: skip


def measure(name: str, calls: list[Callable[[], object]]) -> float:
    """Runs the calls and prints median and 95th percentile in milliseconds."""
    took = []
    for call in calls:
        begin = time.perf_counter()
        call()
        took.append((time.perf_counter() - begin) * 1000)
    took.sort()
    p95 = took[min(len(took) - 1, int(len(took) * 0.95))]
    print(f"{name}: p50 {statistics.median(took):.1f} ms, p95 {p95:.1f} ms ({len(took)} calls)")
    return statistics.median(took)


def words(corpus: Corpus, chance: random.Random, length: int, many: int) -> list[str]:
    """Pieces of texts of the corpus, so that each has a hit."""
    sql = "SELECT text FROM reports WHERE report_id = ?"
    total = int(next(corpus.rows("SELECT count(*) FROM reports"))[0] or 0)
    found = []
    while len(found) < many:
        text = str(next(corpus.rows(sql, (f"{chance.randrange(total):016x}",)))[0])
        start = chance.randrange(len(text) - length)
        piece = text[start : start + length]
        found += [piece] if "。" not in piece else []
    return found


def run(corpus: Corpus, seed: int, checked: int) -> None:
    chance = random.Random(seed + 1)
    every = Filters()
    for length in (1, 2, 4, 8):
        asked = words(corpus, chance, length, 50)
        measure(
            f"search {length} characters", [lambda q=q: search(corpus, q, every) for q in asked]
        )
    asked = words(corpus, chance, 4, 20)
    fast = measure("count, 4 characters", [lambda q=q: count(corpus, q, every) for q in asked])
    like = "SELECT count(*) FROM reports WHERE text LIKE '%' || ? || '%'"
    slow = measure("LIKE scan", [lambda q=q: list(corpus.rows(like, (q,))) for q in asked[:3]])
    print(f"search is {slow / fast:.0f} times as fast as LIKE")
    check(corpus, asked[:checked])
    total = int(next(corpus.rows("SELECT count(*) FROM reports"))[0] or 0)
    ids = [chance.randrange(total) for _ in range(50)]
    load = [lambda n=n: load_report(corpus, f"{n:016x}", f"s{n}") for n in ids]
    measure("report", load)
    variable = variable_of("requests.new")
    chosen = [Filters(agency=f"a{n // len(YEARS)}") for n in ids[:20]]
    measure("series of an agency", [lambda f=f: list(series(corpus, variable, f)) for f in chosen])
    measure("coverage", [lambda: coverage(corpus, every)] * 3)


def check(corpus: Corpus, asked: list[str]) -> None:
    """Compares hit counts with a plain scan of the normal form."""
    texts = [normalise(str(row[0])) for row in corpus.rows("SELECT text FROM reports LIMIT 100000")]
    right = [
        count(corpus, q, Filters()) == sum(normalise(q) in text for text in texts) for q in asked
    ]
    print(f"exact: {sum(right)} of {len(right)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=50_000)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checked", type=int, default=10)
    given = parser.parse_args()
    if not given.archive.exists():
        begin = time.perf_counter()
        build(given.archive, given.reports, given.seed)
        print(f"built in {time.perf_counter() - begin:.0f} s")
    with opened(given.archive) as corpus:
        run(corpus, given.seed, given.checked)


if __name__ == "__main__":
    main()
