"""What the parsers are told: everything declared under `data/`, read once, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the packages named here use `Declarations` themselves
    from parsers.prose.declared import ProseDeclarations
    from parsers.tables.declared import FormDeclarations
    from parsers.who.declared import PlaceDeclarations


@dataclass(frozen=True, slots=True)
class Declarations:
    """All declarations. `digest` is the SHA-256 (hex) of the files they were read from."""

    forms: FormDeclarations
    prose: ProseDeclarations
    places: PlaceDeclarations
    digest: str
