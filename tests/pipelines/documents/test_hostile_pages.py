"""Pages of very many like elements: reading takes as long as they are long, not its square."""

import time

import pytest

from pipelines.html import tree
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
