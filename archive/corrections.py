"""Human corrections: rows of `corrections/*.csv` in the archive, versioned by whoever keeps it.

Columns: report_id, indicator, applicant, category, period, raw, value, reason, author. `raw` is the
text as printed that the correction expects; `value` what a person holds to be meant.
"""

import csv
from collections.abc import Iterator

from archive.errors import UsageError
from archive.store import Archive, reported

REQUIRED = ("report_id", "indicator", "raw", "value", "reason", "author")
OPTIONAL = {"applicant": "", "category": "", "period": "year"}


def read(archive: Archive) -> Iterator[dict[str, str]]:
    """All corrections, in order of file name and line.

    Raises:
        UsageError: naming file and line, where a row lacks what it needs.
    """
    for path in sorted(archive.corrections_dir.glob("*.csv")):
        with reported(path), path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            for row in reader:
                named = {name: value or "" for name, value in row.items() if name}
                yield _checked(named, f"{path}, line {reader.line_num}")


def _checked(row: dict[str, str], place: str) -> dict[str, str]:
    lacking = [name for name in REQUIRED if not row.get(name)]
    if lacking:
        raise UsageError(f"{place}: lacks {', '.join(lacking)}")
    known = {name: row[name] for name in REQUIRED}
    return {**known, **{name: row.get(name) or usual for name, usual in OPTIONAL.items()}}
