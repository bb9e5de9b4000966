"""True figures rendered into every form with random oddities: right, or a problem; never silent."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.records import APPLICANTS
from parsers.tables import TableReading
from tests.parsers.tables.build import grid, read, read_text
from tests.parsers.tables.samples import (
    REQUEST_ROWS,
    STATISTICS_ROWS,
    request_table,
    review_table,
    statistics_table,
)
from tests.parsers.tables.test_oddities import without_spans

Rows = list[list[Any]]
REVIEW = [
    f"{group}.{key}"
    for group in ("review", "litigation.direct", "litigation.after_review")
    for key in ("upheld", "corrected", "other", "pending", "total")
]


@dataclass
class Sample:
    """A table and the truth about it: figures by indicator and applicant, empty for blanks."""

    rows: Rows
    truth: dict[tuple[str, str], str]
    first: int
    may_move: bool = True
    dropped: bool = False
    touched: list[int] = field(default_factory=list)


def figures(rng: random.Random, count: int) -> list[str]:
    """Different figures, some of them blank, so that none can be mistaken for another."""
    return [str(10_000 + number) if rng.random() < 0.8 else "" for number in range(count)]


def requests(rng: random.Random) -> Sample:
    pairs = [(code, name) for _, _, code in REQUEST_ROWS for name in APPLICANTS]
    truth = dict(zip(pairs, figures(rng, len(pairs)), strict=True))
    return Sample(request_table(truth), truth, 3)


def statistics(rng: random.Random) -> Sample:
    codes = [code for _, _, code in STATISTICS_ROWS if code]
    truth = dict(zip(codes, figures(rng, len(codes)), strict=True))
    # Labels repeat between sections, so their order is part of what the form says.
    pairs = {(code, ""): text for code, text in truth.items()}
    return Sample(statistics_table(truth), pairs, 1, may_move=False)


def review(rng: random.Random) -> Sample:
    values = figures(rng, 15)
    return Sample(
        review_table(values), {(c, ""): v for c, v in zip(REVIEW, values, strict=True)}, 3
    )


def flatten(sample: Sample, rng: random.Random) -> None:
    sample.rows = without_spans(sample.rows)


def whole_row(sample: Sample, rng: random.Random) -> list[Any]:
    """A row whose cells are still as they were: one cell lost and one added cannot be told."""
    rows = [row for row in sample.rows[sample.first :] if id(row) not in sample.touched]
    row = rng.choice(rows or [[""]])
    sample.touched.append(id(row))
    return row


def lose_cell(sample: Sample, rng: random.Random) -> None:
    row = whole_row(sample, rng)
    del row[rng.randrange(len(row))]


def add_cell(sample: Sample, rng: random.Random) -> None:
    row = whole_row(sample, rng)
    row.insert(rng.randrange(len(row) + 1), "")


def lose_row(sample: Sample, rng: random.Random) -> None:
    if len(sample.rows) > sample.first + 1:
        del sample.rows[rng.randrange(sample.first, len(sample.rows))]
        sample.dropped = True


def repeat_row(sample: Sample, rng: random.Random) -> None:
    number = rng.randrange(sample.first, len(sample.rows))
    sample.rows.insert(number, list(sample.rows[number]))
    sample.touched.append(id(sample.rows[number]))
    sample.touched.append(id(sample.rows[number + 1]))


def move_rows(sample: Sample, rng: random.Random) -> None:
    if sample.may_move:
        flatten(sample, rng)
        body = sample.rows[sample.first :]
        rng.shuffle(body)
        sample.rows[sample.first :] = body


def texts(sample: Sample, change: Callable[[str], str], rng: random.Random, share: float) -> None:
    """Changes some of the labels."""
    for row in sample.rows[sample.first :]:
        for number, cell in enumerate(row):
            text = cell if isinstance(cell, str) else cell[0]
            if len(text) > 4 and not text[:2].isdigit() and rng.random() < share:
                row[number] = change(text) if isinstance(cell, str) else (change(text), *cell[1:])


def spaced(sample: Sample, rng: random.Random) -> None:
    texts(sample, lambda text: rng.choice(" \n\u3000").join(text), rng, 0.3)


def mistyped(sample: Sample, rng: random.Random) -> None:
    def change(text: str) -> str:
        place = rng.randrange(len(text))
        return text[:place] + rng.choice(["", "某", "不"]) + text[place + 1 :]

    texts(sample, change, rng, 0.1)


def unnumbered(sample: Sample, rng: random.Random) -> None:
    texts(sample, lambda text: text.split(".", 1)[-1].split("）", 1)[-1] or text, rng, 0.3)


def wiped(sample: Sample, rng: random.Random) -> None:
    texts(sample, lambda text: "", rng, 0.05)


def dressed(sample: Sample, rng: random.Random) -> None:
    """Figures with separators, full-width digits, remarks."""
    dress: list[Callable[[str], str]] = [
        lambda text: f"{int(text):,}",
        lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        lambda text: f"{text}（其中重复1）",
        lambda text: f"{text[:2]}\n{text[2:]}",
    ]
    for row in sample.rows[sample.first :]:
        for number, cell in enumerate(row):
            if isinstance(cell, str) and cell.isdigit() and rng.random() < 0.2:
                row[number] = rng.choice(dress)(cell)


ODDITIES = [
    flatten, lose_cell, add_cell, lose_row, repeat_row, move_rows, spaced, mistyped, unnumbered,
    wiped, dressed,
]  # fmt: skip


def as_grid(sample: Sample, rng: random.Random) -> TableReading:
    return read(grid(sample.rows))


def as_pages(sample: Sample, rng: random.Random) -> TableReading:
    cut = rng.randrange(sample.first, len(sample.rows) + 1)
    return read(grid(sample.rows[:cut]), grid(sample.rows[cut:], 2))


def as_tabs(sample: Sample, rng: random.Random) -> TableReading:
    rows = [[cell.replace("\n", "") for cell in row] for row in sample.rows]
    return read_text("\n".join("\t".join(row) for row in rows))


def judge(sample: Sample, reading: TableReading) -> None:
    """Nothing read may differ from the truth, and nothing printed may vanish without a problem."""
    found = {(item.indicator, item.applicant): item for item in reading.observations}
    for key, item in found.items():
        if item.status != "unreadable":
            wanted = sample.truth.get(key)
            assert (str(item.value) if item.value is not None else "") == wanted, (key, item)
    missing = [key for key, text in sample.truth.items() if text and key not in found]
    assert not missing or sample.dropped or reading.problems, missing


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 2**32),
    make=st.sampled_from([requests, statistics, review]),
    oddities=st.lists(st.sampled_from(ODDITIES), max_size=4),
    render=st.sampled_from([as_grid, as_pages, as_tabs]),
)
def test_right_or_told(
    seed: int,
    make: Callable[[random.Random], Sample],
    oddities: list[Callable[[Sample, random.Random], None]],
    render: Callable[[Sample, random.Random], TableReading],
) -> None:
    rng = random.Random(seed)
    sample = make(rng)
    if render is not as_grid:
        flatten(sample, rng)
    # Where cells were lost first, filling up the rectangle would hide it from any reader.
    for oddity in sorted(oddities, key=lambda oddity: oddity not in (flatten, move_rows)):
        oddity(sample, rng)
    judge(sample, render(sample, rng))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    make=st.sampled_from([requests, statistics, review]),
    oddities=st.lists(st.sampled_from([flatten, spaced, dressed]), max_size=3),
)
def test_harmless_oddities_lose_nothing(
    seed: int,
    make: Callable[[random.Random], Sample],
    oddities: list[Callable[[Sample, random.Random], None]],
) -> None:
    rng = random.Random(seed)
    sample = make(rng)
    for oddity in oddities:
        oddity(sample, rng)
    reading = as_grid(sample, rng)
    judge(sample, reading)
    assert reading.problems == ()
    assert len(reading.observations) == len(sample.truth)
