"""How nearly two printings are the same words."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

# A near match may differ in at most this share of its characters.
NEAR_SHARE = 0.3
_KEPT = 4096


# A character that no text has stands for each word that tells opposites apart.
_FIRST_MARK = 0x10_0000

Opposites = Sequence[Sequence[str]]


def edits(left: str, right: str, limit: int, opposites: Opposites = ()) -> int | None:
    """The Levenshtein distance, or None where it is more than `limit`.

    Words of `opposites` must stand in both at one place: a 不 that slipped makes another label.
    """
    left, right = _marked(left, opposites), _marked(right, opposites)
    if abs(len(left) - len(right)) > limit:
        return None
    costs = [_cost(char, limit) for char in right]
    row = [0]
    for cost in costs:
        row.append(row[-1] + cost)
    for char in left:
        own = _cost(char, limit)
        last, row[0] = row[0], row[0] + own
        for j, (other, cost) in enumerate(zip(right, costs, strict=True), 1):
            changed = last + (0 if char == other else max(own, cost))
            last, row[j] = row[j], min(row[j] + own, row[j - 1] + cost, changed)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def _cost(char: str, limit: int) -> int:
    return 1 if ord(char) < _FIRST_MARK else limit + 1


@lru_cache(_KEPT)
def _marked(words: str, opposites: Opposites) -> str:
    """A text with one character in the place of each word of opposites, the longest first."""
    if not opposites:
        return words
    found = sorted(chain.from_iterable(opposites), key=len, reverse=True)
    for number, word in enumerate(found):
        words = words.replace(word, chr(_FIRST_MARK + number))
    return words
