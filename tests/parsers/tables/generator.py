"""Tables with known figures, and everything that printers, converters and clerks do to them.

All true figures differ, so that none can be taken for another in silence: `truth` says which figure
belongs to which indicator and applicant; what damage made unreadable is None there.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from parsers.records import APPLICANTS
from parsers.tables import TableReading
from tests.parsers.tables.samples import (
    REQUEST_ROWS,
    STATISTICS_ROWS,
    request_table,
    review_table,
    statistics_table,
)

Rows = list[list[Any]]
Key = tuple[str, str]
REVIEW = [
    f"{group}.{key}"
    for group in ("review", "litigation.direct", "litigation.after_review")
    for key in ("upheld", "corrected", "other", "pending", "total")
]


@dataclass
class Sample:
    """A table and the truth about it: figures by indicator and applicant, empty for blanks.

    `first` is the number of header lines; `dropped` whether rows of it are gone without a trace.
    """

    rows: Rows
    truth: dict[Key, str | None]
    first: int
    in_order: bool = True
    dropped: bool = False
    lost: list[str] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    between: list[Rows] = field(default_factory=list)
    after: list[Rows] = field(default_factory=list)

    def body(self) -> Rows:
        """The rows under the header."""
        return self.rows[self.first :]


def text_of(cell: Any) -> str:
    return str(cell if isinstance(cell, str) else cell[0])


def with_text(cell: Any, text: str) -> Any:
    return text if isinstance(cell, str) else (text, *cell[1:])


def is_label(cell: Any) -> bool:
    text = text_of(cell).strip()
    return len(text) > 4 and not any(char.isdigit() for char in text[2:])


def is_figure(cell: Any) -> bool:
    return isinstance(cell, str) and cell.isdigit() and len(cell) == 5


def figures(rng: random.Random, count: int) -> list[str]:
    """Different figures, some of them blank, so that none can be mistaken for another."""
    return [str(10_000 + number) if rng.random() < 0.8 else "" for number in range(count)]


def requests(rng: random.Random) -> Sample:
    pairs = [(code, name) for _, _, code in REQUEST_ROWS for name in APPLICANTS]
    truth = dict(zip(pairs, figures(rng, len(pairs)), strict=True))
    return Sample(request_table(truth), dict(truth), 3, in_order=False)


def requests_of_2019(rng: random.Random) -> Sample:
    """Twenty-three rows: 其他处理 is one row without parts."""
    sample = requests(rng)
    (first,) = (n for n, row in enumerate(sample.rows) if text_of(row[0]) == "（六）其他处理")
    whole = sample.rows[first]
    whole[:2] = [("（六）其他处理", 1, 2)]
    del sample.rows[first + 1 : first + 3]
    for row in sample.rows:
        row[:] = [(c[0], c[1] - 2, c[2]) if text_of(c) == "三、本年度办理结果" else c for c in row]
    sample.truth = {
        (code.removesuffix(".correction_overdue"), name): text
        for (code, name), text in sample.truth.items()
        if code not in ("requests.outcome.other.fee_overdue", "requests.outcome.other.other")
    }
    return sample


def statistics(rng: random.Random) -> Sample:
    codes = [code for _, _, code in STATISTICS_ROWS if code]
    truth = dict(zip(codes, figures(rng, len(codes)), strict=True))
    pairs: dict[Key, str | None] = {(code, ""): text for code, text in truth.items()}
    return Sample(statistics_table(truth), pairs, 1)


def review(rng: random.Random) -> Sample:
    values = figures(rng, 15)
    truth: dict[Key, str | None] = {
        (code, ""): text for code, text in zip(REVIEW, values, strict=True)
    }
    return Sample(review_table(values), truth, 3)


MAKES: list[Callable[[random.Random], Sample]] = [requests, requests_of_2019, statistics, review]


def judge(sample: Sample, reading: TableReading) -> None:
    """Nothing read may differ from the truth, and nothing printed may vanish without a problem."""
    found = {(item.indicator, item.applicant): item for item in reading.observations}
    for key, item in found.items():
        if item.status != "unreadable":
            wanted = sample.truth.get(key, "no such figure")
            assert (str(item.value) if item.value is not None else "") == wanted, (key, item)
    missing = [key for key, text in sample.truth.items() if text and key not in found]
    assert not missing or sample.dropped or reading.problems, missing
