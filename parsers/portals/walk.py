"""What all families share in going from page to page: ending, and never going round.

State keys: `family`; `step` (pages asked for since the first); `found` (pages that brought new
rows); `of` (pages announced, where a series of file names is followed); `rows` (read so far);
`misses` (fruitless pages in a row); `pages` (digests of the pages read); `probe` (the page may
well not be there); `answer` (one that waits for what script files tell of its rows).
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from parsers.portals.records import Listing, Page, PageRequest, Row
from parsers.portals.rows import once

MAX_STEPS = 1000
_KEPT_DIGESTS = 200
# File names of a series may start at another number than expected, so that a gap or a copy of the
# first page stands between two good pages.
_PATIENCE_IN_SERIES = 2
# The first answer of an interface may repeat what the page itself already showed.
_PATIENCE_AT_START = 1


def settle(page: Page, listing: Listing) -> Listing:
    """The listing with each row once, ended where nothing new came."""
    rows = once(listing.rows) if page.status < 400 else ()
    digest, seen = _digest(rows), page.state.get("pages", "").split()
    fresh = bool(rows) and digest not in seen
    reason = _end(page, listing, bool(rows), fresh)
    if reason:
        return replace(listing, rows=rows, next=(), end_reason=reason)
    known = " ".join([*seen, digest][-_KEPT_DIGESTS:]) if rows else " ".join(seen)
    onward = tuple(
        _onward(page, listing.family, step, len(rows) * fresh, known) for step in listing.next
    )
    return replace(listing, rows=rows, next=onward, end_reason="")


def is_fresh(page: Page, rows: Sequence[Row]) -> bool:
    """Whether the rows are others than those of each page before."""
    return bool(rows) and _digest(rows) not in page.state.get("pages", "").split()


def _digest(rows: Sequence[Row]) -> str:
    return sha256("\n".join(sorted(row.url for row in rows)).encode()).hexdigest()[:8]


def number(page: Page, key: str, default: int = 0) -> int:
    """A number of the page's state."""
    value = page.state.get(key, "")
    return int(value) if value.isascii() and value.isdigit() else default


def _end(page: Page, listing: Listing, has_rows: bool, fresh: bool) -> str:
    step = number(page, "step")
    if not fresh and any("answer" in each.state for each in listing.next):
        return ""
    if not fresh and page.state.get("probe"):
        return "no_pager"
    if not fresh and step > 0 and number(page, "misses") >= _patience(page, step):
        return "repeated" if has_rows else "empty"
    if not listing.next:
        return listing.end_reason or ("no_pager" if has_rows else "empty")
    if step >= MAX_STEPS:
        return "page_limit"
    announced = number(page, "of")
    return "last_page" if announced and number(page, "found") + fresh >= announced else ""


def _patience(page: Page, step: int) -> int:
    if number(page, "of"):
        return _PATIENCE_IN_SERIES
    return _PATIENCE_AT_START if step == 1 else 0


def _onward(page: Page, family: str, step: PageRequest, fresh_rows: int, known: str) -> PageRequest:
    fresh = bool(fresh_rows)
    state = {
        "family": family,
        **step.state,
        "step": str(number(page, "step") + 1),
        "found": str(number(page, "found") + fresh),
        "misses": "0" if fresh else str(number(page, "misses") + (number(page, "step") > 0)),
        "pages": known,
        "rows": str(number(page, "rows") + fresh_rows),
    }
    return replace(step, state=state)
