"""The report within pages of many families: all of it, in order, and nothing else."""

from collections import Counter
from itertools import pairwise

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from pipelines.markdown import clean_text
from tests.pipelines.documents import sample, templates


def page(name: str) -> Document:
    made = {**templates.KNOWN, **templates.APART}[name]()
    charset = "gb18030" if "gb2312" in made else "utf-8"
    return read_document(made.encode(charset), url="https://www.qinghe.gov.cn/a/t20240126_1.html")


def f1(found: str, wanted: str) -> float:
    """Agreement of two texts by the pairs of their characters."""
    one, other = (Counter(pairwise("".join(text.split()))) for text in (found, wanted))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values()))


def wanted_text() -> str:
    pieces = []
    for block in sample.sample().blocks[1:]:
        if isinstance(block, str):
            pieces.append(block)
        else:
            pieces.extend(text for row in block for text, _, _ in row)
    return "\n".join(pieces)


def without_title(document: Document) -> str:
    return clean_text(document).replace(sample.TITLE, "", 1)


ALL = [*templates.KNOWN, *templates.APART]


@pytest.mark.parametrize("name", ALL)
def test_the_tables_are_exact(name: str) -> None:
    grids = [[[c.text for c in row] for row in grid.rows] for grid in page(name).grids()]
    for wanted in sample.grids():
        assert wanted in grids


@pytest.mark.parametrize("name", ALL)
def test_every_paragraph_is_there_in_order(name: str) -> None:
    found = [p.text for p in page(name).paragraphs()]
    wanted = sample.paragraphs()[1:]
    assert [text for text in found if text in wanted] == wanted


@pytest.mark.parametrize("name", ALL)
def test_the_text_is_the_report_and_nothing_else(name: str) -> None:
    text = without_title(page(name))
    assert f1(text, wanted_text()) >= 0.99, text
    assert "PAGE_BREAK" not in text


@pytest.mark.parametrize("name", templates.KNOWN)
def test_no_furniture_leaks(name: str) -> None:
    assert "※" not in clean_text(page(name))


@pytest.mark.parametrize("name", ALL)
def test_the_title_is_among_the_first_candidates(name: str) -> None:
    assert sample.TITLE in [title.text for title in page(name).titles][:3]
