"""Alarms: a portal's account against its earlier ones, with declared thresholds."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.declarations import DeclarationError, data_dir
from archive.declarations.keeping import Keeping, load
from crawler.account import PortalAccount, RunAccount
from crawler.alarms import JUDGES, alarms
from tests.conftest import ROOT

DECLARED = load(data_dir())


def told(found: int = 0, **more: Any) -> dict[str, Any]:
    """The account of one portal as it is kept."""
    account = PortalAccount("kjj", found=found, unchanged=found)
    for name, value in more.items():
        setattr(account, name, value)
    return account.facts()


def reasons(what: str, *names: str) -> list[dict[str, str]]:
    return [{"what": what, "url": f"http://a.gov.cn/{name}", "why": "http_404"} for name in names]


def kinds(portal: dict[str, Any], *before: dict[str, Any], keeping: Keeping = DECLARED) -> set[str]:
    return {alarm["kind"] for alarm in alarms([portal], {"kjj": before}, keeping)}


@pytest.mark.parametrize(
    ("portal", "before", "expected"),
    [
        (told(15), [told(15)], set()),
        (told(0), [told(15)], {"nothing_found"}),
        (told(0), [told(0), told(15)], {"nothing_found"}),
        (told(0), [], set()),
        (told(0), [told(0), told(0)], {"still_nothing"}),
        (told(0), [told(0), told(0), told(15)], {"nothing_found", "still_nothing"}),
        (told(7), [told(15)], {"fewer_found"}),
        (told(8), [told(15)], set()),
        (told(1), [told(3)], set()),  # too few to tell
        (told(16), [told(15)], set()),
        (told(10, blocked=2), [], {"barred"}),
        (told(11, blocked=2), [], set()),
        (told(0, blocked=1), [], {"barred"}),
        (told(10, failed=2), [], {"failing"}),
        (told(10, incomplete=2), [], {"incomplete"}),
        (told(9, families={"trs": 1}), [told(9, families={"jpage": 1})], {"redesigned"}),
        (told(9, families={"trs": 1, "x": 2}), [told(9, families={"trs": 1})], set()),
    ],
)
def test_an_account_is_seen_against_those_before(
    portal: dict[str, Any], before: list[dict[str, Any]], expected: set[str]
) -> None:
    assert kinds(portal, *before) == expected


def test_only_pages_that_are_newly_gone_are_an_alarm() -> None:
    gone = told(9, vanished=3, reasons=reasons("vanished", "a", "b", "c"))
    assert kinds(gone, told(9)) == {"vanished"}
    assert kinds(gone, gone) == set()
    assert kinds(told(9, vanished=2, reasons=reasons("vanished", "a", "b")), told(9)) == set()


def test_thresholds_are_data() -> None:
    strict = {name: replace(rule, least=1) for name, rule in DECLARED.rules.items()}
    keeping = replace(DECLARED, rules=strict)
    assert kinds(told(1), told(3), keeping=keeping) == {"fewer_found"}


def test_a_look_that_the_budget_cut_short_is_not_compared() -> None:
    assert kinds(told(3, postponed=4), told(15)) == set()
    assert kinds(told(0, postponed=4), told(15)) == set()


def test_what_rests_is_there_and_what_is_asked_for_again_is_no_finding() -> None:
    assert PortalAccount("kjj", found=9, rested=9).complete
    again = PortalAccount("kjj", found=0, unchanged=3, again=3, pages=4)
    assert not again.complete
    assert kinds(again.facts(), told(9)) == {"nothing_found"}


def test_every_declared_rule_has_code_and_a_section_for_the_keeper() -> None:
    assert set(DECLARED.rules) == set(JUDGES)
    page = (ROOT / "docs" / "keeper.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### `(\w+)`", page, re.MULTILINE)) >= set(DECLARED.rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("compared_runs: 10", "has compared_runs, not compared_runs, rules"),
        ("compared_runs: x\nrules: {}", "compared_runs is no number"),
        ("compared_runs: 5\nrules: {a: {level: loud}}", "rule a: level is 'loud'"),
        ("compared_runs: 5\nrules: {a: {least: -1}}", "least of a is not between"),
        ("compared_runs: 5\nrules: {a: {many: 1}}", "unknown field 'many'"),
        ("- 1", "is no mapping"),
    ],
)
def test_what_is_declared_wrongly_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "keeping").mkdir()
    (tmp_path / "keeping" / "alarms.yml").write_text(text, encoding="utf-8")
    (tmp_path / "keeping" / "events.yml").write_text("removal_days: 2", encoding="utf-8")
    with pytest.raises(DeclarationError, match=re.escape(said)):
        load(tmp_path)


class Earlier:
    """A past in which some addresses were archived."""

    def __init__(self, *urls: str, accounts: tuple[dict[str, Any], ...] = ()) -> None:
        self._urls = urls
        self._accounts = list(accounts)

    def had_page(self, url: str, besides_run: str) -> bool:
        return url in self._urls

    def page_answers(self, portals: Any) -> list[dict[str, Any]]:
        return []

    def accounts(self, portals: Any, most: int) -> dict[str, list[dict[str, Any]]]:
        return dict.fromkeys(portals, self._accounts[:most])


def run(finish_reason: str, past: Earlier, **counts: int) -> RunAccount:
    account = RunAccount("r", ["kjj"])
    for name, value in counts.items():
        setattr(account["kjj"], name, value)
    account["kjj"].miss("failed", "http://a.gov.cn/had", "http_404")
    account["kjj"].miss("failed", "http://a.gov.cn/never", "http_404")
    account["kjj"].miss("failed", "http://a.gov.cn/had2", "timeout")
    account.conclude(finish_reason, past, DECLARED)
    return account


def test_what_was_archived_and_is_gone_counts_as_vanished() -> None:
    past = Earlier("http://a.gov.cn/had", "http://a.gov.cn/had2")
    facts = run("finished", past, found=20, unchanged=17).facts()
    (portal,) = facts["portals"]
    assert (portal["vanished"], portal["failed"]) == (1, 2)
    assert [r["what"] for r in portal["reasons"]] == ["vanished", "failed", "failed"]


def test_a_page_that_vanished_is_no_gap() -> None:
    account = RunAccount("r", ["kjj"])
    account["kjj"].unchanged = account["kjj"].found = 9
    account["kjj"].miss("failed", "http://a.gov.cn/had", "taken down: redirects to a page above")
    account.conclude("finished", Earlier("http://a.gov.cn/had"), DECLARED)
    assert account.complete
    assert not account.alarmed


def test_what_was_gone_before_is_no_news() -> None:
    class Gone(Earlier):
        def page_answers(self, portals: Any) -> list[dict[str, Any]]:
            row = {
                "url": "http://a.gov.cn/had",
                "role": "page",
                "payload_sha256": "x",
                "reading": "",
            }
            row |= {"context": '{"portal": "kjj"}', "notes": "{}"}
            days = ((1, 200), (2, 404))
            dated = [{"date": f"2024-01-0{n}", "status": s, "run_id": str(n)} for n, s in days]
            return [row | each for each in dated]

    (portal,) = run("finished", Gone("http://a.gov.cn/had"), found=20, unchanged=17).facts()[
        "portals"
    ]
    assert (portal["vanished"], portal["failed"], portal["skipped"]) == (0, 2, 1)
    assert portal["reasons"][0]["why"] == "still gone: http_404"


def test_a_run_that_was_cut_short_is_not_compared() -> None:
    past = Earlier(accounts=(told(15),))
    assert run("finished", past).alarmed
    assert not run("shutdown", past).alarmed
