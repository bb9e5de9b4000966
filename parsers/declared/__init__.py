"""What the parsers are told: everything declared under `data/`, read once, frozen."""

from dataclasses import dataclass

from parsers.declared.forms import FormDeclarations
from parsers.declared.places import PlaceDeclarations
from parsers.declared.prose import ProseDeclarations

__all__ = ["Declarations", "FormDeclarations", "PlaceDeclarations", "ProseDeclarations"]


@dataclass(frozen=True, slots=True)
class Declarations:
    """All declarations. `digest` is the SHA-256 (hex) of the files they were read from."""

    forms: FormDeclarations
    prose: ProseDeclarations
    places: PlaceDeclarations
    digest: str
