"""What clerks add to a table or write into its heads: columns, lines, notes, merged figures."""

import random

from tests.parsers.tables.generator import Sample, is_figure, is_label, text_of, with_text
from tests.parsers.tables.oddities import STRANGE, flatten

_HEADS = ["同比", "上年", "占比", "增减", "某县水利站", "去年同期", "2012年", "排名"]

# Shorter labels hold no explanation in brackets.
_NO_REMARK = 22


def strange_column(sample: Sample, rng: random.Random) -> None:
    """A column that no form declares, with figures of its own, among the figures or behind them."""
    flatten(sample, rng)
    width = max(map(len, sample.rows))
    if any(len(row) != width for row in sample.rows):
        return
    first = width if width == 15 else 3 if width == 10 else 1
    place = rng.randrange(first, width + 1)
    head = rng.choice(_HEADS)
    for number, row in enumerate(sample.rows):
        last = number == sample.first - 1
        text = str(STRANGE + number) if number >= sample.first else head if last else ""
        row.insert(place, text)


def serial_column(sample: Sample, rng: random.Random) -> None:
    """A number before each row."""
    flatten(sample, rng)
    head = rng.choice(["序号", "编号"])
    for number, row in enumerate(sample.rows):
        row.insert(0, str(number) if number >= sample.first else head if number == 0 else "")


def numbered_heads(sample: Sample, rng: random.Random) -> None:
    """A line below the heads that numbers the columns."""
    flatten(sample, rng)
    cells = [str(number) for number in range(len(sample.rows[-1]))]
    sample.rows.insert(sample.first, [rng.choice(["甲", "栏次", ""]), *cells[1:]])


def heads_again(sample: Sample, rng: random.Random) -> None:
    """The heads printed again between the rows, as on each page."""
    flatten(sample, rng)
    heads = [list(row) for row in sample.rows[: sample.first]]
    place = rng.randrange(sample.first, len(sample.rows) + 1)
    sample.rows[place:place] = heads


def note_line(sample: Sample, rng: random.Random) -> None:
    """A remark across all columns, between the rows or below them."""
    flatten(sample, rng)
    texts = ["注：本表不含下属单位3家", "以下为办理情况", "说明：数据截至12月31日", "单位：件"]
    width = max(map(len, sample.rows))
    place = rng.randrange(sample.first, len(sample.rows) + 1)
    sample.rows.insert(place, [rng.choice(texts), *[""] * (width - 1)])


def mistyped_head(sample: Sample, rng: random.Random) -> None:
    """A head with a character too many, too few or wrong."""
    row = rng.choice(sample.rows[: sample.first] or [[""]])
    number = rng.randrange(len(row))
    text = text_of(row[number])
    if text:
        place = rng.randrange(len(text))
        typed = text[:place] + rng.choice(["", "某", "不"]) + text[place + rng.randrange(2) :]
        row[number] = with_text(row[number], typed)


def two_rows_in_one(sample: Sample, rng: random.Random) -> None:
    """Two rows share their cells: nobody can tell whose a figure is."""
    flatten(sample, rng)
    if len(sample.rows) < sample.first + 2:
        return
    at = rng.randrange(sample.first, len(sample.rows) - 1)
    if not all(any(map(is_figure, row)) for row in sample.rows[at : at + 2]):
        return
    upper, lower = sample.rows[at], sample.rows.pop(at + 1)
    pairs = zip(upper, lower, strict=False)
    joined = [cell if cell == below else f"{cell}\n{below}".strip() for cell, below in pairs]
    both = {cell for cell in (*upper, *lower) if is_figure(cell)}
    sample.truth = {key: None if text in both else text for key, text in sample.truth.items()}
    sample.rows[at] = joined
    sample.touched.append(id(sample.rows[at]))


def opposite(sample: Sample, rng: random.Random) -> None:
    """A label printed as its opposite: whose the figures are nobody can tell."""
    pairs = [("不", ""), ("专职", "兼职"), ("维持", "纠正"), ("按时", "延期"), ("上年", "本年")]
    for row in (row for row in sample.body() if id(row) not in sample.touched):
        number = max((at for at, cell in enumerate(row) if is_label(cell)), default=-1)
        text = text_of(row[number])
        old, new = rng.choice(pairs)
        # Brackets may hold an explanation, of which nothing hangs.
        if number >= 0 and old in text and len(text) < _NO_REMARK and rng.random() < 0.5:
            row[number] = with_text(row[number], text.replace(old, new))
            printed = {text_of(item) for item in row if is_figure(item)}
            sample.truth = {
                key: None if text in printed else text for key, text in sample.truth.items()
            }
