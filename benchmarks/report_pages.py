"""Makes report pages of the official forms, of the size and manner of real portals.

The forms are those of the demo's templates; figures are drawn, sentences made up, and the markup
is filled up as portals do: a menu, scripts, and the styles that Word leaves in every cell.
"""

import random
import re
from collections.abc import Iterator

from crawler.demo.pages import CELLS, REQUEST_ROWS
from crawler.demo.sample import template

REGIONS = ("晋江市", "石狮市", "南安市", "莆田市", "三明市", "惠安县", "安溪县", "永春县", "德化县")
BODIES = (
    "科学技术局",
    "教育局",
    "水利局",
    "民政局",
    "财政局",
    "司法局",
    "交通运输局",
    "农业农村局",
)
TOPICS = (
    "政策解读",
    "重点领域",
    "财政资金",
    "行政许可",
    "公共服务",
    "回应关切",
    "平台建设",
    "监督保障",
)
CELL = '<td width="68" valign="center" style="width: 51.05pt; padding: 0 5.4pt">'
SPAN = (
    '<p style="text-align: center; line-height: 18pt">{}<span style="font-family: 宋体"></span></p>'
)
PARAGRAPH = '<p style="text-indent: 32pt; line-height: 28pt"><span style="font-size: 16pt">'
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_PROSE_HEADINGS = ("概述", "主动公开政府信息情况", "依申请公开政府信息情况",
                   "行政复议和行政诉讼情况", "存在的主要问题及改进措施")  # fmt: skip
FIRST_TABLES = 2019
_SLOTS = ("opening", "overview", "requests", "reviews", "improvement", "closing")


def report_pages(count: int, kilobytes: int) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages, always the same ones."""
    for number in range(count):
        drawn = random.Random(number)
        year = 2019 + number % 6
        agency = drawn.choice(REGIONS) + drawn.choice(BODIES)
        url = f"http://www.example.gov.cn/zwgk/nb/{year}/t{year}0120_{number}.htm"
        yield url, report_page(drawn, year, agency, kilobytes * 1000).encode()


def report_page(drawn: random.Random, year: int, agency: str, size: int) -> str:
    """A page of about `size` bytes with the report of an agency for a year.

    From 2019 on it has the three tables of the form, before that sentences alone.
    """
    title = f"{agency}{year}年政府信息公开工作年度报告"
    body = _tables(drawn, year, agency) if year >= FIRST_TABLES else _prose(drawn, year, agency)
    return _dressed(body, title, agency, size)


def _tables(drawn: random.Random, year: int, agency: str) -> str:
    form = "2021" if year > 2020 else "2019"
    widths = {**dict.fromkeys(REQUEST_ROWS, 7), "review": 15, **CELLS[form]}
    values = {row: _cells(drawn, width) for row, width in widths.items()}
    prose = {slot: _sentences(drawn, year, 3) for slot in _SLOTS}
    prose["opening"] += f"<p>本报告统计期限自{year}年1月1日至{year}年12月31日。</p>"
    body = template(f"form-{form}").safe_substitute(values, **prose, agency=agency, year=year)
    return _CELL.sub(lambda found: CELL + SPAN.format(found[1]) + "</td>", body)


def _prose(drawn: random.Random, year: int, agency: str) -> str:
    """What departments wrote before there were tables: a section a topic, few figures."""
    received = drawn.randrange(40)
    told = (
        f"本年度报告由{agency}编制，统计期限为{year}年1月1日至{year}年12月31日。",
        f"{year}年共主动公开政府信息{drawn.randrange(900)}条。",
        f"{year}年共受理政府信息公开申请{received}件，其中当面申请{received}件。",
        f"{year}年因政府信息公开申请行政复议{drawn.randrange(3)}件，提起行政诉讼{drawn.randrange(2)}件。",
        "公开工作仍有不足，下一步将完善制度，加强培训。",
    )
    return "".join(
        f"{PARAGRAPH}{number}、{heading}</span></p>{PARAGRAPH}{first}</span></p>"
        + _sentences(drawn, year, 2)
        for number, heading, first in zip("一二三四五", _PROSE_HEADINGS, told, strict=True)
    )


def _dressed(body: str, title: str, agency: str, size: int) -> str:
    """A body in a portal's page of about `size` bytes."""
    head = (
        f'<meta charset="utf-8"><meta name="ArticleTitle" content="{title}"><title>{title}</title>'
    )
    menu = "".join(f'<li><a href="/zwgk/{n}/">栏目{n}</a></li>' for n in range(size // 500))
    start = f"<!DOCTYPE html><html><head>{head}</head><body><ul>{menu}</ul><h1>{title}</h1>"
    inner = f'<div class="TRS_Editor">{body}</div><div class="footer">主办：{agency}</div>'
    lacking = max(0, size - len((start + inner).encode()))
    script = "<script>" + "var a = document.title;\n" * (lacking // 24) + "</script>"
    return f"{start}{inner}{script}</body></html>"


def _cells(drawn: random.Random, width: int) -> str:
    figures = [drawn.choice((0, 0, 0, drawn.randrange(60))) for _ in range(width)]
    cells = "".join(f"<td>{figure}</td>" for figure in figures[:-1])
    wide = f' colspan="{5 - width}"' if width < 4 else ""
    return f"{cells}<td{wide}>{figures[-1]}</td>" if wide else f"{cells}<td>{figures[-1]}</td>"


def _sentences(drawn: random.Random, year: int, paragraphs: int) -> str:
    return "".join(
        f"{PARAGRAPH}{year}年，本单位主动公开政府信息{drawn.randrange(900)}条，围绕{drawn.choice(TOPICS)}"
        f"制发规范性文件{drawn.randrange(9)}件，开展{drawn.choice(TOPICS)}培训{drawn.randrange(9)}次，"
        "进一步健全信息发布审核机制，规范公开程序，及时回应群众关心的问题，公开工作取得新的成效。"
        "</span></p>"
        for _ in range(paragraphs)
    )
