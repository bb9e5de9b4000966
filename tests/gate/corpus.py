"""The golden corpus: own tables with known figures in several media types, sentences, titles.

Everything is made from fixed seeds, so that its digest tells whether it is the corpus that the
floors were measured on.
"""

import csv
import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.parsers.tables.generator import MAKES, Key, Rows, Sample
from tests.parsers.tables.oddities import flatten, lose_cell
from tests.parsers.tables.renders import tabbed
from tests.parsers.tables.spoiling import HARMLESS, ODDITIES, spoil
from tests.pipelines.documents.writers import (
    docx,
    html_page,
    html_table,
    word_paragraph,
    word_table,
)

REPORTS = Path(__file__).parents[1] / "parsers" / "prose" / "reports"
SENTENCES = Path(__file__).parents[1] / "parsers" / "prose" / "sentences.csv"
TITLES = SENTENCES.parents[1] / "titles" / "unseen.csv"
PRINTED = SENTENCES.parents[1] / "tables" / "printed"
PLAIN_SEEDS = range(24)
SPOILED_SEEDS = range(1000, 1120)
TITLE = "某市某局2023年政府信息公开工作年度报告"


@dataclass(frozen=True)
class Case:
    """A document and the figures in it. `plain` is whether every one of them can be read."""

    name: str
    payload: bytes
    truth: dict[Key, str | None]
    plain: bool


def cases() -> Iterator[Case]:
    """All own documents."""
    for seed in (*PLAIN_SEEDS, *SPOILED_SEEDS):
        rng = random.Random(seed)
        make = MAKES[seed % len(MAKES)]
        sample = make(rng)
        plain = seed in PLAIN_SEEDS
        oddities = rng.sample(HARMLESS if plain else ODDITIES, rng.randrange(1, 4))
        media = list(WRITERS)[seed // len(MAKES) % len(WRITERS)]
        if media == "docx" and lose_cell in oddities:
            media = "html"  # a word processor fills its rows up
        spoil(sample, oddities, rng)
        payload = WRITERS[media](sample)
        yield Case(f"{seed}-{make.__name__}.{media}", payload, sample.truth, plain)


def sentences() -> list[dict[str, str]]:
    """Sentences with the figures they state."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def titles() -> list[dict[str, str]]:
    """Titles with the body and year they name; those that name no report have none."""
    with TITLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digest() -> str:
    """SHA-256 of all that is measured on; archives are left out, they hold dates."""
    total = hashlib.sha256(SENTENCES.read_bytes())
    for path in (TITLES, *sorted(PRINTED.glob("*.txt")), *sorted(REPORTS.glob("*.txt"))):
        total.update(path.read_bytes())
    for case in cases():
        payload = b"" if case.name.endswith("docx") else case.payload
        total.update(repr((case.name, payload, sorted(case.truth.items()))).encode())
    return total.hexdigest()


def _tables(sample: Sample) -> list[Rows]:
    return [*sample.between, sample.rows, *sample.after]


def _boxes(rows: Rows) -> list[list[tuple[str, int, int]]]:
    """Rows as the writers of documents take them: text, columns, lines."""
    wide = (((c, 1, 1) if isinstance(c, str) else c for c in row) for row in rows)
    return [[(text, right, down) for text, down, right in row] for row in wide]


def _html(sample: Sample) -> bytes:
    tables = (html_table(_boxes(rows)).replace("\n", "</p><p>") for rows in _tables(sample))
    return html_page("\n".join([f"<h1>{escape(TITLE)}</h1>", *tables]))


def _text(sample: Sample) -> bytes:
    flatten(sample, random.Random(0))
    return "\n".join([TITLE, *(f"一、\n{tabbed(rows)}" for rows in _tables(sample))]).encode()


def _docx(sample: Sample) -> bytes:
    flatten(sample, random.Random(0))
    return docx(word_paragraph(TITLE) + "".join(word_table(_boxes(r)) for r in _tables(sample)))


WRITERS: dict[str, Callable[[Sample], bytes]] = {"html": _html, "txt": _text, "docx": _docx}
