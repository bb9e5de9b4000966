"""The examples of docs/prose.md are read as they say."""

import re

import pytest

from tests.conftest import ROOT
from tests.parsers.prose.test_sentences import read_short

_EXAMPLES = re.compile(r"^```prose\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _examples() -> list[tuple[str, str]]:
    page = (ROOT / "docs" / "prose.md").read_text(encoding="utf-8")
    lines = [line for block in _EXAMPLES.findall(page) for line in block.splitlines()]
    return [(sentence, said) for sentence, _, said in (line.partition(" =>") for line in lines)]


def test_the_page_has_examples() -> None:
    assert len(_examples()) > 5


@pytest.mark.parametrize(("sentence", "said"), _examples())
def test_a_documented_sentence_is_read_as_documented(sentence: str, said: str) -> None:
    assert read_short(sentence, "2021", 2023, "own") == set(said.split())
