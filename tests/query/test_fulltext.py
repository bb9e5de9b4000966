"""Search finds exactly what a substring scan of the normal form finds."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.fulltext import SCHEMA, fold, indexed, is_exact, normalise, phrase, squeeze
from query.search.highlight import snippet, spans
from query.search.syntax import And, Literal, Or, expression, matches, needs_no_text, parse

ALPHABET = "公开信息申请2013aB ,，。\n　\u200b𠮷１（"
TEXTS = st.lists(st.text(ALPHABET, max_size=30), min_size=1, max_size=8)


def index_of(texts: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    for number, text in enumerate(texts):
        connection.execute(
            "INSERT INTO fulltext (rowid, text) VALUES (?, ?)", (number, indexed(normalise(text)))
        )
    return connection


def found(connection: sqlite3.Connection, match: str) -> set[int]:
    sql = "SELECT rowid FROM fulltext WHERE fulltext MATCH ?"
    return {row[0] for row in connection.execute(sql, (match,))}


def assert_found(texts: list[str], normal: str) -> set[int]:
    """All that hold it are found, and others only where the index says that it is not exact."""
    expected = {n for n, text in enumerate(texts) if normal in normalise(text)}
    with closing(index_of(texts)) as index:
        answered = found(index, phrase(normal))
    assert answered == expected if is_exact(normal) else answered >= expected
    return expected


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.text(ALPHABET, min_size=1, max_size=6))
def test_a_phrase_finds_what_a_scan_finds(texts: list[str], sought: str) -> None:
    normal = normalise(sought)
    if not normal:
        return
    assert_found(texts, normal)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.data())
def test_pieces_of_the_texts_are_found_in_them(texts: list[str], data: st.DataObject) -> None:
    normal = normalise(data.draw(st.sampled_from(texts)))
    start = data.draw(st.integers(0, max(0, len(normal) - 1)))
    piece = normal[start : start + data.draw(st.integers(1, 8))].strip(" ")
    if not piece:
        return
    assert assert_found(texts, piece)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text(ALPHABET + '"()-ANDORT', max_size=30))
def test_the_index_answers_queries_as_their_definition_does(texts: list[str], asked: str) -> None:
    try:
        query = parse(asked)
    except UsageError:
        return
    expected = {n for n, text in enumerate(texts) if matches(query, normalise(text))}
    with closing(index_of(texts)) as index:
        answered = found(index, expression(query))
    assert answered == expected if needs_no_text(query) else answered >= expected


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_the_normal_form_is_the_squeezed_folds(text: str) -> None:
    assert normalise(text) == squeeze("".join(fold(char) for char in text))


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, min_size=1, max_size=3))
def test_a_highlight_covers_what_was_sought(text: str, sought: str) -> None:
    normal = normalise(sought)
    if not normal:
        return
    covered = [normalise(text[first:last]) for first, last in spans(text, Literal(normal))]
    assert bool(covered) == (normal in normalise(text))
    assert all(normal[0] in piece and normal[-1] in piece for piece in covered)


def test_only_what_begins_with_a_sign_before_a_word_is_held_against_the_text() -> None:
    inexact = [
        one
        for one in ("公开", "公开,", "公,开", ",", ",,", ",,公", ",公", "。1件")
        if not is_exact(one)
    ]
    assert inexact == [",公", "。1件"]


def test_any_text_can_be_sought() -> None:
    texts = ['a"b*c', "NEAR(公开)", "公开:开", "^信息", "col:信", "\U00031350字", "🙂公开"]
    with closing(index_of(texts)) as index:
        for number, text in enumerate(texts):
            assert found(index, phrase(normalise(text))) == {number}


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("信息 公开", And((Literal("信息"), Literal("公开")))),
        ('"年 度 报告"', Literal("年度报告")),
        ("“信息公开", Literal("信息公开")),
        ("a OR b", Or((Literal("a"), Literal("b")))),
        ("a NOT b", And((Literal("a"),), (Literal("b"),))),
        ("a -b", And((Literal("a"),), (Literal("b"),))),
        ("a (b OR c)", And((Literal("a"), Or((Literal("b"), Literal("c")))))),
        ("(a", Literal("a")),
        ("AND a OR", Literal("a")),
        ("３,４０５", Literal("3405")),
    ],
)
def test_queries_are_read(asked: str, query: object) -> None:
    assert parse(asked) == query


@pytest.mark.parametrize("asked", ["", "  ", "NOT a", '""', "x" * 1_000_000, "(" * 100 + "a"])
def test_a_query_that_cannot_be_answered_says_so(asked: str) -> None:
    with pytest.raises(UsageError):
        parse(asked)


def test_a_snippet_shows_the_text_as_printed() -> None:
    text = "前" * 100 + "收到政 府 信息公开申请１２件" + "后" * 100
    assert "【政 府 信息公开】申请【１２件】" in snippet(text, parse("政府信息公开 12件"))
