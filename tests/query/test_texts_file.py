"""Figures and texts in two files: asked together, and figures alone."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

import gongkai
from archive.database import DatabaseWriter, switch_in
from archive.errors import SurroundingsError
from archive.store import Archive
from query.corpus import opened
from tests.archive.readings import capture, reading, report
from tests.query.corpus import Builder

Ask = Callable[..., Result]


@pytest.fixture
def figures(archive_dir: Path, tmp_path: Path) -> Path:
    """The corpus without its file of texts."""
    shutil.copy(archive_dir / "gongkai.db", tmp_path)
    return tmp_path


@pytest.fixture
def ask(figures: Path) -> Ask:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(gongkai.cli, [*arguments, "--archive", str(figures)])

    return invoke


@pytest.mark.parametrize(
    "command",
    [
        ("series", "requests.new"),
        ("export", "observations"),
        ("export", "panel"),
        ("coverage",),
        ("compliance",),
        ("cite", "0000000000000001"),
        ("show", "0000000000000001"),
        ("explain", "f000000000000000"),
        ("sql", "SELECT count(*) FROM observations"),
    ],
)
def test_figures_are_answered_without_texts(ask: Ask, command: tuple[str, ...]) -> None:
    result = ask(*command)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("search", "申请"), 3),
        (("export", "texts"), 3),
        (("export", "sections"), 3),
        (("show", "0000000000000001", "--text"), 3),
        (("sql", "SELECT * FROM sections"), 2),
    ],
)
def test_who_asks_for_texts_is_told_which_file_is_missing(
    ask: Ask, archive_dir: Path, command: tuple[str, ...], status: int
) -> None:
    (gone,) = archive_dir.glob("gongkai.db-texts-*")
    result = ask(*command)
    assert (result.exit_code, result.stdout) == (status, "")
    assert gone.name in result.stderr
    assert "missing" in result.stderr


def test_no_text_is_not_an_empty_text(ask: Ask) -> None:
    told = json.loads(ask("show", "0000000000000001", "--format", "json").stdout)
    assert told["sections"] is None
    assert told["figures"]


def _add(directory: Path, text: str) -> None:
    """Stores and settles a report as a run does."""
    with DatabaseWriter(directory / "gongkai.db") as database:
        database.replace(reading(capture("new"), report(text=text)))
        database.finish()


def test_an_open_library_goes_on_to_what_was_settled_since(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(text="旧的文字")
    with gongkai.open(build.finish()) as library:
        assert len(library.search("文字").rows()) == 1
        rows = iter(library.export("texts"))
        _add(tmp_path, "新的文字")
        assert [row["text"] for row in rows] == ["旧的文字"]
        assert len(library.search("文字").rows()) == 2
        assert library.report("urn:new").text == "新的文字"


def _site(directory: Path) -> Callable[[str], str]:
    from query.web.server import application

    site = application(directory)

    def get(address: str) -> str:
        async def answer() -> str:
            transport = httpx.ASGITransport(app=site)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as one:
                return str((await one.get(address)).text)

        return asyncio.run(answer())

    return get


def test_sql_pages_ask_the_database_that_a_rebuild_put_in_the_place(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "100%25 #档案?")
    archive.create()
    for directory, text, places in ((archive.directory, "旧", 1), (tmp_path / "fresh", "新", 0)):
        build = Builder(directory)
        build.report(text=f"{text}的文字")
        build.finish(places_up_to=places)
    get = _site(archive.directory)
    asked = (
        "/gongkai.json?_shape=arrayfirst&sql=SELECT t.text FROM fulltext JOIN fulltext_reports f"
        " ON f.docid = fulltext.rowid JOIN report_texts t USING (report_id, snapshot)"
        " WHERE fulltext MATCH zh_query('的文字')"
    )
    for _ in range(4):  # as often as there are threads, and more
        assert json.loads(get(asked)) == ["旧的文字"]
    switch_in(archive, tmp_path / "fresh" / "gongkai.db")
    for _ in range(4):
        assert json.loads(get(asked)) == ["新的文字"]


def test_the_site_asks_the_texts_of_the_moment(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    build.report(text="旧的文字")
    get = _site(build.finish())

    asked = "/gongkai.json?sql=SELECT+text+FROM+report_texts&_shape=arrayfirst"
    assert json.loads(get(asked)) == ["旧的文字"]
    _add(tmp_path, "新的文字")
    assert sorted(json.loads(get(asked))) == ["新的文字", "旧的文字"]
    for path in tmp_path.glob("gongkai.db-texts-*"):
        path.unlink()
    page = get("/report/urn:new?lang=en")
    assert "The file of texts is not beside the figures" in page
    assert "gongkai.db-texts-" in get("/search?q=文字")


def test_a_database_of_another_version_is_named(figures: Path) -> None:
    with closing(sqlite3.connect(figures / "gongkai.db")) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(SurroundingsError, match=r"version 2.*rebuild"), opened(figures):
        pass
