"""A report laid out for reading, as in the tables of its form.

The form's rows stand in its order under their section heads, its columns side by side. Figures for
which the form declares no row stand by themselves, by the first part of their code.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from parsers.declared.forms import Label
from query.dictionary import label
from query.formats.numbers import printed
from query.forms import Place, head_words, place_of, sections_above
from query.reports import Record
from query.words import APPLICANTS, GROUPS, PERIODS, TABLES, sign, status_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of the layout; where it shows a figure, which one and its status.

    `several` are the figures where more than one was printed for the same.
    """

    text: str
    observation_id: str = ""
    status: str = ""
    several: tuple["Cell", ...] = ()

    def shows(self, observation_id: str) -> bool:
        """Whether it shows a figure."""
        return any(one.observation_id == observation_id for one in self.several or (self,))


@dataclass(frozen=True, slots=True)
class Part:
    """A table: its heading, the heads of its columns, its rows.

    Each row begins with code and label; a row without code is the head of a section.
    """

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def holds(self, observation_id: str) -> bool:
        """Whether a figure stands in it."""
        return any(cell.shows(observation_id) for row in self.rows for cell in row)


NO_CELL = Cell("[no cell]")
FIRST_HEADS = ("indicator", "label")


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


def parts(figures: list[Record], form: str) -> Iterator[Part]:
    """The figures of a report by the tables of its form, then what stands in sentences.

    `form` is the report's, for figures that do not name their own.
    """
    placed: dict[tuple[str, str], list[tuple[Place, Record]]] = {}
    others: list[Record] = []
    for figure in figures:
        if figure["method"] != "table":
            continue
        place = place_of(str(figure["indicator"]), str(figure["form"] or form))
        if place is None or figure["category"]:
            others.append(figure)
        else:
            placed.setdefault(place.table_key, []).append((place, figure))
    for found in sorted(placed.values(), key=lambda one: min(place.order for place, _ in one)):
        yield _official(found)
    yield from _by_group(others)
    prose = [figure for figure in figures if figure["method"] == "prose"]
    if prose:
        rows = tuple((*_row(figure), Cell(str(figure["evidence"]))) for figure in prose)
        yield Part("文字表述 Stated in sentences", (*FIRST_HEADS, "figure", "sentence"), rows)


@dataclass(slots=True)
class _Row:
    """A row of a form's table: its declared label, its codes, its cells by column."""

    label: Label
    codes: list[str]
    cells: dict[str, list[Cell]]

    def laid_out(self, columns: Sequence[str]) -> tuple[Cell, ...]:
        made = (_joined(self.cells.get(one, [])) for one in columns)
        return (Cell(_stem(self.codes)), Cell(_numbered(self.label)), *made)


def _official(found: list[tuple[Place, Record]]) -> Part:
    """One table of a form: a row for each declared label, a column for each head in use."""
    found = sorted(found, key=lambda pair: pair[0].order)
    rows: dict[tuple[str, str, str], _Row] = {}
    for place, figure in found:
        row = rows.setdefault(place.row_key, _Row(place.label, [], {}))
        row.codes += [] if place.label.indicator in row.codes else [place.label.indicator]
        row.cells.setdefault(_column(place, figure), []).append(_cell(figure))
    first, columns = found[0][0], _columns(found)
    heads = tuple(head_words(first.label.table, one) for one in columns)
    laid_out = tuple(_with_sections(list(rows.values()), columns, first))
    return Part(first.title or TABLES[first.label.table], (*FIRST_HEADS, *heads), laid_out)


def _with_sections(
    rows: Sequence[_Row], columns: Sequence[str], first: Place
) -> Iterator[tuple[Cell, ...]]:
    """The rows, each section's head before its first row unless it is a row itself."""
    shown = {row.label.opens for row in rows}
    for row in rows:
        for section in () if first.title else sections_above(row.label, first.form):
            if section.opens not in shown:
                yield (Cell(""), Cell(_numbered(section)), *(Cell("") for _ in columns))
            shown.add(section.opens)
        yield row.laid_out(columns)


def _stem(codes: Sequence[str]) -> str:
    """The code of a row; of several, what they have in common."""
    if len(codes) == 1:
        return codes[0]
    shared = takewhile(
        lambda pieces: len(set(pieces)) == 1, zip(*map(_pieces, codes), strict=False)
    )
    return ".".join((*(pieces[0] for pieces in shared), "*"))


def _pieces(code: str) -> list[str]:
    return code.split(".")


def _numbered(row: Label) -> str:
    """The label with its number as forms print it: 一、 then （一） then 1."""
    if not row.number:
        return row.label
    if row.number.isdigit():
        return f"{row.number}. {row.label}"
    return f"（{row.number}）{row.label}" if row.section else f"{row.number}、{row.label}"


def _column(place: Place, figure: Record) -> str:
    """What tells a figure from the others of its row: head, applicant or period."""
    return place.label.head or str(figure["applicant"]) or str(figure["period"])


def _columns(found: Sequence[tuple[Place, Record]]) -> list[str]:
    """The columns in use, in the order of the form: heads as declared, applicants, periods."""
    heads = dict.fromkeys(place.label.head for place, _ in found if place.label.head)
    used = {_column(place, figure) for place, figure in found} - set(heads)
    known = [one for one in (*APPLICANTS, *PERIODS) if one in used]
    return [*heads, *known, *sorted(used - set(known))]


def _by_group(figures: list[Record]) -> Iterator[Part]:
    for group in dict.fromkeys(_group(figure) for figure in figures):
        mine = [figure for figure in figures if _group(figure) == group]
        heads = (*FIRST_HEADS, "figure")
        yield Part(GROUPS.get(group, group), heads, tuple(map(_row, mine)))


def _group(figure: Record) -> str:
    return str(figure["indicator"]).partition(".")[0]


def _cell(figure: Record) -> Cell:
    status = status_of(str(figure["status"]), figure["implied_zero"])
    return Cell(cell_text(figure), str(figure["observation_id"]), status)


def _row(figure: Record) -> tuple[Cell, ...]:
    notes = [str(figure["category"])] if figure["category"] else []
    notes += [APPLICANTS.get(str(figure["applicant"]), "")] if figure["applicant"] else []
    notes += [PERIODS["cumulative"]] if figure["period"] == "cumulative" else []
    note = f"（{'，'.join(notes)}）" if notes else ""
    code = str(figure["indicator"])
    return Cell(code), Cell(label(code) + note), _cell(figure)


def _joined(cells: list[Cell]) -> Cell:
    """One cell of several that were printed for one figure; a row may also lack the cell."""
    if len(cells) == 1:
        return cells[0]
    if not cells:
        return NO_CELL
    text = " / ".join(cell.text for cell in cells)
    return Cell(text, cells[0].observation_id, "conflicting", tuple(cells))
