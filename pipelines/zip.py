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

MAX_READ = 50
_UTF8_FLAG = 0x800


def read_zip(payload: bytes) -> Document:
    """Reads the documents of a zip file in order of their names, as one Document."""
    package = Package(payload)
    found: list[tuple[str, Document]] = []
    problems: list[Problem] = []
    files = sorted(_files(package), key=lambda info: info.filename)
    if len(files) > MAX_READ:
        detail = f"the zip file holds {len(files)} files; the first {MAX_READ} were read"
        problems.append(problem("too_long", detail))
    for info in files[:MAX_READ]:
        name = member_name(info)
        try:
            data = package.read_member(info)
        except RefusedError as error:
            problems.append(problem(error.code, str(error), f"zip:{name}"))
            continue
        if data[:4] == b"PK\x03\x04" and name.lower().endswith(".zip"):
            problems.append(problem("nested_zip", f"{name} is a zip within a zip", f"zip:{name}"))
        else:
            found.append((name, read_document(data, file_name=name)))
    return _joined(found, problems)


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
    blocks = [prefixed(block, f"zip:{name}!") for name, doc in found for block in doc.blocks]
    moved = [
        replace(p, locator=f"zip:{name}!{p.locator}") for name, doc in found for p in doc.problems
    ]
    links = [Link(name, PurePosixPath(name).name, "attachment", f"zip:{name}") for name, _ in found]
    return Document(
        blocks=tuple(blocks),
        media_type="zip",
        titles=tuple(title for _, doc in found for title in doc.titles),
        links=tuple(links),
        problems=(*problems, *moved),
    )
