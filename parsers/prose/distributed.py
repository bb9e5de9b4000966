"""Lists that name several things first and count them after: 复议、诉讼分别为1件、2件."""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.prose.lexicon import has
from parsers.prose.numbers import Number, clause_of
from parsers.prose.sentences import Sentence

_IN_TURN = ("分别", "依次")
_EACH_IN_TURN = re.compile(r"(?P<names>[^,;:。()]+?)(?:数量|数)?(?:分别|依次)(?:为|是|有|达)?$")
_JOINT = re.compile(r"、|以及|和|及|与")
_BETWEEN = frozenset({"、", ",", "和", "及", "与", "以及"})
_CLOSED = re.compile(r"[,;。()]|$")


def distributed(sentence: Sentence, counted: Sequence[Number]) -> list[Number]:
    """The numbers of a sentence, each of such a list with its own name before it.

    Only where there are as many names as numbers, nothing stands between the numbers and nothing
    is added to the last one; any other list keeps its 分别 and is no figure.
    """
    numbers = list(counted)
    if not has(sentence.key, _IN_TURN):
        return numbers
    for first, number in enumerate(counted):
        match = _EACH_IN_TURN.search(number.clause)
        if match is None:
            continue
        run = _run(sentence.key, counted, first)
        names = _JOINT.split(match["names"])
        if len(names) == len(run) > 1 and all(names) and _CLOSED.match(sentence.key, run[-1].end):
            for offset, name in enumerate(names):
                place = first + offset
                before = _before(number, match, name)
                clause = clause_of(before)
                numbers[place] = replace(counted[place], before=before, clause=clause)
    return numbers


def _before(first: Number, match: re.Match[str], name: str) -> str:
    """What stands before the list, then the name."""
    lead = first.before[: len(first.before) - len(match[0])]
    return lead + name


def _run(key: str, counted: Sequence[Number], first: int) -> list[Number]:
    """The numbers that follow one another from the first on."""
    run = [counted[first]]
    for number in counted[first + 1 :]:
        if key[run[-1].end : number.begin] not in _BETWEEN:
            break
        run.append(number)
    return run
