"""What may be asked: words, "phrases", AND, OR, NOT and brackets; words side by side mean AND.

Every word is sought as a substring of the normal form (see `archive.fulltext`), so nothing a
person types is an operator of the database's own query language.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from archive.errors import UsageError
from archive.fulltext import is_exact, loosely, normalise, phrase

LONGEST_QUERY_CHARS = 1_000
DEEPEST_BRACKETS = 20
LEXEMES = re.compile(
    r"""["“”„]([^"“”„]*)["“”„]?   # a phrase; the closing quote may be missing
      | ([()（）])                  # brackets
      | (-)(?=[^\s()（）])          # -word excludes
      | ([^\s()（）"“”„]+)          # a word
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text to be found as a substring, in normal form and not empty."""

    normal: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts, and none of `without`."""

    parts: tuple["Query", ...]
    without: tuple["Query", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple["Query", ...]


Query: TypeAlias = Literal | And | Or


def parse(text: str) -> Query:
    """Reads a query.

    Raises:
        UsageError: it is empty, too long, too deeply bracketed, or only excludes.
    """
    if len(text) > LONGEST_QUERY_CHARS:
        raise UsageError(f"the query is too long: at most {LONGEST_QUERY_CHARS} characters")
    parser = _Parser(_lex(text))
    query = parser.alternatives(0)
    if query is None:
        raise UsageError("nothing to search for: give at least one word, such as 信息公开")
    return query


def expression(query: Query, places: bool = True) -> str:
    """The query in the index's own language.

    It may find other reports as well, those of an index without `places` above all: unless the
    query `needs_no_text`, what is found is held against the text (`matches`).
    """
    match query:
        case Literal(normal):
            return phrase(normal) if places else loosely(normal)
        case Or(parts):
            return "(" + " OR ".join(expression(part, places) for part in parts) + ")"
        case And(parts, without):
            wanted = "(" + " AND ".join(expression(part, places) for part in parts) + ")"
            exact = [expression(w, places) for w in without if needs_no_text(w, places)]
            return f"({wanted} NOT ({' OR '.join(exact)}))" if exact else wanted


def needs_no_text(query: Query, places: bool = True) -> bool:
    """Whether the index, with or without `places`, answers a query by itself."""
    match query:
        case Literal(normal):
            return is_exact(normal, places)
        case Or(parts):
            return all(needs_no_text(part, places) for part in parts)
        case And(parts, without):
            return all(needs_no_text(part, places) for part in (*parts, *without))


def matches(query: Query, normal: str) -> bool:
    """Whether a text in normal form answers the query: the definition that the index implements."""
    match query:
        case Literal(sought):
            return sought in normal
        case Or(parts):
            return any(matches(part, normal) for part in parts)
        case And(parts, without):
            return all(matches(part, normal) for part in parts) and not any(
                matches(part, normal) for part in without
            )


def literals(query: Query) -> tuple[str, ...]:
    """The texts to be shown highlighted: those sought, not those excluded."""
    if isinstance(query, Literal):
        return (query.normal,)
    return tuple(text for part in query.parts for text in literals(part))


def _lex(text: str) -> list[tuple[str, str]]:
    lexemes = []
    for quoted, bracket, minus, word in LEXEMES.findall(text):
        if bracket:
            lexemes.append(("(" if bracket in "(（" else ")", bracket))
        elif minus or word == "NOT":
            lexemes.append(("NOT", word))
        elif word in ("AND", "OR"):
            lexemes.append((word, word))
        elif normal := normalise(word or quoted):
            lexemes.append(("literal", normal))
    return lexemes


class _Parser:
    """Recursive descent that forgives: stray operators and brackets are passed over."""

    def __init__(self, lexemes: list[tuple[str, str]]) -> None:
        self.lexemes = lexemes
        self.at = 0

    def kind(self) -> str:
        return self.lexemes[self.at][0] if self.at < len(self.lexemes) else ""

    def alternatives(self, depth: int) -> Query | None:
        if depth > DEEPEST_BRACKETS:
            raise UsageError(f"brackets more than {DEEPEST_BRACKETS} deep")
        parts = [self.conjunction(depth)]
        while self.kind() == "OR" or (depth == 0 and self.kind() == ")"):
            self.at += 1
            parts.append(self.conjunction(depth))
        found = tuple(part for part in parts if part is not None)
        return found[0] if len(found) == 1 else Or(found) if found else None

    def conjunction(self, depth: int) -> Query | None:
        wanted: list[Query] = []
        without: list[Query] = []
        into = wanted
        while (kind := self.kind()) not in ("", "OR", ")"):
            self.at += 1
            if kind in ("AND", "NOT"):
                into = without if kind == "NOT" else into
                continue
            part = self.operand(kind, depth)
            if part is not None:
                into.append(part)
            into = wanted
        return _conjunction(tuple(wanted), tuple(without))

    def operand(self, kind: str, depth: int) -> Query | None:
        if kind == "literal":
            return Literal(self.lexemes[self.at - 1][1])
        inner = self.alternatives(depth + 1)
        if self.kind() == ")":
            self.at += 1
        return inner


def _conjunction(wanted: tuple[Query, ...], without: tuple[Query, ...]) -> Query | None:
    if without and not wanted:
        raise UsageError("a query cannot only exclude: give a word to look for as well")
    if len(wanted) == 1 and not without:
        return wanted[0]
    return And(wanted, without) if wanted else None
