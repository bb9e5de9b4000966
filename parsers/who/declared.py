"""What the reading of agencies is told by `data/regions` and `data/agencies`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceDeclarations:
    """The declared regions and agencies."""
