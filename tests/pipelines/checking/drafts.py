"""Drafts of our own writing in each form: clean, and to be spoilt by the tests."""

from dataclasses import dataclass, field
from html import escape

from archive.declarations import load
from parsers.declared.forms import Label
from parsers.records import APPLICANTS
from tests.parsers.tables.samples import REQUEST_ROWS, Cell, request_table, review_table

Rows = list[list[Cell]]
_CODES = {"granted": "outcome.granted", "all": "outcome.total"}
NORMATIVE = ("3", "1", "8")


def requests(**changes: str) -> dict[tuple[str, str], str]:
    """Five new requests of natural persons, one carried in, four granted, two carried out.

    `changes` are figures of natural persons and of all: `new="7"`; `all` is the total of outcomes.
    """
    codes = [code for _, _, code in REQUEST_ROWS]
    figures = {(code, name): "0" for code in codes for name in APPLICANTS}
    stated = {"new": "5", "carried_in": "1", "granted": "4", "carried_out": "2"} | changes
    stated.setdefault("all", stated["granted"])
    for end, text in stated.items():
        for name in ("natural_person", "total"):
            figures[f"requests.{_CODES.get(end, end)}", name] = text
    return figures


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


def request_table_2019(figures: dict[tuple[str, str], str]) -> Rows:
    """The request table of 2019, with 其他处理 as one row."""
    rows = request_table(figures)
    other = next(number for number, row in enumerate(rows) if ("（六）其他处理", 3, 1) in row)
    one_row: list[Cell] = [("（六）其他处理", 1, 2), *("0" for _ in APPLICANTS)]
    rows = [*rows[:other], one_row, *rows[other + 3 :]]
    return [[("三、本年度办理结果", 20, 1) if _is_outcomes(c) else c for c in row] for row in rows]


def _is_outcomes(cell: Cell) -> bool:
    return isinstance(cell, tuple) and cell[0] == "三、本年度办理结果"


def statistics_2014(**changes: str) -> Rows:
    """The statistics sheet: all its rows, 0 where `changes` (by label) say nothing else."""
    rows: Rows = [["统计指标", "单位", "统计数"]]
    for label in _labels("2014"):
        unit = label.unit or ("万元" if label.indicator else "——")
        blank = "" if label.kind == "section" else "0"
        rows.append([_numbered(label), unit, changes.get(label.label, blank)])
    return rows


def appendix_fujian(**changes: str) -> Rows:
    """The appendix of Fujian: this year and all years."""
    rows: Rows = [["指标名称", "计量单位", "本年度", "历年累计"]]
    for label in _labels("fujian"):
        rows.append([label.label, label.unit or "万元", changes.get(label.label, "0"), "0"])
    return rows


def _labels(form: str) -> list[Label]:
    return [label for label in load().forms.labels if form in label.forms]


def _numbered(label: Label) -> str:
    depth = label.section.count("/") + bool(label.section)
    if not label.number:
        return f"其中：{label.label}"
    return (f"{label.number}、", f"（{label.number}）", f"{label.number}.")[depth] + label.label


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
        opening = self.opening or (f"本报告所列数据的统计期限自{year}年1月1日至{year}年12月31日。")
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


def old_report(year: int, tables: Rows | None = None) -> list[str | Rows]:
    """A report by the Regulations of 2008, with or without a table."""
    return [
        f"青禾县科学技术局{year}年政府信息公开工作年度报告",
        f"本报告所列数据的统计期限自{year}年1月1日至{year}年12月31日。",
        "一、主动公开政府信息的情况",
        "我局通过政府网站公开各类政府信息。",
        "二、依申请公开政府信息的情况",
        "我局按规定办理。",
        "三、政府信息公开的收费及减免情况",
        "我局按规定执行。",
        "四、因政府信息公开申请行政复议、提起行政诉讼的情况",
        "我局按规定执行。",
        "五、存在的主要问题及改进情况",
        "解读形式还不够丰富。",
        *_given(tables),
        "青禾县科学技术局",
        f"{year + 1}年1月18日",
    ]


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
