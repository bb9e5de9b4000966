"""Feeds: Atom by the element rules of RFC 4287, JSON Feed 1.1, safe and the same again."""

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from lxml import etree

import gongkai
from query.feed import atom
from tests.keeping.changed_corpus import HOSTILE, build

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://gongkai.example.org/reports"
# RFC 4287, sections 4.1.1 and 4.1.2: element -> least and most.
FEED = {"author": (0, None), "category": (0, None), "contributor": (0, None), "generator": (0, 1),
        "icon": (0, 1), "id": (1, 1), "link": (0, None), "logo": (0, 1), "rights": (0, 1),
        "subtitle": (0, 1), "title": (1, 1), "updated": (1, 1), "entry": (0, None)}  # fmt: skip
ENTRY = {"author": (0, None), "category": (0, None), "content": (0, 1), "contributor": (0, None),
         "id": (1, 1), "link": (0, None), "published": (0, 1), "rights": (0, 1), "source": (0, 1),
         "summary": (0, 1), "title": (1, 1), "updated": (1, 1)}  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("changed"))


def ask(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(gongkai.cli, ["feed", "--archive", str(archive), *arguments])


def faults(document: bytes) -> Iterator[str]:
    """What the RFC does not allow."""
    root = etree.fromstring(document)
    if root.tag != f"{ATOM}feed":
        yield f"root {root.tag}"
    yield from _counted(root, FEED)
    entries = root.findall(f"{ATOM}entry")
    ids = [each.findtext(f"{ATOM}id") or "" for each in (root, *entries)]
    yield from (f"id {one!r}" for one in ids if not IRI.fullmatch(one) or ids.count(one) > 1)
    for entry in entries:
        yield from _counted(entry, ENTRY)
        yield from _entry_faults(root, entry)
    for name in ("updated", "published"):
        dates = [one.text or "" for one in root.iter(f"{ATOM}{name}")]
        yield from (f"{name} {one!r}" for one in dates if not DATE.fullmatch(one))
    for person in root.iter(f"{ATOM}author"):
        if len(person.findall(f"{ATOM}name")) != 1:
            yield "author without a name"
    yield from _link_faults(root)


def _counted(parent: Any, rules: dict[str, tuple[int, int | None]]) -> Iterator[str]:
    names = [str(child.tag).removeprefix(ATOM) for child in parent]
    yield from (f"unknown {name}" for name in names if name not in rules)
    for name, (least, most) in rules.items():
        if names.count(name) < least or (most is not None and names.count(name) > most):
            yield f"{names.count(name)} {name} in {parent.tag}"


def _entry_faults(root: Any, entry: Any) -> Iterator[str]:
    if entry.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
        yield "no author"
    links = entry.findall(f"{ATOM}link")
    if entry.find(f"{ATOM}content") is None and not any(
        one.get("rel", "alternate") == "alternate" for one in links
    ):
        yield "neither content nor alternate"


def _link_faults(root: Any) -> Iterator[str]:
    for parent in (root, *root.findall(f"{ATOM}entry")):
        links = parent.findall(f"{ATOM}link")
        seen = [(one.get("type"), one.get("hreflang")) for one in links
                if one.get("rel", "alternate") == "alternate"]  # fmt: skip
        if len(seen) != len(set(seen)):
            yield "two alternates of one type"
        yield from (
            f"href {one.get('href')!r}" for one in links if not IRI.fullmatch(one.get("href", ""))
        )
    terms = [one.get("term") for one in root.iter(f"{ATOM}category")]
    yield from ("category without a term" for one in terms if not one)


@pytest.mark.parametrize("options", [(), ("--base-url", BASE), ("--agency", "无此机关")])
def test_atom_keeps_the_rules_of_the_rfc(archive: Path, options: tuple[str, ...]) -> None:
    assert list(faults(ask(archive, *options).stdout_bytes)) == []


def test_the_rules_are_able_to_fail(archive: Path) -> None:
    document = ask(archive).stdout_bytes
    for broken in (b"<updated>", b"<id>", b"<name>"):
        name = broken[1:-1]
        wrong = re.sub(rb"<%b>.*?</%b>" % (name, name), b"", document, count=1, flags=re.DOTALL)
        assert list(faults(wrong)), broken


def test_entries_lead_to_both_captures_and_the_source(archive: Path) -> None:
    root = etree.fromstring(ask(archive, "--base-url", BASE + "/").stdout_bytes)
    entry = root.findall(f"{ATOM}entry")[1]
    links = [(one.get("rel"), one.get("href")) for one in entry.findall(f"{ATOM}link")]
    named = "urn%3Auuid%3A00000000-0000-0000-0000-000000000{}"
    assert links == [
        ("alternate", f"{BASE}/report/{'a' * 16}"),
        ("related", f"{BASE}/snapshot?id={named.format(102)}"),
        ("related", f"{BASE}/snapshot?id={named.format(101)}"),
        ("via", "http://kjj.jining.gov.cn/art/a.html"),
    ]
    assert entry.findtext(f"{ATOM}updated") == "2024-09-20T08:00:00.000000Z"
    assert root.findtext(f"{ATOM}updated") == "2024-09-21T08:00:00.000000Z"


def test_hostile_texts_stay_texts(archive: Path) -> None:
    document = ask(archive).stdout_bytes
    entry = etree.fromstring(document).findall(f"{ATOM}entry")[0]
    assert entry.xpath("count(*[local-name() = 'content']/*)") == 0
    assert HOSTILE.replace("\x0b", "\ufffd") in (entry.findtext(f"{ATOM}title") or "")
    assert b"\x00" not in document
    item = json.loads(ask(archive, "--format", "json").stdout)["items"][0]
    assert HOSTILE in item["title"]


def test_a_json_feed_is_of_version_1_1(archive: Path) -> None:
    made = json.loads(ask(archive, "--format", "json", "--base-url", BASE).stdout)
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["feed_url"] == f"{BASE}/feed.json"
    assert [one["tags"] for one in made["items"]] == [["removed"], ["figures_changed"],
                                                      ["new_report"]]  # fmt: skip
    for item in made["items"]:
        assert UUID(item["id"]).version == 5
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert item["url"].startswith(f"{BASE}/report/")
        assert item["_gongkai"]["event_id"]


def test_a_feed_is_the_same_again_and_in_a_file(archive: Path, tmp_path: Path) -> None:
    for name in ("atom", "json"):
        path = tmp_path / name
        assert ask(archive, "--format", name, "-o", str(path)).exit_code == 0
        assert path.read_bytes() == ask(archive, "--format", name).stdout_bytes


def test_an_empty_feed_has_no_time_of_its_own() -> None:
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in atom([], "")


@pytest.mark.parametrize("base", ["javascript:alert(1)", "example.org", "http://x/?q", "http://[x"])
def test_a_base_must_be_a_web_address(archive: Path, base: str) -> None:
    assert ask(archive, "--base-url", base).exit_code == 2


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/feed.atom?since=2024-02-01", "atom+xml"), ("/feed.json?agency=济宁", "feed+json")],
)
def test_the_site_has_the_feeds(archive: Path, path: str, kind: str) -> None:
    answer = get(archive, path)
    assert answer.status_code == 200
    assert kind in answer.headers["content-type"]
    assert "http://localhost:8001/report/" in answer.text
    if kind == "atom+xml":
        assert list(faults(answer.content)) == []
    assert get(archive, "/feed.atom?since=x").status_code == 400
    assert get(archive, "/feed.rss").status_code == 404


def get(archive: Path, path: str) -> Any:
    httpx = pytest.importorskip("httpx")
    pytest.importorskip("datasette")
    from query.web.server import application

    async def ask_site() -> Any:
        transport = httpx.ASGITransport(app=application(archive))
        address = "http://localhost:8001"
        async with httpx.AsyncClient(transport=transport, base_url=address) as asker:
            return await asker.get(path)

    return asyncio.run(ask_site())
