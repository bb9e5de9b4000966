"""Writes the gate's reports as an office program saves them: doc, xls, pdf and rtf.

    python scripts/write_office_samples.py

Needs LibreOffice (Debian: libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk). Run it
when tests/gate/reports.py changes; a test says when that is due. What it writes is kept with the
tests, so that they need no office program.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.gate import office  # noqa: E402
from tests.gate.reports import reports  # noqa: E402


def main() -> int:
    """Writes all files and the digest of what they were made from."""
    program = shutil.which("soffice")
    if program is None:
        sys.stderr.write("LibreOffice (soffice) is not installed\n")
        return 3
    office.FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for report in reports():
            (folder / f"{report.name}.docx").write_bytes(office.as_docx(report))
            (folder / f"{report.name}.xlsx").write_bytes(office.as_xlsx(report))
        for kind, source in office.SOURCES.items():
            convert(program, folder, kind, source)
    office.write_manifest()
    return 0


def convert(program: str, folder: Path, kind: str, source: str) -> None:
    """Saves all reports in one kind of file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", office.FOLDER]
    files = sorted(folder.glob(f"*.{source}"))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)


if __name__ == "__main__":
    sys.exit(main())
