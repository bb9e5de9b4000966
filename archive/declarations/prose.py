"""Loads the rules of prose, the topics of sentences and the standard sections."""

from pathlib import Path

from archive.declarations.files import Row, fail, read_csv
from archive.declarations.rows import unique
from parsers.declared.prose import Groups, ProseDeclarations, Rule, SectionKind, Topic
from parsers.records import APPLICANTS
from parsers.text import canon

_RULE_COLUMNS = (
    "rule",
    "indicator",
    "forms",
    "words",
    "head",
    "units",
    "unless",
    "topics",
    "context",
    "after",
    "none",
    "none_unless",
    "strict",
)
# What topics are: where something was published, or what was dealt with.
_FAMILIES = ("medium", "matter")
_STRICT = ("clause", "whole", "said", "outside", "framed")
# The lists of words that the engine asks for by name; all must be declared.
WORD_LISTS = (
    "absent",
    "acts",
    "absent_verb",
    "body_endings",
    "of_all",
    "at_medium",
    "another_part",
    "by_content",
    "categories_after",
    "comparison",
    "cumulative",
    "filler",
    "generic",
    "posted",
    "divided",
    "dropped",
    "unrelated",
    "verbs",
    "whole_area",
    "jurisdiction",
    "label_matters",
    "last_year",
    "one_body",
    "other_matters",
    "power",
    "not_absent",
    "plan",
    "plan_sentence",
    "subordinate",
    "this_year",
    "to_date",
    "zero",
    *APPLICANTS[:-2],
)


def load(directory: Path) -> ProseDeclarations:
    """The rules of prose under `directory`/indicators.

    Raises:
        DeclarationError: a file is missing, or a row is not understood.
    """
    folder = directory / "indicators"
    sections = _sections(folder / "sections.csv")
    topics = _topics(folder / "prose_topics.csv")
    words = _words(folder / "prose_words.csv")
    units = _units(folder / "prose_units.csv")
    rules = _rules(folder / "prose.csv", units, {topic.name for topic in topics})
    return ProseDeclarations(rules=rules, topics=topics, sections=sections, words=words)


def _keys(row: Row, column: str) -> tuple[str, ...]:
    return tuple(canon(word) for word in row.several(column))


def _marked(row: Row, column: str, mark: str) -> tuple[str, ...]:
    """The words of a column that bear a mark, without it."""
    return tuple(word[1:] for word in _keys(row, column) if word[0] == mark)


def _groups(row: Row, column: str) -> Groups:
    groups = (group.split("|") for group in row.several(column, "&"))
    return tuple(tuple(canon(word) for word in group if word.strip()) for group in groups)


def _sections(path: Path) -> tuple[SectionKind, ...]:
    def make(row: Row) -> SectionKind:
        row.required("words")
        return SectionKind(row["kind"], _keys(row, "words"), _keys(row, "unless"))

    rows = read_csv(path, ("kind", "words", "unless"))
    return tuple(unique(rows, lambda row: row.required("kind"), make).values())


def _topics(path: Path) -> tuple[Topic, ...]:
    rows = read_csv(path, ("topic", "family", "words"))
    return tuple(
        Topic(row.required("topic"), row.choice("family", _FAMILIES), _keys(row, "words"))
        for row in rows
    )


def _words(path: Path) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for row in read_csv(path, ("list", "words")):
        name = row.choice("list", WORD_LISTS)
        if name in lists:
            row.fail(f"the list {name} stands there twice")
        lists[name] = _keys(row, "words")
    if missing := [name for name in WORD_LISTS if name not in lists]:
        fail(path, 0, f"missing lists: {', '.join(missing)}")
    return lists


def _units(path: Path) -> dict[str, tuple[str, ...]]:
    return {row.required("set"): row.several("units") for row in read_csv(path, ("set", "units"))}


def _rules(path: Path, units: dict[str, tuple[str, ...]], topics: set[str]) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for row in read_csv(path, _RULE_COLUMNS):
        rule = _rule(row, units)
        if rule.name in rules:
            row.fail(f"the rule {rule.name} stands there twice")
        if unknown := rule.topics - topics:
            row.fail(f"unknown topics: {', '.join(sorted(unknown))}")
        rules[rule.name] = rule
    return tuple(rules.values())


def _rule(row: Row, units: dict[str, tuple[str, ...]]) -> Rule:
    name = row.required("rule")
    strict = set(row.several("strict"))
    if unknown := strict - set(_STRICT):
        row.fail(f"unknown in strict: {', '.join(sorted(unknown))}")
    if row["units"]:
        row.choice("units", units)
    return Rule(
        name=name,
        indicator=row.required("indicator"),
        forms=frozenset(row.several("forms")),
        words=_groups(row, "words"),
        head=_keys(row, "head"),
        units=frozenset(units.get(row["units"], ())),
        unless=tuple(word for word in _keys(row, "unless") if word[0] not in "^#"),
        unless_before=_marked(row, "unless", "^"),
        unless_titled=_marked(row, "unless", "#"),
        topics=frozenset(row.several("topics")),
        context=_keys(row, "context"),
        after=frozenset(row.several("after")),
        none=_groups(row, "none"),
        none_unless=_keys(row, "none_unless"),
        in_clause="clause" in strict,
        whole="whole" in strict,
        said="said" in strict,
        outside="outside" in strict,
        framed="framed" in strict,
    )
