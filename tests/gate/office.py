"""The reports as an office program saved them; `scripts/write_office_samples.py` writes the files.

They are another hand's files of our own documents: their PDF has embedded fonts, their doc the
binary format of Word 97.
"""

import hashlib
from pathlib import Path

from tests.gate.reports import OwnReport, reports
from tests.pipelines.documents import writers

FOLDER = Path(__file__).with_name("office")
MANIFEST = FOLDER / "source.sha256"
# Kinds of file and what each is saved from.
SOURCES = {"doc": "docx", "pdf": "docx", "rtf": "docx", "xls": "xlsx"}
_PAPER = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr>'
)


def as_docx(report: OwnReport) -> bytes:
    return writers.docx(writers.word_body(report.blocks) + _PAPER)


def as_xlsx(report: OwnReport) -> bytes:
    return writers.xlsx(report.blocks)


def saved(report: OwnReport, kind: str) -> bytes:
    """The file of that kind."""
    return (FOLDER / f"{report.name}.{kind}").read_bytes()


def source_digest() -> str:
    """SHA-256 of what the files are made from."""
    plain = [(report.name, report.blocks) for report in reports()]
    return hashlib.sha256(repr(plain).encode()).hexdigest()


def write_manifest() -> None:
    MANIFEST.write_text(f"{source_digest()}\n", encoding="ascii")
