"""A dated release folder: long Parquet, wide panels, coverage, dictionary, checksums."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import UsageError
from query.concordance import dictionary_rows
from query.corpus import Corpus
from query.coverage import COLUMNS as COVERAGE_COLUMNS
from query.coverage import coverage
from query.datapackage import LICENCE_NOTE, Resource, package
from query.dictionary import COLUMNS as DICTIONARY_COLUMNS
from query.dictionary import entries
from query.exports import EXPORTS
from query.exports import rows as export_rows
from query.filters import Filters
from query.formats import writer
from query.output import Answer, whole_file
from query.panel import columns as panel_columns
from query.panel import rows as panel_rows
from query.panel import variables
from query.words import STATUSES

LONG_FORMATS = ("parquet", "csv")
WIDE_FORMATS = ("csv", "xlsx", "dta", "parquet")
# Tables of the release -> formats.
LONG = ("observations", "reports", "checks", "problems", "events", "agencies")


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    title: str
    answer: Answer
    format: str


def write_release(corpus: Corpus, folder: Path, filters: Filters) -> list[Path]:
    """Writes a release into `folder`, which must be new or empty; returns its files.

    Raises:
        UsageError: the folder holds something already.
        SurroundingsError: a format's library is missing, or the folder cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty: a release gets a folder of its own")
    formats = {one: writer(one) for one in (*LONG_FORMATS, *WIDE_FORMATS)}
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for table in _tables(corpus, filters):
        path = folder / f"{table.name}.{table.format}"
        with whole_file(path) as stream:
            formats[table.format](table.answer.columns, table.answer.rows, stream)
        size, digest = path.stat().st_size, _digest(path)
        resources.append(Resource(path.name, table.title, table.answer.columns, size, digest))
    _write_text(folder, corpus, resources)
    return sorted(folder.iterdir())


def _tables(corpus: Corpus, filters: Filters) -> Iterator[_Table]:
    for name in LONG:
        export = EXPORTS[name]
        for one in LONG_FORMATS:
            answer = Answer(export.described, export_rows(corpus, export, filters))
            yield _Table(name, export.title, answer, one)
    for name, form in (("panel", ""), *((f"panel-{form}", form) for form in _forms(corpus))):
        wanted = variables((), form, "close", every=True)
        chosen = replace(filters, form=form)
        title = f"Agency by year, {f'form {form}' if form else 'across forms by the concordance'}"
        for one in WIDE_FORMATS:
            found = panel_rows(corpus, wanted, chosen, letters=one == "dta")
            yield _Table(name, title, Answer(panel_columns(wanted), found), one)
    lines = coverage(corpus, filters)
    covered = [row for line in lines for row in line.rows()]
    yield _Table("coverage", "What was found", Answer(COVERAGE_COLUMNS, covered), "csv")
    words = Answer(DICTIONARY_COLUMNS, dictionary_rows(entries().values()))
    yield _Table("dictionary", "The indicators", words, "csv")


def _forms(corpus: Corpus) -> list[str]:
    """The forms that stand in the corpus and print indicators of their own."""
    known = {form for entry in entries().values() for form in entry.forms}
    sql = "SELECT DISTINCT form FROM reports WHERE preferred = 1 ORDER BY form"
    present = {part for row in corpus.rows(sql) for part in str(row[0]).split("+")}
    return sorted(present & known - {"prose"})


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def release_version(corpus: Corpus) -> str:
    """The date of the newest capture: equal archives give equal releases."""
    return str(next(corpus.rows("SELECT max(date) FROM captures"))[0] or "")[:10]


def _write_text(folder: Path, corpus: Corpus, resources: Sequence[Resource]) -> None:
    version = release_version(corpus)
    made_by = {str(key): value for key, value in corpus.rows("SELECT key, value FROM meta")}
    described = package("gongkai-release", version, resources, {"gongkai": made_by})
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / "README.md").write_text(_readme(version, resources), encoding="utf-8")
    sums = [(path.name, _digest(path)) for path in sorted(folder.iterdir())]
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums)
    (folder / "SHA256SUMS").write_text(lines, encoding="utf-8")


def _readme(version: str, resources: Sequence[Resource]) -> str:
    files = "\n".join(f"- `{one.path}` {one.title}" for one in resources)
    words = "\n".join(
        f"- `{name}` {word.english} {word.chinese}, in Stata `.{word.letter}`"
        for name, word in STATUSES.items()
        if word.letter
    )
    return (
        f"# Annual reports on open government information, release of {version}\n\n"
        "Figures read from 政府信息公开工作年度报告, each with its source page, archived record and"
        f" place. {LICENCE_NOTE}\n\n## Files\n\n{files}\n\n"
        "## Statuses\n\nBlank is not zero. A missing figure always says which kind it is:\n\n"
        f"{words}\n\n`sha256sum -c SHA256SUMS` checks the files; `datapackage.json` describes every"
        " column.\n"
    )
