"""One report of known text and figures, and its forms in every media type.

The tables are those of the 2021 format; figures differ from cell to cell, so that a cell in the
wrong place is noticed. Spans are given as (text, colspan, rowspan).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

SpanCell = tuple[str, int, int]
Rows = list[list[SpanCell]]

TITLE = "青禾市水务局2023年政府信息公开工作年度报告"
OPENING = [
    "根据《中华人民共和国政府信息公开条例》有关规定，现公布青禾市水务局2023年度报告，数据统计期限自2023年1月1日至12月31日。",
]
SECTIONS = {
    "一、总体情况": [
        "（一）主动公开。全年通过门户网站主动公开信息412条，其中政策文件37条，回应社会关切15次。",
        "（二）依申请公开。全年收到政府信息公开申请28件，上年结转3件，均已在法定期限内办理。",
    ],
    "二、主动公开政府信息情况": [],
    "三、收到和处理政府信息公开申请情况": [],
    "四、政府信息公开行政复议、行政诉讼情况": [],
    "五、存在的主要问题及改进情况": [
        "工作中还存在公开内容不够丰富、形式较为单一等问题，下一步将加强培训，拓宽渠道。",
    ],
    "六、其他需要报告的事项": ["本年度未收取信息处理费。", "青禾市水务局", "2024年1月22日"],
}


def one(*texts: str) -> list[SpanCell]:
    """A row of plain cells."""
    return [(text, 1, 1) for text in texts]


def table_2() -> Rows:
    """The table of disclosures."""
    return [
        [("第二十条第（一）项", 4, 1)],
        one("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        one("规章", "2", "1", "13"),
        one("行政规范性文件", "7", "4", "1,250"),
        [("第二十条第（五）项", 4, 1)],
        [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)],
        [("行政许可", 1, 1), ("386", 3, 1)],
        [("第二十条第（八）项", 4, 1)],
        [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 3, 1)],
        [("行政事业性收费", 1, 1), ("90.50", 3, 1)],
    ]


RESULTS: list[tuple[str, list[str]]] = [
    ("（一）予以公开", []),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", []),
    ("（三）不予公开", ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"]),
    ("（四）无法提供", ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作"]),
    ("（七）总计", []),
]


def table_3() -> Rows:
    """The table of requests: three levels of labels, seven columns of figures."""
    figures = _figures()
    rows: Rows = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 7, 1),
        ],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        one("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
        [("一、本年新收政府信息公开申请数量", 3, 1), *one(*next(figures))],
        [("二、上年结转政府信息公开申请数量", 3, 1), *one(*next(figures))],
    ]
    height = sum(max(len(inner), 1) for _, inner in RESULTS)
    for number, (label, inner) in enumerate(RESULTS):
        lead: list[SpanCell] = [("三、本年度办理结果", 1, height)] if number == 0 else []
        if not inner:
            rows.append([*lead, (label, 2, 1), *one(*next(figures))])
        for position, leaf in enumerate(inner):
            outer: list[SpanCell] = [(label, 1, len(inner))] if position == 0 else []
            rows.append([*lead, *outer, (leaf, 1, 1), *one(*next(figures))])
            lead = []
    rows.append([("四、结转下年度继续办理", 3, 1), *one(*next(figures))])
    return rows


def _figures() -> Iterator[list[str]]:
    number = 3
    while True:
        number += 1
        yield [str(number * factor % 97) if factor != 5 else "" for factor in range(1, 8)]


def table_4() -> Rows:
    """The table of reviews and lawsuits."""
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*[(head, 1, 2) for head in heads], ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        one(*heads, *heads),
        one(*(str(number * 3 % 17) for number in range(15))),
    ]


@dataclass(frozen=True)
class Sample:
    """Paragraphs and tables in order."""

    blocks: list[str | Rows] = field(default_factory=list)


def sample() -> Sample:
    """The whole report."""
    tables = {"二": table_2(), "三": table_3(), "四": table_4()}
    blocks: list[str | Rows] = [TITLE, *OPENING]
    for heading, paragraphs in SECTIONS.items():
        blocks += [heading, *paragraphs]
        if heading[0] in tables:
            blocks.append(tables[heading[0]])
    return Sample(blocks)


def expanded(rows: Rows) -> list[list[str]]:
    """What a reader of the table must find at each place; written apart from the program's way."""
    slots: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for text, colspan, rowspan in row:
            while (y, x) in slots:
                x += 1
            for dy in range(rowspan):
                for dx in range(colspan):
                    slots[y + dy, x + dx] = text
            x += colspan
    height, width = max(y for y, _ in slots) + 1, max(x for _, x in slots) + 1
    return [[slots[y, x] for x in range(width)] for y in range(height)]


def grids() -> list[list[list[str]]]:
    """The tables as they must be read."""
    return [expanded(block) for block in sample().blocks if isinstance(block, list)]


def paragraphs() -> list[str]:
    """The paragraphs as they must be read."""
    return [block for block in sample().blocks if isinstance(block, str)]


def positions(rows: Rows) -> Iterator[tuple[str, int, int, int, int]]:
    """Each cell once with row, column, colspan and rowspan."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for text, colspan, rowspan in row:
            while (y, x) in taken:
                x += 1
            taken.update((y + dy, x + dx) for dy in range(rowspan) for dx in range(colspan))
            yield text, y, x, colspan, rowspan
            x += colspan
