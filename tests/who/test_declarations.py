import shutil
from pathlib import Path

import pytest

from archive.declarations import data_dir
from archive.declarations import places as place_files
from archive.declarations.files import DeclarationError
from parsers.declared.places import PlaceDeclarations


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("regions", "agencies"):
        shutil.copytree(data_dir() / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("regions/divisions.csv", "35058,晋江市,200712,202609"),
        ("regions/divisions.csv", "350582,晋江市,soon,202609"),
        ("regions/zones.csv", "150600-x,某区,,150600,city,"),
        ("agencies/words.csv", "科学,alchemy,,,"),
        ("agencies/reforms.csv", "2030,science,alchemy,moved,2030,2031,x"),
        ("agencies/lineage.csv", "350582/science,350582/education,2019,renamed,"),
        ("regions/succession.csv", "440183,440118,2014,upgraded"),
    ],
)
def test_bad_rows_are_named_by_file_and_line(copied: Path, file: str, row: str) -> None:
    path = copied / file
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=rf"{path.name}:{len(lines) + 1}: "):
        place_files.load(copied)


def test_what_is_declared_holds_together(places: PlaceDeclarations) -> None:
    known = {region.identity for region in places.regions}
    codes = {region.code for region in places.regions} | {"100000"}
    assert all(region.parent in codes for region in places.regions)
    assert all(code in codes for found in places.area_codes.values() for code in found)
    for step in places.successions:
        assert {step.before, step.after} <= known, step
        assert step.before != step.after
