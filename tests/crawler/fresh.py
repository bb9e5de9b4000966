"""What the portals are built of that were written fresh, each before any rule for it."""

import json
from collections.abc import Callable, Iterable

from tests.crawler.oddities import Site, article, title, typed
from tests.crawler.server import Answer, Reply, page
from tests.crawler.strangers import EVERY, field

FRESH: dict[str, Site] = {}
Link = Callable[[int], str]


def add(
    name: str,
    _what: str,
    start: str,
    answers: dict[str, Answer],
    link: Link,
    years: Iterable[int] = EVERY,
    account: str = "; complete",
    wanted: Iterable[str] | None = None,
) -> None:
    """Adds a portal with the reports of these years behind `link`; `_what` tells its oddity."""
    reports = {link(year): article(title(year)) for year in years}
    listed = [link(year) for year in years] if wanted is None else list(wanted)
    FRESH[f"fresh-{name}.gov.cn"] = Site(start, {**reports, **answers}, listed, (), account)


def art_path(year: int) -> str:
    return f"/art/{year}.html"


def ul(
    years: Iterable[int], link: Link, name: Callable[[int], str] = title, day: str = "-01-20"
) -> str:
    items = (f'<li><a href="{link(y)}">{name(y)}</a><span>{y + 1}{day}</span></li>' for y in years)
    return f"<ul>{''.join(items)}</ul>"


def listing(text: str, head: str = "政府信息公开年报") -> Reply:
    nav = "<div class=nav><a href=/>首页</a><a href=/xwdt/>新闻动态</a></div>"
    top = f"<head><title>{head}-某市科学技术局</title></head>"
    return page(f"<html>{top}<body>{nav}<h2>{head}</h2>{text}<div class=foot>版权所有</div></body>")


def shell(script: str, box: str = "<div id=list></div>") -> Reply:
    return listing(f"{box}<script>{script}</script>")


def code(text: str) -> Reply:
    return typed(text.encode(), "application/javascript")


def recs(
    years: Iterable[int], t: str = "title", u: str = "url", d: str = "date"
) -> list[dict[str, object]]:
    return [{t: title(y), u: art_path(y), d: f"{y + 1}-01-20"} for y in years]


def num(request: bytes, key: str, default: str = "1") -> int:
    return int(field(request, key) or default)


def sent(request: bytes) -> dict[str, object]:
    """The JSON object of a request's body; an empty one where there is none."""
    body = request.partition(b"\r\n\r\n")[2]
    value = json.loads(body) if body.startswith(b"{") else {}
    return value if isinstance(value, dict) else {}
