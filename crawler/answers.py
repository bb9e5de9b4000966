"""What a response or failure means to the crawl."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.records import Capture
from crawler.account import PortalAccount
from crawler.browser.chromium import NoBrowserError
from crawler.browser.renderer import RenderingError
from crawler.politeness.addresses import AddressRefusedError, OffHostError
from crawler.politeness.middlewares import AlreadyFetchedError
from crawler.politeness.pauses import UNREACHABLE, HostPausedError
from crawler.politeness.robots import RobotsUnavailableError
from crawler.recording.codings import BREAKS_OFF
from crawler.recording.outcomes import outcome_of
from crawler.recording.purpose import BEFORE, CAPTURE, RENDERED, WALL, Rendered
from crawler.recording.session import ArchiveFailedError
from parsers.portals import Page
from parsers.portals.jumps import leads_above
from pipelines.decode import declared_charset, decode
from pipelines.sniff import media_type

_PAGE_TYPES = frozenset({"html", "text", "mhtml", "xml", "json", "empty"})
_SCHEME_ERRORS = frozenset({"refused", "tls", "timeout", "reset"})
_SWAPPED = "scheme_swapped"
# What Scrapy says where an address redirects in a circle, or again and again.
_ROUND = "max redirections"
_MISSED = (AddressRefusedError, ArchiveFailedError, OffHostError, RobotsUnavailableError)
_ABSENT = ("http_404", "http_410", "soft_404")
# What Scrapy says of an address that robots.txt forbids.
_FORBIDDEN = "Forbidden by robots.txt"
_TAKEN_DOWN = "taken down: redirects to a page above"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something not got: `what` is `blocked`, `failed`, `forbidden` or `skipped`, for `why`."""

    what: str
    why: str

    @property
    def is_absence(self) -> bool:
        """Whether the site says that there is no such page."""
        return self.why in _ABSENT


def trouble(response: Response) -> Trouble | None:
    """What is wrong with an answer; nothing if it is what was asked for."""
    wall = response.meta.get(WALL) if "archived" not in response.flags else ""
    if wall == "soft_404":
        return Trouble("failed", wall)
    if wall:
        return Trouble("blocked", f"blocked:{wall}")
    if response.status not in (200, 203):
        return Trouble("failed", f"http_{response.status}")
    return None


def report_trouble(response: Response) -> Trouble | None:
    """What is wrong with an answer that was to be a report or a part of one."""
    came_by = response.meta.get("redirect_urls")
    if came_by and _is_above(response.url, came_by[0]):
        return Trouble("failed", _TAKEN_DOWN)
    if response.status == 200 and not response.body.strip() and "archived" not in response.flags:
        return Trouble("failed", "the answer is empty")
    return trouble(response)


def _is_above(target: str, asked: str) -> bool:
    """Whether a redirect gives up: it leads to a folder above, or to a site's home page."""
    there = urlsplit(target)
    at_home = not there.path.strip("/") and not there.query
    return (at_home and bool(urlsplit(asked).path.strip("/"))) or leads_above(target, asked)


def trouble_of(error: BaseException) -> Trouble:
    """What became of a request that got no answer."""
    if isinstance(error, AlreadyFetchedError) and _is_above(error.target, error.asked):
        return Trouble("failed", _TAKEN_DOWN)
    if isinstance(error, HostPausedError):
        return Trouble("failed" if error.why == UNREACHABLE else "blocked", str(error))
    if isinstance(error, NoBrowserError):
        return Trouble("blocked", f"blocked:no_browser ({error})")
    if isinstance(error, RenderingError):
        return Trouble("failed", str(error))
    # What lies on a host that may not be asked may well be a report: a person can tell.
    if isinstance(error, _MISSED):
        return Trouble("failed", str(error))
    if isinstance(error, IgnoreRequest) and _ROUND in str(error):
        return Trouble("failed", "redirect_loop")
    if isinstance(error, IgnoreRequest) and str(error) == _FORBIDDEN:
        return Trouble("forbidden", str(error))
    if isinstance(error, IgnoreRequest):
        return Trouble("skipped", str(error) or type(error).__name__)
    return Trouble("failed", outcome_of(error).error or type(error).__name__)


def other_scheme(request: Request, error: BaseException) -> Request | None:
    """The request by http instead of https or the other way round, where that may help.

    Many sites answer by one of the two alone, and links name the wrong one.
    """
    if _failure(error) not in _SCHEME_ERRORS or request.meta.get(_SWAPPED):
        return None
    scheme, _, rest = request.url.partition("://")
    if ":" in rest.partition("/")[0]:
        return None  # a port speaks one of the two
    swapped = "https" if scheme == "http" else "http"
    meta = {**request.meta, _SWAPPED: True, "retry_times": 0}
    return request.replace(url=f"{swapped}://{rest}", meta=meta)


def _failure(error: BaseException) -> str:
    if isinstance(error, RobotsUnavailableError):
        return error.why
    return "" if isinstance(error, IgnoreRequest) else outcome_of(error).error


def rendered(response: Response) -> Rendered | None:
    """What a browser showed of the page, if it was opened in one."""
    shown = response.meta.get(RENDERED)
    return shown if isinstance(shown, Rendered) else None


def damage(response: Response) -> list[dict[str, str]]:
    """What a page or part lacks: since its compressed content breaks off, or in the browser.

    Empty if it is whole.
    """
    shown = rendered(response)
    lacking = list(shown.lacking) if shown is not None else []
    if BREAKS_OFF in response.flags:
        why = "its compressed content is damaged or breaks off"
        lacking.append({"url": response.url, "why": why})
    return lacking


def is_page(response: Response) -> bool:
    """Whether the payload is text with links, by its bytes and not by its label."""
    return media_type(response.body) in _PAGE_TYPES


def page_of(response: Response, state: Mapping[str, str] | None = None) -> Page:
    """The answer as the portal readers take it, decoded by content."""
    label = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
    decoded = decode(response.body, declared_charset(response.body, label))
    headers = {
        name.decode("latin-1"): values[0].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    return Page(response.url, decoded.text, response.status, headers, state or {}, decoded.charset)


def tell_lacking(response: Response, account: PortalAccount, found: bool) -> None:
    """Tells what a listing lacks, and where nothing was `found`, what else may be the reason."""
    for lost in damage(response):
        where = "" if lost["url"] == response.url else f"{lost['url']}: "
        account.cut(response.url, f"{where}{lost['why']}")
    shown = rendered(response)
    if shown is not None and shown.refused and not found:
        hosts = ", ".join(shown.refused)
        account.note(f"{response.url} wants to ask {hosts}: to be declared under hosts if it may")


def payload_sha256(response: Response) -> str:
    """The digest of what is read of an answer: what the browser showed, else what came."""
    shown = rendered(response)
    capture: Capture = shown.capture if shown is not None else response.meta[CAPTURE]
    return capture.payload_sha256


def novelty(response: Response) -> str:
    """`new`, `changed` or `unchanged` against what the archive had before this run."""
    capture: Capture = response.meta[CAPTURE]
    before: Capture | None = response.meta.get(BEFORE)
    if (shown := rendered(response)) is not None and before is not None:
        return "changed" if shown.is_news else "unchanged"
    if capture.status == 304 or (before and before.payload_sha256 == capture.payload_sha256):
        return "unchanged"
    return "changed" if before is not None else "new"
