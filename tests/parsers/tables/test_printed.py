"""Documents with oddities that the generator does not make; the figures were written down first."""

import pytest

from tests.parsers.tables.build import figures, read
from tests.parsers.tables.printed.notation import Printed, documents

DOCUMENTS = tuple(documents())


@pytest.mark.parametrize("printed", DOCUMENTS, ids=lambda printed: printed.name)
def test_a_reader_takes_the_same(printed: Printed) -> None:
    reading = read(*printed.blocks)
    found = figures(reading)
    wrong = {
        key: (wanted, found.get(key))
        for key, wanted in printed.figures.items()
        if not wanted.is_right(found.get(key), told=bool(reading.problems))
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
