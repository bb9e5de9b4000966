"""Pages of very many like elements: reading takes as long as they are long, not its square."""

import time

import pytest

from pipelines.html import tree
from pipelines.html.cells import cell_text
from pipelines.html.furniture import is_of_signature
from pipelines.html.metadata import read_meta

MANY = 20_000
# Comparing the elements with each other took twice as long or more.
SECONDS = 2.0


@pytest.mark.parametrize("element", ["<b>来源：</b>", "<b class=a id=b>字</b>"])
def test_many_like_elements_in_one_parent(element: str) -> None:
    start = time.process_time()
    with tree.reading(f"<html><body>{element * MANY}") as page:
        read_meta(page.root)
    assert time.process_time() - start < SECONDS


def test_blanks_in_a_cell() -> None:
    start = time.process_time()
    with tree.reading(f"<table><tr><td><b>3</b><br>{' ' * 4 * MANY}<i>件</i>") as page:
        assert [cell_text(cell) for cell in page.root.iter("td")] == ["3件"]
    assert time.process_time() - start < SECONDS


def test_years_without_a_report() -> None:
    start = time.process_time()
    is_of_signature("2021年" * MANY)
    assert time.process_time() - start < SECONDS
