"""Loads what table reading is told: the files of `data/indicators/` that declare forms."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from archive.declarations.expressions import summands
from archive.declarations.files import Row, read_csv
from parsers.declared.forms import (
    Concordance,
    FormDeclarations,
    Head,
    HeadRole,
    Identity,
    Indicator,
    Label,
    LabelKind,
    Layout,
    Measure,
    Relation,
    Table,
)
from parsers.figures import FigureWords, Unit
from parsers.records import Qualifier, Severity, Status
from parsers.tables.keys import declared_head_key, declared_label_keys
from parsers.text import canon

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

_MEANINGS = {
    "value": ("blank", "not_applicable"),
    "before": ("approx", "more_than", "less_than"),
    "after": ("approx", "more_than", "less_than"),
}
_DIMENSIONS = ("count", "persons", "money", "ratio")
_MEASURES = ("flow", "stock", "change", "money", "ratio")
_ROLES = ("label", "unit", "measure", "applicant", "period", "group", "remark")
_RELATIONS = ("exact", "close", "broader", "sum_of")


def load(directory: Path) -> FormDeclarations:
    """The forms declared under `directory`/indicators.

    Raises:
        DeclarationError: something there is not understood; the message names file and line.
    """
    folder = directory / "indicators"
    words = _words(folder)
    indicators = _indicators(folder, words)
    tables = _tables(folder)
    heads = _heads(folder, tables)
    return FormDeclarations(
        indicators=indicators,
        tables=tables,
        labels=_labels(folder, indicators, heads, words),
        heads=heads,
        words=words,
        opposites=_opposites(folder),
        footers=_footers(folder),
        identities=_identities(folder, indicators),
        concordance=_concordance(folder, indicators),
    )


def unique(
    rows: Iterable[Row], key: Callable[[Row], str], make: Callable[[Row], T]
) -> dict[str, T]:
    """What `make` makes of each row, by its key, which must not come twice."""
    made: dict[str, T] = {}
    for row in rows:
        name = key(row)
        if name in made:
            row.fail(f"{name!r} is declared twice")
        made[name] = make(row)
    return made


def _words(folder: Path) -> FigureWords:
    rows = read_csv(folder / "words.csv", ("word", "role", "meaning"))
    return FigureWords(
        units=_units(folder),
        values=cast(Mapping[str, Status], _role(rows, "value")),
        before=cast(Mapping[str, Qualifier], _role(rows, "before")),
        after=cast(Mapping[str, Qualifier], _role(rows, "after")),
    )


def _role(rows: tuple[Row, ...], role: str) -> dict[str, str]:
    return unique(
        (row for row in rows if row.choice("role", _MEANINGS) == role),
        lambda row: canon(row.required("word")),
        lambda row: row.choice("meaning", _MEANINGS[role]),
    )


def _units(folder: Path) -> dict[str, Unit]:
    def make(row: Row) -> Unit:
        return Unit(row["unit"], row.choice("dimension", _DIMENSIONS), row.decimal("factor"))

    rows = read_csv(folder / "units.csv", ("unit", "dimension", "factor"))
    return unique(rows, lambda row: canon(row.required("unit")), make)


def _indicators(folder: Path, words: FigureWords) -> dict[str, Indicator]:
    def make(row: Row) -> Indicator:
        return Indicator(
            code=row["code"],
            label=row.required("label"),
            unit=_unit(row, words),
            measure=cast(Measure, row.choice("measure", _MEASURES)),
            applicants=row.choice("applicants", ("yes", "")) == "yes",
            note=row["note"],
        )

    columns = ("code", "label", "unit", "measure", "applicants", "note")
    rows = read_csv(folder / "indicators.csv", columns)
    return unique(rows, lambda row: row.required("code"), make)


def _unit(row: Row, words: FigureWords) -> str:
    if row["unit"] and canon(row["unit"]) not in words.units:
        row.fail(f"unit {row['unit']!r} is not declared in units.csv")
    return row["unit"]


def _tables(folder: Path) -> dict[str, Table]:
    def make(row: Row) -> Table:
        layout = cast(Layout, row.choice("layout", ("rows", "columns")))
        return Table(row["table"], layout, row.choice("heads", ("once", "each section")) != "once")

    rows = read_csv(folder / "tables.csv", ("table", "layout", "heads", "note"))
    return unique(rows, lambda row: row.required("table"), make)


def _heads(folder: Path, tables: Collection[str]) -> tuple[Head, ...]:
    rows = read_csv(folder / "heads.csv", ("table", "role", "key", "printed", "synonyms"))
    seen: set[tuple[str, str]] = set()
    return tuple(_head(row, tables, seen) for row in rows)


def _head(row: Row, tables: Collection[str], seen: set[tuple[str, str]]) -> Head:
    table = row.choice("table", tables)
    printed = (row.required("printed"), *row.several("synonyms"))
    keys = _own(row, (declared_head_key(text) for text in printed), lambda key: (table, key), seen)
    role = cast(HeadRole, row.choice("role", _ROLES))
    return Head(table, role, row.required("key"), row["printed"], keys)


def _own(row: Row, keys: Iterable[str], place: Callable[[str], H], seen: set[H]) -> tuple[str, ...]:
    """The keys without repetition; none may stand at a place already taken by another row."""
    own = tuple(dict.fromkeys(keys))
    for key in own:
        if not key:
            row.fail("a printed form has no words in it")
        if place(key) in seen:
            row.fail(f"{key!r} is declared twice at the same place")
    seen.update(place(key) for key in own)
    return own


_LABEL_COLUMNS = (
    "form",
    "table",
    "section",
    "number",
    "label",
    "kind",
    "head",
    "indicator",
    "unit",
    "opens",
    "synonyms",
)


def _labels(
    folder: Path, indicators: Mapping[str, Indicator], heads: tuple[Head, ...], words: FigureWords
) -> tuple[Label, ...]:
    rows = read_csv(folder / "labels.csv", _LABEL_COLUMNS)
    keys = {(head.table, head.key) for head in heads}
    seen: set[tuple[str, ...]] = set()
    return tuple(_label(row, indicators, keys, words, seen) for row in rows)


def _label(
    row: Row,
    indicators: Mapping[str, Indicator],
    heads: set[tuple[str, str]],
    words: FigureWords,
    seen: set[tuple[str, ...]],
) -> Label:
    forms, table, head = _forms(row), row["table"], row["head"]
    if table not in {name for name, _ in heads}:
        row.fail(f"table {table!r} has no heads in heads.csv")
    if head and (table, head) not in heads:
        row.fail(f"head {head!r} of table {table!r} is not declared in heads.csv")
    printed = (row.required("label"), *row.several("synonyms"))
    return Label(
        forms=forms,
        table=table,
        section=row["section"],
        number=row["number"],
        label=row["label"],
        kind=_kind(row, indicators),
        head=head,
        indicator=row["indicator"],
        unit=_unit(row, words),
        opens=row["opens"],
        keys=_own(
            row,
            (key for text in printed for key in declared_label_keys(text)),
            lambda key: (table, row["section"], head, key),
            seen,
        ),
    )


def _kind(row: Row, indicators: Mapping[str, Indicator]) -> LabelKind:
    kind = row.choice("kind", ("row", "section"))
    if row["indicator"] and row["indicator"] not in indicators:
        row.fail(f"indicator {row['indicator']!r} is not declared in indicators.csv")
    if row["unit"] and row["indicator"] and indicators[row["indicator"]].measure == "money":
        row.fail("money takes its unit from what is printed, never from the form")
    if kind == "row" and not row["indicator"]:
        row.fail("a row needs an indicator")
    return cast(LabelKind, kind)


def _forms(row: Row) -> tuple[str, ...]:
    return tuple(row.required("form").split())


def _opposites(folder: Path) -> tuple[tuple[str, ...], ...]:
    rows = read_csv(folder / "opposites.csv", ("words",))
    return tuple(tuple(canon(word) for word in row.several("words")) for row in rows)


def _footers(folder: Path) -> tuple[str, ...]:
    rows = read_csv(folder / "footers.csv", ("begins",))
    return tuple(canon(row.required("begins")) for row in rows)


def _identities(folder: Path, indicators: Mapping[str, Indicator]) -> tuple[Identity, ...]:
    def make(row: Row) -> Identity:
        return Identity(
            name=row["identity"],
            forms=_forms(row),
            relation=cast(Relation, row.choice("relation", ("eq", "le"))),
            left=summands(row, "left", indicators),
            right=summands(row, "right", indicators),
            severity=cast(Severity, row.choice("severity", ("error", "warning", "note"))),
            note=row["note"],
        )

    columns = ("identity", "form", "relation", "left", "right", "severity", "note")
    rows = read_csv(folder / "identities.csv", columns)
    named = unique(rows, lambda row: f"{row.required('identity')} of {row['form']}", make)
    return tuple(named.values())


def _concordance(folder: Path, indicators: Collection[str]) -> tuple[Concordance, ...]:
    columns = ("concept", "form", "code", "applicant", "relation", "note")
    return tuple(_concord(row, indicators) for row in read_csv(folder / "concordance.csv", columns))


def _concord(row: Row, indicators: Collection[str]) -> Concordance:
    for code in row.required("code").split(" + "):
        stem = code.removesuffix("*")
        if not any(name == code or (stem != code and name.startswith(stem)) for name in indicators):
            row.fail(f"code {code!r} is not declared in indicators.csv")
    relation = row.choice("relation", _RELATIONS)
    values = (row.required("concept"), row.required("form"), row["code"], row["applicant"])
    return Concordance(*values, relation, row["note"])
