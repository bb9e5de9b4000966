"""What keeps a large corpus quick: an index without places, bounded counts and ranking."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import fulltext, texts, totals
from archive.dbfile import open_writable
from archive.errors import SurroundingsError
from query.corpus import Corpus, opened
from query.filters import Filters
from query.search import find
from query.search.find import Total, count, search
from query.web.data import front, quality
from tests.query.corpus import Builder

LETTERS = "申请公开信息1a"
written_texts = st.lists(st.text(LETTERS + " ，", max_size=12), min_size=1, max_size=6)


def _ids(corpus: Corpus, words: str, relevance: bool = False) -> list[str]:
    found = search(corpus, words, Filters(), limit=100, relevance=relevance)
    return [hit.report_id for hit in found]


def _without_places(directory: Path) -> None:
    path = directory / "gongkai.db"
    with closing(open_writable(path)) as connection:
        connection.execute("BEGIN")
        texts.settle(connection, path, places_up_to=0)
        connection.execute("COMMIT")
        texts.attach(connection, path)
        assert not fulltext.has_places(connection)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A corpus of forty reports made of few characters, so that all are common."""
    drawn = random.Random(3)
    build = Builder(tmp_path)
    for n in range(40):
        said = "".join(drawn.choices(LETTERS + " ，\n", k=30))
        build.report(text=said, title=f"报告{n}")
    return build.finish()


QUERIES = ["申", "申请", "申请公", "公开 信息", "申请 OR 开信", "公开 NOT 申请", "报告7", "1 a",
           "开信息1", '"请公"', "没有", "，公", "申 NOT ，开", "，"]  # fmt: skip


def test_an_index_without_places_finds_the_same(directory: Path) -> None:
    with opened(directory) as corpus:
        expected = [(_ids(corpus, words), count(corpus, words, Filters())) for words in QUERIES]
    assert sum(bool(ids) for ids, _ in expected) > 6
    _without_places(directory)
    with opened(directory) as corpus:
        found = [(_ids(corpus, words), count(corpus, words, Filters())) for words in QUERIES]
        assert found == expected
        for words, (ids, _) in zip(QUERIES, expected, strict=True):
            assert sorted(_ids(corpus, words, relevance=True)) == sorted(ids)
        sql = (
            "SELECT count(*) FROM fulltext JOIN fulltext_reports f ON f.docid = fulltext.rowid"
            " JOIN report_texts t USING (report_id, snapshot) WHERE fulltext MATCH zh_query(?1)"
            " AND zh_match(?1, f.title || char(10) || t.text)"
        )
        assert [next(corpus.rows(sql, (w,)))[0] for w in QUERIES] == [len(i) for i, _ in expected]


@given(written_texts, st.text(LETTERS, min_size=1, max_size=5))
def test_no_text_that_holds_it_is_passed_over(written: list[str], sought: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(fulltext.SMALLER_SCHEMA)
    for n, text in enumerate(written):
        connection.execute(
            "INSERT INTO fulltext (rowid, title, text) VALUES (?, '', ?)",
            (n, fulltext.indexed(fulltext.normalise(text))),
        )
    normal = fulltext.normalise(sought)
    sql = "SELECT rowid FROM fulltext WHERE fulltext MATCH ?"
    found = {row[0] for row in connection.execute(sql, (fulltext.loosely(normal),))}
    holding = {n for n, text in enumerate(written) if normal in fulltext.normalise(text)}
    connection.close()
    assert holding <= found
    if fulltext.is_exact(normal, places=False):
        assert holding == found


def test_an_index_of_another_version_is_refused(directory: Path) -> None:
    (beside,) = directory.glob("gongkai.db-texts-*")
    with closing(sqlite3.connect(beside)) as connection, connection:
        connection.execute("DROP TABLE fulltext")
        former = "CREATE VIRTUAL TABLE fulltext USING fts5(title, text, content='', prefix='4')"
        connection.execute(former)
    with pytest.raises(SurroundingsError, match="rebuild"), opened(directory):
        pass


@given(written_texts, st.sampled_from(LETTERS + "，"))
def test_both_indexes_find_a_character_alike(written: list[str], sought: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(fulltext.SCHEMA)
        for n, text in enumerate(map(fulltext.normalise, written)):
            pairs, characters = fulltext.indexed(text), fulltext.characters(text)
            connection.execute("INSERT INTO fulltext (rowid, text) VALUES (?, ?)", (n, pairs))
            sql = "INSERT INTO fulltext_characters (rowid, characters) VALUES (?, ?)"
            connection.execute(sql, (n, characters))
        normal = fulltext.normalise(sought)
        asked = {
            "fulltext": fulltext.phrase(normal),
            "fulltext_characters": fulltext.character(normal),
        }
        by_pairs, by_characters = (
            [row[0] for row in connection.execute(f"SELECT rowid FROM {table}(?)", (match,))]
            for table, match in asked.items()
        )
    assert by_pairs == by_characters == [n for n, text in enumerate(written) if sought in text]


def test_of_very_many_it_is_told_that_there_are_more(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MOST_COUNTED", 5)
    monkeypatch.setattr(find, "MOST_READ", 3)
    with opened(directory) as corpus:
        assert count(corpus, "申", Filters()) == Total(5, more=True)
        assert str(count(corpus, "申", Filters())) == "more than 5"
    _without_places(directory)
    with opened(directory) as corpus:
        assert count(corpus, "申", Filters()) == Total(5, more=True)
        assert count(corpus, "公开 NOT 申请公开信息", Filters()) == Total(3, more=True)


def test_only_the_newest_are_ranked(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "MOST_RANKED", 4)
    with opened(directory) as corpus:
        newest = _ids(corpus, "申")[:4]
        assert sorted(_ids(corpus, "申", relevance=True)) == sorted(newest)


def test_the_front_page_counts_nothing_anew(directory: Path) -> None:
    with opened(directory) as corpus:
        counted = front(corpus)
    with closing(sqlite3.connect(directory / "gongkai.db")) as connection, connection:
        totals.fill(connection)
    with opened(directory) as corpus:
        assert front(corpus) == counted
        asked: list[str] = []
        corpus.connection.set_trace_callback(asked.append)
        front(corpus)
    assert not [sql for sql in asked if "count(" in sql]
    assert counted["counts"]["reports"] == len(counted["newest"]) * 2 == 40


def test_the_quality_page_reads_what_the_linking_pass_chose(tmp_path: Path) -> None:
    build = Builder(tmp_path)
    for n, value in enumerate((5, 90, 7)):
        report = build.report(year=2020 + n, tables="partial" if n else "read")
        build.observe(report, "requests.new", value, applicant="total")
        facts = {"report_id": report[0], "snapshot": report[1], "n": 0, "clause": "1 = 2"}
        build.insert("checks", **facts, identity="a", verdict="fails", difference=str(n))
    with opened(build.finish()) as corpus:
        chosen = quality(corpus)
    assert [len(chosen[name]) for name in ("failed", "unread", "jumps")] == [3, 2, 2]
    with closing(sqlite3.connect(tmp_path / "gongkai.db")) as connection, connection:
        totals.fill(connection)
        connection.execute("DELETE FROM checks")
        connection.execute("DELETE FROM observations")
    with opened(tmp_path) as corpus:
        assert quality(corpus) == chosen
