"""A report laid out for reading: figures by part of the form, applicants side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from query.dictionary import label
from query.formats.numbers import printed
from query.reports import Record
from query.words import APPLICANTS, GROUPS, sign, status_of


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form: its heading, the heads of its columns, its rows of texts."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cell_text(figure: Record) -> str:
    """A figure as a table shows it, with its print in brackets where that says more."""
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
        rows = tuple((*_row(figure), str(figure["evidence"])) for figure in prose)
        yield Part("文字表述 Stated in sentences", heads, rows)


def _group(figure: Record) -> str:
    return str(figure["indicator"]).partition(".")[0]


def _row(figure: Record) -> tuple[str, str, str]:
    notes = [str(figure[name]) for name in ("category", "applicant") if figure[name]]
    notes += ["历年累计"] if figure["period"] == "cumulative" else []
    note = f"（{'，'.join(notes)}）" if notes else ""
    code = str(figure["indicator"])
    return code, label(code) + note, cell_text(figure)


def _crossed(heading: str, figures: list[Record]) -> Part:
    present = {str(figure["applicant"]) for figure in figures}
    columns = [one for one in APPLICANTS if one in present]
    columns += sorted(present - set(columns))
    rows: dict[str, dict[str, list[str]]] = {}
    for figure in figures:
        cells = rows.setdefault(str(figure["indicator"]), {})
        cells.setdefault(str(figure["applicant"]), []).append(cell_text(figure))
    made = tuple(
        (code, label(code), *(" / ".join(cells.get(one, ["[no cell]"])) for one in columns))
        for code, cells in rows.items()
    )
    heads = ("indicator", "label", *(APPLICANTS.get(one, one) for one in columns))
    return Part(heading, heads, made)
