"""Cells that should hold a plain figure and do not."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from parsers.records import Observation
from pipelines.checking.findings import Case, Finding
from pipelines.checking.places import shown

# So many cells of one finding are named by their row and column.
_NAMED = 3


def cell_findings(case: Case) -> Iterator[Finding]:
    """Blank cells, words and signs for figures, money without unit, negative and round figures."""
    yield from _grouped(case, "blank_cell", lambda item: item.status == "blank")
    yield from _grouped(case, "not_a_number", lambda item: item.status == "not_applicable")
    for item in case.table_figures:
        for code in _faults(case, item):
            name = shown(item.evidence)
            printed = f"{name}：{shown(item.raw)}"
            yield case.finding(code, (item.locator,), printed=printed)


def _faults(case: Case, item: Observation) -> Iterator[str]:
    if item.value is None or item.status != "reported":
        return
    measure = case.declared.forms.indicators[item.indicator].measure
    if item.value < 0 and measure != "change":
        yield "negative"
    if item.value and measure == "money" and not item.unit:
        yield "unit_missing"
    if item.qualifier != "exact":
        yield "inexact"


def _grouped(case: Case, code: str, wanted: Callable[[Observation], bool]) -> Iterator[Finding]:
    """One finding for each table, with all its cells."""
    groups: dict[int, list[Observation]] = defaultdict(list)
    for item in filter(wanted, case.table_figures):
        cell = case.places.cell(item.locator)
        groups[cell.table if cell else 0].append(item)
    for items in groups.values():
        marks = dict.fromkeys(shown(item.raw) or "空" for item in items)
        names = "；".join(shown(item.evidence) for item in items[:_NAMED])
        more = "……" if len(items) > _NAMED else ""
        printed = f"{'、'.join(marks)}（{len(items)}格：{names}{more}）"
        locators = tuple(item.locator for item in items)
        yield case.finding(code, locators, printed=printed, clause=_implied(items))


def _implied(items: list[Observation]) -> str:
    count = sum(item.implied_zero for item in items)
    return f"其中{count}格按勾稽关系应为 0" if count else ""
