"""Loads what is declared of keeping a collection: alarms, and when a page counts as removed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from archive.declarations.files import fail, read_yaml

LEVELS = ("alarm", "notice")


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """When a portal's account calls for a person.

    Attributes:
        name: what the alarm is called.
        level: `alarm` makes the exit status 1, `notice` does not.
        least: report pages there must be before the rule is asked.
        share: the part of the pages that the rule counts against, from 0 to 1.
        runs: runs of the portal in a row that must be alike, the present one included.
    """

    name: str
    level: str = "alarm"
    least: int = 0
    share: float = 1.0
    runs: int = 1


@dataclass(frozen=True, slots=True)
class Keeping:
    """All thresholds. `compared_runs` is how many earlier runs a portal's account is held against.

    `removal_days` is the time between two captures that found a page gone, at least.
    """

    compared_runs: int
    rules: Mapping[str, AlarmRule]
    removal_days: float


@cache
def load(directory: Path) -> Keeping:
    """The thresholds declared under `directory`.

    Raises:
        DeclarationError: something is missing, unknown or out of range; the message names the file.
    """
    alarms, events = directory / "keeping" / "alarms.yml", directory / "keeping" / "events.yml"
    declared = _mapping(alarms, read_yaml(alarms), {"compared_runs", "rules"})
    days = _mapping(events, read_yaml(events), {"removal_days"})["removal_days"]
    named = _mapping(alarms, declared["rules"])
    rules = {name: _rule(alarms, name, _mapping(alarms, given)) for name, given in named.items()}
    compared = int(_number(alarms, "compared_runs", declared["compared_runs"], 1, 1000))
    return Keeping(compared, rules, _number(events, "removal_days", days, 0, 366))


def _mapping(path: Path, value: Any, names: set[str] | None = None) -> Mapping[str, Any]:
    """`value` if it is a mapping with just these names (any, where none are given)."""
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        fail(path, 1, "is no mapping from names to values")
    if names is not None and set(value) != names:
        fail(path, 1, f"has {', '.join(sorted(value))}, not {', '.join(sorted(names))}")
    return value


def _rule(path: Path, name: str, given: Mapping[str, Any]) -> AlarmRule:
    known = {field.name for field in fields(AlarmRule)} - {"name"}
    if unknown := sorted(set(given) - known):
        fail(path, 1, f"rule {name}: unknown field {unknown[0]!r}")
    if given.get("level", "alarm") not in LEVELS:
        fail(path, 1, f"rule {name}: level is {given['level']!r}, not one of {', '.join(LEVELS)}")
    return AlarmRule(
        name,
        given.get("level", "alarm"),
        int(_number(path, f"least of {name}", given.get("least", 0), 0, 1_000_000)),
        _number(path, f"share of {name}", given.get("share", 1.0), 0, 1),
        int(_number(path, f"runs of {name}", given.get("runs", 1), 1, 1000)),
    )


def _number(path: Path, what: str, value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail(path, 1, f"{what} is no number")
    if not least <= value <= most:
        fail(path, 1, f"{what} is not between {least:g} and {most:g}")
    return value
