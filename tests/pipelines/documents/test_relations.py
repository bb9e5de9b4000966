"""Office packages whose parts have other names than usual."""

import io
import zipfile

from pipelines.documents import read_document
from tests.pipelines.documents import writers
from tests.pipelines.documents.test_docx import NUMBERING, numbered
from tests.pipelines.documents.test_xlsx import ROWS, grid, workbook

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/text/main.xml" ContentType="{MAIN}"/></Types>'
)
NAMES = {"workbook.xml": "book.xml", "sharedStrings.xml": "texts.xml"}
RELATION = '<Relationship Id="{}" Type="http://relations.test/{}" Target="{}"/>'


def relations(*held: tuple[str, str, str]) -> bytes:
    return (
        f"<Relationships>{''.join(RELATION.format(*one) for one in held)}</Relationships>".encode()
    )


def renamed(payload: bytes, names: dict[str, str]) -> bytes:
    """A package with a piece of the names of its parts changed, in the parts too."""
    source, target = zipfile.ZipFile(io.BytesIO(payload)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            data = source.read(name)
            for old, new in names.items():
                name, data = name.replace(old, new), data.replace(old.encode(), new.encode())
            packed.writestr(name, data)
    return target.getvalue()


def test_parts_of_a_document_are_found_by_their_relations() -> None:
    text = f"<w:document {writers.W}><w:body>{numbered('总体情况')}</w:body></w:document>"
    document = read_document(
        writers.zipped(
            {
                "[Content_Types].xml": TYPES.encode(),
                "_rels/.rels": relations(("r1", "officeDocument", "/text/main.xml")),
                "text/main.xml": text.encode(),
                "text/_rels/main.xml.rels": relations(("r1", "numbering", "../lists/one.xml")),
                "lists/one.xml": NUMBERING.encode(),
            }
        )
    )
    assert document.media_type == "docx"
    assert [paragraph.text for paragraph in document.paragraphs()] == ["一、总体情况"]


def test_parts_of_a_workbook_are_found_by_their_relations() -> None:
    document = read_document(renamed(workbook(), NAMES))
    assert document.media_type == "xlsx"
    assert grid(document) == [[str(text) for text in row] for row in ROWS]
