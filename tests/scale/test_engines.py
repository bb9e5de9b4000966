"""The examples of docs/scale.md: what users' engines make of the Parquet."""

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gongkai
from archive.database import open_readonly
from archive.storage.objects import Storage
from archive.store import Archive
from pipelines.distributed.build import write_all_tables
from pipelines.importing import Declared, import_files
from tests.conftest import ROOT
from tests.pipelines.documents import templates
from tests.scale.stand_in import StandIn

EXAMPLES = dict(
    re.findall(
        r"^```python\n# (\w+)\n(.*?)^```",
        (ROOT / "docs/scale.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("engines")
    (folder / "page.html").write_text(templates.trs(), encoding="utf-8")
    made = Archive(folder / "archive")
    import_files(made, [folder / "page.html"], Declared(), 1)
    return made


def expected(archive: Archive) -> list[tuple[Any, ...]]:
    sql = """SELECT r.agency, r.year, o.value_std FROM observations o
      JOIN reports r USING (report_id, snapshot)
      WHERE r.preferred = 1 AND o.indicator = 'requests.new' AND o.applicant = 'total'
        AND o.method = 'table' AND o.status = 'reported' ORDER BY 1, 2"""
    with closing(open_readonly(archive.database_path)) as connection:
        return [tuple(row) for row in connection.execute(sql)]


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_the_documented_example_gives_the_figures(
    archive: Archive, bucket: Storage, object_store: StandIn, engine: str
) -> None:
    write_all_tables(archive, f"{bucket.url}/tables")
    source = EXAMPLES[engine].replace("s3://gongkai/tables", f"{bucket.url}/tables")
    names: dict[str, Any] = {}
    exec(compile(source, "docs/scale.md", "exec"), names)
    found = names["found"]
    rows = found if isinstance(found, list) else list(found.itertuples(index=False, name=None))
    assert [tuple(row) for row in rows] == expected(archive) != []


def test_a_rebuild_writes_parquet_beside(archive: Archive, tmp_path: Path) -> None:
    url = (tmp_path / "tables").as_uri()
    command = ["rebuild", "--jobs", "1", "--archive", str(archive.directory), "--parquet", url]
    done = CliRunner().invoke(gongkai.cli, command)
    assert done.exit_code == 0, done.output
    assert (Storage(url) / "observations").names() == ["part-00000.parquet"]


@pytest.mark.parametrize("wrong", [["--scheduler", "local"], ["--parquet", "x", "--verify"]])
def test_contradictions_are_refused(archive: Archive, wrong: list[str]) -> None:
    done = CliRunner().invoke(gongkai.cli, ["rebuild", "--archive", str(archive.directory), *wrong])
    assert done.exit_code == 2
