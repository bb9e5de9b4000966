"""Traditional characters as simplified ones, for matching only: what is stored stays as printed."""

import re
from functools import cache

import opencc

_FIRST, _LAST = 0x4E00, 0x9FFF
# Characters without which no page in traditional script speaks of open government.
_TRADITIONAL = re.compile(
    "[開報務編製國辦廳關於發佈總結讀觀錄縣區鄉鎮計劃環質門決規學衛業條請復複訴訟諮員機構]"
)


@cache
def _table() -> dict[int, str]:
    """Each character with the simplified one that the converter gives it, one for one."""
    chars = [chr(code) for code in range(_FIRST, _LAST + 1)]
    converted = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    pairs = zip(chars, converted, strict=True)
    table = {ord(char): one for char, one in pairs if char != one and len(one) == 1}
    return table | {ord("谘"): "咨", ord("麵"): "面"}


@cache
def _any_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _table()))}]")


def simplified(text: str) -> str:
    """The text with every traditional character replaced by one simplified one; places stay."""
    return text.translate(_table()) if is_traditional(text) else text


def is_traditional(text: str) -> bool:
    """Whether a text that speaks of open government is in traditional script."""
    return _TRADITIONAL.search(text) is not None


def simplified_line(text: str) -> str:
    """A line that may be in traditional script as simplified, whatever it speaks of."""
    return text.translate(_table()) if _any_traditional().search(text) else text
