"""Reads the figures that a report states in sentences, by declared rules."""

from collections.abc import Iterator

from parsers.declared import Declarations
from parsers.prose.absences import absences, denials, whole_section
from parsers.prose.distributed import distributed
from parsers.prose.figures import figures
from parsers.prose.findings import Found, observation
from parsers.prose.numbers import numbers
from parsers.prose.progress import NOTHING, after_none
from parsers.prose.reader import Reader, reader
from parsers.prose.sentences import MAX_PARAGRAPH, sentences
from parsers.prose.settling import settled
from parsers.records import Document, Observation, Paragraph, Problem, Scope

__all__ = ["read_prose"]

# A report has some hundred sentences, figures and denials; a document beyond this is none.
MAX_SENTENCES = 8_000
MAX_STATEMENTS = 4_000
# A section or point that says only that there was none: 无相关情况。
LONGEST_NONE = 8
MAX_CHARS = 1_000_000


def read_prose(
    document: Document,
    used: frozenset[int],
    form: str,
    year: int | None,
    scope: Scope,
    declared: Declarations,
    agencies: tuple[str, ...] = (),
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """Reads every figure that sentences state of this body and this year.

    Precision goes before recall: figures of another year, of a comparison, a plan, a part or of
    other bodies are passed over; where a sentence fits a rule but leaves its meaning open, a
    problem says so.

    Args:
        document: the document.
        used: indexes of the blocks that were read as tables and are passed over.
        form: the report's form, which decides the codes; `prose` where it has no table.
        year: the report's year, or None.
        scope: whose figures the report counts.
        declared: the declarations.
        agencies: the names of the bodies that the report is of; figures of their peers are told
            only where these are known.

    Returns:
        Observations with method `prose`, and problems, in order of place.
    """
    read = reader(declared.prose, declared.forms, form, year, scope, agencies)
    found: list[tuple[Found, Observation]] = []
    problems: list[Problem] = []
    for item in _everything(read, document, used, declared):
        made = item if isinstance(item, Problem) else observation(item, read)
        if isinstance(made, Problem):
            problems.append(made)
        elif isinstance(item, Found):
            found.append((item, made))
    results = list(settled(found))
    problems += [item for item in results if isinstance(item, Problem)]
    return tuple(item for item in results if isinstance(item, Observation)), tuple(problems)


def _overlong(document: Document, used: frozenset[int]) -> Iterator[Problem]:
    """Paragraphs that are no prose by their length: only their beginning is read."""
    for index, block in enumerate(document.blocks):
        if index not in used and isinstance(block, Paragraph) and len(block.text) > MAX_PARAGRAPH:
            detail = f"the paragraph is unread after its first {MAX_PARAGRAPH} characters"
            yield Problem("prose", "too_much_prose", detail, block.place)


def _everything(
    read: Reader, document: Document, used: frozenset[int], declared: Declarations
) -> Iterator[Found | Problem]:
    yield from _overlong(document, used)
    statements = chars = 0
    before = NOTHING
    for index, sentence in enumerate(sentences(document.blocks, used, declared.prose.sections)):
        chars += len(sentence.key)
        if index >= MAX_SENTENCES or statements >= MAX_STATEMENTS or chars > MAX_CHARS:
            detail = "the document has more sentences or figures than a report; the rest is unread"
            yield Problem("prose", "too_much_prose", detail, sentence.paragraph.place)
            return
        counted = list(numbers(sentence))
        denied = read.lexicon.may_deny.search(sentence.key) is not None
        statements += len(counted) + (denials(sentence.key) if denied else 0)
        before = before if sentence.before else NOTHING
        if counted:
            counted = distributed(sentence, counted)
            before = yield from figures(read, sentence, counted, before)
        else:
            before = after_none(before)
        if sentence.whole or (sentence.before and len(sentence.key) <= LONGEST_NONE):
            yield from whole_section(read, sentence)
        if denied:
            yield from absences(read, sentence)
