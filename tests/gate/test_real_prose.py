"""The sentences of the published reports: none read wrong, and as many read as ever before."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from archive.declarations import load
from parsers.prose import read_prose
from parsers.records import Observation
from parsers.tables import read_tables
from pipelines.documents import read_document

PINNED = json.loads(Path(__file__).with_name("pinned_prose.json").read_text(encoding="utf-8"))
Fact: TypeAlias = tuple[str, str, str, Decimal]


def _gold(case: dict[str, Any]) -> set[Fact]:
    """What a person read; a 信息处理费 is `fees.processing`, as the list of indicators has it."""
    return {
        (
            "fees.processing" if "信息处理费" in entry["sentence"] else entry["indicator"],
            entry.get("category") or "",
            entry["period"],
            Decimal(str(entry["value"])),
        )
        for entry in case["prose"]
    }


def _read(path: Path, case: dict[str, Any]) -> list[Observation]:
    document = read_document(path.read_bytes(), file_name=path.name)
    used = read_tables(document, load()).used
    return list(read_prose(document, used, case["format"], case["year"], "own", load())[0])


@pytest.mark.parametrize("name", PINNED)
def test_sentences_of_published_reports(real_cases: Path, name: str) -> None:
    path = real_cases / "real" / name
    case = json.loads(path.with_name("gold.json").read_text(encoding="utf-8"))
    gold = _gold(case)
    found = {(x.indicator, x.category, x.period, x.value) for x in _read(path, case)}
    stated = {fact[:3]: {other[3] for other in gold if other[:3] == fact[:3]} for fact in gold}
    wrong = {fact for fact in found if fact[:3] in stated and fact[3] not in stated[fact[:3]]}
    assert wrong == set()
    assert len(gold & found) >= PINNED[name], gold - found
