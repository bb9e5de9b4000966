"""What comes of an identity: holds, fails, or cannot be told; and how it is written out."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from parsers.checks.sums import APPLICANT_NAMES, Instance, Part
from parsers.declared.forms import Identity
from parsers.records import Check, Verdict

_SIGNS = {"eq": ("=", "≠"), "le": ("≤", ">")}
_ZERO = Decimal(0)


def check(identity: Identity, instance: Instance) -> Check | None:
    """The verdict; None where too little was printed to say anything."""
    left, right = instance.left, instance.right
    stated = [any(part.value is not None for part in side) for side in (left, right)]
    printed = all(any(part.item for part in side) for side in (left, right))
    if not printed or not (all(stated) if identity.relation == "le" else any(stated)):
        return None
    totals = _total(left), _total(right)
    verdict = _verdict(identity, instance, totals[0] - totals[1])
    evaluable = verdict != "not_evaluable"
    return Check(
        identity=identity.name,
        verdict=verdict,
        clause=_clause(identity, instance, verdict, totals[0] - totals[1]),
        applicant=instance.applicant,
        left=totals[0] if evaluable else None,
        right=totals[1] if evaluable else None,
        difference=totals[0] - totals[1] if evaluable else None,
        severity=identity.severity,
    )


def _total(parts: Iterable[Part]) -> Decimal:
    return sum((part.weight * part.value for part in parts if part.value is not None), _ZERO)


def _verdict(identity: Identity, instance: Instance, difference: Decimal) -> Verdict:
    """Whether the identity holds whatever the unknown parts, each at least zero, may be."""
    if any(part.is_open for part in chain(instance.left, instance.right)):
        return "not_evaluable"
    # What is unknown on the right, or subtracted on the left, can only lower the difference.
    unknown = [part.weight > 0 for part in instance.left if part.is_unknown]
    unknown += [part.weight < 0 for part in instance.right if part.is_unknown]
    lowest = difference if False not in unknown else None
    highest = difference if True not in unknown else None
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
    sides = (_side(instance.left), _side(instance.right))
    who = APPLICANT_NAMES.get(instance.applicant, "")
    clause = f"{who}：{sides[0]} {sign} {sides[1]}" if who else f"{sides[0]} {sign} {sides[1]}"
    if verdict == "fails":
        return f"{clause}（差 {difference:+f}）"
    return f"{clause}（有空白或不确定的数，无法判断）" if verdict == "not_evaluable" else clause


def _side(parts: Sequence[Part]) -> str:
    shown = [part for part in parts if part.item is not None or not part.optional]
    first, *rest = shown
    return first.printed + "".join(
        f" {'-' if part.weight < 0 else '+'} {part.printed}" for part in rest
    )
