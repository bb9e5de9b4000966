"""Run as a program by a worker: the crawl of one job, told on standard input.

When standard input ends, the worker is gone: the crawl then ends in order.
"""

import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from archive.console import note, use_utf8
from archive.errors import GongkaiError
from crawler.fleet.jobs import portals_of
from crawler.options import CrawlOptions

# Python itself ends with 1 after an error, as does a crawl that was done but could not get at all.
NOT_DONE = 3


def main() -> int:
    """Crawls; the exit status is that of `gongkai crawl`, `NOT_DONE` where there was no crawl."""
    use_utf8()
    try:
        return _crawl(json.loads(sys.stdin.readline()))
    except GongkaiError as error:
        note(f"gongkai: {error}")
    except Exception:
        traceback.print_exc()
    return NOT_DONE


def _crawl(job: dict[str, Any]) -> int:
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

    return run_crawl(options)


def _end_with_the_worker() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
