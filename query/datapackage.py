"""A Frictionless data package (https://specs.frictionlessdata.io/data-package/) for exports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from query.columns import Column

TYPES = {"text": "string", "integer": "integer", "number": "number"}
MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "dta": "application/x-stata-dta",
}
SOURCE = "Annual open-government-information reports published by the bodies named, as archived"
LICENCE_NOTE = (
    "The figures are facts from official reports; each row names its source page and archived"
    " record. Check the terms of the source before you republish its texts."
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of a package. `digest` is the SHA-256 in hex; `bytes` its size."""

    path: str
    title: str
    columns: Sequence[Column]
    bytes: int
    digest: str

    def described(self) -> dict[str, object]:
        """The resource as datapackage.json has it."""
        name, _, suffix = self.path.rpartition(".")
        entry: dict[str, object] = {
            "name": f"{name}-{suffix}".lower().replace("_", "-"),
            "path": self.path,
            "title": self.title,
            "format": suffix,
            "mediatype": MEDIA_TYPES[suffix],
            "bytes": self.bytes,
            "hash": f"sha256:{self.digest}",
        }
        if suffix == "csv":
            entry |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
        if suffix == "parquet":  # of tables in it frictionless cannot count the bytes
            entry["type"] = "file"
        return entry | {"schema": schema(self.columns)}


def schema(columns: Iterable[Column]) -> dict[str, object]:
    """The table schema; an empty cell is a missing value, never zero."""
    fields = [
        {"name": one.name, "type": TYPES[one.kind], "description": one.label} for one in columns
    ]
    return {"fields": fields, "missingValues": [""]}


def package(
    name: str, version: str, resources: Iterable[Resource], more: dict[str, object]
) -> dict[str, object]:
    """The whole descriptor. `version` is the date of the newest capture in it."""
    return {
        "name": name,
        "title": "Annual reports on open government information 政府信息公开工作年度报告",
        "version": version,
        "sources": [{"title": SOURCE}],
        "description": LICENCE_NOTE,
        **more,
        "resources": [resource.described() for resource in resources],
    }
