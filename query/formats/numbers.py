"""Figures on their way out: exact where the format can hold them so."""

from decimal import Decimal, InvalidOperation

from query.corpus import Value

# A binary float gives back any decimal of this many digits.
EXACT_DIGITS = 15


def printed(value: Value) -> str:
    """A value as text, never in exponent notation; empty for a missing one."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def number(value: Value) -> int | float | str | None:
    """A figure as a number where that is exact, else as its text."""
    if value is None or isinstance(value, int | float):
        return value
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return value
    if not exact.is_finite() or len(exact.as_tuple().digits) > EXACT_DIGITS:
        return value
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def approximate(value: Value) -> float | None:
    """A figure as the nearest binary float, for formats that know no other."""
    if value is None or value == "":
        return None
    try:
        return float(value)
    except ValueError:
        return None
