"""The addresses of the site, and how each answer is sent."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from datasette.utils.asgi import AsgiFileDownload, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from archive.errors import GongkaiError, SurroundingsError, UsageError
from query.concordance import concepts
from query.corpus import opened
from query.dictionary import label
from query.events import events
from query.feed import FORMATS as FEEDS
from query.feed import feed
from query.formats import FORMATS, writer
from query.forms import place_of
from query.limits import bound_values, time_limit
from query.lineage import declared_places
from query.places import in_words
from query.search.functions import register
from query.web import pages
from query.web.charts import svg
from query.web.downloads import OFFERED, TABLES, choice_of, table
from query.web.texts import LANGUAGES, spoken
from query.withdrawn import deny_hidden
from query.words import (
    APPLICANTS,
    FORMS,
    METHODS,
    READ,
    RELATION_WORDS,
    SCOPES,
    SEVERITIES,
    STATUSES,
)

SECONDS_A_DOWNLOAD = 120.0
OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
SNAPSHOT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
WRONG_SORT = ("Cannot sort table by ", "Cannot use _sort ")
COMMON_HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
PAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    (r"^/$", pages.front),
    (r"^/search$", pages.search_page),
    (r"^/report/(?P<id>[^/]+)$", pages.report_page),
    (r"^/figure/(?P<id>[^/]+)$", pages.figure_page),
    (r"^/agencies$", pages.agencies_page),
    (r"^/agency$", pages.agency_page),
    (r"^/indicators$", pages.indicators_page),
    (r"^/indicator/(?P<id>[^/]+)$", pages.indicator_page),
    (r"^/coverage$", pages.coverage_page),
    (r"^/compliance$", pages.compliance_page),
    (r"^/quality$", pages.quality_page),
    (r"^/downloads$", pages.downloads_page),
)


class Site:
    """The plugin: our pages over the archive in `directory`."""

    def __init__(self, directory: Path) -> None:
        """The templates are read once."""
        self.__name__ = "gongkai"  # Datasette lists plugins by this
        self.directory = directory
        loader = PackageLoader("query.web", "templates")
        self.templates = Environment(loader=loader, autoescape=True)
        self.templates.globals.update(svg=_svg, quote=lambda part: quote(str(part), safe=""))
        self.templates.globals.update(statuses=STATUSES, marked=_marked, offered=OFFERED)
        self.templates.globals.update(in_words=in_words, label=label, applicants=APPLICANTS)
        self.templates.globals.update(forms=FORMS, read=READ, scopes=SCOPES, methods=METHODS)
        self.templates.globals.update(relations=RELATION_WORDS, severities=SEVERITIES)

    @hookimpl  # type: ignore[untyped-decorator]
    def prepare_connection(self, conn: Any) -> None:
        """Gives SQL pages the functions of search, and hides what was withdrawn."""
        register(conn)
        bound_values(conn)
        deny_hidden(conn)

    def warm_up(self) -> None:
        """Reads templates and declarations, so that the first page is as quick as the next."""
        for name in self.templates.list_templates():
            self.templates.get_template(name)
        concepts()
        declared_places()
        for form in FORMS:
            place_of("", form)

    @hookimpl  # type: ignore[untyped-decorator]
    def handle_exception(self, exception: Exception) -> None:
        """Has Datasette answer 400 for a `_sort` that it cannot follow: the question is at fault.

        Its own handler comes afterwards and takes the status from the exception.
        """
        if isinstance(exception, DatasetteError) and exception.message.startswith(WRONG_SORT):
            exception.status = 400

    @hookimpl  # type: ignore[untyped-decorator]
    def register_routes(self) -> list[tuple[str, Callable[..., Any]]]:
        """Our addresses, before Datasette's own."""
        made = [(pattern, self._page(make)) for pattern, make in PAGES]
        download = (r"^/download/(?P<table>[a-z]+)\.(?P<format>[a-z-]+)$", self._download)
        feeds = (r"^/feed[.](?P<format>atom|json)$", self._feed)
        return [*made, (r"^/snapshot$", self._snapshot), download, feeds, *_static_routes()]

    def _page(self, make: Callable[..., Any]) -> Callable[..., Any]:
        async def view(request: Any) -> Any:
            language = _language(request)
            try:
                page = await asyncio.to_thread(self._make, make, _arguments(request))
            except pages.NotFoundError:
                page = pages.Page("error.html", {"error": "404"}, 404)
            except GongkaiError as error:
                page = pages.Page("error.html", {"error": str(error)}, _status(error))
            html = self.drawn(page, language, request)
            return _html(html, OWN_POLICY, page.status, language if "lang" in request.args else "")

        return view

    def drawn(self, page: pages.Page, language: str, request: Any = None) -> str:
        """A page as HTML."""
        template = self.templates.get_template(page.template)
        return template.render(**spoken(language), **page.values, request=request)

    def _make(self, make: Callable[..., Any], arguments: pages.Arguments) -> Any:
        with opened(self.directory) as corpus:
            return pages.limited(make, corpus, arguments)

    async def _snapshot(self, request: Any) -> Any:
        try:
            html = await asyncio.to_thread(self._make, pages.snapshot, _arguments(request))
        except pages.NotFoundError:
            return _html("<p>404</p>", SNAPSHOT_POLICY, 404)
        except GongkaiError as error:
            return _html(f"<p>{escape(str(error))}</p>", SNAPSHOT_POLICY, _status(error))
        return _html(html, SNAPSHOT_POLICY)

    async def _download(self, request: Any) -> Any:
        asked, name = request.url_vars["table"], request.url_vars["format"]
        if asked not in TABLES or name not in FORMATS:
            return _html("<p>404</p>", OWN_POLICY, 404)
        try:
            path = await asyncio.to_thread(self._written, asked, name, _arguments(request))
        except GongkaiError as error:
            return _html(f"<p>{escape(str(error))}</p>", OWN_POLICY, _status(error))
        return _Download(path, f"{asked}.{name.removeprefix('excel-')}")

    async def _feed(self, request: Any) -> Any:
        name = request.url_vars["format"]
        base = f"{request.scheme}://{request.host}"
        try:
            body = await asyncio.to_thread(self._make_feed, name, base, _arguments(request))
        except GongkaiError as error:
            return _html(f"<p>{escape(str(error))}</p>", OWN_POLICY, _status(error))
        kind = f"{FEEDS[name]}; charset=utf-8"
        return Response(body.decode(), headers=dict(COMMON_HEADERS), content_type=kind)

    def _make_feed(self, name: str, base: str, arguments: pages.Arguments) -> bytes:
        with opened(self.directory) as corpus, time_limit(corpus, pages.SECONDS_A_PAGE):
            return feed(events(corpus, choice_of(arguments)), name, base)

    def _written(self, name: str, format_name: str, arguments: pages.Arguments) -> Path:
        write = writer(format_name)
        with tempfile.NamedTemporaryFile(delete=False) as stream, opened(self.directory) as corpus:
            try:
                with time_limit(corpus, SECONDS_A_DOWNLOAD):
                    answer = table(corpus, name, arguments, letters=format_name == "dta")
                    write(answer.columns, answer.rows, stream)  # type: ignore[arg-type]
            except BaseException:
                Path(stream.name).unlink()
                raise
        return Path(stream.name)


class _Download(AsgiFileDownload):  # type: ignore[misc]
    """A file that is removed once it was sent."""

    def __init__(self, path: Path, file_name: str) -> None:
        super().__init__(str(path), file_name, "application/octet-stream", dict(COMMON_HEADERS))
        self.path = path

    async def asgi_send(self, send: Any) -> Any:
        try:
            return await super().asgi_send(send)
        finally:
            self.path.unlink(missing_ok=True)


def _static_routes() -> list[tuple[str, Callable[..., Any]]]:
    return [_static("gongkai.css", "text/css"), _static("gongkai.svg", "image/svg+xml")]


def _static(name: str, media_type: str) -> tuple[str, Callable[..., Any]]:
    body = (Path(__file__).parent / "static" / name).read_text(encoding="utf-8")

    async def view() -> Any:
        kind = f"{media_type}; charset=utf-8"
        return Response(body, headers=dict(COMMON_HEADERS), content_type=kind)

    return rf"^/{name.replace('.', '[.]')}$", view


def _arguments(request: Any) -> dict[str, str]:
    given = {key: request.args.get(key) or "" for key in request.args}
    return given | dict(request.url_vars)


def _language(request: Any) -> str:
    wanted = request.args.get("lang") or request.cookies.get("lang") or ""
    if wanted in LANGUAGES:
        return str(wanted)
    accepted = str(request.headers.get("accept-language", ""))
    return "en" if accepted[:2].lower() == "en" else "zh"


def _html(body: str, policy: str, status: int = 200, language: str = "") -> Any:
    headers = {**COMMON_HEADERS, "content-security-policy": policy}
    response = Response.html(body, status=status, headers=headers)
    if language:
        response.set_cookie("lang", language, httponly=True, samesite="lax")
    return response


def _status(error: GongkaiError) -> int:
    if isinstance(error, UsageError):
        return 400
    return 503 if isinstance(error, SurroundingsError) else 404


def _svg(series: Any, words: str, language: str) -> Markup:
    return Markup(svg(series, words, language))  # made by us, every text escaped


def _marked(snippet: str) -> Markup:
    safe = str(escape(snippet))
    opening, closing = pages.MARKS
    return Markup(safe.replace(opening, "<mark>").replace(closing, "</mark>"))
