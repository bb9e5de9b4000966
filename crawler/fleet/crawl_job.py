"""Run as a program by a worker: the crawl of one job, told on standard input.

When standard input ends, the worker is gone: the crawl then ends in order.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from archive.console import note, use_utf8
from archive.errors import GongkaiError
from crawler.fleet.jobs import portals_of
from crawler.options import CrawlOptions


def main() -> int:
    """Crawls; the exit status is that of `gongkai crawl`."""
    use_utf8()
    job: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    fleet = (
        f"GONGKAI_FLEET={job['address']}",
        f"GONGKAI_WORKER={job['worker']}",
        f"GONGKAI_RUN={job['run']}",
        # The reports are read by the rebuild, on whichever machines.
        "GONGKAI_READING=0",
        "ITEM_PIPELINES={}",
    )
    options = CrawlOptions(
        Path(job["directory"]), portals_of(job), settings=(*job["settings"], *fleet)
    )
    from crawler.run import run_crawl  # Scrapy takes its time to import

    try:
        return run_crawl(options)
    except GongkaiError as error:
        note(f"gongkai: {error}")
        return error.exit_status


def _end_with_the_worker() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
