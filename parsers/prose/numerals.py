"""Numbers written otherwise than in plain digits: capital numerals (壹拾), 12万3千, 一百〇三."""

import re
import unicodedata

from parsers.figures import Figure, FigureWords, read_figure
from parsers.script import simplified

PLAIN = "零一二两三四五六七八九十百千"
# Numerals that stand for plain ones; the capital ones guard sums against forgery.
_MEANT = {
    "〇": "零",
    **dict(zip("廿卅", ("二十", "三十"), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)),
    **dict(zip("貳參叄陸", "二三三六", strict=True)),
}
OTHERS = "".join(_MEANT) + "○"
_TO_PLAIN = str.maketrans(_MEANT)
# 二○一 is 201; a circle alone leaves room for a figure.
_ROUND_ZERO = re.compile(rf"(?<=[{PLAIN}])○|○(?=[{PLAIN}])")
# 20余万 is 20万余.
_MORE_BEFORE = re.compile(r"([余多])(万)")
# 12万3千: a number with its scale, and what is added to it.
_ADDED = re.compile(
    rf"(?<![\d.,])(?P<many>[\d{PLAIN}]+(?P<high>[万亿])|\d+(?P<low>[百千]))"
    rf"(?P<rest>[\d{PLAIN}]+万?)"
)
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MIXED_IN = frozenset("百千万亿")


def figure_in(printed: str, words: FigureWords) -> Figure:
    """The figure printed in a sentence, in whatever numerals; the raw text is as printed."""
    said = _ROUND_ZERO.sub("零", simplified(printed).translate(_TO_PLAIN))
    if _MIXED_IN.isdisjoint(said):
        return read_figure(said, words)
    said = _MORE_BEFORE.sub(r"\2\1", unicodedata.normalize("NFKC", said))
    added = _ADDED.search(said)
    if added is not None:
        whole = _sum(added, words)
        said = said if whole is None else said.replace(added[0], str(whole), 1)
    return read_figure(said, words)


def _sum(added: re.Match[str], words: FigureWords) -> int | None:
    """What 12万3千 comes to; None where it is open what is added (1万2)."""
    many, rest = figure_in(added["many"], words).value, figure_in(added["rest"], words).value
    scale = _SCALES[added["high"] or added["low"]]
    if many is None or rest is None or rest >= scale:
        return None
    clear = rest * 10 >= scale or added["rest"][0] in "零0" or added["rest"][-1] == "万"
    return int(many + rest) if clear else None
