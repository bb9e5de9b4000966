"""Numbers as their format prints them (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

# Numbers beyond are shown as they are stored: written out, one would fill a page.
MAX_EXPONENT = 30
MAX_DECIMALS = 15
# Formats that a workbook names by number only.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    14: "yyyy/m/d",
    22: "yyyy/m/d",
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    57: "yyyy年m月",
    58: "m月d日",
}
# What day 0 is, as workbooks count days, by whether they count from 1904.
FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
LAST_DAY = 200_000
# More digits than any number within these bounds has.
WIDE = Context(prec=80)

# Literal text, then what prints nothing: colours, conditions, spaces as wide as a character.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\!].|_.|\*.')
_TOKEN = re.compile(rf"({_QUOTED.pattern})|([0#?])|(.)", re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_GENERAL = re.compile(r"general|G/通用格式", re.IGNORECASE)
_SIGNS = str.maketrans("", "", "()+-")
# They say nothing that a figure needs.
_CURRENCIES = "¥￥$"

Token = tuple[str, str]


def dated(value: str, pattern: str, first_day: date) -> str:
    """A stored day as its format prints it; empty where that prints no date."""
    bare = _QUOTED.sub("", pattern.split(";")[0]).lower()
    whole = value.partition(".")[0]
    if not re.search(r"y|d|m月", bare) or re.search(r"[#0?]|general", bare):
        return ""
    if not (whole.isascii() and whole.isdecimal() and int(whole[:9]) < LAST_DAY):
        return ""
    day = first_day + timedelta(days=int(whole))
    parts = {"y": (day.year, 4), "m": (day.month, 2), "d": (day.day, 2)}

    def written(found: re.Match[str]) -> str:
        number, wide = parts[found[0][0].lower()]
        return (
            f"{number % 100:02}" if found[0].lower() == "yy" else f"{number:0{_width(found, wide)}}"
        )

    plain = re.sub(r"\[[^\]]*\]|[\"\\]|;.*|_.|\*.|[hs:]+.*", "", pattern)
    return re.sub(r"[yY]+|[mM]+|[dD]+", written, plain).strip()


def _width(found: re.Match[str], wide: int) -> int:
    return wide if len(found[0]) == wide else 1


def formatted(value: str, pattern: str) -> str:
    """A stored number as its format prints it: decimals, thousands, percent, literal text.

    One that its format prints as a fraction, a power of ten or no digits at all is given plainly.
    A negative one keeps its sign, whether its format prints brackets or a colour for it.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > MAX_EXPONENT:
        return value
    section = _section(pattern, number)
    if found := _GENERAL.search(section):
        around = _literal(section[: found.start()]), _literal(section[found.end() :])
        return _general(number).join(around)
    tokens = _tokens(section)
    kinds = [kind for kind, _ in tokens]
    marks = "".join(text for kind, text in tokens if kind == "mark")
    is_plain = "/" in marks or "E" in marks.upper() or (not number and "0" not in section)
    if "digit" not in kinds or is_plain:
        return _general(number)
    text = _filled(tokens, number)
    if number < 0:
        text = text.translate(_SIGNS).strip()
        return f"-{text}" if re.search("[1-9]", text) else text
    return text.strip()


def is_unprinted(value: str, pattern: str, shows_zeros: bool = True) -> bool:
    """Whether the format of a stored number, or a sheet without zeros, prints nothing for it.

    The format has a section for numbers of its kind then, and that is empty: `0;-0;;@`, `;;;`.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    if not number.is_finite():
        return False
    sections = pattern.split(";")
    kind = (number < 0) + 2 * (number == 0)
    return not (shows_zeros or number) or (len(sections) > max(kind, 2) and not sections[kind])


def _tokens(section: str) -> list[Token]:
    """The parts of a format: `digit` places, `mark`s that steer them, `text` and `percent`."""
    tokens: list[Token] = []
    for quoted, digit, other in _TOKEN.findall(section):
        if digit:
            tokens.append(("digit", digit))
        elif other:
            kind = "mark" if other in ".,/Ee" or other in _CURRENCIES else "text"
            kind = "percent" if other == "%" else kind
            tokens.append((kind, other))
        elif quoted[0] == '"':
            tokens.append(("text", quoted[1:-1].strip(_CURRENCIES)))
        elif quoted[0] in "\\!":
            tokens.append(("text", quoted[1].strip(_CURRENCIES)))
    return tokens


def _literal(section: str) -> str:
    return "".join(text for kind, text in _tokens(section) if kind == "text").strip()


def _filled(tokens: list[Token], number: Decimal) -> str:
    """The format with the digits of a number at their places."""
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    point = next((at for at in range(len(tokens)) if tokens[at] == ("mark", ".")), len(tokens))
    whole = [at for at in places if at < point]
    broken = "".join(tokens[at][1] for at in places if at > point)[:MAX_DECIMALS]
    digits = _digits(tokens, number, len(broken))
    units, _, decimals = digits.partition(".")
    # Places that may stay empty print no closing zeros.
    kept = len(broken.rstrip("#?"))
    decimals = decimals[:kept] + decimals[kept:].rstrip("0")
    printed = dict.fromkeys(places, "")
    if whole:
        printed |= _placed(whole, tokens, units)
    elif not decimals:
        printed[places[0]] = units
    if decimals:
        after = next(at for at in places if at > point)
        printed[after] = ("." if whole else f"{units}.") + decimals
    return "".join(
        printed[at] if kind == "digit" else text if kind in ("text", "percent") else ""
        for at, (kind, text) in enumerate(tokens)
    )


def _digits(tokens: list[Token], number: Decimal, decimals: int) -> str:
    """The number without sign, scaled and rounded; commas part thousands where it has them."""
    last = max(at for at, (kind, _) in enumerate(tokens) if kind == "digit")
    commas = [at for at, token in enumerate(tokens) if token == ("mark", ",")]
    # A comma behind the last digit leaves three of them out.
    shown = number.scaleb(-3 * sum(at > last for at in commas))
    shown = shown * 100 if ("percent", "%") in tokens else shown
    rounded = abs(shown.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE))
    return f"{rounded:,f}" if any(at < last for at in commas) else f"{rounded:f}"


def _placed(whole: list[int], tokens: list[Token], units: str) -> dict[int, str]:
    """The digits before the point from the right; the first place takes all that are left.

    They are kept together unless text stands between the places, as in `0!.0,`.
    """
    if not any(tokens[at][0] == "text" for at in range(whole[0], whole[-1])):
        return {whole[0]: units}
    bare = units.replace(",", "").zfill(len(whole))
    rest = len(bare) - len(whole) + 1
    return dict(zip(whole, [bare[:rest], *bare[rest:]], strict=True))


def _section(pattern: str, number: Decimal) -> str:
    """The part of a format for positive numbers, negative ones or zero, or that it says itself."""
    parts = pattern.split(";")
    conditions = [_CONDITION.search(part) for part in parts[:2]]
    if any(conditions):
        met = (p for p, c in zip(parts, conditions, strict=False) if c and _holds(c, number))
        return next(met, parts[min(len(parts) - 1, sum(map(bool, conditions)))])
    if number < 0 and len(parts) > 1:
        return parts[1] or parts[0]
    if number == 0 and len(parts) > 2:
        return parts[2] or parts[0]
    return parts[0]


def _holds(condition: re.Match[str], number: Decimal) -> bool:
    sign, bound = condition[1], Decimal(condition[2])
    return (
        ("<" in sign and number < bound)
        or (">" in sign and number > bound)
        or (sign in ("=", "<=", ">=") and number == bound)
    )


def _general(number: Decimal) -> str:
    """As the general format prints it: up to 11 digits, no exponent for usual sizes."""
    rounded = Decimal(f"{number:.15g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
