"""What the collection saw beside reports: when and where it looked, met walls and missed pages."""

import json
import re
from dataclasses import dataclass

from query.corpus import Corpus

# Scheme, user and password if any, host; a port or path follows.
_HOST = re.compile(r"[^:/]*://(?:[^/]*@)?([^/:]*)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the collection knows beside reports.

    `as_of` is the date of its newest capture; `looked` and `barred` tell for each host when a
    listing was last seen there and when a wall was last met.
    """

    as_of: str
    removed: frozenset[str]
    looked: dict[str, str]
    barred: dict[str, str]


def evidence_of(corpus: Corpus) -> Evidence:
    """All of it."""
    latest = next(corpus.rows("SELECT max(date) FROM captures"))[0]
    seen = "role = 'listing' AND kind IN ('response', 'revisit') AND status IN (200, 304)"
    wall = "kind = 'blocked' OR status IN (403, 412, 521)"
    return Evidence(str(latest or ""), _removed(corpus), _last(corpus, seen), _last(corpus, wall))


def _removed(corpus: Corpus) -> frozenset[str]:
    """Reports whose last sighting was followed by their removal."""
    sql = (
        "SELECT e.report_id FROM events e WHERE e.kind = 'removed' AND NOT EXISTS (SELECT 1 FROM"
        " reports r WHERE r.report_id = e.report_id AND r.captured_at > e.date)"
    )
    return frozenset(str(row[0]) for row in corpus.rows(sql))


def _last(corpus: Corpus, condition: str) -> dict[str, str]:
    """Host -> date of its last capture that meets a condition."""
    found: dict[str, str] = {}
    sql = f"SELECT url, max(date) FROM captures WHERE {condition} GROUP BY url"
    for url, date in corpus.rows(sql):
        host = host_of(str(url))
        found[host] = max(found.get(host, ""), str(date))
    return found


def host_of(url: str) -> str:
    """The host of an address, empty where it has none."""
    found = _HOST.match(url)
    return found[1].lower() if found else ""


def declared_agencies(corpus: Corpus) -> dict[str, tuple[int | None, frozenset[str]]]:
    """Agencies a person declared -> the first year proved by it, and the hosts declared."""
    sql = "SELECT context, date, url FROM captures WHERE instr(context, '\"agency\"') ORDER BY date"
    declared: dict[str, tuple[int | None, frozenset[str]]] = {}
    for context, date, url in corpus.rows(sql):
        agency = str(json.loads(str(context)).get("agency", ""))
        if agency:
            since, hosts = declared.get(agency, (int(str(date)[:4]) - 1, frozenset()))
            declared[agency] = (since, hosts | {host_of(str(url))})
    return declared
