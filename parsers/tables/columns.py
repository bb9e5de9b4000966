"""Columns of a table: what each stands for, and which stands where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.declared.forms import Head
from parsers.records import Period
from parsers.tables.sheets import Box
from parsers.text import canon

_FIGURE_ROLES = ("measure", "applicant", "period", "unknown")


class UnclearColumnsError(ValueError):
    """The columns of a table cannot be told apart; the message says why."""


@dataclass(slots=True)
class Column:
    """A column of a table. `unit` is the one its head prints; `group` the head above it.

    `unit_above` is the unit that a line above the table gives for all of its figures.

    `role` is that of the head, or `unknown` for a head that is not declared; `is_figure` is whether
    figures stand in it, `words` are the head's printed ones, `name` is the group and the key;
    `applicant` and `period` are those of its figures. Like boxes, columns are never changed.
    """

    role: str
    key: str
    head: Box
    unit: str = ""
    group: str = ""
    unit_above: str = ""
    is_figure: bool = field(init=False)
    words: str = field(init=False)
    name: str = field(init=False)
    applicant: str = field(init=False)
    period: Period = field(init=False)

    def __post_init__(self) -> None:
        """Tells once what is asked for every cell."""
        self.is_figure = self.role in _FIGURE_ROLES
        self.words = canon(self.head.text)
        self.name = f"{self.group}.{self.key}" if self.group else self.key
        self.applicant = self.key if self.role == "applicant" else ""
        is_cumulative = self.role == "period" and self.key == "cumulative"
        self.period = "cumulative" if is_cumulative else "year"


def identity(column: Column) -> tuple[str, str]:
    """What tells a column from the others of its table."""
    return (column.group, column.key) if column.group else (column.role, column.key)


def right_of_label(columns: list[Column], *, linear: bool) -> list[Column]:
    """The columns without remarks left of the labels, as line numbers are.

    Raises:
        UnclearColumnsError: cells have no places, so that a number may be the row's before it.
    """
    labels = [number for number, column in enumerate(columns) if column.role == "label"]
    left = [
        column
        for number, column in enumerate(columns[: max(labels, default=0)])
        if column.role == "remark" and column.head.col < columns[labels[-1]].head.col
    ]
    if left and linear:
        raise UnclearColumnsError(f"{left[0].key} stands before the labels, and places are lost")
    return [column for column in columns if column not in left]


def by_place(kept: list[Column], columns: list[Column]) -> list[Column]:
    """The columns by where they stand; none if two different heads stand at one place.

    Nor if one of the upper line stands among those of the lower one, as where cells lost their
    width.

    What is no known head is a corner or a group's name if it stands left of the known heads or
    above one of them, else an unknown column.
    """
    known = {column.head.col: column for column in kept if column.role != "unknown"}
    if any(known[item.head.col].key != item.key for item in kept if item.role != "unknown"):
        return []
    if _is_mixed(columns):
        return []
    first = min(known, default=0)
    if labels := [column.head.end for column in columns if column.role == "label"]:
        first = min(first, min(labels))
    unknown = {
        column.head.col: column
        for column in kept
        if column.role == "unknown"
        and column.head.col >= first
        and not any(column.head.col <= col < column.head.end for col in known)
    }
    return [column for _, column in sorted((known | unknown).items())]


def _is_mixed(columns: Sequence[Column]) -> bool:
    """Whether a head beside a group's stands among the heads of the line below the group."""
    group = next((n for n, column in enumerate(columns) if column.role == "group"), len(columns))
    places = [column.head.col for column in columns]
    below = next((n for n in range(group + 1, len(places)) if places[n] < places[n - 1]), None)
    if below is None:
        return False
    lower = places[below:]
    return any(
        column.is_figure and min(lower) < place < max(lower) and place not in lower
        for column, place in zip(columns[:below], places, strict=False)
    )


def under_groups(leaves: list[Column], groups: list[Column]) -> list[Column]:
    """Each leaf under the nearest group head at or left of its place, the lowest of several."""
    placed = []
    for leaf in sorted(leaves, key=lambda column: column.head.col):
        left = [
            (group.head.col, number, group.key)
            for number, group in enumerate(groups)
            if group.head.col <= leaf.head.col
        ]
        placed.append(_regroup(leaf, max(left)[2] if left else ""))
    return placed


def in_turn(leaves: list[Column], groups: list[Column]) -> list[Column]:
    """Leaves whose places are lost: every group that is no other's parent has each of them once."""
    kinds = len({leaf.key for leaf in leaves})
    names = [group.key for group in groups]
    if not kinds or len(leaves) % kinds or len(leaves) // kinds > len(names):
        return []
    # Parents are printed before their children, so what is left over stands just before the last.
    count = len(leaves) // kinds
    lowest = [names[0], *names[len(names) - count + 1 :]] if count > 1 else names[:1]
    return [_regroup(leaf, lowest[number // kinds]) for number, leaf in enumerate(leaves)]


def rank(column: Column, heads: Sequence[Head]) -> int:
    """The number of a head among those of its form; -1 for what is none."""
    ranks = (
        n for n, head in enumerate(heads) if (head.role, head.key) == (column.role, column.key)
    )
    return next(ranks, -1)


def lacking(ranks: Sequence[int], at: int) -> int:
    """The rank of the head that the form has at a place, by the heads around it; else -1."""
    before = ranks[at - 1] if at else -1
    missing = before + 1
    after = ranks[at + 1] if at + 1 < len(ranks) else missing + 1
    fits = (at == 0 or before >= 0) and after == missing + 1
    return missing if fits and missing not in ranks else -1


def descents(ranks: Sequence[int]) -> int:
    """How often known ranks go back."""
    known = [rank for rank in ranks if rank >= 0]
    return sum(after < before for before, after in pairwise(known))


def _regroup(column: Column, group: str) -> Column:
    return Column(column.role, column.key, column.head, column.unit, group)
