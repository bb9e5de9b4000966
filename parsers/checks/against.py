"""Tables against prose: the same indicator in a table and in a sentence."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.declared.forms import FormDeclarations
from parsers.records import Check, Observation

TABLE_AGAINST_PROSE = "table_prose"


def tables_against_prose(
    items: Sequence[Observation], declared: FormDeclarations
) -> Iterator[tuple[Check, tuple[Observation, ...]]]:
    """The same indicator in a table and in a sentence."""
    stated = [item for item in items if item.method == "prose" and not item.category]
    indicators = {item.indicator for item in stated}
    tables = {
        _key(item): item
        for item in items
        if item.method == "table" and item.status == "reported" and item.indicator in indicators
    }
    for item in stated:
        table = tables.get(_key(item))
        if table is not None:
            pair = _comparable(table, item)
            if pair is not None:
                label = declared.indicators[item.indicator].label
                yield _against(label, table, item, pair), (table, item)


def _key(item: Observation) -> tuple[str, str, str]:
    return item.indicator, item.applicant.replace("total", ""), item.period


def _comparable(table: Observation, prose: Observation) -> tuple[Decimal, Decimal] | None:
    if table.qualifier != "exact" or prose.qualifier != "exact" or prose.value is None:
        return None
    if table.value_std is not None and prose.value_std is not None:
        return table.value_std, prose.value_std
    same = table.unit == prose.unit or not prose.value or not table.value
    return (table.value, prose.value) if same and table.value is not None else None


def _against(
    label: str, table: Observation, prose: Observation, pair: tuple[Decimal, Decimal]
) -> Check:
    holds = pair[0] == pair[1]
    clause = f"{label}：表格 {table.raw.strip()} {'=' if holds else '≠'} 正文 {prose.raw.strip()}"
    return Check(
        identity=TABLE_AGAINST_PROSE,
        verdict="holds" if holds else "fails",
        clause=clause,
        applicant=table.applicant,
        left=pair[0],
        right=pair[1],
        difference=pair[0] - pair[1],
        severity="warning",
    )
