"""Own reports in the official forms of 2014, 2019 and 2021, with the truth about every cell.

Written with figures as they come (many small ones, some of five digits, some blank), from fixed
seeds. Rows hold (text, columns, lines), as the writers of documents take them.
"""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.parsers.tables.generator import (
    REVIEW,
    Key,
    requests,
    requests_of_2019,
    text_of,
    with_text,
)
from tests.parsers.tables.generator import Rows as MarkedRows
from tests.parsers.tables.samples import review_table
from tests.pipelines.documents.sample import Rows, expanded

STATISTICS = Path(__file__).with_name("statistics_2014.csv")
AGENCY = "青禾市水务局"
OPENING = "根据《中华人民共和国政府信息公开条例》的规定，现公布本局{year}年度政府信息公开工作情况。"
CLOSING = "公开的内容还不够丰富，形式也较为单一，今后要加强培训，拓宽公开的渠道。"

# Section, its heads, and its rows with the indicators of their cells.
Section = tuple[str, list[str], list[tuple[str, list[str]]]]
ARTICLES_2021: list[Section] = [
    (
        "第二十条第（一）项",
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        [
            (label, [f"proactive.{key}.{part}" for part in ("issued", "repealed", "in_force")])
            for label, key in (("规章", "rules"), ("行政规范性文件", "normative"))
        ],
    ),
    (
        "第二十条第（五）项",
        ["信息内容", "本年处理决定数量"],
        [("行政许可", ["proactive.licensing.decisions"])],
    ),
    (
        "第二十条第（六）项",
        ["信息内容", "本年处理决定数量"],
        [
            ("行政处罚", ["proactive.penalty.decisions"]),
            ("行政强制", ["proactive.coercion.decisions"]),
        ],
    ),
    (
        "第二十条第（八）项",
        ["信息内容", "本年收费金额（单位：万元）"],
        [("行政事业性收费", ["proactive.fees.amount"])],
    ),
]
_DECIDED = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
_PARTS = ("items_last_year", "items_change", "decisions")
ARTICLES_2019: list[Section] = [
    (
        "第二十条第（一）项",
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        [
            (
                label,
                [f"proactive.{key}.{part}" for part in ("made", "disclosed", "disclosed_total")],
            )
            for label, key in (("规章", "rules"), ("规范性文件", "normative"))
        ],
    ),
    *(
        (
            f"第二十条第（{number}）项",
            _DECIDED,
            [(label, [f"proactive.{key}.{part}" for part in _PARTS]) for label, key in rows],
        )
        for number, rows in (
            ("五", [("行政许可", "licensing"), ("其他对外管理服务事项", "services")]),
            ("六", [("行政处罚", "penalty"), ("行政强制", "coercion")]),
        )
    ),
    (
        "第二十条第（八）项",
        _DECIDED[:3],
        [("行政事业性收费", [f"proactive.fees.{part}" for part in _PARTS[:2]])],
    ),
    (
        "第二十条第（九）项",
        ["信息内容", "采购项目数量", "采购总金额（万元）"],
        [("政府集中采购", ["proactive.procurement.items", "proactive.procurement.amount"])],
    ),
]


@dataclass(frozen=True)
class OwnReport:
    """A report: its blocks in order, and its figures by indicator and applicant as printed."""

    name: str
    blocks: list[str | Rows]
    truth: dict[Key, str]

    def grids(self) -> list[list[list[str]]]:
        """The tables as they must be read, every span expanded."""
        return [expanded(block) for block in self.blocks if isinstance(block, list)]

    def paragraphs(self) -> list[str]:
        return [block for block in self.blocks if isinstance(block, str)]


class _Writer:
    """Fills the forms with figures and keeps the truth about them."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.truth: dict[Key, str] = {}

    def figure(self, indicator: str, applicant: str = "") -> str:
        draw = self._chance.random()
        if indicator.endswith("amount") or indicator in ("fees.charged", "institution.budget"):
            text = f"{self._chance.randrange(1, 90_000) / 100:.2f}"
        elif draw < 0.1:
            text = ""
        elif draw < 0.3:
            text = "0"
        else:
            text = str(self._chance.randrange(1, self._chance.choice([10, 100, 1000, 30_000])))
        self.truth[indicator, applicant] = text
        return text

    def articles(self, sections: list[Section]) -> Rows:
        rows: Rows = []
        width = max(len(heads) for _, heads, _ in sections)
        for title, heads, lines in sections:
            rows.append([(title, width, 1)])
            rows.append(_spread(heads, width))
            rows += [_spread([label, *map(self.figure, codes)], width) for label, codes in lines]
        return rows

    def requests(self, make: Callable[[random.Random], object]) -> Rows:
        """The declared form with its five-digit marks replaced by figures."""
        sample = (
            requests_of_2019(self._chance) if make is requests_of_2019 else requests(self._chance)
        )
        marked = {text: key for key, text in sample.truth.items() if text}
        self.truth |= {key: "" for key, text in sample.truth.items() if not text}
        return _across(
            [
                [
                    with_text(cell, self.figure(*marked[text]))
                    if (text := text_of(cell)) in marked
                    else cell
                    for cell in row
                ]
                for row in sample.rows
            ]
        )

    def reviews(self) -> Rows:
        return _across(review_table([self.figure(code) for code in REVIEW]))

    def statistics(self) -> Rows:
        rows: Rows = [[("统　计　指　标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]
        with STATISTICS.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                code = row["indicator"]
                texts = (row["label"], row["unit"], self.figure(code) if code else "")
                rows.append([(text, 1, 1) for text in texts])
        return rows


def _across(rows: MarkedRows) -> Rows:
    """From (text, lines, columns) to (text, columns, lines)."""
    wide = (((c, 1, 1) if isinstance(c, str) else c for c in row) for row in rows)
    return [[(text, right, down) for text, down, right in row] for row in wide]


def _spread(texts: list[str], width: int) -> list[tuple[str, int, int]]:
    """Cells of a row; the last one takes the columns that are left."""
    *others, last = texts
    return [*((text, 1, 1) for text in others), (last, width - len(others), 1)]


def _framed(name: str, year: int, parts: dict[str, str | Rows], truth: dict[Key, str]) -> OwnReport:
    blocks: list[str | Rows] = [
        f"{AGENCY}{year}年政府信息公开工作年度报告",
        OPENING.format(year=year),
    ]
    for heading, content in parts.items():
        blocks += [heading, content]
    return OwnReport(name, [*blocks, AGENCY, f"{year + 1}年1月22日"], truth)


def _of_2021() -> OwnReport:
    writer = _Writer(2021)
    parts: dict[str, str | Rows] = {
        "一、总体情况": "全年公开工作平稳推进。",
        "二、主动公开政府信息情况": writer.articles(ARTICLES_2021),
        "三、收到和处理政府信息公开申请情况": writer.requests(requests),
        "四、政府信息公开行政复议、行政诉讼情况": writer.reviews(),
        "五、存在的主要问题及改进情况": CLOSING,
        "六、其他需要报告的事项": "无其他需要报告的事项。",
    }
    return _framed("2021", 2023, parts, writer.truth)


def _of_2019() -> OwnReport:
    writer = _Writer(2019)
    parts: dict[str, str | Rows] = {
        "一、总体情况": "全年公开工作平稳推进。",
        "二、主动公开政府信息情况": writer.articles(ARTICLES_2019),
        "三、收到和处理政府信息公开申请情况": writer.requests(requests_of_2019),
        "四、政府信息公开行政复议、行政诉讼情况": writer.reviews(),
        "五、存在的主要问题及改进情况": CLOSING,
    }
    return _framed("2019", 2019, parts, writer.truth)


def _of_2014() -> OwnReport:
    writer = _Writer(2014)
    parts: dict[str, str | Rows] = {
        "一、概述": "全年公开工作平稳推进。",
        "二、存在的主要问题和改进措施": CLOSING,
        "三、政府信息公开情况统计表": writer.statistics(),
    }
    return _framed("2014", 2016, parts, writer.truth)


@cache
def reports() -> tuple[OwnReport, ...]:
    """One for each form."""
    return _of_2014(), _of_2019(), _of_2021()


def figures(report: OwnReport) -> Iterator[tuple[Key, str]]:
    """The figures that are not blank."""
    return ((key, text) for key, text in report.truth.items() if text)
