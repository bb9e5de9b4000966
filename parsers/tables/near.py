"""How nearly two printings are the same words."""

from collections.abc import Sequence
from functools import lru_cache

# A near match may differ in at most this share of its characters.
NEAR_SHARE = 0.3
_KEPT = 4096


@lru_cache(_KEPT)
def marks(words: str, opposites: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """How often each word that tells opposites apart stands in a label."""
    return tuple(words.count(word) for group in opposites for word in group)


def edits(left: str, right: str, limit: int) -> int | None:
    """The Levenshtein distance, or None where it is more than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return None
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (char != other))
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
