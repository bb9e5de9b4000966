"""White runs of Word documents are left out and told where they stand on white, and only there."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from tests.pipelines.documents.writers import W, docx

OTHER = "白字9件"


def run(properties: str, text: str = OTHER) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


PLAIN = "收到申请3件。"
BLACK = '<w:color w:val="000000"/>'
BY_STYLE = '<w:rStyle w:val="white"/>'
HEIR = '<w:pStyle w:val="heir"/>'
WHITE = '<w:color w:val="FFFFFF" w:themeColor="background1"/>'


def paragraph(properties: str = "", run_properties: str = "") -> str:
    runs = run("", PLAIN) + run(WHITE + run_properties)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(table_properties: str = "", cell_properties: str = "") -> str:
    white = f"<w:tc><w:tcPr>{cell_properties}</w:tcPr><w:p>{run(WHITE)}</w:p></w:tc>"
    plain = "<w:tr>" + f"<w:tc><w:p>{run('', '3')}</w:p></w:tc>" * 2 + "</w:tr>"
    rows = f"<w:tr>{white * 2}</w:tr>{plain}"
    return f"<w:tbl><w:tblPr>{table_properties}</w:tblPr>{rows}</w:tbl>"


def shading(fill: str, pattern: str = "clear") -> str:
    return f'<w:shd w:val="{pattern}" w:color="auto" w:fill="{fill}"/>'


def read(body: str) -> Document:
    styles = (
        f'<w:style w:styleId="dark"><w:tcPr>{shading("1F4E79")}</w:tcPr></w:style>'
        '<w:style w:styleId="plain"><w:rPr><w:b/></w:rPr></w:style>'
        f'<w:style w:styleId="white"><w:rPr>{WHITE}</w:rPr></w:style>'
        '<w:style w:styleId="heir"><w:basedOn w:val="white"/></w:style>'
    )
    return read_document(docx(body, styles=f"<w:styles {W}>{styles}</w:styles>"))


def everything(document: Document) -> str:
    cells = (cell.text for grid in document.grids() for row in grid.rows for cell in row)
    return "\n".join([*(one.text for one in document.paragraphs()), *cells])


@pytest.mark.parametrize(
    "body",
    [
        paragraph(),
        paragraph(shading("FFFFFF")),
        paragraph("", shading("auto")),
        paragraph("", '<w:highlight w:val="none"/>'),
        paragraph() + table('<w:tblStyle w:val="plain"/>', shading("auto")),
        f"<w:p>{run('', PLAIN)}{run(BY_STYLE)}</w:p>",
        f"<w:p>{run('', PLAIN)}</w:p><w:p><w:pPr>{HEIR}</w:pPr>{run('<w:b/>')}</w:p>",
        paragraph() + '<w:p><w:r><w:drawing><w:anchor behindDoc="0"/></w:drawing></w:r></w:p>',
    ],
)
def test_white_on_white_is_left_out_and_told(body: str) -> None:
    document = read(body)
    assert PLAIN in everything(document)
    assert OTHER not in everything(document)
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


@pytest.mark.parametrize(
    "body",
    [
        paragraph(shading("4472C4")),
        paragraph(shading("auto", "solid")),
        paragraph('<w:pStyle w:val="dark"/>'),
        paragraph("", shading("000000")),
        paragraph("", '<w:highlight w:val="blue"/>'),
        table("", shading("4472C4")),
        table(shading("4472C4")),
        table('<w:tblStyle w:val="dark"/>'),
        f"<w:p><w:pPr>{HEIR}</w:pPr>{run(BLACK)}</w:p>",
        f"<w:p><w:pPr>{HEIR}{shading('4472C4')}</w:pPr>{run('')}</w:p>",
        f"<w:p><w:r><w:txbxContent>{paragraph()}</w:txbxContent></w:r></w:p>",
        paragraph() + '<w:p><w:r><w:drawing><w:anchor behindDoc="1"/></w:drawing></w:r></w:p>',
    ],
)
def test_white_on_a_ground_is_kept(body: str) -> None:
    document = read(body)
    assert OTHER in everything(document)
    assert "hidden_text" not in [problem.kind for problem in document.problems]
