"""Findings, and the case that they are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.declared import Declarations
from parsers.records import Document, Observation, Report, Severity
from pipelines.checking.declared import CheckingRules, FormRule
from pipelines.checking.places import Places

# The place of what concerns no single cell or line.
WHOLE = "全文"
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a clerk should look at.

    `place` is in words, `locators` the same for machines; `printed` is what the draft prints,
    `expected` what should stand there, `clause` the identity written out with its figures, and
    `basis` the rule of law or the form that asks for it.
    """

    code: str
    severity: Severity
    says: str
    place: str = ""
    printed: str = ""
    expected: str = ""
    clause: str = ""
    basis: str = ""
    locators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A report under judgement, with its document and all that is declared."""

    document: Document
    report: Report
    declared: Declarations
    rules: CheckingRules
    places: Places

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of its tables; empty where it has none."""
        return tuple(form for form in self.report.form.split("+") if form != "prose")

    @cached_property
    def form(self) -> FormRule:
        """The form to judge by: of several, the one that is for the report's year."""
        for form in self.forms:
            rule = self.rules.form_of(form, None)
            if rule.first_year <= (self.report.year or 0) <= rule.last_year:
                return rule
        return self.rules.form_of(next(iter(self.forms), "prose"), self.report.year)

    @cached_property
    def table_figures(self) -> tuple[Observation, ...]:
        """What the cells of its tables gave."""
        return tuple(item for item in self.report.observations if item.method == "table")

    def column(self, applicant: str) -> str:
        """The printed head of an applicant's column."""
        heads = (head for head in self.declared.forms.heads if head.role == "applicant")
        return next(head.printed for head in heads if head.key == applicant)

    def finding(
        self,
        code: str,
        locators: Sequence[str] = (),
        *,
        printed: str = "",
        clause: str = "",
        severity: Severity | None = None,
        place: str = "",
        **words: object,
    ) -> Finding:
        """A finding in the declared words; `words` fill the places they leave open."""
        wording = self.rules.wordings[code]
        year = self.report.year or "××××"
        known = {"year": year, "basis": self.form.basis, "expected": "", **words}
        expected, basis = (text.format(**known) for text in (wording.expected, wording.basis))
        where = place or self.places.all_of(locators) or WHOLE
        severity = severity or wording.severity
        told = (code, severity, wording.says, where, printed, expected, clause, basis)
        return Finding(*told, tuple(dict.fromkeys(filter(None, locators))))


def plain_finding(rules: CheckingRules, code: str, printed: str = "") -> Finding:
    """A finding about a document in which no report was read."""
    wording = rules.wordings[code]
    return Finding(code, wording.severity, wording.says, WHOLE, printed, wording.expected)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first; within a severity as found."""
    return tuple(sorted(findings, key=lambda finding: _RANK[finding.severity]))
