"""Shells whose script files tell where the rows come from: the files are read first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from parsers.portals.datarows import data_rows
from parsers.portals.families import json_front, loaded
from parsers.portals.hidden import hint_of_more
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
_MAX_DRAWN = 200_000


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
    drawn = page.state.get("drawn", "")
    shell = Page(page.state.get("referer") or page.url, f"<script>{code}</script>{drawn}")
    tree = parse(shell.text)
    rows = tree_rows(tree, shell.url) or data_rows(shell, tree)
    if has_reports(rows):
        return Listing(NAME, rows)
    onward = json_front.entry(shell, code) or loaded.read(shell).next
    tried = (replace(step, state={**step.state, "probe": "1"}) for step in onward)
    return Listing(NAME, (), (*tried, *_next_file(page.state)))


def files(page: Page, tree: HtmlElement) -> tuple[PageRequest, ...]:
    """Requests for the script files of a page that is a shell about open information.

    Where the page names reports and not where they are, the files are read one after another, so
    that only the last tells what is missing.
    """
    title = next((node.text or "" for node in tree.iter("title")), "")
    about = f"{title} {meta(tree, 'ColumnName')} {text_of(tree, 2_000)[:_SHELL_CHARS]}"
    if not _ANNUAL.search(about) and len(text_of(tree, 2_000)) > _SHELL_CHARS:
        return ()
    named = tuple(islice(dict.fromkeys(script_files(tree, page.url)), _MAX_FILES))
    state = {
        "referer": page.url,
        "inline": scripts(tree)[:_MAX_INLINE],
        "drawn": page.text if len(page.text) <= _MAX_DRAWN else "",
    }
    chains = (" ".join(named),) if hint_of_more(page, tree, ()) else named
    return tuple(step for chain in chains for step in _next_file({**state, "files": chain}))


def _next_file(state: Mapping[str, str]) -> Iterator[PageRequest]:
    """The request for the next of the script files that are still to be read."""
    files = state.get("files", "").split()
    if files:
        names = ("referer", "inline", "drawn", "held")
        kept = {name: state[name] for name in names if name in state}
        kept |= {"family": NAME, "files": " ".join(files[1:]), "answer": "1", "fills": "1"}
        yield PageRequest(files[0], headers={"Referer": state["referer"]}, state=kept)
