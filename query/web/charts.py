"""Series as SVG: zero is a line on the axis, blank a hatched box, missing a gap with a dot."""

from html import escape

from query.formats.numbers import printed
from query.series import Point, Series
from query.words import STATUSES

STEP, HEIGHT, TOP, LEFT = 42, 120, 54, 12
# Words of changes stand above the value of the highest bar.
HEIGHTS_ABOVE = {"handover": 36, "break": 22}
BLANKS = ("blank", "implied_zero")
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path d="M0 0V6" class="hatch"/></pattern></defs>'
)


def svg(series: Series, break_words: str, language: str = "zh") -> str:
    """The chart of one series, each year titled with what is known of it."""
    values = [point.figure.value for point in series.points if point.figure.value is not None]
    largest = max((abs(value) for value in values), default=0) or 1
    width = LEFT * 2 + STEP * len(series.points)
    marks = "".join(_mark(at, point, largest, language) for at, point in enumerate(series.points))
    handovers = series.handovers
    breaks = ""
    for at, point in enumerate(series.points):
        if point.year in handovers:
            breaks += _break(at, width, handovers.pop(point.year), "handover")
        if point.year in series.breaks:
            breaks += _break(at, width, break_words, "break")
    title = escape(f"{series.agency} {series.scope}")
    return (
        f'<svg class="chart" viewBox="0 0 {width} {HEIGHT + TOP + 24}" width="{width}" role="img"'
        f' aria-label="{title}"><title>{title}</title>{HATCH}'
        f'<path class="axis" d="M{LEFT} {TOP + HEIGHT}H{width - LEFT}"/>{breaks}{marks}</svg>'
    )


def _mark(at: int, point: Point, largest: float, language: str) -> str:
    x, base = LEFT + at * STEP, TOP + HEIGHT
    figure, word = point.figure, STATUSES[point.figure.status]
    why = word.chinese if language == "zh" else word.english
    said = printed(figure.value) if figure.value is not None else why
    shape = _shape(figure.status, figure.value, x, base, largest)
    label = printed(figure.value) if figure.value is not None else ""
    height = round(abs(figure.value or 0) / largest * HEIGHT)
    return (
        f"<g><title>{point.year}: {escape(said)}</title>{shape}"
        f'<text x="{x + STEP / 2}" y="{base - height - 5}" class="value">{escape(label)}</text>'
        f'<text x="{x + STEP / 2}" y="{base + 17}" class="year">{point.year}</text></g>'
    )


def _shape(status: str, value: float | None, x: int, base: int, largest: float) -> str:
    left, width = x + 8, STEP - 16
    if value == 0:
        return f'<path class="zero" d="M{left} {base}h{width}"/>'
    if value is not None:
        height = max(1, round(abs(value) / largest * HEIGHT))
        return (
            f'<rect class="bar" x="{left}" y="{base - height}" width="{width}" height="{height}"/>'
        )
    if status in BLANKS:
        return f'<rect class="blank" x="{left}" y="{base - 18}" width="{width}" height="18"/>'
    kind = "gap" if status == "not_found" else "unread"
    return f'<circle class="{kind}" cx="{x + STEP / 2}" cy="{base - 9}" r="4"/>'


def _break(at: int, width: int, words: str, kind: str) -> str:
    """A line before a year; its words stand on the side that has room for them."""
    x, y, said = LEFT + at * STEP, TOP - HEIGHTS_ABOVE[kind], escape(words)
    left = x > width / 2
    place = f'x="{x - 3}" text-anchor="end"' if left else f'x="{x + 3}" text-anchor="start"'
    line = f'<path class="{kind}" d="M{x} {y}V{TOP + HEIGHT}"><title>{said}</title></path>'
    return f'{line}<text {place} y="{y + 4}" class="break-words">{said}</text>'
