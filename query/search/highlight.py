"""Where in the text as printed a query was answered."""

from archive.fulltext import fold, normalise, squeeze
from query.search.syntax import Query, literals

CONTEXT_CHARS = 30
MARKS = ("【", "】")

Span = tuple[int, int]


def spans(text: str, query: Query) -> list[Span]:
    """The half-open ranges of `text` that the query's words cover, joined, in order."""
    normal, places = _mapped(text)
    found: list[Span] = []
    for sought in literals(query):
        at = normal.find(sought)
        while at >= 0:
            found.append((places[at], places[at + len(sought) - 1] + 1))
            at = normal.find(sought, at + len(sought))
    return _joined(sorted(found))


def snippet(text: str, query: Query, marks: tuple[str, str] = MARKS) -> str:
    """The first place that answers, with some context, each word found between `marks`."""
    start, end = _window(text, query)
    piece = text[start:end]
    shown, at = "", 0
    for first, last in spans(piece, query):
        shown += piece[at:first] + marks[0] + piece[first:last] + marks[1]
        at = last
    line = " ".join((shown + piece[at:]).split())
    return ("…" if start else "") + line + ("…" if end < len(text) else "")


def _window(text: str, query: Query) -> Span:
    """A piece of the text around the first word found; found without a map where possible."""
    sought = [word for word in literals(query) if word in text]
    if sought:
        first = min((text.index(word), text.index(word) + len(word)) for word in sought)
    else:
        first = next(iter(spans(text, query)), (0, 0))
    return max(0, first[0] - CONTEXT_CHARS), min(len(text), first[1] + 2 * CONTEXT_CHARS)


def _mapped(text: str) -> tuple[str, list[int]]:
    """The normal form, and for each of its characters the place it came from."""
    if normalise(text) == text:
        return text, list(range(len(text)))
    folded, origins = "", []
    for place, char in enumerate(text):
        piece = fold(char)
        folded += piece
        origins += [place] * len(piece)
    return _follow(folded, squeeze(folded), origins)


def _follow(folded: str, normal: str, origins: list[int]) -> tuple[str, list[int]]:
    """Squeezing only drops white space and commas, or turns white space into a space."""
    places, at = [], 0
    for char in normal:
        while folded[at] != char and not (char == " " and folded[at] == "\n"):
            at += 1
        places.append(origins[at])
        at += 1
    return normal, places


def _joined(found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, last in found:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
