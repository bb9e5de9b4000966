"""Where the processor time of a rebuild goes: the real one, with a stopwatch on its stages."""

import pickle
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

# What a stage is called and what does it; an indented one is within the stage above it.
STAGES = (
    ("scan the WARC file, store captures", "pipelines.rebuild.load"),
    ("open the page's record", "pipelines.outcomes.open_bundle"),
    ("read the page", "pipelines.outcomes.process"),
    ("  bytes to document", "pipelines.process.read_document"),
    ("  document to figures and checks", "pipelines.process.read_reports"),
    ("  text and Markdown", "pipelines.process.clean_text"),
    ("  text and Markdown", "pipelines.process.markdown"),
    ("make rows", "pipelines.outcomes.packed"),
    ("store rows", "archive.database.DatabaseWriter.replace_rows"),
    ("make indexes", "archive.database.DatabaseWriter.index"),
    ("link documents", "archive.links.link"),
    ("count totals", "archive.totals.fill"),
    ("full text", "archive.fulltext.fill"),
    ("write compacted", "archive.database.DatabaseWriter.compact_into"),
)
CROSSING = "cross from a worker, with several"


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """Seconds of processor time by stage, as they come together."""
    seconds: Counter[str] = Counter()
    with ExitStack() as stack:
        for name, target in STAGES:
            stack.enter_context(_timed(seconds, name, target))
        stack.enter_context(_crossing(seconds))
        yield seconds


@contextmanager
def _timed(seconds: Counter[str], name: str, target: str) -> Iterator[None]:
    act = resolve_name(target)

    def timed(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return act(*arguments, **named)
        finally:
            seconds[name] += time.process_time() - start

    with patch(target, timed):
        yield


@contextmanager
def _crossing(seconds: Counter[str]) -> Iterator[None]:
    """Has each outcome cross as it would from a worker; that is no part of one process's time."""
    target = "pipelines.workers.read_task"
    read: Callable[..., Any] = resolve_name(target)

    def crossed(*arguments: Any) -> Any:
        outcome = read(*arguments)
        start = time.process_time()
        outcome = pickle.loads(pickle.dumps(outcome))
        seconds[CROSSING] += time.process_time() - start
        return outcome

    with patch(target, crossed):
        yield
