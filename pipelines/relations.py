"""The parts of an Office package, found by how they relate (ECMA-376 part 2, 8.3).

Their names are free: programs number them (`word/styles2.xml`) or put them in other folders.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.limits import Package

# What content types of main parts say of a package, whatever the names of its parts.
MAIN_TYPES = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"presentationml.presentation.main+xml", "pptx"),
)


@dataclass(frozen=True, slots=True)
class Relations:
    """What one part refers to within its package.

    `targets` are the names of parts by the id of their relation, `kinds` those of the first part
    of each kind (`styles`, `footnotes`).
    """

    targets: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def part(self, kind: str, usual: str) -> str:
        """The part of a kind; `usual` is its name where the package does not say."""
        return self.kinds.get(kind, usual)


def read_relations(package: Package, part: str = "") -> Relations:
    """The relations of a part; without one, those of the package itself."""
    folder, _, name = part.rpartition("/")
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for relation in root if root is not None else ():
        if relation.get("TargetMode", "Internal") != "Internal":
            continue
        target = posixpath.join("/", folder, relation.get("Target", "").replace("\\", "/"))
        named = posixpath.normpath(target).lstrip("/")
        targets[relation.get("Id", "")] = named
        kinds.setdefault(relation.get("Type", "").rpartition("/")[2], named)
    return Relations(targets, kinds)


def main_part(package: Package, usual: str) -> str:
    """The part that a package is about; `usual` where it names none that is there."""
    named = read_relations(package).part("officeDocument", usual)
    return named if named in package else usual


def kind_by_content(types: bytes) -> str:
    """The media type of a package by its content types; empty where they tell none."""
    return next((kind for held, kind in MAIN_TYPES if held in types), "")
