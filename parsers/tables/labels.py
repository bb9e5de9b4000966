"""Row labels: which declared row a printed label is, exactly or by a safe near match."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from parsers.declared.forms import FormDeclarations, Label
from parsers.tables.keys import MAX_CHARS, Key, holds_second, label_key
from parsers.tables.near import NEAR_SHARE, edits
from parsers.text import canon

# Shorter labels have no near match.
NEAR_LEAST = 5
# The next best candidate must be at least this many edits worse.
NEAR_MARGIN = 2
# Neighbours at most this many declared rows apart leave little room for another row.
GAP = 4
_KEPT = 4096
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]{1,3}[、.,:]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a form: its labels by the head that decides between them (empty: any head)."""

    section: str
    number: str
    printed: str
    kind: str
    opens: str
    keys: tuple[str, ...]
    by_head: Mapping[str, Label] = field(hash=False, compare=False)
    index: int = 0

    def label(self, head: str) -> Label | None:
        """The label under a column head."""
        return self.by_head.get(head) or self.by_head.get("")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The rows before and after a row, as far as they are known."""

    before: Entry | None
    after: Entry | None


class LabelBook:
    """The declared rows of one table, found by their printed labels."""

    def __init__(self, declared: FormDeclarations, table: str) -> None:
        """Indexes the rows of a table."""
        self.table = table
        self._opposites = declared.opposites
        self.entries = _entries(label for label in declared.labels if label.table == table)
        self._by_key: dict[str, list[Entry]] = {}
        self._known = lru_cache(_KEPT)(self._find)  # the pages of a form print the same labels
        for entry in self.entries:
            for key in entry.keys:
                self._by_key.setdefault(key, []).append(entry)

    def knows(self, text: str) -> bool:
        """Whether a printed text is the label of some row."""
        return bool(self._candidates(text))

    def tells(self, text: str) -> bool:
        """Whether a printed text is the label of a section, or of a row that forms number."""
        return any(entry.number or entry.opens for entry in self._candidates(text))

    def exact(self, text: str, section: str) -> Entry | None:
        """The row with this very label: the one in `section` where several sections have it."""
        found = self._candidates(text)
        inside = [entry for entry in found if entry.section == section]
        chosen = inside or found
        return chosen[0] if len(chosen) == 1 else None

    def begins(self, text: str) -> bool:
        """Whether a printed text is the begin of some label, which may go on in the next line."""
        words = {label_key(text).full, label_key(text).bare} - {""}
        return any(key.startswith(word) for key in self._by_key for word in words)

    def is_shared(self, text: str) -> bool:
        """Whether several sections have a row with this label."""
        return len(self._candidates(text)) > 1

    def section(self, text: str) -> Entry | None:
        """The section head with this very label."""
        found = [entry for entry in self._candidates(text) if entry.kind == "section"]
        return found[0] if len(found) == 1 else None

    def opens(self, text: str) -> tuple[str, ...]:
        """The sections that rows with this label open."""
        return tuple(entry.opens for entry in self._candidates(text) if entry.opens)

    def like_section(self, text: str) -> bool:
        """Whether an unknown label may head a section: by its number, or by words like a head's."""
        key = label_key(text)
        heads = (entry for entry in self.entries if entry.opens)
        return bool(_FIRST_LEVEL.match(canon(text))) or any(
            self._distance(key, entry, by_marks=False) is not None for entry in heads
        )

    def near(self, text: str, neighbours: Neighbours, taken: set[int]) -> Entry | None:
        """The one row whose label is almost this one.

        Its number, or both neighbours, must agree; words that tell opposites apart must be the
        same; no other row may be nearly as close, and no second label stand in the text.
        `taken` are rows that stand elsewhere.
        """
        key = label_key(text)
        if len(key.bare) < NEAR_LEAST or holds_second(text):
            return None
        ranked = sorted(
            (distance, entry.index)
            for entry in self.entries
            if (distance := self._distance(key, entry)) is not None
        )
        if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < NEAR_MARGIN):
            return None
        entry = self.entries[ranked[0][1]]
        agrees = (key.number != "" and key.number == entry.number) or _between(entry, neighbours)
        return entry if agrees and entry.index not in taken else None

    def _candidates(self, text: str) -> list[Entry]:
        return self._known(text) if len(text) <= MAX_CHARS else self._find(text)

    def _find(self, text: str) -> list[Entry]:
        key = label_key(text)
        for words in (key.full, key.bare):
            if words and (found := self._by_key.get(words)):
                return found
        return []

    def _distance(self, key: Key, entry: Entry, *, by_marks: bool = True) -> int | None:
        """The least edit distance to one of the row's keys, if it is within what is safe."""
        opposites = self._opposites if by_marks else ()
        best = None
        for known in entry.keys:
            for words in {key.full, key.bare}:
                limit = int(max(len(known), len(words)) * NEAR_SHARE)
                distance = edits(words, known, limit, opposites)
                if distance is not None:
                    best = distance if best is None else min(best, distance)
        return best


def _between(entry: Entry, neighbours: Neighbours) -> bool:
    before, after = neighbours.before, neighbours.after
    if before is None or after is None:
        return False
    return before.index < entry.index < after.index <= before.index + GAP


def _entries(labels: Iterable[Label]) -> tuple[Entry, ...]:
    grouped: dict[tuple[str, str, tuple[str, ...]], dict[str, Label]] = {}
    for label in labels:
        key = (label.section, label.number, tuple(sorted(label.keys)))
        grouped.setdefault(key, {})[label.head] = label
    return tuple(
        _entry(index, next(iter(heads.values())), heads)
        for index, heads in enumerate(grouped.values())
    )


def _entry(index: int, first: Label, heads: Mapping[str, Label]) -> Entry:
    return Entry(
        section=first.section,
        number=first.number,
        printed=first.label,
        kind=first.kind,
        opens=first.opens,
        keys=first.keys,
        by_head=heads,
        index=index,
    )
