"""Portals whose pages are built by script: their sources name no report and hold no figure."""

import json
from base64 import b64encode
from collections.abc import Mapping

from tests.crawler.server import Answer, Reply, page

RECEIVED = {2021: 11, 2022: 22, 2023: 33}
CHALLENGE = "<script>document.cookie='__jsl_clearance=1';location.reload()</script>"
LIST, ONE, SCRIPT, STYLE = "/api/list", "/api/one", "/app.js", "/app.css"

# Builds a listing from what a form gives it, and an article from an address of its own. Addresses
# are coded: nothing but running it tells them.
_SCRIPT = """
const at = coded => atob(coded);
async function shown() {
  const app = document.getElementById('app'), id = location.pathname.match(/\\/d\\/(\\d+)/);
  if (id) {
    const one = await (await fetch(at('%ONE%') + id[1])).json();
    document.title = one.title;
    app.innerHTML = `<h1>${one.title}</h1><p>${one.text}</p><a href="${one.file}">附件</a>`;
  } else {
    const form = new URLSearchParams({page: 1});
    const rows = await (await fetch(at('%LIST%'), {method: 'POST', body: form})).json();
    app.innerHTML = '<ul>' + rows.map(each =>
      `<li><a href="/d/${each.id}">${each.title}</a><span>${each.date}</span></li>`
    ).join('') + '</ul>';
  }
}
addEventListener('DOMContentLoaded', () => setTimeout(shown, 50));
"""
for _name, _address in (("%LIST%", LIST), ("%ONE%", ONE + "?id=")):
    _SCRIPT = _SCRIPT.replace(_name, b64encode(_address.encode()).decode())
# All the ways out of a page that a browser knows.
_ESCAPES = """<link rel=prefetch href="{0}/prefetch"><link rel=stylesheet href="{0}/style">
<script src="{0}/script"></script><img src="{0}/image"><iframe src="{0}/frame"></iframe><script>
fetch('{0}/fetch', {{mode: 'no-cors'}}).catch(() => 0); navigator.sendBeacon('{0}/beacon');
new WebSocket('{0}/socket'.replace('http', 'ws')); new EventSource('{0}/events');
window.open('{0}/popup'); alert('?'); navigator.serviceWorker.register('/worker.js').catch(() => 0);
setTimeout(() => location.href = '{0}/jump', 100);
</script>"""


def title(year: int) -> str:
    return f"某市科学技术局{year}年政府信息公开工作年度报告"


def shell(more: str = "") -> Reply:
    """A page without content; the encoding is in its bytes alone."""
    head = f"<link rel=stylesheet href={STYLE}><script src={SCRIPT}></script>"
    return page(
        f"<html><head><title>政府信息公开年报</title>{head}</head><body>"
        f'<div id="app">正在加载</div>{more}</body></html>',
        charset="gb18030",
    )


def answered(given: object) -> Reply:
    payload = json.dumps(given, ensure_ascii=False).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return Reply(head % len(payload) + payload)


def built(elsewhere: str = "http://elsewhere.invalid") -> Mapping[str, Answer]:
    """A portal of three reports, each with an attachment; its pages try to ask `elsewhere`."""
    rows = [{"id": y, "title": title(y), "date": f"{y + 1}-01-20"} for y in RECEIVED]

    def one(request: bytes, _before: int) -> Reply:
        year = int(request.split(b"id=")[1][:4])
        text = f"一、总体情况</p><p>{year}年，本机关共收到政府信息公开申请{RECEIVED[year]}件。"
        return answered({"title": title(year), "text": text, "file": f"/file/{year}.pdf"})

    pages: dict[str, Answer] = {f"/d/{year}": shell() for year in RECEIVED}
    files: dict[str, Answer] = {f"/file/{y}.pdf": Reply(_pdf(y)) for y in RECEIVED}
    styles: dict[str, Answer] = {STYLE: page("p{}"), SCRIPT: page(_SCRIPT)}
    front: dict[str, Answer] = {
        "/": shell(_ESCAPES.format(elsewhere)),
        LIST: answered(rows),
        ONE: one,
    }
    return {**front, **pages, **files, **styles}


def _pdf(year: int) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 1009\r\n\r\n"
    return head + b"%PDF-1.4\n" + str(year).encode() * 250


def walled() -> Mapping[str, Answer]:
    """Its rows lie behind a wall that answers to scripts."""
    wall = page("<script>$_ts={}</script>", "412 Precondition Failed")
    return {**built(), "/": shell(), LIST: wall}


def challenging() -> Mapping[str, Answer]:
    """A challenge stands before it, which a browser would pass."""

    def answer(request: bytes, _before: int) -> Reply:
        return shell() if b"__jsl_clearance" in request else page(CHALLENGE, "521 Origin Down")

    return {**built(), "/": answer}
