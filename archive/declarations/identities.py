"""Loads what figures must satisfy, and how forms compare: identities and the concordance."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import cast

from archive.declarations.expressions import summands
from archive.declarations.files import Row, read_csv
from archive.declarations.rows import forms_of, unique
from parsers.declared.forms import Concordance, Identity, Indicator, Label, Relation, Summand
from parsers.records import APPLICANTS, Severity

# Figures of no table have a form too.
_PROSE = "prose"
_RELATIONS = ("exact", "close", "broader", "sum_of")
_SEVERITIES = ("error", "warning", "note")


def load_identities(
    folder: Path, indicators: Mapping[str, Indicator], labels: Sequence[Label]
) -> tuple[Identity, ...]:
    """The identities of all forms, each over rows that its forms have.

    Raises:
        DeclarationError: one cannot be read, or names what its forms do not print.
    """

    def make(row: Row) -> Identity:
        left, right = (summands(row, side, indicators) for side in ("left", "right"))
        _check_rows(row, (*left, *right), labels)
        return Identity(
            name=row["identity"],
            forms=forms_of(row),
            relation=cast(Relation, row.choice("relation", ("eq", "le"))),
            left=left,
            right=right,
            severity=cast(Severity, row.choice("severity", _SEVERITIES)),
            note=row["note"],
        )

    columns = ("identity", "form", "relation", "left", "right", "severity", "note")
    rows = read_csv(folder / "identities.csv", columns)
    named = unique(rows, lambda row: f"{row.required('identity')} of {row['form']}", make)
    return tuple(named.values())


def _check_rows(row: Row, sums: Sequence[Summand], labels: Sequence[Label]) -> None:
    """Every form of an identity must have a row for one alternative of each summand."""
    for form in forms_of(row):
        printed = {label.indicator for label in labels if form in label.forms}
        if not printed:
            row.fail(f"form {form!r} has no row in labels.csv")
        for summand in sums:
            wanted = [{term.indicator for term in option} - {""} for option in summand]
            if not any(codes <= printed for codes in wanted):
                missing = sorted(wanted[0] - printed)
                row.fail(f"form {form!r} has no row for {', '.join(missing)}")


def load_concordance(
    folder: Path, indicators: Collection[str], labels: Sequence[Label]
) -> tuple[Concordance, ...]:
    """How each form calls the concepts that run through several.

    Raises:
        DeclarationError: a row names a concept, form, code or applicant that is not declared.
    """
    columns = ("concept", "form", "code", "applicant", "relation", "note")
    forms = sorted({_PROSE, *(form for label in labels for form in label.forms)})
    named = read_csv(folder / "concepts.csv", ("concept", "chinese", "english"))
    concepts = unique(named, lambda row: row.required("concept"), lambda row: row["chinese"])
    rows = read_csv(folder / "concordance.csv", columns)
    return tuple(_concord(row, concepts, indicators, forms) for row in rows)


def _concord(
    row: Row, concepts: Collection[str], indicators: Collection[str], forms: Collection[str]
) -> Concordance:
    if row.required("concept") not in concepts:
        row.fail(f"concept {row['concept']!r} is not declared in concepts.csv")
    for code in row.required("code").split(" + "):
        stem = code.removesuffix("*")
        if not any(name == code or (stem != code and name.startswith(stem)) for name in indicators):
            row.fail(f"code {code!r} is not declared in indicators.csv")
    return Concordance(
        concept=row["concept"],
        form=row.choice("form", forms),
        code=row["code"],
        applicant=row.choice("applicant", ("", *APPLICANTS)),
        relation=row.choice("relation", _RELATIONS),
        note=row["note"],
    )
