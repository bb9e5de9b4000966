"""Sums of indicators as declared in `identities.csv`.

`a + b - c` adds codes; `(a + b | c)` takes the first alternative of which anything was printed;
`@total` is a dimension (an applicant or a period) and stands for every indicator that has it;
`a?` is zero where the table has no such row.
"""

import re
from collections.abc import Mapping

from archive.declarations.files import Row
from parsers.declared.forms import Indicator, Summand, Term
from parsers.records import APPLICANTS

_TERM = re.compile(r"\s*(?P<sign>[+-]?)\s*(?:\((?P<alternatives>[^()]*)\)|(?P<name>[@\w.?]+))\s*")
_PERIODS = ("year", "cumulative")


def summands(row: Row, column: str, indicators: Mapping[str, Indicator]) -> tuple[Summand, ...]:
    """The sum in a column.

    Raises:
        DeclarationError: it is no sum, or names something that is not declared.
    """
    text, found, position = row.required(column), [], 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or bool(match["sign"]) == (position == 0):
            row.fail(f"{column}: cannot be read at {text[position : position + 30]!r}")
        found.append(_summand(row, match, indicators))
        position = match.end()
    return tuple(found)


def _summand(row: Row, match: re.Match[str], indicators: Mapping[str, Indicator]) -> Summand:
    weight = -1 if match["sign"] == "-" else 1
    alternatives = match["alternatives"] or match["name"]
    return tuple(
        tuple(_term(row, name.strip(), weight, indicators) for name in alternative.split("+"))
        for alternative in alternatives.split("|")
    )


def _term(row: Row, name: str, weight: int, indicators: Mapping[str, Indicator]) -> Term:
    name, optional = name.removesuffix("?"), name.endswith("?")
    if name.startswith("@"):
        if name[1:] not in (*APPLICANTS, *_PERIODS):
            row.fail(f"{name!r} is no applicant or period")
        return Term("", weight, name[1:])
    if name not in indicators:
        row.fail(f"indicator {name!r} is not declared in indicators.csv")
    return Term(name, weight, optional=optional)
