"""Three made-up reports, and what it takes to put them into a page: for templates kept apart.

A page of a template is its markup with the text that a reader of it would call the report
(`wanted`, written down beside the template) and the strings that he would not (`noise`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from tests.pipelines.documents.sample import Rows, one, table_2, table_3

Block = str | Rows
Wrap = Callable[[str], str]


@dataclass(frozen=True)
class Page:
    """A page of a template, the report in it and strings of it that are not the report's."""

    markup: str
    wanted: Sequence[Block]
    noise: Sequence[str]
    charset: str = "utf-8"
    title: str = ""


LONG_TITLE = "临川区林业和草原局2022年政府信息公开工作年度报告"
LONG: list[Block] = [
    "本报告依照《中华人民共和国政府信息公开条例》第五十条编制，所列数据的统计期限自2022年1月1日起，至2022年12月31日止。",
    "一、总体情况",
    "2022年，区林草局围绕造林绿化、森林防火、湿地保护等群众关心的事项，持续做好政府信息公开工作。",
    "（一）主动公开情况。全年通过区政府门户网站公开信息236条，通过政务新媒体发布信息518条，举办新闻发布会2场。",
    "（二）依申请公开情况。全年收到公民提出的申请9件，均按期答复；上年结转1件，已经办结。",
    "（三）监督保障情况。组织业务培训3次，参训86人次，未发生因政府信息公开被追究责任的情形。",
    "二、主动公开政府信息情况",
    table_2(),
    "三、收到和处理政府信息公开申请情况",
    table_3(),
    "四、存在的主要问题及改进情况",
    "公开的时效还不够强，解读的形式还比较单一。今后将从两个方面改进：一是缩短信息审核时间；二是多用图解和视频解读政策。",
    "五、其他需要报告的事项",
    "本年度没有收取信息处理费。",
    "临川区林业和草原局",
    "2023年1月18日",
]

SHORT_TITLE = "白石镇人民政府2010年政府信息公开工作年度报告"
SHORT: list[Block] = [
    "2010年，白石镇按照上级要求开展政府信息公开工作，现将有关情况报告如下。",
    "一、主动公开情况：全年主动公开政府信息67条，其中机构职能类4条，工作动态类63条。",
    "二、依申请公开情况：全年没有收到公开政府信息的申请。",
    "三、收费、复议和诉讼情况：没有收费，没有发生行政复议和行政诉讼。",
    "四、存在的问题：公开的内容不够全面，更新不够及时。",
    "二○一一年二月十五日",
]

MIDDLE_TITLE = "沧澜县统计局2014年政府信息公开年度报告"
_COUNTS: Rows = [
    one("指标名称", "单位", "数量"),
    one("主动公开政府信息数", "条", "187"),
    one("其中：制发规范性文件数", "件", "3"),
    one("收到申请数", "件", "5"),
    one("申请办结数", "件", "5"),
    one("行政复议数量", "件", ""),
    one("行政诉讼数量", "件", "0"),
]
MIDDLE: list[Block] = [
    "根据《中华人民共和国政府信息公开条例》和县政府办公室的部署，沧澜县统计局编制了2014年政府信息公开年度报告。报告由概述、主动公开、依申请公开、存在的不足和附表组成。",
    "一、概述",
    "2014年，我局坚持以公开为常态、不公开为例外，把统计数据作为公开的重点，健全了由局长任组长、各股室负责人为成员的领导小组，明确专人负责日常工作。",
    "二、主动公开政府信息的情况",
    "全年主动公开政府信息187条，其中统计公报1条，月度数据96条，统计分析45条，其他45条。按公开的形式分，政府网站公开187条，政务微博公开62条。",
    "三、依申请公开政府信息的情况",
    "全年共收到申请5件，当面申请2件，网络申请3件，全部在规定时限内办结，其中同意公开4件，不属于本机关公开1件。",
    "四、存在的不足和改进措施",
    "一年来工作取得一定成绩，但与群众的期望还有差距，主要是数据解读偏少。2015年将增加解读文章，每季度召开一次数据发布会。",
    "附表：2014年政府信息公开情况统计表",
    _COUNTS,
    "沧澜县统计局 2015年3月6日",
]


def rows_markup(rows: Rows, cell: Wrap = escape, attributes: str = "") -> str:
    """The rows of a table, spans written only where there are any."""

    def made(text: str, colspan: int, rowspan: int) -> str:
        spans = f' colspan="{colspan}"' if colspan > 1 else ""
        spans += f' rowspan="{rowspan}"' if rowspan > 1 else ""
        return f"<td{spans}{attributes}>{cell(text)}</td>"

    return "".join(f"<tr>{''.join(made(*box) for box in row)}</tr>" for row in rows)


def plain_table(rows: Rows) -> str:
    return f'<table border="1" cellspacing="0">{rows_markup(rows)}</table>'


def body(
    blocks: Sequence[Block], paragraph: Wrap, table: Callable[[Rows], str] = plain_table
) -> str:
    """Some blocks of a report as markup."""
    return "".join(paragraph(b) if isinstance(b, str) else table(b) for b in blocks)


def p(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def each(template: str, texts: Sequence[str]) -> str:
    return "".join(template.format(text) for text in texts)


class Written:
    """A page as it is written: what it prints beside its report is noted down on the way."""

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        self.title = title
        self._blocks = blocks
        self._noise: list[str] = []

    def own(self, *texts: str) -> str:
        """Texts of the page, one after the other."""
        self._noise += texts
        return " ".join(texts)

    def each(self, template: str, *texts: str) -> str:
        """Texts of the page, each in a template."""
        self._noise += texts
        return each(template, texts)

    def body(self, paragraph: Wrap = p, first: int = 0, end: int | None = None) -> str:
        return body(self._blocks[first:end], paragraph)

    def page(self, inside: str) -> Page:
        head = f"<head><meta charset=utf-8><title>{self.title}</title></head>"
        markup = f"<html>{head}<body>{inside}</body></html>"
        return Page(markup, self._blocks, self._noise, title=self.title)


def pages(
    made: Mapping[Callable[[Written], str], tuple[str, Sequence[Block]]],
) -> dict[str, Callable[[], Page]]:
    """Pages by the names of what writes their markup around a report's title and blocks."""

    def page(write: Callable[[Written], str], title: str, blocks: Sequence[Block]) -> Page:
        written = Written(title, blocks)
        return written.page(write(written))

    return {write.__name__: partial(page, write, *report) for write, report in made.items()}
