"""The sample in every media type that can be written here."""

import base64
import io
import zipfile
from html import escape

import xlsxwriter

from tests.pipelines.documents.paper import Page, draw_pages, pdf_of
from tests.pipelines.documents.sample import Rows, positions, sample

Blocks = list[str | Rows]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = (
    "<w:tblPr><w:tblBorders>"
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    + '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
)


def html_table(rows: Rows, attributes: str = 'border="1"') -> str:
    cells = "".join(
        "<tr>"
        + "".join(
            f'<td colspan="{colspan}" rowspan="{rowspan}"><p>{escape(text)}</p></td>'
            for text, colspan, rowspan in row
        )
        + "</tr>"
        for row in rows
    )
    return f"<table {attributes}><tbody>{cells}</tbody></table>"


def html_body(blocks: Blocks | None = None) -> str:
    return "\n".join(
        html_table(block) if isinstance(block, list) else f"<p>{escape(block)}</p>"
        for block in blocks or sample().blocks
    )


def html_page(body: str | None = None) -> bytes:
    inner = html_body() if body is None else body
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>报告_年报</title></head>'
    page = f'{head}<body><div class="TRS_Editor">{inner}</div></body></html>'
    return page.encode()


def mhtml(blocks: Blocks | None = None) -> bytes:
    encoded = base64.encodebytes(html_page(html_body(blocks))).decode()
    head = (
        "From: <Saved by a browser>\r\n"
        "Snapshot-Content-Location: http://www.example.gov.cn/a.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
    )
    part = (
        "----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: http://www.example.gov.cn/a.html\r\n\r\n{encoded}\r\n----b--\r\n"
    )
    return (head + part).encode()


def word_paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(rows: Rows) -> str:
    slots = {}
    for text, y, x, colspan, rowspan in positions(rows):
        for dy in range(rowspan):
            merge = "restart" if dy == 0 else "continue"
            slots[y + dy, x] = (text if dy == 0 else "", colspan, merge if rowspan > 1 else "")
    lines = []
    width = max(x + span for (_, x), (_, span, _) in slots.items())
    step = 9000 // width
    for row in range(len(rows)):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{step * span}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
            + (
                f'<w:vMerge w:val="{merge}"/>'
                if merge == "restart"
                else "<w:vMerge/>"
                if merge
                else ""
            )
            + f"</w:tcPr>{word_paragraph(text)}</w:tc>"
            for (y, _), (text, span, merge) in sorted(slots.items())
            if y == row
        )
        lines.append(f"<w:tr>{cells}</w:tr>")
    grid = f'<w:gridCol w:w="{step}"/>' * width
    return f"<w:tbl>{BORDERS}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def word_body(blocks: Blocks | None = None) -> str:
    return "".join(
        word_table(b) if isinstance(b, list) else word_paragraph(b)
        for b in blocks or sample().blocks
    )


def docx(body: str | None = None, **parts: str) -> bytes:
    body = word_body() if body is None else body
    members = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    return zipped({name: text.encode() for name, text in members.items()})


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def xlsx(blocks: Blocks | None = None) -> bytes:
    """Each table on a sheet of its own, under the report's title."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    number = 0
    for block in blocks or sample().blocks:
        if not isinstance(block, list):
            continue
        number += 1
        sheet = book.add_worksheet(f"表{number}")
        for text, y, x, colspan, rowspan in positions(block):
            value: str | float = text
            form = book.add_format()
            bare = text.replace(",", "")
            if bare.replace(".", "", 1).isdecimal():
                value = float(bare)
                form.set_num_format(
                    "#,##0" if "," in text else "0.00" if "." in text else "General"
                )
            if colspan * rowspan > 1:
                sheet.merge_range(y, x, y + rowspan - 1, x + colspan - 1, value, form)
            elif text:
                sheet.write(y, x, value, form)
            else:
                sheet.write_blank(y, x, None, form)
    book.close()
    return target.getvalue()


def rtf(blocks: Blocks | None = None) -> bytes:
    pieces = [r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 "]
    for block in blocks or sample().blocks:
        if isinstance(block, str):
            pieces.append(r"\pard " + _rtf_text(block) + r"\par" + "\n")
        else:
            pieces.append(_rtf_table(block))
    return ("".join(pieces) + "}").encode("ascii")


def _rtf_text(text: str) -> str:
    return "".join(
        char if char.isascii() else "".join(f"\\'{byte:02x}" for byte in char.encode("gb18030"))
        for char in text
    )


def _rtf_table(rows: Rows) -> str:
    slots = {}
    for text, y, x, colspan, rowspan in positions(rows):
        for dy in range(rowspan):
            flag = r"\clvmgf" if rowspan > 1 and dy == 0 else r"\clvmrg" if dy else ""
            slots[y + dy, x] = (text if dy == 0 else "", x + colspan, flag)
    lines = []
    for row in range(len(rows)):
        cells = [value for (y, _), value in sorted(slots.items()) if y == row]
        definition = "".join(f"{flag}\\cellx{right * 900}" for _, right, flag in cells)
        content = "".join(rf"\pard\intbl {_rtf_text(text)}\cell " for text, _, _ in cells)
        lines.append(rf"\trowd\trleft0{definition} {content}\row" + "\n")
    return "".join(lines)


NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
AREA = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"


def ofd(blocks: Blocks | None = None) -> bytes:
    """Pages in millimetres: a line of text for each paragraph, ruled tables."""
    members = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
    }
    entries = ""
    for number, page in enumerate(draw_pages(blocks or sample().blocks)):
        place = f"Pages/Page_{number}/Content.xml"
        entries += f'<ofd:Page ID="{number + 1}" BaseLoc="{place}"/>'
        members[f"Doc_0/{place}"] = (
            f"<ofd:Page {NS}><ofd:Area>{AREA}</ofd:Area><ofd:Content>"
            f'<ofd:Layer ID="9">{_ofd_objects(page)}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    members["Doc_0/Document.xml"] = (
        f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea>{AREA}</ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>"
    )
    return zipped({name: text.encode() for name, text in members.items()})


def _ofd_objects(page: Page) -> str:
    texts: list[str] = []
    for x, y, size, text in page.texts:
        step = " ".join([f"{size:.2f}"] * (len(text) - 1))
        delta = f' DeltaX="{step}"' if step else ""
        box = f"{x} {y - size} {size * len(text) + 1} {size * 1.3}"
        code = f'<ofd:TextCode X="0" Y="{size}"{delta}>{escape(text)}</ofd:TextCode>'
        texts.append(
            f'<ofd:TextObject ID="{len(texts) + 100}" Boundary="{box}" Font="1" Size="{size}">'
            f"{code}</ofd:TextObject>"
        )
    lines = [
        f'<ofd:PathObject ID="{number + 5000}" LineWidth="0.2" '
        f'Boundary="{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
        for number, (x0, y0, x1, y1) in enumerate(page.lines)
    ]
    return "".join([*texts, *lines])


def pdf(
    blocks: Blocks | None = None, filled_borders: bool = False, compress: bool = False
) -> bytes:
    """A PDF in a standard Chinese font that is not embedded, as old tools write it."""
    return pdf_of(draw_pages(blocks or sample().blocks), filled_borders, compress)


def text(blocks: Blocks | None = None) -> bytes:
    """As pasted from a table: a tab between cells, spanned cells blank where they repeat."""
    lines: list[str] = []
    for block in blocks or sample().blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        slots = {(y, x): text for text, y, x, _, _ in positions(block)}
        width = max(x for _, x in slots) + 1
        for row in range(len(block)):
            lines.append("\t".join(slots.get((row, col), "") for col in range(width)))
    return "\n".join(lines).encode()
