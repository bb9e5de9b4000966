"""Drafts of our own writing in each form: clean, and to be spoilt by the tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from parsers.records import APPLICANTS
from tests.parsers.tables.samples import Cell, request_table, review_table

Rows = list[list[Cell]]
SIGNED = "青禾县科学技术局\n2023年1月18日"
NORMATIVE = ("3", "1", "8")
GRANTED = "requests.outcome.granted"
TOTAL = "requests.outcome.total"


def requests(**changes: str) -> dict[tuple[str, str], str]:
    """Five new requests of natural persons, one carried in, four granted, two carried out.

    `changes` are figures of natural persons and of all, by the end of the code: `new="7"`.
    """
    codes = [code for code in _request_codes() if code]
    figures = {(code, name): "0" for code in codes for name in APPLICANTS}
    stated = {"new": "5", "carried_in": "1", "granted": "4", "carried_out": "2"} | changes
    stated.setdefault("outcome.total", stated["granted"])
    for code in codes:
        for end, text in stated.items():
            if code.endswith(f".{end}"):
                figures[code, "natural_person"] = figures[code, "total"] = text
    return figures


def _request_codes() -> list[str]:
    from tests.parsers.tables.samples import REQUEST_ROWS

    return [code for _, _, code in REQUEST_ROWS]


def articles_2021(normative: tuple[str, str, str] = NORMATIVE, fees: str = "0") -> Rows:
    """The table of article 20 in the form of 2021."""
    return [
        [("第二十条第（一）项", 1, 4)],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", *normative],
        [("第二十条第（五）项", 1, 4)],
        ["信息内容", ("本年处理决定数量", 1, 3)],
        ["行政许可", ("12", 1, 3)],
        [("第二十条第（六）项", 1, 4)],
        ["信息内容", ("本年处理决定数量", 1, 3)],
        ["行政处罚", ("0", 1, 3)],
        ["行政强制", ("0", 1, 3)],
        [("第二十条第（八）项", 1, 4)],
        ["信息内容", ("本年收费金额（单位：万元）", 1, 3)],
        ["行政事业性收费", (fees, 1, 3)],
    ]


def articles_2019() -> Rows:
    """The table of article 20 in the form of 2019."""
    items = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    return [
        [("第二十条第（一）项", 1, 4)],
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "0", "0", "0"],
        ["规范性文件", "2", "2", "9"],
        [("第二十条第（五）项", 1, 4)],
        list(items),
        ["行政许可", "3", "-1", "7"],
        ["其他对外管理服务事项", "0", "0", "0"],
        [("第二十条第（六）项", 1, 4)],
        list(items),
        ["行政处罚", "0", "0", "0"],
        ["行政强制", "0", "0", "0"],
        [("第二十条第（八）项", 1, 4)],
        ["信息内容", "上一年项目数量", ("本年增/减", 1, 2)],
        ["行政事业性收费", "0", ("0", 1, 2)],
        [("第二十条第（九）项", 1, 4)],
        ["信息内容", "采购项目数量", ("采购总金额", 1, 2)],
        ["政府集中采购", "2", ("17.27万元", 1, 2)],
    ]


@dataclass
class Draft:
    """A draft by its parts, each to be changed by a test."""

    year: int = 2022
    title: str = ""
    opening: str = ""
    overview: str = "我局围绕科技创新工作，及时公开各类政府信息。"
    articles: Rows | None = field(default_factory=articles_2021)
    requests: Rows | None = field(default_factory=lambda: request_table(requests()))
    review: Rows | None = field(default_factory=lambda: review_table(["0"] * 15))
    problems: str = "解读形式还不够丰富。下一步将增加图文解读。"
    others: str = "无。"
    signed: str = ""
    left_out: tuple[str, ...] = ()

    def blocks(self) -> list[str | Rows]:
        """Paragraphs and tables in order."""
        year = self.year
        title = self.title or f"青禾县科学技术局{year}年政府信息公开工作年度报告"
        opening = self.opening or (
            f"本报告所列数据的统计期限自{year}年1月1日至{year}年12月31日。"
        )
        parts: list[tuple[str, list[str | Rows]]] = [
            ("一、总体情况", [self.overview]),
            ("二、主动公开政府信息情况", _given(self.articles)),
            ("三、收到和处理政府信息公开申请情况", _given(self.requests)),
            ("四、政府信息公开行政复议、行政诉讼情况", _given(self.review)),
            ("五、存在的主要问题及改进情况", [self.problems]),
            ("六、其他需要报告的事项", [self.others]),
        ]
        blocks: list[str | Rows] = [title, opening]
        for heading, content in parts:
            if heading not in self.left_out:
                blocks += [heading, *content]
        signed = self.signed or f"{year + 1}年1月18日"
        return [item for item in [*blocks, "青禾县科学技术局", signed] if item]

    def html(self) -> bytes:
        """The draft as a page."""
        return page(self.blocks())


def _given(rows: Rows | None) -> list[str | Rows]:
    return [] if rows is None else [rows]


def page(blocks: list[str | Rows]) -> bytes:
    """Blocks as a page."""
    body = "\n".join(
        f"<p>{escape(block)}</p>" if isinstance(block, str) else _table(block) for block in blocks
    )
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _table(rows: Rows) -> str:
    lines = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f'<table border="1">{lines}</table>'


def _cell(cell: Cell) -> str:
    text, rowspan, colspan = cell if isinstance(cell, tuple) else (cell, 1, 1)
    return f'<td rowspan="{rowspan}" colspan="{colspan}">{escape(text)}</td>'


def by_code(found: Mapping[str, object]) -> list[str]:
    """The codes of a report's findings as JSON gives them."""
    findings = found["findings"]
    assert isinstance(findings, list)
    return [str(item["code"]) for item in findings]
