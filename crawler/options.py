"""What a crawl was asked to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from archive.clock import utc_now
from archive.declarations.portals import Portal
from archive.declarations.schedule import Policy
from archive.errors import UsageError
from archive.store import Archive
from crawler.looks import Looks
from crawler.politeness.hours import Hours


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """The choices of the command line. `resume` is a run id or empty; `settings` are NAME=VALUE.

    `offline` answers from the archive alone and writes nothing to it.
    `fresh` begins a new run where the last was broken off. `archive` is the archive at
    `archive_dir` where the caller holds its lock. `looks` are the plans of the portals.
    """

    archive_dir: Path
    portals: tuple[Portal, ...]
    year: int | None = None
    dry_run: bool = False
    allow_hosts: tuple[str, ...] = ()
    delay_seconds: float | None = None
    contact: str = ""
    resume: str = ""
    fresh: bool = False
    offline: bool = False
    settings: tuple[str, ...] = ()
    archive: Archive | None = None
    looks: Looks = field(default_factory=Looks)

    @property
    def writes_nothing(self) -> bool:
        """Whether the archive is left as it is."""
        return self.dry_run or self.offline

    def of_due(
        self, portals: Iterable[Portal], looks: Looks, policy: Policy, archive: Archive
    ) -> "CrawlOptions":
        """The same for the portals that are due, in the hours and the bounds of the policy."""
        # A run ends with the hours in which portals may be asked: the next goes on with it.
        open_seconds = Hours.of(policy.hours).seconds_open(utc_now())
        seconds = min(policy.budget.hours * 3600, open_seconds)
        bounds = (
            f"GONGKAI_HOURS={policy.hours}",
            f"CLOSESPIDER_TIMEOUT={max(int(seconds), 1)}",
            f"GONGKAI_REQUESTS_PER_PORTAL={policy.budget.requests_per_portal}",
        )
        settings = (*bounds, *self.settings)
        asked = tuple(portals)
        return replace(self, portals=asked, looks=looks, settings=settings, archive=archive)

    def scrapy_settings(self) -> dict[str, object]:
        """The settings that differ from the project's own.

        Raises:
            UsageError: for a setting that is not NAME=VALUE.
        """
        chosen: dict[str, object] = {
            "GONGKAI_ARCHIVE": str(self.archive_dir),
            "GONGKAI_ALLOW_HOSTS": list(self.allow_hosts),
            "GONGKAI_ASKED": [portal.name for portal in self.portals],
            "GONGKAI_LOOKS": self.looks,
            "GONGKAI_DRY_RUN": self.dry_run,
            "GONGKAI_TELL_ROWS": self.dry_run or self.offline,
            "GONGKAI_LEGACY_TLS": [host for portal in self.portals for host in _legacy(portal)],
        }
        if self.archive is not None:
            chosen["GONGKAI_HELD_ARCHIVE"] = self.archive
        if self.offline:
            # Nothing goes over the network, so no host need be asked for leave.
            chosen |= {"GONGKAI_OFFLINE": str(self.archive_dir), "ROBOTSTXT_OBEY": False}
            chosen |= {"GONGKAI_ALLOW_HOSTS": ["*"], "GONGKAI_REQUISITES": 0}
        if self.delay_seconds is not None:
            chosen["DOWNLOAD_DELAY"] = self.delay_seconds
        if self.contact:
            chosen["GONGKAI_CONTACT"] = self.contact
        if self.resume:
            chosen["GONGKAI_RUN"] = self.resume
        if self.fresh or self.writes_nothing:
            chosen["GONGKAI_RESUME_HOURS"] = 0
        for setting in self.settings:
            name, equals, value = setting.partition("=")
            if not equals or not name:
                raise UsageError(f"-s {setting}: a setting is given as NAME=VALUE")
            chosen[name] = value
        return chosen


def _legacy(portal: Portal) -> list[str]:
    """The hosts of a portal that is declared to speak outdated TLS only."""
    if not portal.legacy_tls:
        return []
    urls = (*portal.start, *portal.fallback)
    return [*portal.hosts, *{urlsplit(url).hostname or "" for url in urls}]
