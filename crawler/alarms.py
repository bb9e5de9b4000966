"""What in a portal's account calls for a person, seen against the runs before.

Each rule is a function of the account and the earlier ones; its thresholds are declared in
`data/keeping/alarms.yml`. Accounts are the JSON that is kept with a run.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from archive.declarations.keeping import AlarmRule, Keeping

Facts: TypeAlias = Mapping[str, Any]
# The portal's account, its earlier ones (newest first), the rule: why there is an alarm, or "".
Judge: TypeAlias = Callable[[Facts, Sequence[Facts], AlarmRule], str]


def alarms(
    portals: Iterable[Facts], past: Mapping[str, Sequence[Facts]], keeping: Keeping
) -> Iterator[dict[str, str]]:
    """The alarms of a run.

    Args:
        portals: the accounts of its portals.
        past: by portal, its earlier accounts, the newest first.
        keeping: the declared thresholds.
    """
    for portal in portals:
        before = past.get(str(portal["portal"]), ())
        for rule in keeping.rules.values():
            if text := JUDGES[rule.name](portal, before, rule):
                named = {"portal": str(portal["portal"]), "kind": rule.name}
                yield {**named, "level": rule.level, "text": text}


def _most(before: Sequence[Facts]) -> int:
    return max((int(earlier["found"]) for earlier in before), default=0)


def nothing_found(portal: Facts, before: Sequence[Facts], rule: AlarmRule) -> str:
    """A portal that gave reports gives none."""
    most = _most(before)
    if portal["found"] or most < rule.least or portal.get("postponed"):
        return ""
    return f"gave {most} report(s) in an earlier run and now none: {portal['verdict']}"


def fewer_found(portal: Facts, before: Sequence[Facts], rule: AlarmRule) -> str:
    """A portal gives much less than it gave."""
    most, found = _most(before), int(portal["found"])
    untold = not found or portal.get("postponed")
    if untold or most < rule.least or found >= rule.share * most:
        return ""
    return f"gives {found} report(s), gave {most} in an earlier run"


def still_nothing(portal: Facts, before: Sequence[Facts], rule: AlarmRule) -> str:
    """A portal gave nothing run after run."""
    alike = [portal, *before[: rule.runs - 1]]
    if len(alike) < rule.runs or any(each["found"] for each in alike):
        return ""
    return f"gave no report in {rule.runs} runs in a row: {portal['verdict']}"


def barred(portal: Facts, _before: Sequence[Facts], rule: AlarmRule) -> str:
    """Walls stand before a good part of what is known, or before all of it."""
    return _missing(portal, rule, "blocked", "barred by the site")


def failing(portal: Facts, _before: Sequence[Facts], rule: AlarmRule) -> str:
    """A good part of what is known could not be got."""
    return _missing(portal, rule, "failed", "not to be had")


def _missing(portal: Facts, rule: AlarmRule, what: str, words: str) -> str:
    count = int(portal[what])
    if count < max(rule.least, 1) or count < rule.share * int(portal["found"]):
        return ""
    why = next((r["why"] for r in portal.get("reasons", ()) if r["what"] == what), "")
    return f"{count} page(s) {words}" + (f" ({why})" if why else "")


def vanished(portal: Facts, before: Sequence[Facts], rule: AlarmRule) -> str:
    """Report pages that were archived are gone, and were not gone in the run before."""
    known = _vanished_urls(before[0]) if before else set()
    fresh = _vanished_urls(portal) - known
    if len(fresh) < max(rule.least, 1):
        return ""
    return f"{len(fresh)} report page(s) archived earlier are gone, such as {min(fresh)}"


def _vanished_urls(portal: Facts) -> set[str]:
    return {str(r["url"]) for r in portal.get("reasons", ()) if r["what"] == "vanished"}


def incomplete(portal: Facts, _before: Sequence[Facts], rule: AlarmRule) -> str:
    """Many report pages lack an attachment, a frame or a further page."""
    count = int(portal["incomplete"])
    if count < max(rule.least, 1) or count < rule.share * int(portal["found"]):
        return ""
    cut_short = int(portal.get("cut_short", 0))
    told = (
        (count - cut_short, "report page(s) lack parts"),
        (cut_short, "listing(s) hold back rows"),
    )
    return ", ".join(f"{number} {words}" for number, words in told if number)


def redesigned(portal: Facts, before: Sequence[Facts], _rule: AlarmRule) -> str:
    """The listings are of another make than in the run before."""
    now = set(portal.get("families", ()))
    then = set(before[0].get("families", ())) if before else set()
    if not now or not then or now & then:
        return ""
    return f"its listings were {', '.join(sorted(then))} and are {', '.join(sorted(now))}"


JUDGES: Mapping[str, Judge] = {
    judge.__name__: judge
    for judge in (
        nothing_found, fewer_found, still_nothing, barred, failing, vanished, incomplete,
        redesigned,
    )
}  # fmt: skip
