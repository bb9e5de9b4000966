"""What real reports state in sentences, and their facts, against what a person read."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archive.declarations import load
from parsers.records import Context, Observation, Report
from parsers.report import read_reports
from pipelines.documents import read_document

MIN_PRECISION = 0.99
MIN_RECALL = 0.9
CASES = [
    "putian-kjj-2009",
    "putian-kjj-2012",
    "putian-kjj-2016",
    "putian-kjj-2019",
    "putian-kjj-2021",
    "putian-kjj-2024",
]

Fact = tuple[str, str, str, Decimal]


def read(path: Path) -> Report:
    document = read_document(path.read_bytes(), file_name=path.name)
    reports = read_reports(document, Context(), load())
    assert len(reports) == 1
    return reports[0]


def _prose(report: Report) -> list[Observation]:
    return [item for item in report.observations if item.method == "prose"]


def _fact(item: Observation) -> Fact:
    assert item.value is not None
    return item.indicator, item.category, item.period, item.value


def _gold(case: dict[str, Any]) -> set[Fact]:
    """The person's reading; a 信息处理费 is `fees.processing`, as the list of indicators has it."""
    facts = set()
    for entry in case["prose"]:
        code = "fees.processing" if "信息处理费" in entry["sentence"] else entry["indicator"]
        value = Decimal(str(entry["value"]))
        facts.add((code, entry.get("category") or "", entry["period"], value))
    return facts


def _contradicts(item: Observation, case: dict[str, Any], gold: set[Fact]) -> bool:
    """Whether person or table gives another value for what a sentence was read to say."""
    key = (item.indicator, item.category, item.period)
    stated = {fact[3] for fact in gold if fact[:3] == key}
    printed = {
        Decimal(str(entry["value"]))
        for entry in case["observations"]
        if (entry["indicator"], entry["period"]) == (item.indicator, item.period)
        and entry["applicant"] in (None, "", "total")
        and entry["value"] is not None
    }
    known = stated or printed
    return bool(known) and item.value not in known


def test_prose_of_the_real_cases(real_cases: Path) -> None:
    wanted = found = wrong = total = 0
    for name in CASES:
        case = json.loads((real_cases / "real" / name / "gold.json").read_text(encoding="utf-8"))
        gold = _gold(case)
        observations = _prose(read(real_cases / "real" / name / "report.html"))
        wanted += len(gold)
        found += len(gold & {_fact(item) for item in observations})
        wrong += sum(_contradicts(item, case, gold) for item in observations)
        total += len(observations)
    assert found / wanted >= MIN_RECALL
    assert 1 - wrong / total >= MIN_PRECISION


SEEDS: dict[str, list[tuple[str, str, int]]] = {
    "000": [
        ("newmedia.wechat.posts", "", 124),
        ("proactive.items.normative", "", 9),
        ("proactive.digitised_rate", "", 100),
        ("proactive.category", "各类科技计划项目的批准和实施情况", 6),
        ("proactive.category", "科技奖励、科技扶贫、科技宣传等方面政策措施及实施情况", 2),
        ("proactive.category", "本单位政府信息公开年度报告", 1),
        ("requests.received", "", 0),
        ("fees.charged", "", 0),
        ("review.total", "", 0),
        ("litigation.total", "", 0),
        ("institution.staff.full_time", "", 0),
        ("institution.staff.part_time", "", 1),
    ],
    "001": [
        ("proactive.items", "", 8),
        ("proactive.category", "科技奖励、科技扶贫、科技宣传等方面政策措施及实施情况", 7),
        ("proactive.category", "本单位政府信息公开年度报告", 1),
        ("requests.new", "", 0),
        ("newmedia.wechat.posts", "", 438),
        ("newmedia.wechat.followers", "", 10374),
        ("newmedia.wechat.views", "", 70000),
    ],
    "002": [
        ("institution.staff.part_time", "", 2),
        ("proactive.items", "", 20),
        ("requests.received", "", 0),
        ("review.total", "", 0),
        ("litigation.total", "", 0),
        ("appeals.total", "", 0),
        ("institution.budget", "", 0),
        ("fees.charged", "", 0),
        ("fees.waived", "", 0),
    ],
    "003": [
        ("proactive.items", "", 755),
        ("proactive.category", "政策宣讲", 218),
        ("proactive.category", "政务公开", 138),
        ("proactive.category", "工作动态", 175),
        ("proactive.category", "其他信息", 224),
        ("proposals.cppcc", "", 19),
        ("proposals.lead", "", 8),
        ("proposals.joint", "", 11),
        ("proactive.digitised_rate", "", 100),
        ("inquiries.total", "", 1),
        ("fees.charged", "", 0),
        ("requests.received", "", 0),
        ("review.total", "", 0),
        ("litigation.total", "", 0),
    ],
    "004": [
        ("proactive.items", "", 947),
        ("requests.received", "", 2),
        ("review.total", "", 0),
        ("litigation.total", "", 0),
        ("fees.charged", "", 0),
    ],
}


def _seed(real_cases: Path, number: str) -> Report:
    return read(next((real_cases / "seeds").glob(f"{number}_*.txt")))


@pytest.mark.parametrize("number", SEEDS)
def test_prose_of_the_seeds(real_cases: Path, number: str) -> None:
    found = {
        (item.indicator, item.category, int(item.value or 0))
        for item in _prose(_seed(real_cases, number))
    }
    assert found == set(SEEDS[number])


def test_a_mistyped_sentence_is_a_problem_and_no_figure(real_cases: Path) -> None:
    report = _seed(real_cases, "000")
    assert "contradictory_sentence" in {item.kind for item in report.problems}


FACTS = {
    "000": (
        "晋江市科技和知识产权局",
        2016,
        "2016-01-01",
        "2016-12-31",
        "晋科〔2016〕43号",
        "2016-12-29",
    ),
    "001": ("晋江市科学技术局", 2023, "2023-01-01", "2023-12-31", "", ""),
    "002": ("科技局", 2016, "2016-01-01", "2016-12-31", "", "2017-02-23"),
    "003": ("济宁市科技局", 2018, "", "", "", "2019-01-15"),
    "004": ("温州市科学技术局", 2017, "2017-01-01", "2017-12-31", "", "2018-01-02"),
}


@pytest.mark.parametrize("number", FACTS)
def test_facts_of_the_seeds(real_cases: Path, number: str) -> None:
    body, year, start, end, doc_number, signed = FACTS[number]
    report = _seed(real_cases, number)
    assert report.title.startswith(body)
    assert report.title.endswith("报告")
    assert (report.year, report.period_start, report.period_end) == (year, start, end)
    assert (report.doc_number, report.signed_date) == (doc_number, signed)
    assert report.scope == "own"
    assert not [item for item in report.problems if item.stage == "report"]


def test_sections_carry_their_text(real_cases: Path) -> None:
    sections = {item.path: item for item in _seed(real_cases, "001").sections}
    assert sections["五"].kind == "problems"
    assert "政策解读形式较为单一" in sections["五"].text
    assert sections["一/（四）"].title == "政务新媒体建设情况"
    assert sections["六"].text == "无"
