from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from archive.declarations import data_dir
from archive.declarations import places as place_files
from parsers.declared import Declarations
from parsers.declared.places import PlaceDeclarations
from parsers.records import AgencyMention, Context, Document, Paragraph
from parsers.who import resolve

Resolver = Callable[..., tuple[AgencyMention, ...]]


@pytest.fixture(scope="session")
def places() -> PlaceDeclarations:
    return place_files.load(data_dir())


@pytest.fixture(scope="session")
def who(places: PlaceDeclarations) -> Resolver:
    """Resolves a title; `lines` are the document's paragraphs, the rest is context."""
    declared = cast(Declarations, SimpleNamespace(places=places))

    def resolved(
        title: str, *lines: str, meta: dict[str, str] | None = None, **context: object
    ) -> tuple[AgencyMention, ...]:
        document = Document(
            tuple(Paragraph(line, "") for line in lines), "html", meta=tuple((meta or {}).items())
        )
        return resolve(title, document, Context(**context), declared)  # type: ignore[arg-type]

    return resolved
