"""A page as drawn, whatever the file format: the input of all that is paged."""

from dataclasses import dataclass

from pipelines.paged.glyphs import Glyph
from pipelines.paged.ruled import Rule

# The tangent of an angle beyond which text stands aslant: some 5 degrees.
ASLANT = 0.09


def is_aslant(direction: tuple[float, float]) -> bool:
    """Whether text that runs so stands neither upright nor on a side: a watermark, a stamp."""
    across, down = abs(direction[0]), abs(direction[1])
    return min(across, down) > ASLANT * max(across, down)


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """One page, in points from its top left. `kind` begins its locators (`pdf`, `ofd`).

    `unreadable` counts characters whose font does not tell what they are. `is_cut` is whether the
    page draws more than is looked at, `is_unseen` whether its text lies unseen with or under a
    picture, as programs leave it that recognise scans; `without_ink` counts unseen texts,
    `aslant` those that stand neither upright nor on a side, `insets` the large pictures beside the
    text, on which no text stands. `is_unchecked` is whether there are more texts that may be
    unseen than were looked at. `fillings` are the upper and lower edges of filled shapes.
    """

    kind: str
    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: int = 0
    unreadable: int = 0
    is_cut: bool = False
    is_unseen: bool = False
    without_ink: int = 0
    aslant: int = 0
    insets: int = 0
    is_unchecked: bool = False
    fillings: tuple[Rule, ...] = ()

    @property
    def place(self) -> str:
        """The page's locator."""
        return f"{self.kind}:p{self.number}"
