"""What prose reading is told by `data/indicators/prose*.csv` and `data/indicators/sections.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass

# Groups of words: every group must be met, each by one of its words.
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A standard section: the words of its title, and words that say it is another one."""

    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that sentences are about and the words that name it.

    `family` is `medium` (微信, 网站, 12345热线) or `matter` (行政复议, 规范性文件).
    """

    name: str
    family: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """How sentences state one indicator.

    A figure is read where `words` stand in its phrase, one of `head` closes the phrase before the
    number (or opens what follows it), its unit is one of `units` and nothing of `unless` stands
    there, of `unless_before` anywhere in the sentence before it, of `unless_titled` in the title of
    the section. `none` and `none_unless` are the same for sentences that say there was none.
    `forms` are the forms in which the code may be used, empty for any; `topics` what the sentence
    must be about and `context` words of which one stands in it, in the sentence before or in the
    title of the section; both empty for anything. With `in_clause` all words must stand in the
    clause of the number; with `whole` nothing may narrow what is counted: 公开政府信息5条, but not
    公开财政信息5条. With `said` the verb must stand there, not be carried through a list; with
    `outside` the number may not stand in brackets, as a part of the one before; with `framed` the
    clause has to say nothing but when, who and how much in all. `after` are
    indicators of which one must have been given before it in the sentence.
    """

    name: str
    indicator: str
    forms: frozenset[str]
    words: Groups
    head: tuple[str, ...]
    units: frozenset[str]
    unless: tuple[str, ...]
    topics: frozenset[str]
    context: tuple[str, ...]
    none: Groups
    none_unless: tuple[str, ...]
    in_clause: bool = False
    whole: bool = False
    said: bool = False
    outside: bool = False
    framed: bool = False
    after: frozenset[str] = frozenset()
    unless_before: tuple[str, ...] = ()
    unless_titled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ProseDeclarations:
    """The declared rules of prose, in order of precedence, and the words the engine knows.

    Two are the same only if they are one object: what is worked out from them is kept by identity.
    """

    rules: tuple[Rule, ...] = ()
    topics: tuple[Topic, ...] = ()
    sections: tuple[SectionKind, ...] = ()
    words: Mapping[str, tuple[str, ...]] | None = None
