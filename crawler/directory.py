"""Turns the national directory of government sites into portal declarations.

The directory (全国政府网站基本信息数据库) is published as tables with a row for each site: its code
(网站标识码), its name, the body that runs it (主办单位) and its address.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from archive.errors import UsageError
from crawler.directory_tables import read_tables
from crawler.politeness.addresses import as_asked

# What the columns are called, in the order in which a name is looked for.
_COLUMNS = {
    "code": ("网站标识码", "标识码", "sitecode", "site_code", "code"),
    "name": ("网站名称", "名称", "wzmc", "name"),
    "agency": ("主办单位", "wzzgdw", "organiser", "organizer", "agency"),
    "url": (
        "网址",
        "首页网址",
        "网站网址",
        "网站地址",
        "网站域名",
        "域名",
        "地址",
        "url",
        "address",
    ),
}
_NEEDED = {"code", "name", "url"}
_CODE = re.compile(r"[0-9a-z]{10}", re.IGNORECASE)
# Cells hold several addresses, and marks behind one.
_BETWEEN = re.compile(r"[\s;；,，、|]+")
_HOST = re.compile(r"[\w-]+(?:[.。][\w-]+)+")
_REMARK = re.compile(r"[（(][^（()）]*[)）]")
_STATES = re.compile(r"[（(](?:关停|停用|已下线)[）)]")


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the directory; `place` is where it stands: the file's name and the line."""

    code: str
    name: str
    agency: str
    urls: tuple[str, ...]
    place: str

    @property
    def portal(self) -> str:
        """The name of its declaration: unique, since the code is."""
        return f"site-{self.code.lower()}"

    def other_hosts(self) -> list[str]:
        """Its hosts that are not under gov.cn: the directory itself makes them official."""
        hosts = (as_asked(urlsplit(url).netloc) for url in self.urls)
        return list(dict.fromkeys(host for host in hosts if not f".{host}".endswith(".gov.cn")))

    def fields(self) -> dict[str, object]:
        """The fields of its declaration.

        The code's first six digits tell where the site is hosted, not whose reports it has: several
        bodies may publish at one site, so the body that runs it is no `agency` but a note.
        """
        place = self.code[:6] if self.code[:6].isdigit() else ""
        fields = {
            "title": self.name or self.agency,
            "region": place,
            "start": list(self.urls),
            "hosts": self.other_hosts(),
        }
        note = f"主办单位：{self.agency}；网站标识码：{self.code}"
        return {name: value for name, value in {**fields, "note": note}.items() if value}


def read_directory(path: Path) -> tuple[list[Site], list[str]]:
    """The sites of a directory file (see `read_tables`), and what could not be used, by line.

    Raises:
        UsageError: if the file cannot be read or has not the columns.
    """
    sites: dict[str, Site] = {}
    faults: list[str] = []
    for place, row in _rows(path):
        site, fault = _site(row, place)
        if site is None:
            faults.append(f"{place}: {fault}")
        elif site.code in sites:
            faults.append(f"{place}: {site.code} stands in {sites[site.code].place}")
        else:
            sites[site.code] = site
    return list(sites.values()), faults


def declarations(sites: list[Site]) -> str:
    """The declarations of the sites as YAML, in order of name."""
    entries = {site.portal: site.fields() for site in sorted(sites, key=lambda site: site.portal)}
    text: str = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=200)
    return text


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows below each line of heads, with the place where they stand."""
    missing = [names[0] for field, names in _COLUMNS.items() if field in _NEEDED]
    for name, rows in read_tables(path):
        places: dict[str, int] = {}
        for line, cells in rows:
            if not places:
                places = _places([_head(cell) for cell in cells])
                missing = [] if places else missing
            elif any(cell.strip() for cell in cells):
                told = {f: cells[at] if at < len(cells) else "" for f, at in places.items()}
                yield f"{name}:{line}", {field: _value(cell) for field, cell in told.items()}
    if missing:
        raise UsageError(f"{path}: no column {', '.join(missing)}")


def _places(heads: list[str]) -> dict[str, int]:
    """Where each field stands, if these are the heads of the columns."""
    found = {
        field: next(heads.index(name) for name in names if name in heads)
        for field, names in _COLUMNS.items()
        if not set(names).isdisjoint(heads)
    }
    return found if found.keys() >= _NEEDED else {}


def _head(cell: str) -> str:
    """A column's name without blanks, and without what is explained in brackets."""
    return re.split(r"[（(\[【]", "".join(cell.split()).casefold())[0]


def _value(cell: str) -> str:
    """A cell as meant: Excel's ways to keep a number as text, and wide letters, are undone."""
    bare = unicodedata.normalize("NFKC", cell).strip()
    return bare.removeprefix("=").strip("\"'").strip()


def _addresses(told: str) -> tuple[str, ...]:
    """The addresses in a cell, which may hold several; none where one of them is no address."""
    parts = [part for part in _BETWEEN.split(_REMARK.sub(" ", told)) if part]
    urls = [part if "://" in part else f"http://{part}" for part in parts]
    return tuple(dict.fromkeys(urls)) if all(map(_is_address, urls)) else ()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host))


def _site(row: Mapping[str, str], place: str) -> tuple[Site | None, str]:
    urls = _addresses(row["url"])
    if not _CODE.fullmatch(row["code"]):
        return None, f"{row['code']!r} is no site code"
    if not urls:
        return None, f"{row['url']!r} is no address"
    if _STATES.search(row["name"]):
        return None, f"{row['name']} is closed"
    if not (row["name"] or row.get("agency")):
        return None, f"{row['code']} has no name"
    return Site(row["code"], row["name"], row.get("agency", ""), urls, place), ""
