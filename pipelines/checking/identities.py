"""Failed identities, and tables against prose, with the place of each figure."""

import re
from collections.abc import Iterator, Sequence

from parsers.checks import TABLE_AGAINST_PROSE, traced
from parsers.records import Check, Observation
from pipelines.checking.findings import Case, Finding
from pipelines.checking.places import shown

_FEW = 3
# Sums of twenty parts, most of them zero, are told without the zeros.
_ZERO_PART = re.compile(r" [+-] [^+=≠≤>]+ 0(?= |（|$)")


def identity_findings(case: Case) -> Iterator[Finding]:
    """Every identity of the forms that fails, and every figure that a sentence contradicts."""
    for check, used in traced(case.report.observations, case.declared, case.forms):
        if check.verdict == "fails":
            yield _finding(case, check, used)


def _finding(case: Case, check: Check, used: Sequence[Observation]) -> Finding:
    prose = check.identity == TABLE_AGAINST_PROSE
    few = prose or len(used) <= _FEW
    telling = [item for item in used if few or item.value or item is used[0]]
    relation = "左边不大于右边" if " > " in check.clause else "左右两边相等"
    return case.finding(
        "table_prose" if prose else "identity_fails",
        [item.locator for item in telling],
        place="、".join(case.places.of(item.locator) for item in telling),
        printed="、".join(_printed(item) for item in telling),
        clause=_ZERO_PART.sub("", check.clause),
        severity=check.severity,
        expected=f"{relation}（现为 {check.left:f} 与 {check.right:f}）",
    )


def _printed(item: Observation) -> str:
    """The figure of a cell, or the sentence."""
    return f"“{shown(item.evidence)}”" if item.method == "prose" else shown(item.raw) or "空"
