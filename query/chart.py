"""Charts for a terminal in which zero, blank and missing look different."""

from rich.cells import cell_len

from query.formats.numbers import printed
from query.series import Point, Series
from query.words import STATUSES

EIGHTHS = " ▏▎▍▌▋▊▉"
BAR_COLUMNS = 40
# What a year looks like that has no figure, apart from the word beside it.
HATCH = {"blank": "░░░", "implied_zero": "░░░", "not_found": "·", "picture": "▒▒▒"}


def draw(series: Series) -> list[str]:
    """One bar a year; a line where the definition changes."""
    values = [point.figure.value for point in series.points if point.figure.value is not None]
    largest = max((abs(value) for value in values), default=0)
    lines = [f"{series.agency or '(agency not told)'}  [{series.scope}]"]
    breaks, last = set(series.breaks), ""
    handovers = series.handovers
    for point in series.points:
        if point.year in handovers:
            lines.append(f"     ├── another body: {handovers.pop(point.year)}")
        if point.year in breaks:
            lines.append(_break(point, last))
        lines.append(f"{point.year} │{_bar(point, largest)}")
        last = point.figure.indicator if point.figure.status == "reported" else last
    return lines


def _break(point: Point, before: str) -> str:
    figure = point.figure
    text = f"     ╪══ another definition: {before} → {figure.indicator}"
    return f"{text} ({figure.relation}{': ' + figure.note if figure.note else ''})"


def _bar(point: Point, largest: float) -> str:
    figure = point.figure
    if figure.value is None:
        word = STATUSES[figure.status]
        return f"{HATCH.get(figure.status, '╌')} {word.english} {word.chinese}"
    eighths = round(abs(figure.value) / largest * BAR_COLUMNS * 8) if largest else 0
    full, rest = divmod(eighths, 8)
    bar = "█" * full + (EIGHTHS[rest] if rest else "")
    marks = " (from a sentence)" if figure.method == "prose" else ""
    marks += " (sum)" if figure.method == "derived" else ""
    approx = "" if figure.qualifier == "exact" else f" {figure.qualifier}"
    unit = figure.unit if cell_len(figure.unit) else ""
    return f"{bar}{' ' if bar else ''}{printed(figure.value)}{unit}{approx}{marks}"
