"""The full-text index: overlapping pairs of characters, so that search finds every substring.

Text is brought to a normal form (`normalise`), in which only single spaces separate runs of other
characters. Each character with the one behind it is a token (behind the last stands a space), so
that a text sought is the phrase of its pairs: what a substring scan of the normal form finds is
found, and nothing else. To save room a sign has no pair with the character behind it; what begins
with one is held against the text (`is_exact`). A second, small index tells in which texts a single
character stands. Tokens are split at ASCII spaces alone, so that no version of a tokenizer's
character tables can change what is found.
"""

import re
import sqlite3
import unicodedata
from array import array

# Blanks within a line between two Chinese characters are layout ("年 度 报 告"), not words.
CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Patterns that begin with a character are looked for at once, those that look behind everywhere.
BLANKS_IN_CJK = re.compile(rf" (?<=[{CJK}] ) *(?=[{CJK}])")
THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
SPACE = re.compile(r"[ \n]+")

# Beside the index, the facts by which reports are chosen.
FACTS = (
    "report_id, snapshot, year, preferred, agency_id, agency, agency_printed, region_code, region,"
    " form, scope, title"
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
  title TEXT NOT NULL
);
CREATE VIRTUAL TABLE fulltext USING fts5(text, title, content='', tokenize='ascii');
CREATE VIRTUAL TABLE fulltext_characters USING fts5(
  characters, content='', detail=none, tokenize='ascii'
);
"""
# Above so many reports the index tells in which texts a pair of characters stands, not where: it is
# a fourth of the size, and what it finds is held against the text.
PLACES_UP_TO = 500_000
_PLACES, _NO_PLACES = (
    "title, content='', tokenize='ascii')",
    "title, content='', tokenize='ascii', detail=none)",
)
SMALLER_SCHEMA = SCHEMA.replace(_PLACES, _NO_PLACES)
# What new entries may take in memory before they are written out and merged with former ones.
HASH_BYTES = 8_000_000


_ADD = "INSERT INTO fulltext (rowid, text, title) VALUES (?, ?, ?)"
_ADD_CHARACTERS = "INSERT INTO fulltext_characters (rowid, characters) VALUES (?, ?)"


class _Folded(dict[int, str]):
    """Character to its normal form, worked out once for each character met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        self[code] = folded
        return folded


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
# What ends a token, ASCII spaces and signs, stands in tokens as its full-width form: no normal form
# has one of its own.
_WIDE_SPACE = "\u3000"
_WIDENED = (
    (" ", _WIDE_SPACE),
    *((chr(n), chr(n + 0xFEE0)) for n in range(0x21, 0x7F) if not chr(n).isalnum()),
)
# Signs of which a report has many, as they stand in tokens.
SIGNS = "，。；、：（）“”《》"
_SIGN_FIRST = re.compile(f"[{SIGNS}][^{SIGNS}{_WIDE_SPACE} ](?: |$)")
_SPACE_UNIT = array("I", " ".encode("utf-32-le"))


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


def indexed(normal: str) -> str:
    """A normalised text as it is fed to the index: its pairs, then each of its signs once."""
    wide = _widened(normal)
    signs = "".join(f" {sign}" for sign in SIGNS if sign in wide)
    return _pairs(wide + _WIDE_SPACE) + signs if wide else ""


def characters(*normal: str) -> str:
    """Normalised texts as they are fed to the index of single characters."""
    return " ".join(sorted(set(_widened("".join(normal))) - {_WIDE_SPACE}))


def phrase(normal: str) -> str:
    """The FTS5 expression that finds a normalised, non-empty text as a substring.

    It finds others as well where the text is not exact (`is_exact`). That of a single character
    reads all pairs that it begins: see `character`.
    """
    pairs, beginning = _sought(normal)
    return f'"{" ".join([*pairs, beginning])}" *' if beginning else f'"{" ".join(pairs)}"'


def character(normal: str) -> str:
    """The expression that finds a single character in table `fulltext_characters`."""
    return f'"{_widened(normal)}"'


def loosely(normal: str) -> str:
    """The FTS5 expression that an index without places has for a normalised, non-empty text.

    It finds all texts that hold it, and others that hold its pairs apart.
    """
    pairs, beginning = _sought(normal)
    each = [f'"{pair}"' for pair in dict.fromkeys(pairs)]
    return "(" + " AND ".join([*each, f'"{beginning}" *'] if beginning else each) + ")"


def is_exact(normal: str, places: bool = True) -> bool:
    """Whether `phrase`, without `places` `loosely`, finds the texts that hold this and no other."""
    signs_first = len(normal) > 1 and _SIGN_FIRST.match(_widened(normal[:2])) is not None
    return not signs_first and (places or len(normal) <= 2)


def _pairs(wide: str) -> str:
    """The tokens of a text, a space between them: each character with the next."""
    units = array("I", wide.encode("utf-32-le"))
    written = array("I", bytes(3 * units.itemsize * (len(units) - 1)))
    written[0::3], written[1::3] = units[:-1], units[1:]
    written[2::3] = _SPACE_UNIT * (len(units) - 1)
    return _SIGN_FIRST.sub("", written.tobytes().decode("utf-32-le")).rstrip(" ")


def _widened(normal: str) -> str:
    for narrow, wide in _WIDENED:
        normal = normal.replace(narrow, wide)
    return normal


def _sought(normal: str) -> tuple[list[str], str]:
    """The pairs to be found, and the character that begins the token behind them, if any does."""
    wide = _widened(normal)
    pairs = _pairs(wide).split(" ") if len(wide) > 1 else []
    open_end = len(wide) == 1 or _SIGN_FIRST.match(wide[-2:])
    return [pair for pair in pairs if pair], wide[-1] if open_end else ""


def is_filled(connection: sqlite3.Connection) -> bool:
    """Whether there is an index."""
    return bool(_made_by(connection))


def has_places(connection: sqlite3.Connection) -> bool:
    """Whether the index of a database tells where a pair of characters stands."""
    return not any(_NO_PLACES in statement for statement in _made_by(connection))


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index of a database, if it has one, is of the kind that is made and asked here.

    One made by an earlier version would pass over texts without a word.
    """
    made_by = _made_by(connection)
    if len(made_by) != 2:
        return not made_by
    return any(all(sql in schema for sql in made_by) for schema in (SCHEMA, SMALLER_SCHEMA))


def _made_by(connection: sqlite3.Connection) -> list[str]:
    """The statements that made the index; none where there is none."""
    schemas = [row[1] for row in connection.execute("PRAGMA database_list")]
    sql = "SELECT sql FROM {}.sqlite_schema WHERE name IN ('fulltext', 'fulltext_characters')"
    return [str(row[0]) for each in schemas for row in connection.execute(sql.format(each))]


def fill(
    target: sqlite3.Connection, source: sqlite3.Connection, places_up_to: int = PLACES_UP_TO
) -> None:
    """Makes the index of all `report_texts` of `target`, in an order that follows from the facts.

    Of more reports than `places_up_to` it tells texts, not places. Rows are numbered from the
    oldest year to the newest, so that the newest are found first by reading backwards.

    Args:
        target: holds the texts and gets the index, in the transaction under way.
        source: knows the facts, in table `reports`.
        places_up_to: a number of reports.
    """
    count = source.execute("SELECT count(*) FROM reports").fetchone()[0]
    for statement in (SCHEMA if count <= places_up_to else SMALLER_SCHEMA).split(";\n"):
        target.execute(statement)
    facts = source.execute(
        f"SELECT {FACTS} FROM reports"
        " ORDER BY coalesce(year, 0), coalesce(nullif(stated_date, ''), signed_date),"
        " report_id, snapshot"
    )
    marks = ", ".join("?" * len(facts.description))
    target.executemany(f"INSERT INTO fulltext_reports ({FACTS}) VALUES ({marks})", facts)
    _index(target)


def _index(connection: sqlite3.Connection) -> None:
    configure = "INSERT INTO fulltext (fulltext, rank) VALUES ('hashsize', ?)"
    connection.execute(configure, [HASH_BYTES])
    documents = connection.execute(
        "SELECT f.docid, f.title, t.text FROM fulltext_reports f"
        " JOIN report_texts t USING (report_id, snapshot) ORDER BY f.docid"
    )
    for docid, *written in documents:
        title, text = map(normalise, written)
        connection.execute(_ADD, (docid, indexed(text), indexed(title)))
        connection.execute(_ADD_CHARACTERS, (docid, characters(title, text)))
    for table in ("fulltext", "fulltext_characters"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
