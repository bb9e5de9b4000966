"""How fast captures are written, scanned and read back, against floors of the same run.

    python -m benchmarks.bench_archive [--records 3000] [--kilobytes 62]

Floors: the same compressed bytes appended to a plain file (once with a sync for each record), and
a bare fastwarc walk over the file.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from archive.records import Capture, Exchange
from archive.store import Archive
from archive.warc.reader import iter_captures, read_part, warc_files
from archive.warc.writer import WarcWriter


def pages(count: int, kilobytes: int) -> list[Exchange]:
    drawn = random.Random(1)
    rows = [f"<tr><td>{n}</td><td>本年新收政府信息公开申请数量</td></tr>\n" for n in range(1000)]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    made = []
    for n in range(count):
        body = f"<html><title>{n}</title>"
        while len(body.encode()) < kilobytes * 1000:
            body += "".join(drawn.choices(rows, k=100))
        url = f"http://www.example.gov.cn/{n}.html"
        request = f"GET /{n}.html HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\n".encode()
        made.append(
            Exchange(url, "GET", "2024-01-01T00:00:00Z", request, head + body.encode(), role="page")
        )
    return made


def rate(count: int, act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return count / (time.perf_counter() - start)


def write_all(archive: Archive, exchanges: list[Exchange], run_id: str, ahead: int) -> None:
    with WarcWriter(archive, run_id) as writer:
        waiting = []
        for exchange in exchanges:
            waiting.append(writer.record(exchange))
            if len(waiting) >= ahead:
                waiting.pop(0).result()
        for future in waiting:
            future.result()


def append_all(path: Path, blocks: list[bytes], sync: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for block in blocks:
        os.write(descriptor, block)
        if sync:
            os.fdatasync(descriptor)
    os.fdatasync(descriptor)
    os.close(descriptor)


def walk_all(path: Path) -> None:
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=False):
            record.reader.read()


def read_some(archive: Archive, captures: list[Capture]) -> None:
    for capture in captures:
        read_part(archive, capture)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=3000)
    parser.add_argument("--kilobytes", type=int, default=62)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), chosen.records, chosen.kilobytes)


def run(folder: Path, count: int, kilobytes: int) -> None:
    exchanges = pages(count, kilobytes)
    archive = Archive(folder / "archive")
    batched = rate(count, lambda: write_all(archive, exchanges, "batched", 64))
    single = Archive(folder / "single")
    alone = rate(count, lambda: write_all(single, exchanges, "alone", 1))
    captures = list(iter_captures(archive))
    (path,) = warc_files(archive)
    stored = path.read_bytes()
    blocks = [stored[c.offset : c.offset + c.length] for c in captures]
    floor = rate(count, lambda: append_all(folder / "plain", blocks, sync=False))
    synced = rate(count, lambda: append_all(folder / "synced", blocks, sync=True))
    scanned = rate(count, lambda: list(iter_captures(archive)))
    walked = rate(count, lambda: walk_all(path))
    drawn = random.Random(2).sample(captures, count)
    random_access = rate(count, lambda: read_some(archive, drawn))
    for name, value in (
        ("record, 64 under way, synced", batched),
        ("record, one at a time, synced", alone),
        ("floor: append the packed bytes", floor),
        ("floor: append and sync each", synced),
        ("scan all captures", scanned),
        ("floor: walk with fastwarc", walked),
        ("random access", random_access),
    ):
        print(f"{name:34} {value:10,.0f} /s")


if __name__ == "__main__":
    main()
