"""The run's account: what was found at each portal, what was not, and why."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from archive import accounts
from archive.declarations.keeping import Keeping
from archive.urls import url_key
from crawler.alarms import alarms
from crawler.revisits import known_pages, only_template_changed

_KEPT_REASONS = 200
# Why a page is not there, where the site itself says that it is gone.
_GONE = ("http_404", "http_410", "soft_404", "deleted", "taken down")


class Past(Protocol):
    """What an account must know of earlier runs; the capture index gives it."""

    def had_page(self, url: str, besides_run: str) -> bool:
        """Whether another run archived a report page at that address."""

    def page_answers(self, portals: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """The answers of all addresses that gave a report page of those portals."""

    def accounts(self, portals: Collection[str], most: int) -> dict[str, list[dict[str, Any]]]:
        """By portal: its newest accounts, so many at most, newest first."""


@dataclass(slots=True)
class PortalAccount:
    """One portal's figures. `found` counts distinct report pages, whatever became of them.

    `new`, `changed` and `unchanged` are those archived, `rested` those archived earlier that were
    not asked for before their time; `blocked` (a wall) and `failed` those that are missing;
    `postponed` those that the next look asks for, since the budget ran out; `vanished` those
    archived earlier that the site now says are gone; `passed_over` listing rows that are no
    reports; `pages` all answers had; `unconfirmed` the pages gone, not yet long enough to count as
    removed. `again` counts archived pages that no listing names and that were asked for again: they
    are not `found`. `incomplete` counts report pages that lack parts and listings that hold back
    rows, `cut_short` the latter alone; `unseen` columns that were left out for the budget of pages;
    `forbidden` reports, and columns of reports, that robots.txt keeps from being asked for. `look`
    is the plan of `crawler.looks`; `kept` tells whether the run archives what it takes.
    """

    name: str
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rested: int = 0
    again: int = 0
    vanished: int = 0
    blocked: int = 0
    failed: int = 0
    skipped: int = 0
    passed_over: int = 0
    incomplete: int = 0
    cut_short: int = 0
    postponed: int = 0
    unseen: int = 0
    forbidden: int = 0
    pages: int = 0
    unconfirmed: int = 0
    look: str = ""
    kept: bool = True
    families: Counter[str] = field(default_factory=Counter)
    reasons: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def archived(self) -> int:
        """Report pages that the archive now has."""
        return self.new + self.changed + self.unchanged + self.rested

    @property
    def complete(self) -> bool:
        """Whether all that is known of the portal was got. Finding nothing is a failure.

        A page that the archive has and the site has taken down cannot be got, and is no failure.
        """
        missing = self.blocked, self.failed, self.incomplete, self.postponed, self.unseen
        return bool(self.found and self.archived) and not any((*missing, self.forbidden))

    def miss(self, what: str, url: str, why: str) -> None:
        """Counts something not got: `what` is `blocked`, `failed`, `skipped` or another figure."""
        setattr(self, what, getattr(self, what) + 1)
        if len(self.reasons) < _KEPT_REASONS:
            self.reasons.append({"what": what, "url": url, "why": why})

    def archive(self, novelty: str) -> None:
        """Counts a report page that is in the archive: `new`, `changed` or `unchanged`."""
        setattr(self, novelty, getattr(self, novelty) + 1)

    def miss_again(self, url: str, why: str) -> None:
        """Counts an archived page asked for again in vain: no gap, but it may have vanished."""
        self.miss("failed" if why.startswith(_GONE) else "skipped", url, why)

    def tell_vanished(self, past: Past, run_id: str, gone_before: Collection[str]) -> None:
        """Counts apart what the site says is gone though an earlier run archived it.

        What was gone before (by the keys of addresses) is no news.
        """
        for reason in self.reasons:
            gone = reason["what"] == "failed" and reason["why"].startswith(_GONE)
            if gone and past.had_page(reason["url"], run_id):
                known = url_key(reason["url"]) in gone_before
                reason["what"] = "skipped" if known else "vanished"
                reason["why"] = f"still gone: {reason['why']}" if known else reason["why"]
                self.failed -= 1
                setattr(self, reason["what"], getattr(self, reason["what"]) + 1)

    def take_for_unchanged(self) -> None:
        """Takes back a change that was one of the page's template alone."""
        if self.changed:
            self.changed -= 1
            self.unchanged += 1

    def cut(self, url: str, why: str) -> None:
        """Counts a listing that holds back rows."""
        self.cut_short += 1
        self.miss("incomplete", url, why)

    def leave(self, url: str, why: str) -> None:
        """Counts a column that was not looked into."""
        self.miss("unseen", url, why)

    def lose_parts(self, missing: Iterable[Mapping[str, str]]) -> None:
        """Counts a report page of which parts are missing."""
        self.incomplete += 1
        for part in list(missing)[: _KEPT_REASONS - len(self.reasons)]:
            self.reasons.append({"what": "missing part", "url": part["url"], "why": part["why"]})

    def note(self, text: str) -> None:
        """Notes something a person should know, once."""
        if text not in self.notes:
            self.notes.append(text)

    def verdict(self) -> str:
        """One sentence on the outcome."""
        if self.complete:
            return "complete"
        if not self.found:
            return f"no report found: {self._why_nothing()}"
        lacking = (
            (self.blocked + self.failed, "page(s) missing"),
            (self.incomplete - self.cut_short, "page(s) with missing parts"),
            (self.cut_short, "listing(s) not read to the end"),
            (self.postponed, "put off"),
            (self.unseen, "column(s) not looked into"),
            (self.forbidden, "page(s) forbidden by robots.txt"),
            (0 if self.kept else self.found, "report(s) would be taken"),
        )
        told = ", ".join(f"{count} {words}" for count, words in lacking if count)
        return told or "none of them archived"

    def _why_nothing(self) -> str:
        # That a page tried for want of a better does not exist explains nothing.
        told = (r for r in self.reasons if r["what"] != "skipped" or r["why"] not in _GONE)
        if whys := Counter(reason["why"] for reason in told):
            most, times = whys.most_common(1)[0]
            return f"{most} ({times}x)"
        if not self.pages:
            return "no page was answered"
        if not self.passed_over:
            return f"no row on {self.pages} page(s)"
        return f"none of {self.passed_over} row(s) on {self.pages} page(s) is one"

    def facts(self) -> dict[str, Any]:
        """The account as JSON."""
        names = (
            "found",
            "new",
            "changed",
            "unchanged",
            "rested",
            "again",
            "vanished",
            "blocked",
            "failed",
            "skipped",
            "passed_over",
            "incomplete",
            "cut_short",
            "postponed",
            "unseen",
            "forbidden",
            "pages",
            "unconfirmed",
        )
        return {
            "portal": self.name,
            **{name: getattr(self, name) for name in names},
            "families": dict(sorted(self.families.items())),
            "complete": self.complete,
            **({"look": self.look} if self.look else {}),
            "verdict": self.verdict(),
            "reasons": self.reasons,
            "notes": self.notes,
        }


class RunAccount:
    """The accounts of all portals of a run."""

    def __init__(self, run_id: str, portals: Iterable[str]) -> None:
        self.run_id = run_id
        self.finish_reason = "finished"
        self.alarms: list[dict[str, str]] = []
        self._portals = {name: PortalAccount(name) for name in portals}

    def __getitem__(self, portal: str) -> PortalAccount:
        return self._portals.setdefault(portal, PortalAccount(portal))

    @property
    def found(self) -> int:
        """Report pages found, over all portals."""
        return sum(portal.found for portal in self._portals.values())

    @property
    def archived(self) -> int:
        """Report pages archived, over all portals."""
        return sum(portal.archived for portal in self._portals.values())

    @property
    def complete(self) -> bool:
        """Whether the run came to its own end and every portal is complete."""
        whole = all(portal.complete for portal in self._portals.values())
        return bool(self._portals) and whole and self.finish_reason == "finished"

    @property
    def alarmed(self) -> bool:
        """Whether something calls for a person."""
        return any(alarm["level"] == "alarm" for alarm in self.alarms)

    def conclude(self, finish_reason: str, past: Past, keeping: Keeping) -> None:
        """Ends the account: sees it against the runs before.

        A run that was ended before its time is not compared: it did not see everything.
        """
        self.finish_reason = finish_reason
        answers = list(past.page_answers(self._portals.keys()))
        before, after = known_pages(answers, self.run_id), known_pages(answers)
        gone = {key for key, page in before.items() if page.gone_at}
        for page in only_template_changed(before, after):
            if page.portal in self._portals:
                self._portals[page.portal].take_for_unchanged()
        for portal in self._portals.values():
            portal.tell_vanished(past, self.run_id, gone)
        for page in after.values():
            if page.portal in self._portals and page.is_unconfirmed(keeping.removal_days):
                self._portals[page.portal].unconfirmed += 1
        if finish_reason == "finished":
            told = [portal.facts() for portal in self._portals.values()]
            earlier = past.accounts(self._portals.keys(), keeping.compared_runs)
            self.alarms = list(alarms(told, earlier, keeping))

    def facts(self) -> dict[str, Any]:
        """The account as JSON, for the archive."""
        return {
            "kind": "crawl",
            "finish_reason": self.finish_reason,
            "complete": self.complete,
            "portals": [portal.facts() for portal in self._portals.values()],
            "alarms": self.alarms,
        }

    def lines(self, *, resumable: bool = True) -> list[str]:
        """The account for a person at a terminal; `resumable` if the run was archived."""
        told = list(accounts.lines(self.facts()))
        if not self.complete and resumable:
            told.append(f"to go on where this run ended: --resume {self.run_id}")
        return told
