"""The declarations under `data/`: read once, strictly, frozen and handed down."""

import hashlib
from functools import cache
from pathlib import Path

from archive.declarations import forms, places, prose
from archive.declarations.files import DeclarationError
from parsers.declared import Declarations
from parsers.prose.categories import CATEGORY

__all__ = ["DeclarationError", "data_dir", "load"]

_FOLDERS = ("indicators", "regions", "agencies", "portals", "keeping")


def data_dir() -> Path:
    """The folder of the declarations: inside an installed package, else the checkout's `data/`."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


def load(directory: Path | None = None) -> Declarations:
    """All declarations of `directory`, by default those that come with Gongkai (kept in memory).

    Raises:
        DeclarationError: a file is missing or says something that is not understood; the message
            names file and line.
    """
    return _load(data_dir()) if directory is None else _read(directory)


@cache
def _load(directory: Path) -> Declarations:
    return _read(directory)


def _read(directory: Path) -> Declarations:
    tables, sentences = forms.load(directory), prose.load(directory)
    read = {label.indicator for label in tables.labels} | {CATEGORY}
    read |= {rule.indicator for rule in sentences.rules}
    forms.check_read(directory, read)
    return Declarations(
        forms=tables,
        prose=sentences,
        places=places.load(directory),
        digest=_digest(directory),
    )


def _digest(directory: Path) -> str:
    total = hashlib.sha256()
    files = (path for name in _FOLDERS for path in (directory / name).rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.relative_to(directory).as_posix()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(directory).as_posix()} {content}\n".encode())
    return total.hexdigest()
