"""A report laid out for reading: figures by part of the form, applicants side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from query.dictionary import label
from query.formats.numbers import printed
from query.reports import Record
from query.words import APPLICANTS, GROUPS, sign, status_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of the layout; where it shows a figure, which one and its status."""

    text: str
    observation_id: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form: its heading, the heads of its columns, its rows."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def cell_text(figure: Record) -> str:
    """A figure as a table shows it; a person's correction stands after it, never in its place."""
    corrected = figure.get("corrected")
    return f"{_as_read(figure)} (更正 {corrected})" if corrected is not None else _as_read(figure)


def _as_read(figure: Record) -> str:
    """A figure with its print in brackets where that says more."""
    status = status_of(str(figure["status"]), figure["implied_zero"])
    raw = " ".join(str(figure["raw"]).split())
    if status != "reported":
        return f"{sign(status)} {raw}".rstrip() if status != "not_applicable" else f"[n/a {raw}]"
    value = printed(figure["value"])
    said = f"{value}{figure['unit'] if figure['unit_from'] in ('cell', 'row', 'header') else ''}"
    return said if raw in (value, said) or figure["method"] == "prose" else f"{said} «{raw}»"


def parts(figures: list[Record]) -> Iterator[Part]:
    """The figures of a report by the first part of their code, table figures before prose."""
    table = [figure for figure in figures if figure["method"] == "table"]
    for group in dict.fromkeys(_group(figure) for figure in table):
        mine = [figure for figure in table if _group(figure) == group]
        plain = [figure for figure in mine if not figure["applicant"]]
        crossed = [figure for figure in mine if figure["applicant"]]
        heading = GROUPS.get(group, group)
        if plain:
            yield Part(heading, ("indicator", "label", "figure"), tuple(map(_row, plain)))
        if crossed:
            yield _crossed(heading, crossed)
    prose = [figure for figure in figures if figure["method"] == "prose"]
    if prose:
        heads = ("indicator", "label", "figure", "sentence")
        rows = tuple((*_row(figure), Cell(str(figure["evidence"]))) for figure in prose)
        yield Part("文字表述 Stated in sentences", heads, rows)


def _group(figure: Record) -> str:
    return str(figure["indicator"]).partition(".")[0]


def _cell(figure: Record) -> Cell:
    status = status_of(str(figure["status"]), figure["implied_zero"])
    return Cell(cell_text(figure), str(figure["observation_id"]), status)


def _row(figure: Record) -> tuple[Cell, ...]:
    notes = [str(figure[name]) for name in ("category", "applicant") if figure[name]]
    notes += ["历年累计"] if figure["period"] == "cumulative" else []
    note = f"（{'，'.join(notes)}）" if notes else ""
    code = str(figure["indicator"])
    return Cell(code), Cell(label(code) + note), _cell(figure)


def _crossed(heading: str, figures: list[Record]) -> Part:
    present = {str(figure["applicant"]) for figure in figures}
    columns = [one for one in APPLICANTS if one in present]
    columns += sorted(present - set(columns))
    rows: dict[str, dict[str, list[Cell]]] = {}
    for figure in figures:
        cells = rows.setdefault(str(figure["indicator"]), {})
        cells.setdefault(str(figure["applicant"]), []).append(_cell(figure))
    made = tuple(
        (Cell(code), Cell(label(code)), *(_joined(cells.get(one, [])) for one in columns))
        for code, cells in rows.items()
    )
    heads = ("indicator", "label", *(APPLICANTS.get(one, one) for one in columns))
    return Part(heading, heads, made)


def _joined(cells: list[Cell]) -> Cell:
    """One cell of several that were printed for one figure; a row may also lack the cell."""
    if len(cells) == 1:
        return cells[0]
    if not cells:
        return Cell("[no cell]")
    return Cell(" / ".join(cell.text for cell in cells), cells[0].observation_id, "conflicting")
