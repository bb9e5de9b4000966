"""Matching keys of row labels and column heads: words without numbering and punctuation."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from parsers.script import simplified_line
from parsers.text import canon

# No label of any form is longer, white space apart; what is longer is prose, not worth folding.
MAX_CHARS = 160
# So much white space may stand between the characters of a label.
_MAX_SPACED = 8 * MAX_CHARS

_CHINESE = "一二三四五六七八九十"
# 一、 (一) 一) (一 1. 1、 (1) 1) 1 and the same behind 其中:
_NUMBER = re.compile(
    rf"(?:其中[:,;]?)?(?:\(?(?P<chinese>[{_CHINESE}]{{1,3}})(?:[)、.,:]+|(?<=\([{_CHINESE}]))"
    r"|\(?(?P<western>[0-9]{1,2})[)、.,:]*(?![0-9%]))?"
)
_BRACKETS = re.compile(r"\([^()]*\)?")
# A translation beside the words of a label; Latin letters in it are words.
_TRANSLATION = re.compile(r"(?<=[^\x00-\x7f])[a-z][a-z,.'-]{2,}|[a-z][a-z,.'-]{2,}(?=[^\x00-\x7f])")
# A number within a label, behind the one it may begin with: that of a second label.
_INNER = re.compile(
    rf"(?<=[\u4e00-\u9fff)])(?<!第)(?:[0-9]{{1,2}}[.、]|\([{_CHINESE}]{{1,3}}\)|[{_CHINESE}]{{1,3}}、)"
    r"(?=[\u4e00-\u9fff])"
)
_NO_WORD = re.compile(r"[\W_]")
# Texts of which a key loses nothing but marks and white space.
_NOTHING_APART = re.compile(r"[\u4e00-\u9fff0-9，。、；：！？“”《》%\s]*")
_NO_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
YEAR_MARK = "{year}"


# A bracket this long is an explanation that many printers leave out; a shorter one may be a number.
_EXPLANATION = 4
_CACHED = 4096


@dataclass(frozen=True, slots=True)
class Key:
    """A label's words. `bare` is without what stands in brackets; `number` the printed number."""

    full: str
    bare: str
    number: str


_NO_KEY = Key("", "", "")


def label_key(text: str) -> Key:
    """The key of a printed row label; empty for what is too long to be one."""
    return _NO_KEY if is_long(text) else _label_key(text)


@lru_cache(_CACHED)
def _label_key(text: str) -> Key:
    number, words = _numbered(simplified_line(canon(text)))
    return Key(_words(words), _words(_without_remarks(words)), number)


def holds_second(text: str) -> bool:
    """Whether a further number stands within a label, as where two labels share a cell."""
    _, words = _numbered(simplified_line(canon(text)))
    return _INNER.search(words) is not None


def head_keys(text: str) -> tuple[str, ...]:
    """The keys a printed column head may be found under, the most exact first."""
    folded = simplified_line(canon(text))
    full, bare = _words(folded), _words(_without_remarks(folded))
    return tuple(
        dict.fromkeys(
            key for key in (full, bare, _YEAR.sub("year", full), _YEAR.sub("year", bare)) if key
        )
    )


def _without_remarks(folded: str) -> str:
    return _TRANSLATION.sub("", _BRACKETS.sub("", folded))


def declared_label_keys(printed: str) -> tuple[str, ...]:
    """The keys of a declared label: with and without its explanation in brackets."""
    _, words = _numbered(canon(printed))
    bare = _BRACKETS.sub(lambda found: "" if len(found[0]) > _EXPLANATION + 1 else found[0], words)
    return tuple(dict.fromkeys((_words(words), _words(bare))))


def declared_head_key(printed: str) -> str:
    """The key of a declared head, in which `{year}` stands for any year."""
    return _words(canon(printed.replace(YEAR_MARK, "year")))


def is_long(text: str) -> bool:
    """Whether a text is too long for any label or head."""
    if len(text) <= MAX_CHARS:
        return False
    return len(text) > _MAX_SPACED or len("".join(text.split())) > MAX_CHARS


def is_beyond(text: str, chars: int) -> bool:
    """Whether the keys of a text are longer than `chars` for sure: most sentences are told so."""
    return _NOTHING_APART.fullmatch(text) is not None and len(_NO_HAN.sub("", text)) > chars


def _numbered(folded: str) -> tuple[str, str]:
    """The last of the numbers a text begins with (三、(三)1.), and what follows them."""
    number = ""
    while (found := _NUMBER.match(folded)) and found.end():
        number = found["chinese"] or found["western"] or number
        folded = folded[found.end() :]
    return number, folded


def _words(folded: str) -> str:
    """A text without punctuation, symbols and white space: all of them are no word characters."""
    return _NO_WORD.sub(_kept, folded)


def _kept(found: re.Match[str]) -> str:
    """A character that is no part of words to `re` but none of those either: an accent."""
    return "" if unicodedata.category(found[0])[0] in "PSZ" else found[0]
