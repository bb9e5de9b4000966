"""Column heads: which table a header line belongs to, and what each column stands for."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.declared.forms import FormDeclarations, Head
from parsers.figures import FigureWords, read_figure
from parsers.script import simplified_line
from parsers.tables.columns import (
    Column,
    UnclearColumnsError,
    by_place,
    descents,
    identity,
    in_turn,
    lacking,
    rank,
    right_of_label,
    under_groups,
)
from parsers.tables.keys import head_keys, is_beyond, is_long
from parsers.tables.near import NEAR_SHARE, edits
from parsers.tables.sheets import Box, Line
from parsers.text import canon

_UNIT_IN_HEAD = re.compile(
    r"\((?P<named>(?:计量)?单位:?)?(?P<bracket>[^()]{1,6})\)|单位:?(?P<after>[^()]{1,6})$"
)
_UNIT_LINE = re.compile(r"\(?(?:计量|数据|金额|数量)?单位:(?P<unit>[^()]{1,6})\)?")
# So much of a head or label is searched for a unit.
_MAX_UNIT = 200
_MAX_UNIT_LINE = 40
_KEPT = 4096
# A shorter head has no near match; one of so few characters may differ in one of them.
_NEAR_LEAST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A printed box of a header line and what it may stand for, by table."""

    box: Box
    heads: Mapping[str, Head]


class HeadBook:
    """The declared heads, found by their printed words."""

    def __init__(self, declared: FormDeclarations) -> None:
        """Indexes the heads of all tables."""
        self._words = declared.words
        self._opposites = declared.opposites
        self._declared = declared.heads
        self._labelled = {(label.table, label.section, label.head) for label in declared.labels}
        self._by_key: dict[str, dict[str, Head]] = {}
        self._known = lru_cache(_KEPT)(self._find)  # the cells of a page print few texts
        for head in declared.heads:
            for key in head.keys:
                self._by_key.setdefault(key, {})[head.table] = head
        self._longest = max(map(len, self._by_key), default=0)

    def find(self, text: str) -> Mapping[str, Head]:
        """The heads that a text may be, by table."""
        if len(text) > self._longest and (is_long(text) or is_beyond(text, self._longest)):
            return {}
        return self._known(text)

    def _find(self, text: str) -> Mapping[str, Head]:
        known = (self._by_key.get(key) for key in head_keys(text))
        return next((heads for heads in known if heads), {})

    def found(self, boxes: Iterable[Box]) -> tuple[Found, ...]:
        """The boxes with the heads that they may be."""
        return tuple([Found(box, self.find(box.text)) for box in boxes])

    def header(self, line: Line) -> tuple[Found, ...]:
        """The heads of a line, empty if it is no header line.

        At least two printed boxes must be heads of one table, no figure may stand beside them, and
        what is no head (a corner text, an unknown column) must be in the minority.
        """
        printed = line.printed()
        if len(printed) < 2 or self._is_value(printed[-1]):
            return ()
        found = self.found(printed)
        if sum(bool(item.heads) for item in found) < 2:
            return ()
        best = max(tables_of(found).values())
        if best < 2 or best * 2 <= len(found):
            return ()
        return () if any(self._is_value(item.box) for item in found) else found

    def _is_value(self, box: Box) -> bool:
        """Whether a box holds a figure that is no head: most rows end with one."""
        return not self.find(box.text) and is_figure(box, self._words)

    def continues(self, line: Line, above: Sequence[Found]) -> tuple[Found, ...]:
        """The heads of a further header line below those `above`.

        All it prints must be heads of their tables, or most of it heads that are not above yet.
        """
        wanted = set(tables_of(above))
        found = self.found(line.printed())
        if all(wanted & item.heads.keys() for item in found):
            return found
        met = {head for item in above for head in item.heads.values()}
        own = [item for item in self.header(line) if wanted & item.heads.keys()]
        is_new = all(met.isdisjoint(item.heads.values()) for item in own)
        return found if own and is_new else ()

    def columns(self, found: Sequence[Found], table: str, *, linear: bool) -> tuple[Column, ...]:
        """The columns of a table with labelled rows, from left to right, without the label's own.

        Raises:
            UnclearColumnsError: two columns cannot be told apart.
        """
        columns = [self._column(item, table) for item in found]
        columns = right_of_label(columns, linear=linear)
        kept = [column for column in columns if column.role not in ("group", "label")]
        placed = [] if linear else by_place(kept, columns)
        ordered = self._spelt(placed, table) or self._in_form_order(columns, kept, table)
        repeated = [key for key, count in Counter(map(identity, ordered)).items() if count > 1]
        if repeated:
            raise UnclearColumnsError(f"the head {repeated[0][1]} stands there twice")
        return tuple(ordered)

    def grouped(self, found: Sequence[Found], table: str, *, linear: bool) -> tuple[Column, ...]:
        """The columns of a table without row labels: measures under groups of heads.

        Raises:
            UnclearColumnsError: the group of a measure, or what is no figure, cannot be told.
        """
        columns = [self._column(item, table) for item in found]
        if linear and any(column.role == "remark" for column in columns):
            raise UnclearColumnsError("a remark stands among the heads, and places are lost")
        groups = [column for column in columns if column.role == "group"]
        leaves = [column for column in columns if column.role == "measure"]
        # A head that was divided repeats its words in each line that it covered.
        once = list({(leaf.head.col, leaf.key): leaf for leaf in leaves}.values())
        ways = [(leaves, under_groups), (leaves, in_turn), (once, under_groups)]
        for own, way in ways:
            attempt = way(own, groups)
            declared = all((table, leaf.group, leaf.key) in self._labelled for leaf in attempt)
            if declared and len(set(map(identity, attempt))) == len(own) > 0:
                return tuple(attempt)
        raise UnclearColumnsError(f"{len(leaves)} heads under {len(groups)} groups")

    def missing(self, columns: Sequence[Column], table: str) -> frozenset[str]:
        """The columns that a form with applicants or groups always has and that are not there."""
        declared = [head for head in self._declared if head.table == table]
        groups = {column.group for column in columns} - {""}
        roles = {"applicant"} | ({"measure"} if groups else set())
        wanted = {head.key for head in declared if head.role in roles}
        return frozenset().union(
            *(
                wanted - {column.key for column in columns if column.group == group}
                for group in groups or {""}
            )
        )

    def _column(self, item: Found, table: str) -> Column:
        head = item.heads.get(table)
        if head is None:
            return Column("unknown", item.box.text, item.box)
        return Column(head.role, head.key, item.box, unit_in(item.box.text, self._words))

    def _spelt(self, columns: Sequence[Column], table: str) -> list[Column]:
        """The columns; an unknown head that almost is the one missing at its place is that one."""
        heads = [head for head in self._declared if head.table == table and head.is_figure]
        ranks = [rank(column, heads) for column in columns]
        found = list(columns)
        for at, column in enumerate(columns):
            missing = lacking(ranks, at) if column.role == "unknown" else -1
            if 0 <= missing < len(heads) and self._is_near(column.words, heads[missing]):
                head = heads[missing]
                found[at] = Column(head.role, head.key, column.head, column.unit)
        return found

    def _is_near(self, words: str, head: Head) -> bool:
        """Whether words are a head's but for typing errors, and no opposite of it."""
        limit = max(1, int(len(words) * NEAR_SHARE))
        return len(words) >= _NEAR_LEAST and any(
            edits(words, key, limit, self._opposites) is not None for key in head.keys
        )

    def _in_form_order(
        self, printed: Sequence[Column], columns: list[Column], table: str
    ) -> list[Column]:
        """Columns whose places are lost: in the form's own order if they are all there.

        Read line by line, heads of two levels go back in the form's order once, no more.
        """
        heads = [head for head in self._declared if head.table == table]
        order = [head.key for head in heads if head.role == "applicant"]
        if order and descents([rank(column, heads) for column in printed]) > 1:
            raise UnclearColumnsError("the heads stand in another order, and their places are lost")
        if sorted(column.key for column in columns) == sorted(order):
            return sorted(columns, key=lambda column: order.index(column.key))
        if any(column.role == "applicant" for column in columns):
            raise UnclearColumnsError("the order of the columns is lost and not all are there")
        return columns


@lru_cache(4)
def head_book(declared: FormDeclarations) -> HeadBook:
    """The heads of the declarations, indexed once."""
    return HeadBook(declared)


def tables_of(found: Iterable[Found]) -> Counter[str]:
    """How many heads of each table were found."""
    return Counter(table for item in found for table in item.heads)


def is_figure(box: Box, words: FigureWords) -> bool:
    """Whether a box holds a figure."""
    return read_figure(box.text, words).status == "reported"


def unit_in(text: str, words: FigureWords) -> str:
    """The unit that a head or label prints in brackets or after 单位.

    One that is not declared is a unit only where the brackets call it so: (单位：斤).
    """
    return _unit_in(text[:_MAX_UNIT], words)


@lru_cache(_KEPT)
def _unit_in(text: str, words: FigureWords) -> str:
    undeclared = ""
    for found in reversed([*_UNIT_IN_HEAD.finditer(simplified_line(canon(text)))]):
        printed = found["bracket"] or found["after"]
        if unit := words.unit(printed):
            return unit.name
        undeclared = undeclared or (printed if found["named"] else "")
    return undeclared


def unit_line(text: str, words: FigureWords) -> str:
    """The unit that a line above a table declares for its figures (单位：万元), if any."""
    return _unit_line(text[:_MAX_UNIT_LINE], words)


@lru_cache(_KEPT)
def _unit_line(text: str, words: FigureWords) -> str:
    found = _UNIT_LINE.fullmatch(simplified_line(canon(text)))
    return found["unit"] if found and words.unit(found["unit"]) else ""
