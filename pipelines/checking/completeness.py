"""Whether the draft has what its form asks for: tables, rows, parts; and the form of its year."""

from collections.abc import Iterator

from parsers.declared.forms import Label
from parsers.records import APPLICANTS, Paragraph, Section
from parsers.sections import section_kind
from parsers.text import canon
from pipelines.checking.declared import Part, TableRule
from pipelines.checking.findings import Case, Finding

_MAX_HEADING = 30
_NO_HEADING = frozenset("。\t")


def form_findings(case: Case) -> Iterator[Finding]:
    """The form against the year, and tables that are missing or cannot be read."""
    rules = [case.rules.forms[form] for form in case.forms if form in case.rules.forms]
    wanted, year = case.rules.form_for(case.report.year) or case.form, case.report.year
    code = ""
    if len(rules) > 1:
        code = "mixed_forms"
    elif rules and year and year > rules[0].last_year:
        code = "old_form"
    elif rules and year and year < rules[0].first_year:
        code = "form_too_new"
    if code:
        names = "、".join(rule.name for rule in rules)
        yield case.finding(code, printed=names, expected=wanted.name, basis=wanted.basis)
    yield from _tables(case)


def _tables(case: Case) -> Iterator[Finding]:
    if case.report.tables == "picture":
        yield case.finding("picture_table")
    elif not case.table_figures:
        if case.form.outline == "2019":
            yield case.finding("no_tables")
    else:
        printed = {_table(item.rule) for item in case.table_figures}
        for rule in case.rules.tables:
            if rule.form == case.form.form and rule.missing and rule.table not in printed:
                yield case.finding("missing_table", severity=rule.missing, expected=rule.name)


def _table(rule: str) -> str:
    """The table that the rule of an observation begins with."""
    return rule.partition(" ")[0]


def row_findings(case: Case) -> Iterator[Finding]:
    """Rows and columns that a table of a form should have."""
    for rule in case.rules.tables:
        items = [item for item in case.table_figures if _table(item.rule) == rule.table]
        if rule.rows and items and {item.form for item in items} == {rule.form}:
            yield from _rows(case, rule, {item.indicator for item in items})
            found = {item.applicant for item in items} - {""}
            if found and (absent := [name for name in APPLICANTS if name not in found]):
                yield _absent(case, rule, [f"{case.column(name)}列" for name in absent])


def _rows(case: Case, rule: TableRule, printed: set[str]) -> Iterator[Finding]:
    optional = {item.indicator: item for item in case.rules.optional_rows if item.form == rule.form}
    absent, merged = [], False
    for label in _labels(case, rule):
        choice = optional.get(label.indicator)
        if label.indicator in printed or _is_told(case, label):
            continue
        merged |= choice is not None and choice.instead in printed
        if choice is None or (choice.instead and choice.instead not in printed):
            absent.append(case.declared.forms.indicators[label.indicator].label)
    if absent:
        yield _absent(case, rule, absent)
    if merged:
        yield case.finding("merged_row", place=rule.name)


def _absent(case: Case, rule: TableRule, names: list[str]) -> Finding:
    expected = "；".join(dict.fromkeys(names))
    return case.finding("missing_row", severity=rule.rows, place=rule.name, expected=expected)


def _labels(case: Case, rule: TableRule) -> Iterator[Label]:
    for label in case.declared.forms.labels:
        is_row = label.kind == "row" and label.indicator
        if is_row and label.table == rule.table and rule.form in label.forms:
            yield label


def _is_told(case: Case, label: Label) -> bool:
    """Whether the row is printed but was a problem, which is told by itself."""
    details = (canon(item.detail) for item in case.report.problems if item.stage == "table")
    return any(canon(label.label) in detail for detail in details)


def section_findings(case: Case) -> Iterator[Finding]:
    """Parts of the official outline that are missing or hold nothing."""
    if not any(case.document.paragraphs()):
        yield case.finding("only_tables")
        return
    for part in case.rules.outlines[case.form.outline]:
        found = [item for item in case.report.sections if _fits(item, part)]
        if not found and not _unnumbered(case, part):
            yield case.finding("missing_section", severity=part.severity, expected=part.title)
        elif part.filled and found and not any(_has_text(case, item) for item in found):
            printed = f"{found[0].path}、{found[0].title}"
            yield case.finding("empty_section", (found[0].place,), printed=printed)


def _fits(section: Section, part: Part) -> bool:
    return section.kind == part.kind and section.path.count("/") < part.depth


def _unnumbered(case: Case, part: Part) -> bool:
    """Whether a short line without a number, and without cells of a table, is the heading."""
    lines = (item.text for item in case.document.blocks if isinstance(item, Paragraph))
    kinds = case.declared.prose.sections
    short = (
        line for line in lines if len(line.strip()) <= _MAX_HEADING and not _NO_HEADING & {*line}
    )
    return any(section_kind(line, kinds) == part.kind for line in short)


def _has_text(case: Case, section: Section) -> bool:
    below = (item for item in case.report.sections if item.path.startswith(f"{section.path}/"))
    return bool(section.text.strip()) or any(below)
