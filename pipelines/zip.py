"""Zip files of documents: each is read, and its places carry its name (`zip:name!docx:p[3]`)."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from parsers.records import Document, Link, Problem
from pipelines.assembly import problem
from pipelines.documents import read_document
from pipelines.joining import prefixed
from pipelines.limits import Package, RefusedError
from pipelines.sniff import media_type

MAX_READ = 50
ARCHIVES = ("zip", "rar", "7z")
_UTF8_FLAG = 0x800


def read_zip(payload: bytes) -> Document:
    """Reads the documents of a zip file in order of their names, as one Document.

    Those of zip files within it are read in their place; files within these are told.
    """
    reader = _Reader()
    reader.read(Package(payload))
    if reader.is_cut:
        detail = f"the zip file holds more than {MAX_READ} files; the rest was not read"
        reader.problems.append(problem("too_long", detail))
    return _joined(reader.found, reader.problems)


class _Reader:
    """The documents found so far, each with the beginning of its places."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Document]] = []
        self.problems: list[Problem] = []
        self.is_cut = False
        self._left = MAX_READ

    def read(self, package: Package, around: str = "") -> None:
        """Reads a package; `around` begins its places if it lies within another."""
        for info in sorted(_files(package), key=lambda info: info.filename):
            if self._left <= 0:
                self.is_cut = True
                return
            self._left -= 1
            place = f"{around}zip:{member_name(info)}"
            try:
                self._member(package, package.read_member(info), place, is_inner=bool(around))
            except RefusedError as error:
                self.problems.append(problem(error.code, str(error), place))

    def _member(self, package: Package, data: bytes, place: str, *, is_inner: bool) -> None:
        if media_type(data) not in ARCHIVES:
            name = place.rpartition("zip:")[2]
            self.found.append((place, read_document(data, file_name=name)))
        elif is_inner or media_type(data) != "zip":
            detail = f"{place.rpartition('zip:')[2]} is an archive within an archive"
            self.problems.append(problem("nested_zip", detail, place))
        else:
            self.read(Package(data, package), f"{place}!")


def _files(package: Package) -> Iterator[zipfile.ZipInfo]:
    for info in package.members:
        names = info.filename.split("/")
        hidden = names[0] == "__MACOSX" or any(n[:1] == "." and n != ".." for n in names)
        if not info.is_dir() and not hidden:
            yield info


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; Chinese tools write it in GBK without saying so."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _joined(found: list[tuple[str, Document]], problems: list[Problem]) -> Document:
    if not found and not problems:
        problems = [problem("empty", "the zip file holds no document")]
    blocks = [prefixed(block, f"{place}!") for place, doc in found for block in doc.blocks]
    moved = [
        replace(p, locator=f"{place}!{p.locator}") for place, doc in found for p in doc.problems
    ]
    links = [
        Link(place.partition(":")[2], PurePosixPath(place).name, "attachment", place)
        for place, _ in found
    ]
    return Document(
        blocks=tuple(blocks),
        media_type="zip",
        titles=tuple(title for _, doc in found for title in doc.titles),
        links=tuple(links),
        problems=(*problems, *moved),
    )
