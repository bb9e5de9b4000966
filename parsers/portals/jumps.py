"""Indirections: script jumps, meta refreshes, and frames that hold the real page."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from parsers.portals.markup import base_of, resolve, scripts, text_of
from parsers.portals.records import Page
from parsers.portals.settled import with_own_values
from parsers.portals.templates import constants

# A page with more text than this is a page of its own, whatever its scripts could do.
_SHELL_CHARS = 200
_LOCATION = re.compile(
    r"(?:\b(?:window|self|top|document|parent)\s{0,3}\.\s{0,3})?\blocation"
    r"(?:\s{0,3}\.\s{0,3}(?:href|replace|assign))?\s{0,3}(?:=|\()\s{0,3}['\"]([^'\"\n]{1,500})['\"]"
)
_CONFIGURED = re.compile(
    r"_co(?:n|)fi[n]?g\d{0,2}\s{0,3}=\s{0,3}\{[^}]{0,300}?\bhref\s{0,3}:\s{0,3}['\"]([^'\"\n]{1,500})"
)
_REFRESH = re.compile(r"^\s*\d{0,6}(?:\.\d+)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?\s*([^'\"]+)", re.I)
_FUNCTION = re.compile(r"\bfunction\b")
_AT_ONCE = re.compile(
    r"\bonload\b|\bready\s{0,3}\(|\$\(\s{0,3}function|setTimeout|\(\s{0,3}function"
)
_FOREIGN_FRAMES = re.compile(
    r"tianqi|weather|share|counter|conac|jiathis|baidu|player|video|header|footer|\btop\.|bottom",
    re.IGNORECASE,
)
_FRAME_SOURCE = re.compile(
    r"\.(?:src\s{0,3}=|attr\(\s{0,3}['\"]src['\"]\s{0,3},)\s{0,3}['\"]([^'\"\s<>]{2,300}?"
    r"(?<!\.js)(?<!\.gif)(?<!\.png)(?<!\.jpg))['\"]\s{0,3}[;)\n}]"
)
_FRAME_BY_NAME = re.compile(
    r"\.(?:src\s{0,3}=|attr\(\s{0,3}['\"]src['\"]\s{0,3},)\s{0,3}([A-Za-z_$]\w{0,40})\s{0,3}[;)\n}]"
)
_PAGE_ADDRESS = re.compile(r"/$|\.(?:s?html?|jsp|aspx?|do|php)(?:\?|$)", re.IGNORECASE)
_MAX_SCRIPTED_FRAMES = 3
_SENDS = re.compile(r"\.submit\(\s{0,3}\)")
_VIEWER_KEYS = ("file", "pdf", "pdfurl", "fileurl", "src", "url")
_VIEWER = re.compile(r"viewer|preview|reader|pdfjs|/pdf/web/", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?)$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\w|/{1,2}\w", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_PLAIN_BASE64 = str.maketrans("-_", "+/")


def redirect_of(page: Page, tree: HtmlElement) -> str:
    """Where a shell page sends the reader by refresh or script; empty for a page of its own."""
    url = page.url
    if len(text_of(tree, 4_000)) > _SHELL_CHARS:
        return ""
    target = _told_by_header(page) or refresh_of(tree, url) or _script_jump(tree, url)
    return "" if target == url else target


def _told_by_header(page: Page) -> str:
    told = next((v for name, v in page.headers.items() if name.casefold() == "refresh"), "")
    match = _REFRESH.match(told)
    return resolve(match[1], page.url) if match else ""


def refresh_of(tree: HtmlElement, url: str) -> str:
    """The target of a meta refresh outside `noscript`."""
    for node in tree.iter("meta"):
        if (node.get("http-equiv") or "").strip().casefold() != "refresh":
            continue
        match = _REFRESH.match(node.get("content") or "")
        hidden = any(above.tag == "noscript" for above in node.iterancestors())
        if match and not hidden:
            return resolve(match.group(1), base_of(tree, url))
    return ""


def sent_at_once(tree: HtmlElement) -> HtmlElement | None:
    """The form that a shell page sends by itself when it is loaded; nothing where it does not."""
    forms = list(tree.iter("form"))
    if len(forms) != 1 or len(text_of(tree, 4_000)) > _SHELL_CHARS:
        return None
    fields = (node for node in forms[0].iter("input", "select", "button", "textarea"))
    is_filled = all((node.get("type") or "").casefold() == "hidden" for node in fields)
    told = " ".join(node.get("onload") or "" for node in tree.iter("body"))
    sends = _SENDS.search(f"{told} {scripts(tree)}")
    return forms[0] if is_filled and sends else None


def leads_above(target: str, url: str) -> bool:
    """Whether the target is a folder above the page, or the site's start: a page taken down."""
    here, there = urlsplit(url), urlsplit(target)
    if here.hostname != there.hostname or there.query:
        return False
    folder = re.sub(r"(?:index|default)\.[a-z]{3,5}$", "", there.path or "/", flags=re.IGNORECASE)
    is_folder_page = here.path.endswith("/") or bool(re.search(r"/(?:index|default)\.", here.path))
    return folder.endswith("/") and here.path.startswith(folder) and not is_folder_page


def frames_of(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """The pages embedded in the page, without weather, sharing and the like."""
    base = base_of(tree, url)
    frames = list(tree.iter("iframe", "frame"))
    named = [node.get("src") or node.get("data-src") or "" for node in frames]
    if not all(named):
        # A script gives a frame its address.
        code = with_own_values(scripts(tree), url)
        named += _FRAME_SOURCE.findall(code)[:_MAX_SCRIPTED_FRAMES]
        known = constants(code)
        told = (known.get(name, "") for name in _FRAME_BY_NAME.findall(code))
        named += [name for name in told if _PAGE_ADDRESS.search(name)][:_MAX_SCRIPTED_FRAMES]
    targets = (resolve(name, base) for name in named)
    kept = (target for target in targets if target and not _FOREIGN_FRAMES.search(target))
    return tuple(dict.fromkeys(target for target in kept if not viewed_document(target)))


def viewed_document(url: str) -> str:
    """The document that a viewer's address shows (`viewer.html?file=...`) or is; empty if none."""
    # What a viewer is told need not be an address at all: `http://[`.
    with suppress(ValueError):
        return _viewed(url)
    return ""


def _viewed(url: str) -> str:
    parts = urlsplit(url)
    if _DOCUMENT.search(parts.path):
        return url
    takes_any = bool(_VIEWER.search(parts.path))
    for key, value in parse_qsl(parts.query):
        if key.casefold() in _VIEWER_KEYS:
            named = _address_in(value)
            if _DOCUMENT.search(urlsplit(named).path) or (takes_any and _ADDRESS.match(named)):
                return resolve(urljoin(url, named), url)
    return ""


def _address_in(value: str) -> str:
    """The address that a viewer is told: escaped twice at times, or in base 64."""
    told = unquote(value)
    if _BASE64.fullmatch(told):
        with suppress(Base64Error, UnicodeDecodeError):
            read = b64decode(told.translate(_PLAIN_BASE64), validate=True).decode("utf-8")
            return read if _ADDRESS.match(read) else told
    return told


def _script_jump(tree: HtmlElement, url: str) -> str:
    code = scripts(tree)
    configured = _CONFIGURED.search(code)
    if configured:
        return resolve(configured.group(1), url)
    match = _LOCATION.search(code)
    # In a function it waits for a click, unless the page itself calls it; at the top it is done.
    if match is None or (_FUNCTION.search(code[: match.start()]) and not _calls_itself(tree, code)):
        return ""
    return resolve(match.group(1), url)


def _calls_itself(tree: HtmlElement, code: str) -> bool:
    """Whether a shell runs its functions when it is loaded, and has nothing to click on."""
    at_once = bool(_AT_ONCE.search(code)) or any(
        node.get("onload") for node in tree.iter("body", "frameset")
    )
    return at_once and not any(
        node.tag in ("a", "area", "button", "input", "select") or node.get("onclick")
        for node in tree.iter(etree.Element)
    )
