"""Citations, the release folder and the Python interface."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from archive.errors import UsageError
from query.api import open_library
from tests.query.conftest import Run


def test_a_citation_names_page_record_and_version(run: Run) -> None:
    text = run("cite", "work2").stdout
    assert text == (
        "济宁市科学技术局. 济宁市科学技术局2021年政府信息公开工作年度报告[EB/OL]. (2022-01-26)"
        "[2024-03-01]. http://kjj.jining.gov.cn/art/2.html. 存档记录"
        " urn:uuid:00000000-0000-0000-0000-000000000002，报告 0000000000000002 第1版.\n"
    )
    figure = run("cite", "f000000000000002", "--style", "csl").stdout
    entry = json.loads(figure)[0]
    assert "自然人" in entry["note"]
    assert entry["issued"] == {"date-parts": [[2022, 1, 26]]}
    assert run("cite", "work2", "--style", "bibtex").stdout.startswith("@online{gongkai_")
    assert run("cite", "work2", "--style", "mla").exit_code == 2
    assert run("cite", "none").exit_code == 2


def test_a_release_can_be_checked(run: Run, tmp_path: Path) -> None:
    for library in ("pyarrow", "xlsxwriter"):
        pytest.importorskip(library)
    folder = tmp_path / "release"
    result = run("export", "release", str(folder))
    assert result.exit_code == 0, result.output
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert described["version"] == "2024-03-01"
    for resource in described["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if resource["format"] == "csv":
            header = next(csv.reader(data.decode().splitlines()))
            assert header == [field["name"] for field in resource["schema"]["fields"]]
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    names = {path.name for path in folder.iterdir()}
    wanted = {"observations.parquet", "panel.dta", "panel-2021.xlsx", "coverage.csv", "README.md"}
    assert wanted | {"dictionary.csv"} <= names
    assert run("export", "release", str(folder)).exit_code == 2


def test_equal_archives_give_equal_releases(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    sums = []
    for name in ("a", "b"):
        run("export", "release", str(tmp_path / name))
        text = (tmp_path / name / "SHA256SUMS").read_text(encoding="utf-8")
        sums.append(text)
    assert len(sums[0].splitlines()) > 20
    assert sums[0] == sums[1]


def test_the_library_answers_as_the_commands_do(archive_dir: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with open_library(archive_dir) as library:
        assert [hit["year"] for hit in library.search("申请")] == [2022, 2021, 2018]
        frame = library.series("requests.new", agency="科学技术局").frame()
        assert list(frame["year"]) == [2018, 2019, 2020, 2021]
        assert frame["value"].isna().tolist() == [False, True, True, False]
        assert isinstance(frame, pandas.DataFrame)
        assert library.report("work2").facts["year"] == 2021
        assert len(library.export("reports").rows()) == 3
        assert library.sql("SELECT 1 AS one").rows() == [{"one": 1}]
        assert [row["requests_new"] for row in library.panel(form="2021")] == [None, 0]
        assert "三明市教育局 2022" in next(iter(library.compare(agencies=["科学", "教育"])))
        assert {row["coverage"] for row in library.coverage()} >= {"found", "not_looked"}
        assert library.indicators("新收").rows()[0]["indicator"] == "requests.new"
        assert "自然人" in library.cite("f000000000000002")
        with pytest.raises(UsageError):
            library.report("none")


def test_a_table_writes_a_file(archive_dir: Path, tmp_path: Path) -> None:
    with open_library(archive_dir) as library:
        library.export("observations", indicator="requests").write(tmp_path / "x.csv")
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 4
