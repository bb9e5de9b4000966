"""The costly extractors and their versions: office conversion and text recognition."""

import os
import shutil
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.conversions import Extractor

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Raised whenever the code of text recognition would read a picture otherwise: what was kept
# under another number is made anew.
RECOGNITION = 8
RECOGNISERS = ("numpy", "onnxruntime", "opencv-python-headless", "pillow", "rapidocr")
ABSENT = "absent"


def word_converter() -> Extractor:
    """The converter of Word 97-2003 documents in Python."""
    return Extractor("msdoc2docx", _installed("msdoc2docx"), DOCX)


def office_converter() -> Extractor:
    """LibreOffice, as it is installed here."""
    return Extractor("libreoffice", office_version(), DOCX)


def recogniser(drawn_by: str = "") -> Extractor:
    """Text recognition. `drawn_by` names the package that draws the pages, if they are drawn."""
    packages = (*RECOGNISERS, *([drawn_by] if drawn_by else []))
    named = ", ".join(f"{name} {_installed(name)}" for name in packages)
    return Extractor("recognition", f"{RECOGNITION} ({named})", "application/json")


def extractor_versions() -> dict[str, str]:
    """Entries of table `meta`: the versions that costly extractions depend on."""
    packages = {f"version.{name}": _installed(name) for name in RECOGNISERS}
    return {
        **packages,
        "version.recognition": str(RECOGNITION),
        "version.libreoffice": office_version(),
    }


def office_program() -> str | None:
    """The path of LibreOffice's program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def office_version() -> str:
    """The version and build of LibreOffice, from the files beside its program."""
    program = office_program()
    if program is None:
        return ABSENT
    folder = Path(os.path.realpath(program)).parent
    told = {**_settings(folder / "bootstraprc"), **_settings(folder / "versionrc")}
    known = [told[name] for name in ("ProductKey", "buildid") if name in told]
    return " ".join(known) or "unknown"


def _settings(path: Path) -> dict[str, str]:
    """The `name=value` lines of a file; none where it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    return {name: value for name, sign, value in (line.partition("=") for line in lines) if sign}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ABSENT
