"""The examples of docs/agencies.md."""

import re

import pytest

from parsers.declared.places import PlaceDeclarations
from parsers.who.identity import agency_id
from parsers.who.titles import read_names
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "agencies.md").read_text(encoding="utf-8")
_ROW = re.compile(
    r"^\| (?P<names>[^|`]*[\u4e00-\u9fff][^|`]*) \| `(?P<id>[^`]+)` \|$", re.MULTILINE
)
_CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (name, row["id"])
    for row in _ROW.finditer(PAGE)
    if "/" in row["id"]
    for name in row["names"].split(", ")
]


@pytest.mark.parametrize(("name", "expected"), EXAMPLES)
def test_ids_are_as_the_page_says(name: str, expected: str, places: PlaceDeclarations) -> None:
    (read,) = read_names(name, places)
    assert {agency_id(read, region) for region in read.regions or (None,)} == {expected}


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 7


def test_the_python_of_the_page_runs() -> None:
    (code,) = _CODE.findall(PAGE)
    exec(compile(code, "docs/agencies.md", "exec"), {})


def test_every_reform_and_its_documents_stand_there(places: PlaceDeclarations) -> None:
    sources = " ".join(reform.source for reform in places.reforms)
    numbers = set(re.findall(r"国发〔\d{4}〕\d+号", sources))
    assert not [number for number in numbers if number not in PAGE]
