"""Loads regions and agencies."""

from pathlib import Path

from parsers.who.declared import PlaceDeclarations


def load(directory: Path) -> PlaceDeclarations:
    """The regions and agencies under `directory`."""
    return PlaceDeclarations()
