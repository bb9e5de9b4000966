"""What a style says of colours: whether it prints in white, on a ground or in another colour.

Values are those of CSS Color as pages write them: names, `#fff`, `#ffffff` and `rgb(...)`. What is
not understood counts as a colour that can be seen.
"""

import re

# The least that each of red, green and blue of a white text has, and of a ground that is no other.
WHITE = 0xFA
LIGHT = 0xF0
LONGEST_VALUE = 200

_INK = re.compile(r"(?<![-\w])color\s*:\s*([^;}]*)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![-\w])background(?:-color|-image)?\s*:\s*([^;}]*)", re.IGNORECASE)
# What sets a text off from its ground otherwise, or moves it over another element.
_EFFECT = re.compile(
    r"text-shadow|text-stroke|filter|position\s*:\s*[af]|margin(?:-\w{1,6})?\s*:\s*-", re.I
)
_IMPORTANT = re.compile(r"!\s*important", re.IGNORECASE)
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgb\((\d+),(\d+),(\d+)\)")
_AROUND_COMMAS = re.compile(r"\s*([,()])\s*")
_NO_GROUND_WORDS = (
    "none transparent inherit initial unset repeat no-repeat scroll 0 0px 0% left top"
)
_NO_GROUND = frozenset(_NO_GROUND_WORDS.split())


def prints_white(style: str) -> bool:
    """Whether declarations make text white and set it off by nothing."""
    found = _INK.findall(style)
    return bool(found) and _is_white(found[-1]) and not sets_off(style)


def recolours(style: str) -> bool:
    """Whether declarations give text a colour that is not white."""
    found = _INK.findall(style)
    return bool(found) and not _is_white(found[-1])


def sets_off(style: str) -> bool:
    """Whether declarations give a ground on which white can be seen, or another effect."""
    grounds = _GROUND.findall(style)
    return any(not is_light(one) for one in grounds) or _EFFECT.search(style) is not None


def is_light(value: str) -> bool:
    """Whether a value of `background` is none, or one on which white cannot be seen."""
    words = _plain(value).split()
    return all(word in _NO_GROUND or _least(word) >= LIGHT for word in words)


def _is_white(value: str) -> bool:
    return _least(_plain(value)) >= WHITE


def _plain(value: str) -> str:
    if len(value) > LONGEST_VALUE:
        return "?"
    return _AROUND_COMMAS.sub(r"\1", _IMPORTANT.sub("", value).lower()).strip()


def _least(colour: str) -> int:
    """The least of red, green and blue (0-255); -1 for what is not understood."""
    if colour == "white":
        return 255
    found = _HEX.fullmatch(colour)
    if found:
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return min(bytes.fromhex(digits))
    parts = _RGB.fullmatch(colour)
    return min(int(part[:4]) for part in parts.groups()) if parts else -1
