"""Where a form prints an indicator: table, row, column and the section heads above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archive.declarations import data_dir, forms
from parsers.declared.forms import FormDeclarations, Label


@dataclass(frozen=True, slots=True)
class Place:
    """The declared row of an indicator. `order` is that of the declaration.

    `title` is the head of the small table it stands in, where each section brings heads of its own.
    """

    form: str
    label: Label
    order: int
    title: str

    @property
    def table_key(self) -> tuple[str, str]:
        """Which table: rows of one share it."""
        return self.label.table, self.label.section if self.title else ""

    @property
    def row_key(self) -> tuple[str, str, str]:
        """Which row: the columns of one share it."""
        return self.label.section, self.label.number, self.label.label


@cache
def declared() -> FormDeclarations:
    """All forms as declared."""
    return forms.load(data_dir())


def place_of(indicator: str, printed_forms: str) -> Place | None:
    """Where the first of several forms (joined by +) prints an indicator, if one does."""
    for form in printed_forms.split("+"):
        if found := _places(form).get(indicator):
            return found
    return None


@cache
def _places(form: str) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for order, row in enumerate(declared().labels):
        if form in row.forms and row.indicator:
            found.setdefault(row.indicator, Place(form, row, order, _title(row, form)))
    return found


def _title(row: Label, form: str) -> str:
    if not declared().tables[row.table].heads_each_section:
        return ""
    section = _sections(form, row.table).get(row.section)
    return section.label if section else ""


@cache
def _sections(form: str, table: str) -> dict[str, Label]:
    """The rows that open the sections of a form's table, by the name of what they open."""
    mine = (row for row in declared().labels if form in row.forms and row.table == table)
    return {row.opens: row for row in mine if row.opens}


def sections_above(row: Label, form: str) -> tuple[Label, ...]:
    """The rows that open the sections around a row, the outermost first."""

    def outward(name: str) -> Iterator[Label]:
        while opener := _sections(form, row.table).get(name):
            yield opener
            name = opener.section

    return tuple(outward(row.section))[::-1]


def head_words(table: str, key: str) -> str:
    """A column's head as printed; the year that it names is left out."""
    for head in declared().heads:
        if head.table == table and head.key == key and head.role != "group":
            return head.printed.replace("{year}", "")
    return key
