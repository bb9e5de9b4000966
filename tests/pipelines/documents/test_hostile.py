"""Harmful and damaged files of every media type: bounded, one clear problem, nothing fetched."""

import socket
import subprocess
import time
import tracemalloc
from pathlib import Path

import pytest

from pipelines.documents import read_document
from tests.pipelines.documents import hostile, writers

SECONDS = 10.0


@pytest.fixture(autouse=True)
def _nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a document had something fetched or run")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)


@pytest.mark.parametrize("name", hostile.FILES)
def test_one_problem_within_bounds(name: str) -> None:
    write, kind = hostile.FILES[name]
    payload = write()
    start = time.process_time()
    document = read_document(payload)
    assert time.process_time() - start < SECONDS
    assert [problem.kind for problem in document.problems] == [kind]
    assert all(problem.detail for problem in document.problems)


def test_a_bomb_takes_no_more_memory_than_it_may() -> None:
    payload = hostile.FILES["docx: bomb"][0]()
    tracemalloc.start()
    try:
        read_document(payload)
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()


def test_macros_and_links_out_are_left_alone(tmp_path: Path) -> None:
    """A document with a macro project, a template and a picture that lie elsewhere."""
    relations = (
        f'<Relationships xmlns="{writers.PACKAGE}/relationships"><Relationship Id="t" '
        f'Type="{writers.OFFICE}/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    held = hostile.members(writers.docx())
    held |= {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Shell",
        "word/_rels/document.xml.rels": relations.encode(),
    }
    document = read_document(writers.zipped(held))
    assert document.problems == ()
    assert document.blocks == read_document(writers.docx()).blocks


def test_a_zip_that_points_outside_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    document = read_document(writers.zipped({"../../evil.txt": "年报".encode(), "/evil.txt": b"x"}))
    assert [block.place for block in document.blocks] == [
        "zip:../../evil.txt!text:0-2",
        "zip:/evil.txt!text:0-1",
    ]
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "b"]


def test_names_in_gbk_are_told() -> None:
    payload = writers.zipped({"nb.txt": "年报".encode()})
    document = read_document(payload.replace(b"nb.txt", "年1.tx".encode("gb18030")))
    assert [link.url for link in document.links] == ["年1.tx"]


def test_a_number_beyond_all_bounds_costs_its_cell_alone() -> None:
    cells = b"".join(
        b'<c r="%s40"><v>%s</v></c>' % (column, value)
        for column, value in ((b"A", b"1e999999"), (b"B", b"NaN"), (b"C", b"12"))
    )
    row = b'<row r="40">%s</row></sheetData>' % cells
    payload = hostile.changed(
        writers.xlsx(),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"</sheetData>", row),
    )
    grid = next(read_document(payload).grids())
    assert [cell.text for cell in grid.rows[-1]][:3] == ["1e999999", "NaN", "12"]
