"""Documents with oddities that the generator does not make; the figures were written down first."""

from decimal import Decimal

import pytest

from parsers.records import Observation
from parsers.tables import TableReading
from tests.parsers.tables.build import figures, read
from tests.parsers.tables.printed.notation import Expected, Printed, documents

DOCUMENTS = tuple(documents())
STATUS = {"blank": "blank", "none": "not_applicable"}


def _says(item: Observation, wanted: Expected) -> bool:
    said = wanted.said.removeprefix("?")
    if said in STATUS:
        return item.status == STATUS[said]
    if wanted.unit and (item.unit, item.value_std) != (wanted.unit, Decimal(wanted.standard)):
        return False
    return item.value == Decimal(said)


def _is_right(item: Observation | None, wanted: Expected, reading: TableReading) -> bool:
    """Whether a figure was read as a reader takes it, or not read and told where that is right."""
    if wanted.said == "?":
        return (item is None or item.value_std is None) and bool(reading.problems)
    if item is None or item.status == "unreadable":
        return wanted.said.startswith("?") and bool(reading.problems)
    return _says(item, wanted)


@pytest.mark.parametrize("printed", DOCUMENTS, ids=lambda printed: printed.name)
def test_a_reader_takes_the_same(printed: Printed) -> None:
    reading = read(*printed.blocks)
    found = figures(reading)
    wrong = {
        key: (wanted, found.get(key))
        for key, wanted in printed.figures.items()
        if not _is_right(found.get(key), wanted, reading)
    }
    assert not wrong
    named = {key[0] for key in printed.figures}
    assert not [key for key in found if key[0] not in named]


def test_documents_have_names_and_figures_of_their_own() -> None:
    assert len({printed.name for printed in DOCUMENTS}) == len(DOCUMENTS)
    assert all(printed.figures for printed in DOCUMENTS)


def test_forms_that_share_their_heads_are_told_by_their_rows() -> None:
    annexes = [read(*item.blocks).forms for item in DOCUMENTS if item.name.startswith("annex")]
    assert annexes == [("shanghai",), ("shanghai",), ("fujian",)]
