"""How often who published is told rightly, wrongly or not at all, on the real titles."""

import json
from collections import Counter
from pathlib import Path

from parsers.declared.places import PlaceDeclarations
from parsers.titles import matching_title
from parsers.who.titles import read_names
from tests.who.conftest import Resolver


def _outcome(case: dict[str, str], who: Resolver, places: PlaceDeclarations) -> tuple[str, bool]:
    """The outcome for a labelled title, and whether the title says the place at all."""
    (label,) = read_names(case["agency"], places)
    codes = {region.code for region in label.regions} or {"100000"}
    title = matching_title(case["title"])
    stems = {region.name[:2] for region in label.regions if region.code != "100000"}
    knowable = label.national is not None or any(stem in title for stem in stems)
    mentions = who(case["title"], url=case["url"])
    if not any(mention.region_code for mention in mentions):
        return "open", knowable
    right = mentions[0].region_code in codes and mentions[0].level == case["level"]
    return "right" if right else "wrong", knowable


def test_real_titles(real_cases: Path, who: Resolver, places: PlaceDeclarations) -> None:
    lines = (real_cases / "titles.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    titled = [case for case in cases if case["is_report"] and case["title"]]
    readable = [case for case in titled if len(read_names(case["agency"], places)) == 1]
    assert len(readable) >= len(titled) - 1
    outcomes = Counter(_outcome(case, who, places) for case in readable)
    print(f"{len(titled)} real titles of reports: {dict(outcomes)}")  # noqa: T201
    known = sum(count for (_, knowable), count in outcomes.items() if knowable)
    wrong = sum(count for (outcome, _), count in outcomes.items() if outcome == "wrong")
    assert known >= 35
    assert outcomes["right", True] / known >= 0.98
    assert wrong == 0


def test_real_documents(real_cases: Path, who: Resolver) -> None:
    expected = {
        "000_f52de7e5e51408f9": "350582/intellectual_property+science",
        "001_90d10d0810e34bee": "350582/science",
        "002_773fcdd6e0159df3": "220283/science",
        "003_e0580ee3f0323bb9": "370800/science",
        "004_2d814c7af621a11d": "330300/science",
    }
    for name, agency_id in expected.items():
        text = (real_cases / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        (mention,) = who("", *text.splitlines())
        assert mention.agency_id == agency_id, name
