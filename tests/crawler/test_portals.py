"""The declared portals and their strict loader."""

from pathlib import Path

import pytest

from archive.declarations import DeclarationError, data_dir
from archive.declarations.portals import load
from archive.errors import UsageError
from crawler.options import CrawlOptions
from crawler.politeness.addresses import HostPolicy
from crawler.portals import named_portals, portal_at
from crawler.run import check_hosts, settings_of

GOOD = "one:\n  title: 某市\n  start:\n    - https://www.example.gov.cn/\n"


def declared(tmp_path: Path, text: str) -> Path:
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "some.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_all_provinces_and_some_bureaus_are_declared() -> None:
    portals = load(data_dir())
    provinces = {p.region for p in portals.values() if p.region.endswith("0000") and not p.agency}
    assert len(provinces) == 31
    assert sum("科" in portal.title for portal in portals.values()) >= 8


def test_every_declared_address_is_official() -> None:
    policy = HostPolicy.of(["gov.cn"], [])
    urls = [url for p in load(data_dir()).values() for url in (*p.start, *p.fallback)]
    assert [url for url in urls if not policy.permits(url)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "one:\n  title: b\n  start: [http://b.gov.cn/]\n", "some.yml:5: portal one"),
        (GOOD + "  family: trss\n", "family of"),
        (GOOD + "  colour: red\n", "some.yml:5: unknown field 'colour'"),
        (GOOD + "  title: again\n", "some.yml:5: field title"),
        (GOOD.replace("https", "gopher"), "some.yml:1: start of one"),
        (GOOD + "  region: 350300\n", "region of one is no text"),
        (GOOD + "  region: '3503'\n", "no division code"),
        (GOOD + "  delay_seconds: soon\n", "delay_seconds of one is no number"),
        (GOOD + "  delay_seconds: -1\n", "not between"),
        (GOOD + "  legacy_tls: 1\n", "legacy_tls"),
        (GOOD + "  browser: chromium\n", "browser of one is neither true nor false"),
        (GOOD.replace("one:", "One Two:"), "portal name"),
        ("one:\n  title: 某市\n", "one has no start"),
        ("- one\n", "some.yml:1: is no mapping"),
        ("one: [\n", "some.yml:2"),
    ],
)
def test_what_is_not_understood_is_an_error_with_its_place(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(DeclarationError, match=r"some\.yml") as told:
        load(declared(tmp_path, text))
    assert words in str(told.value)


def test_a_name_that_is_not_declared_is_told_with_those_like_it() -> None:
    with pytest.raises(UsageError, match="putian-kjj"):
        named_portals(["putian"])
    assert [portal.name for portal in named_portals(["putian-kjj"])] == ["putian-kjj"]


@pytest.mark.parametrize("url", ["", "www.gov.cn", "ftp://www.gov.cn/", "http://", "http://[::1/"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        portal_at(url)


def test_a_host_that_may_not_be_asked_stops_a_run_of_one_portal_alone(tmp_path: Path) -> None:
    other = portal_at("https://www.example.com/nb/", "", "")
    good = portal_at("https://www.example.gov.cn/nb/", "", "")
    one, both = (CrawlOptions(tmp_path, portals) for portals in ((other,), (other, good)))
    with pytest.raises(UsageError, match=r"www\.example\.com is no official host"):
        check_hosts(one, settings_of(one))
    check_hosts(both, settings_of(both))
