"""Leaves out how to reach persons and offices: telephone, mail, address, and whom to ask.

They help to tell whose report a document is (`parsers.who` reads them in the document itself) and
are nobody's to hand on. A mark stands in their place; figures of a report are never among them.
"""

import re
from dataclasses import replace
from typing import Any, TypeVar

from parsers.records import Observation, Problem, Report, Section

_Told = TypeVar("_Told", Section, Problem, Observation)
MARK = "［略］"
# Without one of these a text names nobody's number, address or name.
_MAY_HOLD = re.compile(r"\d{4}-?\d{3}|[@＠]|址|人\s{0,4}[:：]")
# A count or an amount, not the number of a telephone, goes on so.
_NO_COUNT = (
    r"(?!\d|[.．]\d|\s?[（(]?(?:[次件个余多千万亿元%％人条份篇字页户]|平方|公[里顷斤]|[美港欧]元))"
)
_NUMBER = rf"[（(]?(?:0\d{{2,3}}[)）\s\-—－–]{{0,3}})?\d{{7,8}}{_NO_COUNT}(?:[-—转]\d{{1,5}})?"
_MOBILE = rf"(?<!\d)1[3-9]\d-?\d{{4}}-?\d{{4}}{_NO_COUNT}"
# Within a cell: no label or figure of the next one is a part of an address.
_BLANKS = r"[ \u3000\xa0]{0,4}"
_CONTACT = re.compile(
    rf"(?P<line>(?:电\s{{0,6}}话|传\s{{0,6}}真|手\s{{0,6}}机|热线|联系方式)(?:号码|热线)?[（(]?\s{{0,4}}[:：为是]?\s{{0,4}})(?:{_MOBILE}|{_NUMBER})(?:[、/,，]\s?{_NUMBER})*"
    rf"|(?<!\d)[（(]?0(?:10|2\d|[3-9]\d{{2}})[)）\s\-—－–]{{1,3}}\d{{7,8}}{_NO_COUNT}"
    rf"|(?P<bare>{_MOBILE})"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}[@＠][A-Za-z0-9.-]{1,80}"
    rf"|(?P<address>地\s{{0,6}}址\s{{0,4}}[:：]{_BLANKS})(?!\s{{0,4}}(?:https?|www))[^；;，,。）)\n\t|]{{2,60}}"
    r"|(?P<whom>(?:联系|填报|填表|经办|审核|负责)人\s{0,4}[:：][ \t|\u3000\xa0]{0,4})"
    r"[一-鿿](?:[ \u3000]{0,2}[一-鿿·]){1,3}?(?![一-鿿·]|\s{0,4}[:：])"
)
# What stands before a figure of eleven digits, which a bare mobile number has too.
_OF_FIGURE = re.compile(
    r"(?:(?:[额款费量值数计达共算资金]|收入|支出|资产)(?:[（(]?元[）)]?)?[为是达约共:：\s]{0,3}|[A-Za-z.¥￥$＄])\Z"
)
_BEGINS_CELL = re.compile(r"(?:\t|\| )\Z")
_NAMES_NUMBERS = re.compile(r"电\s{0,6}话|手\s{0,6}机|联系方式")
# Characters before a number that may tell what it is: some rows below the head of its column.
_NEAR = 200


def without_contacts(text: str) -> str:
    """The text with a mark in the place of numbers, addresses and names of whom to ask."""
    return _CONTACT.sub(_marked, text) if _MAY_HOLD.search(text) else text


def _marked(match: re.Match[str]) -> str:
    if match["bare"] and _is_figure(match.string[max(0, match.start() - _NEAR) : match.start()]):
        return match[0]
    return (match["line"] or match["address"] or match["whom"] or "") + MARK


def _is_figure(before: str) -> bool:
    """Whether what precedes a number in the form of a mobile's makes it an amount or a count."""
    if _OF_FIGURE.search(before):
        return True
    return bool(_BEGINS_CELL.search(before)) and not _NAMES_NUMBERS.search(before)


def without_contacts_told(report: Report) -> Report:
    """The report with them left out of its text, its sentences, and what could not be read."""
    return replace(
        report,
        text=without_contacts(report.text),
        sections=tuple(_left_out(item, "text") for item in report.sections),
        problems=tuple(_left_out(item, "detail") for item in report.problems),
        observations=tuple(map(_of_observation, report.observations)),
    )


def _of_observation(item: Observation) -> Observation:
    if item.status == "unreadable":
        return _left_out(item, "evidence", "raw")
    return _left_out(item, "evidence") if item.method == "prose" else item


def _left_out(item: _Told, *names: str) -> _Told:
    told: dict[str, Any] = {name: without_contacts(getattr(item, name)) for name in names}
    same = all(told[name] == getattr(item, name) for name in names)
    return item if same else replace(item, **told)
