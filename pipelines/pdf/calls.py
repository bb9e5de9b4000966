"""Contents of PDF pages that are drawn many times over, told before the file is opened.

A small file may name one stream for a thousand pages, or have forms that each draw the next one
ten times (ISO 32000-1, 7.8.2 and 8.10): the library draws them all.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from pipelines.limits import RefusedError
from pipelines.pdf.streams import inflated, times_deflated

# What pages name in all, each stream as often as it is named.
MAX_CONTENTS = 256_000_000
# So often one form may be drawn, with those drawn in it.
MAX_CALLS = 20_000
MAX_DEPTH = 60
# The numbers before an object's beginning are no longer.
LONGEST_NUMBER = 20
# A stream of packed objects, or a form, is looked at so far.
MAX_LOOKED_AT = 4_000_000

_S = rb"\s{1,20}"  # bounded, as all of these, lest a search take the square of a file's length
_NUMBER = re.compile(rb"(\d{1,10})" + _S + rb"\d{1,5}\s*$")
_END = re.compile(rb"stream\r?\n|endobj")
_REF = rb"(\d{1,10})" + _S + rb"\d{1,5}" + _S + rb"R"
_REFERENCE = re.compile(_REF)
_CONTENTS = re.compile(rb"/Contents\s{0,20}(?:\[([\d\sR]*)|(\d{1,10}\s{1,20}\d{1,5}\s{1,20}R))")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,127})" + _S + _REF)
_CALL = re.compile(rb"/([^\s/<>\[\]()]{1,127})" + _S + rb"Do\b")


class _Object(NamedTuple):
    """An object's dictionary, and where in the file its stream begins and ends."""

    head: bytes
    start: int
    end: int


def check_calls(payload: bytes) -> None:
    """Passes files whose pages and forms do not draw one content many times over.

    Raises:
        RefusedError: they do.
    """
    named = _named(payload)
    if not (max(named.values(), default=0) > 1 or b"/Form" in payload or b"/ObjStm" in payload):
        return
    objects = _objects(payload)
    for one in objects.values():
        named += _named(_stream(one, payload)) if b"/ObjStm" in one.head else Counter()
    repeated = {number: count for number, count in named.items() if count > 1}
    if sum(_length(objects, payload, n) * count for n, count in repeated.items()) > MAX_CONTENTS:
        raise RefusedError("bomb", f"the pages draw more than {MAX_CONTENTS} bytes of the same")
    if _Forms(objects, payload).most() > MAX_CALLS:
        raise RefusedError("bomb", f"forms of the PDF are drawn more than {MAX_CALLS} times")


def _objects(payload: bytes) -> dict[int, _Object]:
    """The objects of a file by number, without those packed into streams."""
    found = {}
    end = 0
    while (place := payload.find(b"obj", end)) >= 0:
        number = _NUMBER.search(payload, max(place - LONGEST_NUMBER, 0), place)
        end = place + len(b"obj")
        if number is None:
            continue  # the end of one
        stop = _END.search(payload, end)
        if stop is None:
            break
        start = end = stop.end()
        if stop[0] != b"endobj":
            end = payload.find(b"endstream", start)
            end = len(payload) if end < 0 else end
        found[int(number[1])] = _Object(payload[place : stop.start()], start, end)
    return found


def _named(text: bytes) -> Counter[int]:
    """How often each stream is named as the content of a page."""
    found = _CONTENTS.findall(text)
    return Counter(int(x) for refs in found for x in _REFERENCE.findall(refs[0] or refs[1]))


def _stream(one: _Object, payload: bytes) -> bytes:
    """A stream unfolded, as far as it is looked at."""
    data = payload[one.start : one.end]
    return b"".join(inflated(data, times_deflated(one.head), MAX_LOOKED_AT))


def _length(objects: Mapping[int, _Object], payload: bytes, number: int) -> int:
    """How long a stream is unfolded."""
    one = objects.get(number)
    if one is None:
        return 0
    data = payload[one.start : one.end]
    return sum(map(len, inflated(data, times_deflated(one.head), MAX_CONTENTS)))


class _Forms:
    """How often forms are drawn, each with those that it draws."""

    def __init__(self, objects: Mapping[int, _Object], payload: bytes) -> None:
        self._objects, self._payload = objects, payload
        self._known: dict[int, int] = {}

    def most(self) -> int:
        """The most that one form makes the library draw."""
        forms = [n for n, one in self._objects.items() if b"/Form" in one.head]
        return max((self._count(number, 0) for number in forms), default=0)

    def _count(self, number: int, depth: int) -> int:
        one = self._objects.get(number)
        if one is None or b"/Form" not in one.head:
            return 1
        if depth > MAX_DEPTH:
            return MAX_CALLS
        if number not in self._known:
            self._known[number] = MAX_CALLS  # where it is met again, within itself
            calls = Counter(_CALL.findall(_stream(one, self._payload)))
            targets = self._targets(one) if calls else {}
            drawn = (
                n * self._count(targets[x], depth + 1) for x, n in calls.items() if x in targets
            )
            self._known[number] = 1 + min(sum(drawn), MAX_CALLS)
        return self._known[number]

    def _targets(self, form: _Object) -> dict[bytes, int]:
        """What the names in a form stand for: its resources, or those that it refers to."""
        held = {name: int(number) for name, number in _NAMED.findall(form.head)}
        for group in (b"Resources", b"XObject"):
            other = self._objects.get(held.get(group, -1))
            held |= {n: int(x) for n, x in _NAMED.findall(other.head)} if other else {}
        return held
