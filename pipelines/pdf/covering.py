"""Texts of a page that something drawn later lies on: a patch over an old figure, a picture."""

from collections.abc import Iterator

from pipelines.pdf.seen import Bounds, Suspect

# In points: texts are looked for by bands of the page so high.
BAND = 24.0
# In points: what is thinner is a line.
THINNEST = 3.0
# In points: nothing beyond stands on a page.
FARTHEST = 1e6
# So many times a text is held against a filling or a picture; after these none is any more.
MOST_COMPARED = 2_000_000


class Texts:
    """The texts drawn so far that nothing lies on yet."""

    def __init__(self) -> None:
        self._bands: dict[int, list[Suspect]] = {}
        self._left = MOST_COMPARED

    @property
    def is_cut(self) -> bool:
        """Whether there was more than was held against the texts."""
        return self._left < 0

    def add(self, text: Suspect) -> None:
        """Takes a text that is drawn on top of all before it."""
        self._bands.setdefault(_band((text.bounds[1] + text.bounds[3]) / 2), []).append(text)

    def covered(self, cover: Bounds) -> Iterator[Suspect]:
        """Takes what is drawn next, and gives the texts whose middle lies under it."""
        left, bottom, right, top = cover
        if min(right - left, top - bottom) < THINNEST:
            return
        for number in _between(self._bands, _band(bottom), _band(top)):
            texts = self._bands[number]
            self._left -= len(texts) + 1
            if self._left < 0:
                return
            under = [text for text in texts if _is_under(text.bounds, cover)]
            if under:
                self._bands[number] = [text for text in texts if text not in under]
                yield from under


def _band(height: float) -> int:
    return int(height // BAND) if abs(height) < FARTHEST else 0


def _between(bands: dict[int, list[Suspect]], low: int, high: int) -> list[int]:
    if high - low < len(bands):
        return [number for number in range(low, high + 1) if number in bands]
    return [number for number in bands if low <= number <= high]


def _is_under(text: Bounds, cover: Bounds) -> bool:
    across, up = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return cover[0] <= across <= cover[2] and cover[1] <= up <= cover[3]
