"""Shells whose script files tell where the rows come from: the files are read first."""

import re
from itertools import islice

from lxml.html import HtmlElement

from parsers.portals.datarows import data_rows
from parsers.portals.families import json_front, loaded
from parsers.portals.markup import meta, parse, scripts, text_of
from parsers.portals.pagers import has_reports
from parsers.portals.records import Listing, Page, PageRequest
from parsers.portals.rows import tree_rows
from parsers.portals.waiting import script_files

NAME = "outsourced"
_ANNUAL = re.compile(r"年报|年度报告|信息公开")
_MAX_FILES = 4
_MAX_INLINE = 20_000
_SHELL_CHARS = 120


def recognise(page: Page, tree: HtmlElement) -> bool:
    """Never: it is for pages in which nothing else finds rows."""
    return False


def read(page: Page) -> Listing:
    """What the code of a script file, with that of its page, leads to."""
    if page.state.get("loaded"):
        return loaded.read(page)
    if page.state.get("interface"):
        return json_front.read(page)
    code = f"{page.text}\n{page.state.get('inline', '')}"
    shell = Page(page.state.get("referer") or page.url, f"<script>{code}</script>")
    tree = parse(shell.text)
    rows = tree_rows(tree, shell.url) or data_rows(shell, tree)
    if has_reports(rows):
        return Listing(NAME, rows)
    onward = json_front.entry(shell, code) or loaded.read(shell).next
    kept = (
        PageRequest(r.url, r.method, r.body, r.headers, {**r.state, "probe": "1"}) for r in onward
    )
    return Listing(NAME, (), tuple(kept))


def files(page: Page, tree: HtmlElement) -> tuple[PageRequest, ...]:
    """Requests for the page's own script files, where it is a shell about open information."""
    title = next((node.text or "" for node in tree.iter("title")), "")
    about = f"{title} {meta(tree, 'ColumnName')} {text_of(tree, 2_000)[:_SHELL_CHARS]}"
    if not _ANNUAL.search(about) and len(text_of(tree, 2_000)) > _SHELL_CHARS:
        return ()
    state = {
        "family": NAME,
        "referer": page.url,
        "inline": scripts(tree)[:_MAX_INLINE],
    }
    named = islice(dict.fromkeys(script_files(tree, page.url)), _MAX_FILES)
    return tuple(PageRequest(url, headers={"Referer": page.url}, state=state) for url in named)
