"""The rows of a JSON answer, whatever its fields are called."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone

from parsers.portals.dates import find_date
from parsers.portals.markup import collapse, parse, resolve, text_of
from parsers.portals.records import Row
from parsers.portals.scripting import Json, decode_json
from parsers.portals.templates import Template
from parsers.records import Link

# In order of preference; compared without case.
URL_FIELDS = (
    "docpuburl",
    "chnldocurl",
    "puburl",
    "url",
    "post_url",
    "docurl",
    "linkurl",
    "link",
    "href",
    "lj",
    "wzlj",
)
TITLE_FIELDS = (
    "doctitle",
    "title",
    "showtitle",
    "maintitle",
    "subject",
    "bt",
    "wzbt",
    "xxmc",
    "name",
)
DATE_FIELDS = (
    "docreltime",
    "publishedtimestr",
    "display_publish_time",
    "pubdate",
    "publishtime",
    "publish_time",
    "dates",
    "date",
    "created_at",
    "createdate",
    "time",
    "fbsj",
    "fbrq",
)
COLUMN_FIELDS = ("chnl", "channelname", "columnname")
_URL_ENDS, _TITLE_ENDS, _DATE_ENDS = ("url", "link", "href"), ("title",), ("date", "time")
_NAMED = re.compile(r"公开.{0,14}(?:年\s?报|报告)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TITLE_CHARS = range(5, 121)
_LOOKS_LIKE_ADDRESS = re.compile(
    r"(?:https?:)?//?[^\s\u4e00-\u9fff]{3,400}|[\w./-]{1,300}\.(?:s?html?|jsp|aspx?|pdf|docx?)"
    r"(?:\?[^\s]{0,300})?",
    re.ASCII | re.IGNORECASE,
)
_NO_PAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|ico|bmp|webp|css|js|mp4)(?:\?|$)", re.IGNORECASE)
_TEXT_OF_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_MAX_TEXT_OF_JSON = 2_000_000
_PICTURE = re.compile(r"im(?:g|age)|pic|photo|thumb|logo|icon|cover|qr|video")
_CHINA = timezone(timedelta(hours=8))
_MAX_LEVELS = 8
_MILLISECONDS = 100_000_000_000


def json_rows(value: Json, base: str, details: Sequence[Template] = ()) -> tuple[Row, ...]:
    """The rows of the longest list of records with an address and a title.

    Other lists of the value count where they name yearly reports: rows may stand under their years
    or bodies.

    Args:
        value: the answer.
        base: the address that links are resolved against.
        details: the ways in which the page's script puts addresses together of a record's fields.
    """
    lists = (
        tuple(row for record in records for row in _row(record, base, details))
        for records in _lists(value, _MAX_LEVELS)
    )
    return longest_and_named(lists)


def longest_and_named(lists: Iterable[tuple[Row, ...]]) -> tuple[Row, ...]:
    """The longest of several lists of rows, and those that name yearly reports; in order."""
    found = [rows for rows in lists if rows]
    best = max(found, key=len, default=())
    wanted = (rows for rows in found if rows is best or any(_NAMED.search(r.title) for r in rows))
    return tuple(dict.fromkeys(row for rows in wanted for row in rows))


def every_row(value: Json, base: str, details: Sequence[Template] = ()) -> Iterator[Row]:
    """The rows of all lists of records, the outer ones first, as trees of columns have them."""
    for records in _lists(value, _MAX_LEVELS):
        for record in records:
            yield from _row(record, base, details)


def unplaced(value: Json) -> int:
    """How many records of an answer name yearly reports and no address that is understood."""
    records = (record for records in _lists(value, _MAX_LEVELS) for record in records)
    titles = (_title(_flat(record)) for record in records if isinstance(record, dict))
    return sum(bool(_NAMED.search(title)) for title in titles)


def _lists(value: Json, levels: int) -> Iterator[list[Json]]:
    if levels == 0:
        return
    if isinstance(value, str):
        value = _unpacked(value)
    if isinstance(value, list):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from _lists(item, levels - 1)


def _unpacked(text: str) -> Json:
    """The JSON that stands as a text in JSON; None if it is none."""
    if len(text) > _MAX_TEXT_OF_JSON or not _TEXT_OF_JSON.match(text):
        return None
    return decode_json(text)


def _row(record: Json, base: str, details: Sequence[Template]) -> Iterator[Row]:
    if isinstance(record, list) and not any(isinstance(each, dict | list) for each in record):
        record = {str(place): value for place, value in enumerate(record)}
    if not isinstance(record, dict):
        return
    fields = _flat(record)
    title = _title(fields)
    url = _address(fields, base) or _put_together(fields, base, details) if title else ""
    url = url or (_likely_address(fields, base) if title else "")
    if url:
        yield Row(url, title, _date(fields), _plain(_first(fields, COLUMN_FIELDS)))


def _title(fields: dict[str, Json]) -> str:
    named = _first(fields, (*TITLE_FIELDS, *_ending(fields, _TITLE_ENDS)))
    return _plain(named or _likely_title(fields))


def _address(fields: dict[str, Json], base: str) -> str:
    names = (*URL_FIELDS, *_ending(fields, _URL_ENDS))
    urls = (resolve(_text(fields.get(name)), base) for name in names)
    return next((url for url in urls if url), "")


def _likely_title(fields: dict[str, Json]) -> str:
    """The longest Chinese text that is short enough for a title, whatever its field is called."""
    texts = (_text(value) for value in fields.values())
    likely = (text for text in texts if len(text) in _TITLE_CHARS and _CHINESE.search(text))
    return max(likely, key=len, default="")


def _likely_address(fields: dict[str, Json], base: str) -> str:
    """The first value that looks like the address of a page, whatever its field is called."""
    told = (_text(value) for name, value in fields.items() if not _PICTURE.search(name))
    likely = (t for t in told if _LOOKS_LIKE_ADDRESS.fullmatch(t) and not _NO_PAGE.search(t))
    return resolve(next(likely, ""), base)


def _put_together(fields: dict[str, Json], base: str, details: Sequence[Template]) -> str:
    """The address that a template makes of the record's own fields."""
    values = {name: str(value) for name, value in fields.items() if isinstance(value, str | int)}
    for template in details:
        given = {name: values.get(name.casefold(), "") for name in template.names}
        if target := template.fill(given, base):
            return target
    return ""


def _ending(fields: dict[str, Json], ends: tuple[str, ...]) -> Iterator[str]:
    """The fields whose names end so, but those of pictures."""
    return (name for name in fields if name.endswith(ends) and not _PICTURE.search(name))


def _flat(record: dict[str, Json]) -> dict[str, Json]:
    """The record's fields and those one level down, and those of JSON that stands there as text."""
    fields = {key.casefold(): value for key, value in record.items()}
    inner = [value for value in record.values() if isinstance(value, dict)]
    for level in (*inner, *_texts_opened(record, *inner)):
        for key, value in level.items():
            fields.setdefault(key.casefold(), value)
    return fields


def _texts_opened(*levels: dict[str, Json]) -> Iterator[dict[str, Json]]:
    for value in (value for level in levels for value in level.values()):
        opened = _unpacked(value) if isinstance(value, str) else None
        if isinstance(opened, dict):
            yield opened


def _first(fields: dict[str, Json], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(fields.get(name)))), "")


def _text(value: Json) -> str:
    return collapse(value) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    return text_of(parse(text)) if "<" in text or "&" in text else text


def _date(fields: dict[str, Json]) -> str:
    for name in (*DATE_FIELDS, *_ending(fields, _DATE_ENDS)):
        if found := shown_date(fields.get(name)):
            return found
    return ""


def shown_date(value: Json) -> str:
    """The date of a JSON value: text, or seconds or milliseconds since 1970; empty if neither."""
    return find_date(value) if isinstance(value, str) else _from_epoch(value)


def json_links(value: Json, base: str) -> Iterator[Link]:
    """The attachments in a JSON list of records with an address and a name."""
    records = value if isinstance(value, list) else []
    for record in records:
        if isinstance(record, dict):
            names = ("url", "filepath", "path", "_href", "_src", "appfile")
            fields = {key.casefold(): inner for key, inner in record.items()}
            url = resolve(_first(fields, names), base)
            if url:
                yield Link(
                    url, _first(fields, ("name", "title", "appdesc", "filename")), "attachment"
                )


def _from_epoch(value: Json) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10**14:
        return ""
    seconds = value / 1000 if value > _MILLISECONDS else value
    return datetime.fromtimestamp(seconds, _CHINA).date().isoformat()
