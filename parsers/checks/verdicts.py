"""What comes of an identity: holds, fails, or cannot be told; and how it is written out."""

from decimal import Decimal

from parsers.checks.sums import APPLICANT_NAMES, Instance
from parsers.declared.forms import Identity
from parsers.records import Check, Verdict

_SIGNS = {"eq": ("=", "≠"), "le": ("≤", ">")}


def check(identity: Identity, instance: Instance) -> Check | None:
    """The verdict; None where too little was printed to say anything."""
    left, right = instance.left, instance.right
    if not (left.is_printed and right.is_printed):
        return None
    if not (left.is_stated or right.is_stated):
        return None
    if identity.relation == "le" and not (left.is_stated and right.is_stated):
        return None
    difference = left.total - right.total
    verdict = _verdict(identity, instance, difference)
    evaluable = verdict != "not_evaluable"
    return Check(
        identity=identity.name,
        verdict=verdict,
        clause=_clause(identity, instance, verdict, difference),
        applicant=instance.applicant,
        left=left.total if evaluable else None,
        right=right.total if evaluable else None,
        difference=difference if evaluable else None,
        severity=identity.severity,
    )


def _verdict(identity: Identity, instance: Instance, difference: Decimal) -> Verdict:
    """Whether the identity holds whatever the unknown parts, each at least zero, may be."""
    left, right = instance.left, instance.right
    if left.is_open or right.is_open:
        return "not_evaluable"
    # What is unknown on the right, or subtracted on the left, can only lower the difference.
    lowest = None if left.may_fall or right.may_rise else difference
    highest = None if left.may_rise or right.may_fall else difference
    if identity.relation == "le":
        return _at_most_zero(lowest, highest)
    if (lowest is not None and lowest > 0) or (highest is not None and highest < 0):
        return "fails"
    one_sided = lowest is not None or highest is not None
    return "holds" if difference == 0 and one_sided else "not_evaluable"


def _at_most_zero(lowest: Decimal | None, highest: Decimal | None) -> Verdict:
    if lowest is not None and lowest > 0:
        return "fails"
    return "holds" if highest is not None and highest <= 0 else "not_evaluable"


def _clause(identity: Identity, instance: Instance, verdict: Verdict, difference: Decimal) -> str:
    sign = _SIGNS[identity.relation][verdict == "fails"]
    who = APPLICANT_NAMES.get(instance.applicant, "")
    clause = f"{who}：" if who else ""
    clause += f"{instance.left} {sign} {instance.right}"
    if verdict == "fails":
        return f"{clause}（差 {difference:+f}）"
    return f"{clause}（有空白或不确定的数，无法判断）" if verdict == "not_evaluable" else clause
