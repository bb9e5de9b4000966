"""Hard cases, by kind: how often the body is told rightly, left open, or told wrongly in silence.

`expected` is the agency id, with `*` for what does not matter; `open` where what is given cannot
tell the body, so that any body told is a wrong one.
"""

import csv
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from parsers.declared.places import PlaceDeclarations
from tests.who.conftest import Resolver

HERE = Path(__file__).parent


def cases(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome(case: dict[str, str], who: Resolver) -> tuple[str, str]:
    pairs = (pair.partition("=") for pair in case["context"].split(";") if pair)
    mentions = who(case["title"], *filter(None, [case["text"]]), **{k: v for k, _, v in pairs})
    told = mentions[0].agency_id if mentions else ""
    if case["expected"] == "open":
        return ("wrong" if told else "rightly open"), told
    if not told:
        return "open", told
    return ("right" if fnmatchcase(told, case["expected"]) else "wrong"), told


@pytest.mark.parametrize(("name", "least"), [("hard_cases.csv", 150), ("fresh_cases.csv", 60)])
def test_hard_cases(name: str, least: int, who: Resolver) -> None:
    every = cases(name)
    assert len(every) >= least
    found = [(case, *outcome(case, who)) for case in every]
    for case, how, told in found:
        if how in {"open", "wrong"}:
            print(how, case["kind"], case["title"], case["context"], told, case["expected"])  # noqa: T201
    counts = Counter(how for _, how, _ in found)
    print(name, dict(counts))  # noqa: T201
    knowable = len(every) - sum(case["expected"] == "open" for case in every)
    assert counts["right"] / knowable >= 0.98
    assert counts["wrong"] / len(every) <= 0.005


@pytest.mark.parametrize("name", ["hard_cases.csv", "fresh_cases.csv"])
def test_the_cases_name_known_places(name: str, places: PlaceDeclarations) -> None:
    for case in cases(name):
        if case["place"]:
            identity = case["expected"].partition("/")[0]
            names = {region.name for region in places.regions if region.identity == identity}
            assert case["place"] in names, case
