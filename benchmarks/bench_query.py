"""Measures search, report page, series and coverage on a generated corpus.

    python -m benchmarks.bench_query --reports 50000 --archive /tmp/bench

Hit counts are compared with a plain scan. Prints one line a measure, in milliseconds of this
process's CPU time, which other work on the machine does not change; the first call of each kind,
which also loads the declarations, is told apart.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.fulltext import normalise
from benchmarks.query_corpus import STEEPNESS, YEARS, bodies, build, key
from query.concordance import variable_of
from query.corpus import Corpus, opened
from query.coverage import coverage
from query.filters import Filters
from query.search.find import MOST_COUNTED, count, search
from query.series import series
from query.web import pages
from query.web.routes import Site

EVERY = Filters()
SELECTIVE_HITS = 0.01  # a query is selective that at most this share of the reports answers


def measure(name: str, calls: list[Callable[[], object]]) -> float:
    """Runs the calls and prints the first, the median and the 95th percentile; the median."""
    took = []
    for call in calls:
        begin = time.process_time()
        call()
        took.append((time.process_time() - begin) * 1000)
    first, *rest = took
    rest = sorted(rest or took)
    p95 = rest[min(len(rest) - 1, int(len(rest) * 0.95))]
    middle = statistics.median(rest)
    print(f"{name}: p50 {middle:.1f}, p95 {p95:.1f}, first {first:.1f} ms ({len(took)} calls)")
    return middle


def words(corpus: Corpus, chance: random.Random, length: int, many: int) -> list[str]:
    """Pieces of texts of the corpus, so that each has a hit."""
    sql = "SELECT text FROM report_texts WHERE report_id = ?"
    total = reports_in(corpus)
    found: list[str] = []
    while len(found) < many:
        text = str(next(corpus.rows(sql, (key(chance.randrange(total))[0],)))[0])
        start = chance.randrange(len(text) - length)
        piece = text[start : start + length]
        found += [piece] if piece.isalpha() else []
    return found


def reports_in(corpus: Corpus) -> int:
    return int(next(corpus.rows("SELECT count(*) FROM reports"))[0] or 0)


def run(corpus: Corpus, directory: Path, seed: int, checked: int) -> None:
    chance = random.Random(seed + 1)
    total = reports_in(corpus)
    asked = {length: words(corpus, chance, length, 50) for length in (1, 2, 4, 8)}
    for length, queries in asked.items():
        hits = [count(corpus, q, EVERY).number for q in queries]
        print(f"{length} characters: {min(hits)} to {max(hits)} hits, median {sorted(hits)[25]}")
        measure("  first 20, newest first", [lambda q=q: search(corpus, q, EVERY) for q in queries])
        measure("  number of hits", [lambda q=q: count(corpus, q, EVERY) for q in queries])
    compare_with_like(corpus, [q for two in (2, 4, 8) for q in asked[two]], total)
    check(corpus, [queries[n] for queries in asked.values() for n in range(checked)])
    measure_pages(corpus, directory, [chance.randrange(total) for _ in range(50)])
    variable = variable_of("requests.new")
    for one in (EVERY, Filters(years="2024")):
        calls = [lambda f=one: coverage(corpus, f)] * 4
        measure(f"coverage, years {one.years or 'all'}", calls)
    chosen = [Filters(agency=body.agency_id) for body in bodies(total // len(YEARS))[::100]]
    measure("series of an agency", [lambda f=f: list(series(corpus, variable, f)) for f in chosen])
    codes = {body.region_code for body in bodies(total // len(YEARS))}
    counties = [Filters(region=code) for code in sorted(codes)[:10]]
    measure("series of a county", [lambda f=f: list(series(corpus, variable, f)) for f in counties])


def compare_with_like(corpus: Corpus, asked: list[str], total: int) -> None:
    """The ratio to a scan, over the selective among the queries."""
    selective = [q for q in asked if count(corpus, q, EVERY).number <= total * SELECTIVE_HITS]
    fast = measure("search, selective", [lambda q=q: search(corpus, q, EVERY) for q in selective])
    like = (
        "SELECT report_id FROM reports JOIN report_texts USING (report_id, snapshot)"
        " WHERE text LIKE '%' || ? || '%' ORDER BY year DESC LIMIT 20"
    )
    slow = measure("LIKE scan", [lambda q=q: list(corpus.rows(like, (q,))) for q in selective[:4]])
    print(f"selective search takes 1/{slow / fast:.0f} of the CPU time of a LIKE scan")


def measure_pages(corpus: Corpus, directory: Path, numbers: list[int]) -> None:
    """Pages of the site, from the question to the HTML."""
    site = Site(directory)
    site.warm_up()
    known = bodies(-(-reports_in(corpus) // len(YEARS)))

    def calls(make: Callable[..., Any], arguments: list[dict[str, str]]) -> list[Any]:
        return [lambda a=a: site.drawn(make(corpus, a), "zh") for a in arguments]

    reports = [{"id": key(n)[0]} for n in numbers]
    agencies = [{"id": known[n // len(YEARS)].agency_id} for n in numbers]
    indicators = [{"id": "requests.new", "region": one["id"][:6]} for one in agencies]
    measure("report page", calls(pages.report_page, reports))
    measure("agency page, all concepts", calls(pages.agency_page, agencies[:20]))
    measure("indicator page of a county", calls(pages.indicator_page, indicators[:20]))
    for name in ("front", "coverage_page", "quality_page", "compliance_page", "agencies_page"):
        measure(name.replace("_", " "), calls(getattr(pages, name), [{}] * 3))


def check(corpus: Corpus, asked: list[str]) -> None:
    """Compares hit counts with a plain scan of the normal form, texts and titles."""
    found = dict.fromkeys(asked, 0)
    sought = {q: normalise(q) for q in asked}
    for title, text in corpus.rows(
        "SELECT title, text FROM reports JOIN report_texts USING (report_id, snapshot)"
    ):
        normal = f"{normalise(str(title))}\n{normalise(str(text))}"
        for q in asked:
            found[q] += sought[q] in normal
    right = sum(count(corpus, q, EVERY).number == min(found[q], MOST_COUNTED) for q in asked)
    print(f"exact: {right} of {len(asked)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--archive", type=Path, help="kept and used again; else a passing one")
    parser.add_argument("--texts", choices=STEEPNESS, default="words")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checked", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        directory = given.archive or Path(passing) / "archive"
        if not directory.exists():
            build(directory, given.reports, given.seed, given.texts)
        with opened(directory) as corpus:
            run(corpus, directory, given.seed, given.checked)


if __name__ == "__main__":
    main()
