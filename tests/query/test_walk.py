"""The walk-through of docs/query.md is run; a release is checked against its schema."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gongkai
from tests.conftest import ROOT
from tests.query.conftest import Run

_FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_documented_walk_can_be_walked(
    archive_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for library in ("pandas", "pyarrow"):
        pytest.importorskip(library)
    (tmp_path / "archive").symlink_to(archive_dir)
    monkeypatch.chdir(tmp_path)
    steps = _FENCE.findall((ROOT / "docs/query.md").read_text(encoding="utf-8"))
    assert len(steps) >= 4
    names: dict[str, Any] = {}
    for step in steps:
        exec(step, names)
    said = capsys.readouterr().out
    assert "【依申请公开】" in said
    assert list(names["reported"]["year"]) == [2018, 2021]
    assert "not_found" in said
    assert (tmp_path / "requests.parquet").stat().st_size > 0


def test_files_name_their_source_and_terms(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for name in ("reports.csv", "reports.parquet"):
        assert run("export", "reports", "-o", str(tmp_path / name)).exit_code == 0
    beside = (tmp_path / "reports.csv.license").read_text(encoding="utf-8")
    assert "2024-03-01" in beside
    assert "Check the terms of the source" in beside
    metadata = parquet.read_schema(tmp_path / "reports.parquet").metadata
    assert b"Check the terms" in metadata[b"licence"]


PATTERNS = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?(E[+-]?\d+)?", "string": r"(?s).+"}


def test_every_cell_of_a_release_is_of_its_declared_type(archive_dir: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    command = ["export", "release", str(tmp_path / "r"), "--archive", str(archive_dir)]
    assert CliRunner().invoke(gongkai.cli, command).exit_code == 0
    described = json.loads((tmp_path / "r/datapackage.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[a-z0-9._/-]+", described["name"])
    names = [one["name"] for one in described["resources"]]
    assert len(names) == len(set(names))
    cells = 0
    for resource in (one for one in described["resources"] if one["format"] == "csv"):
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert len(fields) == len(set(fields)), resource["path"]
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        with (tmp_path / "r" / resource["path"]).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, strict=True):
                for name, text in row.items():
                    assert not text or re.fullmatch(PATTERNS[types[name]], text), (name, text)
                    cells += 1
    assert cells > 1000
