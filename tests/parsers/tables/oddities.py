"""What printers, converters and clerks do to a table whose true figures are known."""

import random
from collections.abc import Callable
from typing import Any

from tests.parsers.tables.generator import Rows, Sample, is_figure, is_label, text_of, with_text

Oddity = Callable[[Sample, random.Random], None]
# Figures that belong to nothing declared begin here.
STRANGE = 90_000


def flatten(sample: Sample, rng: random.Random) -> None:
    """Every span taken apart: the text stands in its first cell only."""
    flat: Rows = []
    covered: dict[tuple[int, int], str] = {}
    for number, row in enumerate(sample.rows):
        line: list[Any] = []
        cells = iter(row)
        for cell in cells:
            while (number, len(line)) in covered:
                line.append("")
            text, down, right = cell if isinstance(cell, tuple) else (cell, 1, 1)
            covered.update(
                {(number + r, len(line) + c): text for r in range(1, down) for c in range(right)}
            )
            line += [text, *([""] * (right - 1))]
        while (number, len(line)) in covered:
            line.append("")
        flat.append(line)
    sample.rows = flat


def whole_row(sample: Sample, rng: random.Random) -> list[Any]:
    """A row whose cells are still as they were: one cell lost and one added cannot be told."""
    rows = [row for row in sample.body() if id(row) not in sample.touched]
    row: list[Any] = rng.choice(rows or [[""]])
    sample.touched.append(id(row))
    return row


def lose_cell(sample: Sample, rng: random.Random) -> None:
    row = whole_row(sample, rng)
    sample.lost.append(text_of(row.pop(rng.randrange(len(row)))))


def add_cell(sample: Sample, rng: random.Random) -> None:
    row = whole_row(sample, rng)
    row.insert(rng.randrange(len(row) + 1), "")


def lose_row(sample: Sample, rng: random.Random) -> None:
    if len(sample.rows) > sample.first + 1:
        flatten(sample, rng)  # else the spans that began in it would move the rows below
        del sample.rows[rng.randrange(sample.first, len(sample.rows))]
        sample.dropped = True


def repeat_row(sample: Sample, rng: random.Random) -> None:
    if sample.body():
        flatten(sample, rng)  # else the spans around it would push all rows below aside
        number = rng.randrange(sample.first, len(sample.rows))
        sample.rows.insert(number, list(sample.rows[number]))
        sample.touched += [id(sample.rows[number]), id(sample.rows[number + 1])]


def move_rows(sample: Sample, rng: random.Random) -> None:
    """Rows in another order, where the form does not say by their order whose they are."""
    if not sample.in_order:
        flatten(sample, rng)
        body = sample.body()
        rng.shuffle(body)
        sample.rows[sample.first :] = body


def provincial_row(sample: Sample, rng: random.Random) -> None:
    """A row that no form declares, with figures of its own."""
    labels = ["网站访问量", "接受咨询数", "3.市长信箱申请数", "（二）其他处理数", "其中：撤回数"]
    widths = {sum(1 if isinstance(c, str) else c[2] for c in row) for row in sample.rows}
    row: list[Any] = [rng.choice(labels), *([""] * (max(widths) - 1))]
    figure = str(STRANGE + rng.randrange(1000))
    row[-1] = figure
    row[-2] = "件" if sample.first == 1 else figure
    sample.rows.insert(rng.randrange(sample.first, len(sample.rows) + 1), row)
    sample.touched.append(id(row))


def texts(sample: Sample, change: Callable[[str], str], rng: random.Random, share: float) -> None:
    """Changes some of the labels."""
    for row in sample.body():
        for number, cell in enumerate(row):
            text = text_of(cell)
            if is_label(cell) and rng.random() < share:
                row[number] = with_text(cell, change(text))


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


def cells(
    sample: Sample,
    dress: list[Callable[[str], tuple[str, str | None]]],
    rng: random.Random,
    share: float,
) -> None:
    """Prints some figures in another way; `dress` tells the new print and what it now says."""
    keys = {text: key for key, text in sample.truth.items() if text and rng.random() < share}
    printed: dict[str, str] = {}
    for row in sample.body():
        for number, cell in enumerate(row):
            if is_figure(cell) and cell in keys:
                if cell not in printed:
                    printed[cell], sample.truth[keys[cell]] = rng.choice(dress)(cell)
                row[number] = printed[cell]


def dressed(sample: Sample, rng: random.Random) -> None:
    """Figures with separators, full-width digits, units, remarks."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    cells(
        sample,
        [
            lambda text: (f"{int(text):,}", text),
            lambda text: (f"{int(text):,}".translate({ord(","): "，"}), text),
            lambda text: (text.translate(wide), text),
            lambda text: (f"{text}（其中重复1）", text),
            lambda text: (f"{text}，其中重复3件", text),
            lambda text: (f"{text}件", text),
            lambda text: (f"\u3000{text}\u200b", text),
        ],
        rng,
        0.2,
    )


def damaged(sample: Sample, rng: random.Random) -> None:
    """Figures that nobody can read with certainty."""
    cells(
        sample,
        [
            lambda text: (f"{text[:2]}\ufffd{text[2:]}", None),
            lambda text: (f"{text}\ufffd", None),
            lambda text: (text.replace("0", "O"), None),
            lambda text: (text.replace("1", "l", 1), None),
            lambda text: (f"{text[:3]}\n{text[3:]}", None),
            lambda text: (f"{text[:3]} {text[3:]}", None),
            lambda text: (f"{text}、3", None),
            lambda text: (f"{text}/3", None),
            lambda text: (f"0{text}", None),
            lambda text: (f"{text}?", None),
            lambda text: (f"{text[:2]}□{text[2:]}", None),
            lambda text: (f"{text[:1]}.{text[1:3]}.{text[3:]}", None),
        ],
        rng,
        0.1,
    )


def signed(sample: Sample, rng: random.Random) -> None:
    """Signs where a count can have none: shown as printed."""
    cells(
        sample,
        [lambda text: (f"-{text}", f"-{text}"), lambda text: (f"+{text}", text)],
        rng,
        0.05,
    )


def swap_columns(sample: Sample, rng: random.Random) -> None:
    """Two columns of applicants, or the unit and the figure, changed places with their heads.

    The total stays the last: where each cell is a line of text, nothing would tell.
    """
    flatten(sample, rng)
    if len({len(row) for row in sample.rows}) > 1 or len(sample.rows[0]) == 15:
        return
    width = len(sample.rows[0])
    left, right = (1, 2) if width == 3 else sorted(rng.sample(range(width - 7, width - 1), 2))
    for row in sample.rows:
        row[left], row[right] = row[right], row[left]


def lose_head(sample: Sample, rng: random.Random) -> None:
    """One cell of the header is empty."""
    if not sample.first:
        return
    row = rng.choice(sample.rows[: sample.first])
    number = rng.randrange(len(row))
    row[number] = with_text(row[number], "")


def cut_head(sample: Sample, rng: random.Random) -> None:
    """One line of the header is gone, but not the last: bare figures are no table to anyone."""
    if sample.first > 1:
        flatten(sample, rng)
        del sample.rows[rng.randrange(sample.first)]
        sample.first -= 1


def remerge(sample: Sample, rng: random.Random) -> None:
    """Heads and labels over other splits: a column cut in two through all rows."""
    flatten(sample, rng)
    if len({len(row) for row in sample.rows}) > 1:
        return
    place = rng.randrange(len(sample.rows[0]))
    for number, row in enumerate(sample.rows):
        if number < sample.first or rng.random() < 0.5:
            row[place] = (row[place], 1, 2)
        else:
            row.insert(place + rng.randrange(2), "")


def foreign(sample: Sample, rng: random.Random) -> None:
    """A table of something else in the same document."""
    other = [
        [["网站名称", "访问量", "信息发布数"], ["门户网站", f"{STRANGE + 1}", f"{STRANGE + 2}"]],
        [["项目", "数量"], ["独立用户访问总量", f"{STRANGE + 3}"], ["其他", f"{STRANGE + 4}"]],
        [["自然人", "其他", "总计"], [f"{STRANGE + 5}", f"{STRANGE + 6}", f"{STRANGE + 7}"]],
        [[f"{STRANGE + 8}", f"{STRANGE + 9}", f"{STRANGE + 8}"] * 3],
    ]
    (sample.between if rng.random() < 0.5 else sample.after).append(rng.choice(other))


def second_report(sample: Sample, rng: random.Random) -> None:
    """The same table of another body, with other figures, further down."""
    sample.after.append([[shifted(cell) for cell in row] for row in sample.rows])


def shifted(cell: Any) -> Any:
    return str(int(cell) + 50_000) if is_figure(cell) else cell
