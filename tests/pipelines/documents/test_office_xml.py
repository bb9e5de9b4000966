"""Office files of one XML part, as programs that fill in templates write them."""

from parsers.records import Document
from pipelines.documents import read_document
from tests.pipelines.documents.test_docx import cell, table
from tests.pipelines.documents.writers import W, word_paragraph

OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
HINT = "http://schemas.microsoft.com/office/word/2003/auxHint"
FLAT = "http://schemas.microsoft.com/office/2006/xmlPackage"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Word.Document"?>'
ROWS = [cell("甲", '<w:{} w:val="restart"/>') + cell("1"), cell("", "<w:{}/>") + cell("2")]


def contents(document: Document) -> tuple[list[str], list[list[str]]]:
    (grid,) = document.grids()
    rows = [[cell.text for cell in row] for row in grid.rows]
    return [paragraph.text for paragraph in document.paragraphs()], rows


def test_word_2003_is_read() -> None:
    label = '<w:pPr><w:listPr><wx:t wx:val="一、"/></w:listPr></w:pPr>'
    deleted = '<aml:annotation w:type="Word.Deletion"><w:r><w:t>9</w:t></w:r></aml:annotation>'
    text = word_paragraph("总体情况", label) + f"<w:p>{deleted}<w:r><w:t>收到7件</w:t></w:r></w:p>"
    body = f"<wx:sect>{text}{table(*ROWS)}</wx:sect>".replace("{}", "vmerge")
    spaces = f'xmlns:w="{OLD}" xmlns:wx="{HINT}" xmlns:aml="a"'
    page = f"{HEAD}<w:wordDocument {spaces}><w:body>{body}</w:body></w:wordDocument>"
    document = read_document(page.encode())
    assert contents(document) == (["一、总体情况", "收到7件"], [["甲", "1"], ["甲", "2"]])
    assert document.problems == ()


def test_a_flat_package_is_read() -> None:
    body = word_paragraph("正文") + table(*ROWS).replace("{}", "vMerge")
    part = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    data = f"<pkg:xmlData>{part}</pkg:xmlData>"
    held = f'<pkg:part pkg:name="/word/document.xml">{data}</pkg:part>'
    document = read_document(f'{HEAD}<pkg:package xmlns:pkg="{FLAT}">{held}</pkg:package>'.encode())
    assert contents(document) == (["正文"], [["甲", "1"], ["甲", "2"]])


def test_a_workbook_of_excel_2003_is_told() -> None:
    page = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    assert [problem.kind for problem in read_document(page.encode()).problems] == ["unsupported"]
