"""Turns the national directory of government sites into portal declarations.

The directory (全国政府网站基本信息数据库) is published as tables with a row for each site: its code
(网站标识码), its name, the body that runs it (主办单位) and its address.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from archive.errors import UsageError

# What the columns are called, in the order in which a name is looked for.
_COLUMNS = {
    "code": ("网站标识码", "标识码", "sitecode", "site_code", "code"),
    "name": ("网站名称", "名称", "wzmc", "name"),
    "agency": ("主办单位", "wzzgdw", "organiser", "organizer", "agency"),
    "url": ("网址", "首页网址", "网站地址", "地址", "url", "address"),
}
_CODE = re.compile(r"[0-9a-z]{10}", re.IGNORECASE)
_ENCODINGS = ("utf-8-sig", "gb18030")
_STATES = re.compile(r"[（(](?:关停|停用|已下线)[）)]")


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the directory; `line` is where it stands in the file."""

    code: str
    name: str
    agency: str
    url: str
    line: int

    @property
    def portal(self) -> str:
        """The name of its declaration: unique, since the code is."""
        return f"site-{self.code.lower()}"

    def fields(self) -> dict[str, object]:
        """The fields of its declaration.

        The code's first six digits tell where the site is hosted, not whose reports it has: several
        bodies may publish at one site, so the body that runs it is no `agency` but a note.
        """
        place = self.code[:6] if self.code[:6].isdigit() else ""
        fields = {"title": self.name or self.agency, "region": place, "start": [self.url]}
        note = f"主办单位：{self.agency}；网站标识码：{self.code}"
        return {name: value for name, value in {**fields, "note": note}.items() if value}


def read_directory(path: Path) -> tuple[list[Site], list[str]]:
    """The sites of a directory file (CSV), and what could not be used of it, by line.

    Raises:
        UsageError: if the file cannot be read or has not the columns.
    """
    sites: dict[str, Site] = {}
    faults: list[str] = []
    for line, row in _rows(path):
        site, fault = _site(row, line)
        if site is None:
            faults.append(f"{path.name}:{line}: {fault}")
        elif site.code in sites:
            faults.append(f"{path.name}:{line}: {site.code} stands in line {sites[site.code].line}")
        else:
            sites[site.code] = site
    return list(sites.values()), faults


def declarations(sites: list[Site]) -> str:
    """The declarations of the sites as YAML, in order of name."""
    entries = {site.portal: site.fields() for site in sorted(sites, key=lambda site: site.portal)}
    text: str = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=200)
    return text


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.reader(_text(path).splitlines())
    heads = [head.strip().casefold() for head in next(reader, [])]
    places = {
        field: next((heads.index(name) for name in names if name in heads), -1)
        for field, names in _COLUMNS.items()
    }
    missing = [_COLUMNS[field][0] for field, at in places.items() if at < 0 and field != "agency"]
    if missing:
        raise UsageError(f"{path}: no column {', '.join(missing)}")
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield (
                reader.line_num,
                {f: cells[at].strip() if 0 <= at < len(cells) else "" for f, at in places.items()},
            )


def _text(path: Path) -> str:
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    for encoding in _ENCODINGS:
        try:
            return payload.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: is neither UTF-8 nor GB 18030")


def _site(row: Mapping[str, str], line: int) -> tuple[Site | None, str]:
    url = row["url"] if "://" in row["url"] else f"http://{row['url']}"
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and "." in parts.netloc
    except ValueError:
        named = False
    if not _CODE.fullmatch(row["code"]):
        return None, f"{row['code']!r} is no site code"
    if not named:
        return None, f"{row['url']!r} is no address"
    if _STATES.search(row["name"]):
        return None, f"{row['name']} is closed"
    if not (row["name"] or row["agency"]):
        return None, f"{row['code']} has no name"
    return Site(row["code"], row["name"], row["agency"], url, line), ""
