"""How long reading tables takes, beside lxml's bare parse of the same page.

Run: `python -m benchmarks.bench_tables PAGE.html [PAGE.html ...]`
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import html

from archive.declarations import load
from parsers.checks import evaluate
from parsers.tables import read_tables
from pipelines.documents import read_document

ROUNDS = 30


def best_ms(work: Callable[[], object]) -> float:
    """The best of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times) * 1000


def main(names: list[str]) -> None:
    declared = load()
    print(f"{'page':40} {'KB':>6} {'lxml ms':>8} {'tables ms':>9} {'checks ms':>9} {'ratio':>6}")
    for name in names:
        payload = Path(name).read_bytes()
        document = read_document(payload)
        reading = read_tables(document, declared)
        bare = best_ms(lambda payload=payload: html.fromstring(payload))
        tables = best_ms(lambda document=document: read_tables(document, declared))
        checks = best_ms(
            lambda reading=reading: evaluate(reading.observations, declared, reading.forms)
        )
        size = len(payload) / 1024
        ratio = (tables + checks) / bare
        print(f"{name[-40:]:40} {size:6.0f} {bare:8.2f} {tables:9.2f} {checks:9.2f} {ratio:6.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
