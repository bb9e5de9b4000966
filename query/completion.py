"""What the shell offers to complete an argument or option with."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import click

from query.concordance import concepts
from query.dictionary import entries

Offer: TypeAlias = Callable[[click.Context, click.Parameter, str], list[str]]


def one_of(names: Iterable[str] | Callable[[], Iterable[str]]) -> Offer:
    """Offers the names that begin as written; a function of names is asked only then."""

    def offer(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        known = names() if callable(names) else names
        return [name for name in known if name.startswith(begun)]

    return offer


def figures() -> Iterator[str]:
    """The concepts and the codes of all indicators."""
    yield from concepts()
    yield from entries()
