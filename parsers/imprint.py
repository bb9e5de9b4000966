"""What a document prints of itself around its text: number, dates of publication and signature."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product

from parsers.dates import dates_in, first_date
from parsers.records import Cell, Context, Document, Paragraph
from parsers.text import canon, without_inkless

# Paragraphs at the top in which title, number and date of a document stand.
TOP = 14
# A table of facts about a document stands before its text and has few rows.
MAX_FACT_ROWS = 8
_NUMBER = re.compile(r"[一-鿿]{1,12}[〔\[【(（［]\s?20\d\d\s?[〕\]】)）］]\s?第?\s?\d{1,4}\s?号")
# Alone on its line, but for brackets and the name of the person who signed it off.
_NUMBER_LINE = re.compile(
    rf"[（(]?(?P<number>{_NUMBER.pattern})[)）]?(?:\s{{0,40}}签发人.{{0,20}})?"
)
_NUMBER_LABELS = ("文号", "发文字号", "文件编号", "发文文号", "wenhao", "documentnumber")
_LABELLED_NUMBER = re.compile(
    rf"(?:^|\s)(?:文\s{{0,6}}号|发文字号|文件编号|发文文号)\s{{0,3}}[:：]?\s{{0,3}}(?P<number>{_NUMBER.pattern})"
)
# The date of publication goes before the day on which a document was made or handed out.
_STATED = (
    re.compile(r"(?<![成发]文|生成|印发)(?:日期|时间)[:：\s]"),
    re.compile(r"(?:日期|时间)[:：\s]"),
)
_SIGNED = re.compile(r"^[^，。；,;:：]{0,40}(?:日|20\d\d([-./])\d{1,2}\1\d{1,2})[)）]?$")
# Who filled in a form, and of which year, in the lines over its table.
_FILLED_IN = re.compile(
    r"(?:(?:填报|报送|填表|编报|上报)(?:单位|机关|部门)|单位名称)(?:[（(][^（()）]{1,6}[)）])?\s{0,3}(?:[:：]\s{0,9}|$)"
)
_YEAR_ALONE = re.compile(r"\(?(?:(?:统计|报告|填报)?年度:)?(20\d\d)(?:年度?)?\)?")
MAX_FACT, MAX_LABEL = 40, 10
_STATED_META = ("PubDate", "publishdate", "pubtime", "publish_time", "createdate", "DC.Date")
# Labels of dates that pages print beside the text and the reader of pages keeps as facts.
_STATED_LABELS = (
    *("发布日期", "发布时间", "信息发布日期", "公开日期", "公开时间"),
    *("发文日期", "生成日期", "日期", "时间"),
)


def top_paragraphs(document: Document) -> list[Paragraph]:
    """The first paragraphs that print anything."""
    return list(islice((item for item in document.paragraphs() if item.text.strip()), TOP))


def table_titles(document: Document) -> list[Paragraph]:
    """What stands over the heads of the document's first table in rows of one cell alone."""
    alone = [row[0] for row in _over_table(document) if len(row) == 1]
    return [Paragraph(cell.text, cell.place) for cell in alone if "信息公开" in canon(cell.text)]


def table_years(document: Document) -> Iterator[int]:
    """The years that stand over the heads of the first table in cells of their own."""
    for cell in (cell for row in _over_table(document) for cell in row):
        if match := _YEAR_ALONE.fullmatch(canon(cell.text[:MAX_FACT])):
            yield int(match[1])


def filled_in_by(document: Document) -> str:
    """The body that filled in a form, as it stands over it: 填报单位（盖章）：某局."""
    rows = [[cell.text.strip() for cell in row] for row in _over_table(document)]
    rows += [[item.text.strip()] for item in top_paragraphs(document)]
    for text, beside in (pair for row in rows for pair in pairwise((*row, ""))):
        label = _FILLED_IN.match(text)
        if label and (body := (text[label.end() :] or beside).split(maxsplit=1)):
            return body[0] if len(body[0]) <= MAX_FACT else ""
    return ""


def _over_table(document: Document) -> Iterator[list[Cell]]:
    """The printed cells of each row over the heads of the first table."""
    for row in next((grid.rows for grid in document.grids()), ())[:TOP]:
        printed = [cell for cell in dict.fromkeys(row) if cell.text.strip()]
        facts = (_FILLED_IN.match(cell.text.strip()) for cell in printed)
        if len(printed) > 1 and not any(facts):
            return
        if printed:
            yield printed


def printed_facts(document: Document, labels: Sequence[str]) -> Iterator[str]:
    """What a document declares under these labels: in its tags, or in facts before its text.

    There a label's cell, or line, stands before that of what it labels. In the order of `labels`.
    """
    pairs = (*_facing_cells(document), *_label_lines(document))
    facing = [(canon(left).rstrip(":"), right) for left, right in pairs]
    for label in labels:
        if value := document.meta_value(label):
            yield value
        yield from (right for left, right in facing if left == label)


def _facing_cells(document: Document) -> Iterator[tuple[str, str]]:
    """Each cell of the first small table with the one to its right."""
    first = next(document.grids(), None)
    if first is None or len(first.rows) > MAX_FACT_ROWS:
        return
    for row in first.rows:
        cells = dict.fromkeys(row)
        yield from pairwise(cell.text.strip() for cell in cells)


def _label_lines(document: Document) -> Iterator[tuple[str, str]]:
    """Each short line near the top with the next one, as a table of facts without its grid."""
    printed = (text for item in document.paragraphs() if (text := item.text.strip()))
    for left, right in pairwise(islice(printed, 2 * TOP)):
        if len(left) <= MAX_LABEL and len(right) <= MAX_FACT:
            yield left, right


def doc_number(document: Document) -> str:
    """The document's own number (晋科〔2016〕43号): labelled, or alone on a line at the top."""
    for value in printed_facts(document, _NUMBER_LABELS):
        if match := _NUMBER.search(value):
            return match[0]
    for item in top_paragraphs(document):
        if alone := _NUMBER_LINE.fullmatch(item.text.strip()):
            return alone["number"]
        if labelled := _LABELLED_NUMBER.search(item.text):
            return labelled["number"]
    return ""


def stated_date(document: Document, context: Context) -> str:
    """The date of publication: meta tag, printed line or fact, date under the title, listing."""
    for name in _STATED_META:
        if found := first_date(document.meta_value(name)):
            return found
    for pattern, item in product(_STATED, top_paragraphs(document)):
        match = pattern.search(item.text)
        if match and len(item.text) < 200 and (found := first_date(item.text[match.start() :])):
            return found
    for value in printed_facts(document, _STATED_LABELS):
        if found := first_date(value):
            return found
    for item in top_paragraphs(document)[:6]:
        if len(item.text.strip()) < 24 and (found := first_date(item.text)):
            return found
    return first_date(context.page_date) or first_date(context.listing_date)


def signed_date(document: Document) -> str:
    """The date under the text: the first line that holds only a name and a date, below the top."""
    paragraphs = [item for item in document.paragraphs() if item.text.strip()]
    for item in paragraphs[min(TOP, len(paragraphs) // 2) :]:
        text = without_inkless(item.text).strip()
        if len(text) <= 60 and _SIGNED.match(text) and "印发" not in text:
            found = dates_in(text)
            if len(found) == 1:
                return found[0]
    return ""
