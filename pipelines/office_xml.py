"""Office files of one XML part: Word 2003 (WordprocessingML), and packages written flat.

Word 2003 differs from Office Open XML, as far as text goes, in its namespace, in the names of
merges, and in writing out the numbers of lists beside their paragraphs.
"""

import io
import zipfile
from dataclasses import replace

from lxml import etree

from parsers.records import Document
from pipelines.docx import read_docx
from pipelines.limits import MAX_MEMBER_BYTES, RefusedError, local_name, parse_xml
from pipelines.spreadsheet import read_xlsx
from pipelines.word import W

PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
OLD_WORD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
DELETION = "Word.Deletion"
RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge"}


def read_office_xml(payload: bytes) -> Document:
    """Reads a Word 2003 file or a flat package; its places are those of a docx or xlsx.

    Raises:
        RefusedError: it is a workbook of Excel 2003, or too large or damaged.
    """
    if len(payload) > MAX_MEMBER_BYTES:
        raise RefusedError("too_large", f"the file has more than {MAX_MEMBER_BYTES} bytes")
    root = parse_xml(payload)
    kind = local_name(root)
    if kind == "package":
        parts = dict(_flat_parts(part) for part in root.iter(f"{PACKAGE}part"))
        read = read_xlsx if "xl/workbook.xml" in parts else read_docx
        return read(_zipped(parts))
    if kind != "wordDocument":
        raise RefusedError("unsupported", "a workbook of Excel 2003 in XML, which is not read")
    document = read_docx(_zipped({"word/document.xml": _modern(root)}))
    return replace(document, charset_reason="Word 2003 XML")


def _flat_parts(part: etree._Element) -> tuple[str, bytes]:
    name = part.get(f"{PACKAGE}name", "").lstrip("/")
    content = part.find(f"{PACKAGE}xmlData")
    held = content[0] if content is not None and len(content) else None
    return name, etree.tostring(held, encoding="utf-8") if held is not None else b""


def _modern(root: etree._Element) -> bytes:
    """The text of a Word 2003 file as Office Open XML has it."""
    for element in list(root.iter("{*}annotation")):
        parent = element.getparent()
        if DELETION in element.attrib.values() and parent is not None:
            parent.remove(element)
    for number in list(root.iter(f"{OLD_WORD}listPr")):
        _write_label(number)
    for old, new in RENAMED.items():
        for element in root.iter(f"{OLD_WORD}{old}"):
            element.tag = f"{OLD_WORD}{new}"
    text = etree.tostring(root, encoding="utf-8")
    return text.replace(OLD_WORD[1:-1].encode(), W[1:-1].encode())


def _write_label(number: etree._Element) -> None:
    """Puts the printed number of a list before the text of its paragraph."""
    label = number.find(f"{HINT}t")
    paragraph = next(number.iterancestors(f"{OLD_WORD}p"), None)
    if label is None or paragraph is None:
        return
    run = etree.Element(f"{OLD_WORD}r")
    etree.SubElement(run, f"{OLD_WORD}t").text = label.get(f"{HINT}val", "")
    paragraph.insert(1, run)


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in parts.items():
            if data:
                packed.writestr(name, data)
    return target.getvalue()
