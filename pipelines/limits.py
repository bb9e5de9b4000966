"""Bounds on what a file may unfold to, and the one way zip packages and XML are opened."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

MAX_MEMBER_BYTES = 64_000_000
MAX_PACKAGE_BYTES = 256_000_000
MAX_MEMBERS = 5_000
MAX_PAGES = 500
# Strict Office Open XML differs from the usual one in its namespaces only, as far as text goes.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
STRICT_MARK = b"http://purl.oclc.org/ooxml/"
# What the library makes of a package that is no whole one.
DAMAGE = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError)


class RefusedError(Exception):
    """A file that is not read: `code` is the problem's kind, the message its sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(slots=True)
class _Budget:
    """How many bytes a package, and those within it, may still unfold to."""

    bytes_left: int = MAX_PACKAGE_BYTES


class Package:
    """A zip file, read member by member within bounds."""

    def __init__(self, payload: bytes, within: "Package | None" = None) -> None:
        """Opens a package; one within another may unfold to what that one has left."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(payload))
            self.members = self._zip.infolist()
        except DAMAGE as error:
            raise RefusedError("truncated", f"the package is cut or damaged ({error})") from error
        if len(self.members) > MAX_MEMBERS:
            raise RefusedError("bomb", f"the package holds more than {MAX_MEMBERS} files")
        self._budget: _Budget = within._budget if within else _Budget()
        self._names = {info.filename.lower(): info for info in self.members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a member, whatever size its header claims.

        Raises:
            RefusedError: it is missing, encrypted, damaged or unfolds to too much.
        """
        info = self._names.get(name.lower())
        if info is None:
            raise RefusedError("truncated", f"the package lacks {name}")
        return self.read_member(info)

    def read_member(self, info: zipfile.ZipInfo) -> bytes:
        """As `read`, for an entry of `members`."""
        if info.flag_bits & 0x1:
            raise RefusedError("encrypted", f"{info.filename} is encrypted with a password")
        limit = min(MAX_MEMBER_BYTES, self._budget.bytes_left)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except (*DAMAGE, zlib.error, EOFError) as error:
            raise RefusedError("truncated", f"{info.filename} is damaged ({error})") from error
        if len(data) > limit:
            raise RefusedError("bomb", f"{info.filename} unfolds to more than {limit} bytes")
        self._budget.bytes_left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML member; nothing where there is no such member."""
        if name not in self:
            return None
        data = self.read(name)
        if STRICT_MARK in data:
            for strict, usual in STRICT.items():
                data = data.replace(strict, usual)
        return parse_xml(data)


def parse_xml(data: bytes) -> etree._Element:
    """Parses XML without entities, external files or unlimited depth.

    Raises:
        RefusedError: it is no well-formed XML or declares entities.
    """
    if b"<!ENTITY" in data:
        raise RefusedError("entities", "its XML declares entities, which are not followed")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError("damaged_xml", f"its XML is damaged ({error})"[:200]) from error
    internal: Any = root.getroottree().docinfo.internalDTD
    if internal is not None and next(iter(internal.iterentities()), None) is not None:
        raise RefusedError("entities", "its XML declares entities, which are not followed")
    return root


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def first(elements: Iterable[etree._Element]) -> etree._Element | None:
    """The first of some elements, if any."""
    return next(iter(elements), None)
