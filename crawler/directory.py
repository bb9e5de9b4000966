"""Turns the national directory of government sites into portal declarations.

The directory (全国政府网站基本信息数据库) is published as tables with a row for each site: its code
(网站标识码), its name, the body that runs it (主办单位) and its address.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import python_calamine
import yaml

from archive.errors import UsageError
from crawler.politeness.addresses import as_asked

# What the columns are called, in the order in which a name is looked for.
_COLUMNS = {
    "code": ("网站标识码", "标识码", "sitecode", "site_code", "code"),
    "name": ("网站名称", "名称", "wzmc", "name"),
    "agency": ("主办单位", "wzzgdw", "organiser", "organizer", "agency"),
    "url": ("网址", "首页网址", "网站地址", "地址", "url", "address"),
}
_CODE = re.compile(r"[0-9a-z]{10}", re.IGNORECASE)
_ENCODINGS = ("utf-8-sig", "gb18030")
# Cells hold several addresses, and marks behind one.
_BETWEEN = re.compile(r"[\s;；,，、|]+")
_HOST = re.compile(r"[\w-]+(?:[.。][\w-]+)+")
_MAX_BYTES, _HEAD_CHARS = 64 << 20, 200
_STATES = re.compile(r"[（(](?:关停|停用|已下线)[）)]")


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the directory; `line` is where it stands in the file."""

    code: str
    name: str
    agency: str
    urls: tuple[str, ...]
    line: int

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
    """The sites of a directory file (CSV, workbook, zip), and what could not be used, by line.

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
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    lines = iter(_table(payload, path))
    heads = [head.strip().casefold() for head in next(lines, (1, []))[1]]
    places = {
        field: next((heads.index(name) for name in names if name in heads), -1)
        for field, names in _COLUMNS.items()
    }
    missing = [_COLUMNS[field][0] for field, at in places.items() if at < 0 and field != "agency"]
    if missing:
        raise UsageError(f"{path}: no column {', '.join(missing)}")
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            told = {f: cells[at] if 0 <= at < len(cells) else "" for f, at in places.items()}
            yield line, {field: value.strip() for field, value in told.items()}


def _table(payload: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file or workbook, or of the first one in a zip, with their lines."""
    if payload.startswith(b"PK") and not _is_workbook(payload):
        payload = _first_in_zip(payload, path)
    if payload.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        yield from enumerate(_sheet(payload, path), 1)
        return
    text = _text(payload, path)
    reader = csv.reader(text.splitlines(), delimiter="\t" if "\t" in text[:_HEAD_CHARS] else ",")
    yield from ((reader.line_num, cells) for cells in reader)


def _is_workbook(payload: bytes) -> bool:
    return b"xl/workbook" in payload


def _first_in_zip(payload: bytes, path: Path) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as packed:
            for member in packed.infolist():
                is_table = member.filename.casefold().endswith((".csv", ".txt", ".xls", ".xlsx"))
                if is_table and member.file_size <= _MAX_BYTES:
                    return packed.read(member)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise UsageError(f"{path}: {error}") from error
    raise UsageError(f"{path}: no table (csv, xls, xlsx) in the zip")


def _sheet(payload: bytes, path: Path) -> Iterator[list[str]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(payload))
        rows = book.get_sheet_by_index(0).to_python()
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UsageError(f"{path}: the workbook cannot be read: {error}") from error
    yield from ([str(cell) for cell in row] for row in rows)


def _text(payload: bytes, path: Path) -> str:
    for encoding in _ENCODINGS:
        try:
            return payload.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: is neither UTF-8 nor GB 18030")


def _addresses(told: str) -> tuple[str, ...]:
    """The addresses in a cell, which may hold several; none where one of them is no address."""
    parts = [part for part in _BETWEEN.split(told) if part]
    urls = [part if "://" in part else f"http://{part}" for part in parts]
    return tuple(dict.fromkeys(urls)) if all(map(_is_address, urls)) else ()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host))


def _site(row: Mapping[str, str], line: int) -> tuple[Site | None, str]:
    urls = _addresses(row["url"])
    if not _CODE.fullmatch(row["code"]):
        return None, f"{row['code']!r} is no site code"
    if not urls:
        return None, f"{row['url']!r} is no address"
    if _STATES.search(row["name"]):
        return None, f"{row['name']} is closed"
    if not (row["name"] or row["agency"]):
        return None, f"{row['code']} has no name"
    return Site(row["code"], row["name"], row["agency"], urls, line), ""
