"""A writer to be killed: records made-up pages for ever and says what was acknowledged."""

import sys
from pathlib import Path

from archive.store import Archive
from archive.warc.writer import WarcWriter
from tests.archive.exchanges import exchange, packed, plain

BATCH = 7


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(directory: str, run_id: str) -> None:
    with WarcWriter(Archive(Path(directory)), run_id, rotate_bytes=60_000) as writer:
        say("started")
        for n in range(0, 1_000_000, BATCH):
            bodies = [f"page {run_id} {n + k} ".encode() * 300 for k in range(BATCH)]
            answers = [packed(b) if k % 2 else plain(b) for k, b in enumerate(bodies)]
            waiting = [writer.record(exchange(answer)) for answer in answers]
            for future in waiting:
                capture = future.result()
                say(f"{capture.record_id} {capture.payload_sha256}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
