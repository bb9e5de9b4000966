"""The full-text index: overlapping pairs of characters, so that search finds every substring.

Text is brought to a normal form (`normalise`), in which only single spaces separate runs of other
characters. A run `ABC` is indexed as the tokens `AB`, `BC` and `C`; a run sought becomes the
phrase of its pairs. Behind them stands each character of the text once, marked as such: it answers
for single characters. What a substring scan of the normal form finds is found, and nothing else.
Tokens are written in a code of ASCII letters and digits, so that no version of a tokenizer's
character tables can change what is found.
"""

import re
import sqlite3
import unicodedata
from operator import add
from string import ascii_lowercase, digits

CODE_LETTERS = digits + ascii_lowercase
CODE_WIDTH = 4
PRESENT = "z"  # marks a character that stands in a text; no code begins with it
# Blanks within a line between two Chinese characters are layout ("年 度 报 告"), not words.
CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BLANKS_IN_CJK = re.compile(rf"(?<=[{CJK}]) +(?=[{CJK}])")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SPACE = re.compile(r"[ \n]+")

# Beside the index, the facts by which reports are chosen: reading them from `reports` would read
# past all texts.
FACTS = (
    "report_id, snapshot, year, preferred, agency_id, agency, agency_printed, region_code, region,"
    " form, scope, stated_date, signed_date, first_seen, source_url, level, tables, title, page_url"
)
# The column listed first takes the least room, so it is that of the texts.
SCHEMA = """
CREATE TABLE fulltext_reports (
  docid INTEGER PRIMARY KEY,
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  year INTEGER,
  preferred INTEGER NOT NULL,
  agency_id TEXT NOT NULL,
  agency TEXT NOT NULL,
  agency_printed TEXT NOT NULL,
  region_code TEXT NOT NULL,
  region TEXT NOT NULL,
  form TEXT NOT NULL,
  scope TEXT NOT NULL,
  stated_date TEXT NOT NULL,
  signed_date TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  source_url TEXT NOT NULL,
  level TEXT NOT NULL,
  tables TEXT NOT NULL,
  title TEXT NOT NULL,
  page_url TEXT NOT NULL
);
CREATE INDEX fulltext_reports_by_report ON fulltext_reports (report_id, snapshot);
CREATE INDEX fulltext_reports_by_agency ON fulltext_reports (agency_id, year);
CREATE INDEX fulltext_reports_by_region ON fulltext_reports (region_code);
CREATE VIRTUAL TABLE fulltext USING fts5(text, title, content='', tokenize='ascii');
"""
# Above so many reports the index tells in which texts a pair of characters stands, not where: it is
# a fourth of the size, and what it finds is held against the text.
PLACES_UP_TO = 500_000
_PLACES, _NO_PLACES = "tokenize='ascii')", "tokenize='ascii', detail=none)"
SMALLER_SCHEMA = SCHEMA.replace(_PLACES, _NO_PLACES)


class _Folded(dict[int, str]):
    """Character to its normal form, worked out once for each character met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        self[code] = folded
        return folded


class _Codes(dict[str, str]):
    """Character to its code of `CODE_WIDTH` letters and digits, worked out once."""

    def __missing__(self, char: str) -> str:
        number, code = ord(char), ""
        for _ in range(CODE_WIDTH):
            number, rest = divmod(number, len(CODE_LETTERS))
            code = CODE_LETTERS[rest] + code
        self[char] = code
        return code


def _fold(char: str) -> str:
    if char in "\n\r\u2028\u2029\f\v":
        return "\n"
    if char.isspace():
        return " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs"):
        return ""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
    return SPACE.sub(" ", folded)


_FOLDED = _Folded()
_CODES = _Codes()


def fold(char: str) -> str:
    """One character's normal form: compatibility forms and case folded; may be empty or longer."""
    return _FOLDED[ord(char)]


def normalise(text: str) -> str:
    """The normal form in which text is searched.

    Characters are folded one by one (full width, case), blanks between two Chinese characters of a
    line and commas between thousands are dropped, other white space becomes one space.
    """
    return squeeze(text.translate(_FOLDED))


def squeeze(folded: str) -> str:
    """The second half of `normalise`: drops and joins white space and thousands commas."""
    without_blanks = BLANKS_IN_CJK.sub("", folded)
    return SPACE.sub(" ", THOUSANDS.sub("", without_blanks)).strip(" ")


def tokens(normal: str) -> list[str]:
    """The tokens of a normalised text: for each run its pairs, then its last character alone."""
    found: list[str] = []
    for run in normal.split(" "):
        codes = [_CODES[char] for char in run]
        found += map(add, codes, codes[1:])
        found += codes[-1:]
    return found


def phrase(normal: str, counted: bool = False) -> str:
    """The FTS5 expression that finds a normalised, non-empty text as a substring.

    `counted` has it find every place of a single character, for ranking; that takes longer.
    """
    if len(normal) == 1 and not counted:
        return f'"{PRESENT}{_CODES[normal]}"'
    sought = tokens(normal)
    last_run = normal.rsplit(" ", 1)[-1]
    if len(last_run) == 1:  # a single character begins a pair or stands alone: a prefix of both
        return f'"{" ".join(sought)}" *'
    return f'"{" ".join(sought[:-1])}"'


def loosely(normal: str) -> str:
    """The FTS5 expression that an index without places has for a normalised, non-empty text.

    It finds all texts that hold it, and others that hold its pairs apart.
    """
    sought = tokens(normal)
    last = sought.pop()
    if len(normal.rsplit(" ", 1)[-1]) == 1:
        sought.append(PRESENT + last)
    return "(" + " AND ".join(f'"{token}"' for token in dict.fromkeys(sought)) + ")"


def is_exact(normal: str) -> bool:
    """Whether `loosely` finds a text and nothing else: one pair, or a single character."""
    return len(normal) <= 2 and " " not in normal


def has_places(connection: sqlite3.Connection) -> bool:
    """Whether the index of a database tells where a pair of characters stands."""
    return _NO_PLACES not in _made_by(connection)


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index of a database, if it has one, is of the kind that is made and asked here.

    One made by an earlier version would pass over texts without a word.
    """
    made_by = _made_by(connection)
    return not made_by or any(made_by in schema for schema in (SCHEMA, SMALLER_SCHEMA))


def _made_by(connection: sqlite3.Connection) -> str:
    """The statement that made the index; empty where there is none."""
    row = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'fulltext'").fetchone()
    return str(row[0]) if row else ""


def fill(connection: sqlite3.Connection, places_up_to: int = PLACES_UP_TO) -> None:
    """Makes the index anew from table `reports`, in key order, in one transaction.

    Of more reports than `places_up_to` it tells texts, not places.

    Rows are numbered from the oldest year to the newest, so that the newest are found first by
    reading backwards. A transaction that is open is joined and left open.
    """
    joined = connection.in_transaction
    if not joined:
        connection.execute("BEGIN IMMEDIATE")
    try:
        count = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        _fill(connection, SCHEMA if count <= places_up_to else SMALLER_SCHEMA)
    except BaseException:
        if not joined:
            connection.rollback()
        raise
    if not joined:
        connection.commit()


def _fill(connection: sqlite3.Connection, schema: str) -> None:
    connection.execute("DROP TABLE IF EXISTS fulltext")
    connection.execute("DROP TABLE IF EXISTS fulltext_reports")
    for statement in schema.split(";\n"):
        connection.execute(statement)
    connection.execute(
        f"INSERT INTO fulltext_reports ({FACTS}) SELECT {FACTS} FROM reports"
        " ORDER BY coalesce(year, 0), coalesce(nullif(stated_date, ''), signed_date),"
        " report_id, snapshot"
    )
    documents = connection.execute(
        "SELECT f.docid, r.title, r.text FROM fulltext_reports f"
        " JOIN reports r USING (report_id, snapshot) ORDER BY f.docid"
    )
    connection.executemany(
        "INSERT INTO fulltext (rowid, text, title) VALUES (?, ?, ?)",
        ((docid, indexed(text), indexed(title)) for docid, title, text in documents),
    )
    connection.execute("INSERT INTO fulltext (fulltext) VALUES ('optimize')")


def indexed(text: str) -> str:
    """A text as it is fed to the index."""
    normal = normalise(text)
    found = tokens(normal)
    found += [PRESENT + _CODES[char] for char in sorted(set(normal) - {" "})]
    return " ".join(found)
