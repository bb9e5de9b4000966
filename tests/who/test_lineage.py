import pytest

from parsers.declared.places import PlaceDeclarations
from parsers.who import agencies_of, find_regions, lineage, lines


def test_a_renamed_body_stays_on_its_line(places: PlaceDeclarations) -> None:
    before, after = "350582/intellectual_property+science", "350582/science"
    assert set(lines(before, places)) & set(lines(after, places)) == {"350582/science"}
    link = next(link for link in lineage(before, places) if link.declared)
    assert (link.after, link.event) == (after, "renamed")
    assert link.source


def test_a_place_that_was_upgraded_keeps_the_line(places: PlaceDeclarations) -> None:
    assert lines("440183/land", places) == ("440118/natural_resources",)
    assert lines("440118/natural_resources", places) == ("440118/natural_resources",)


def test_a_merger_of_places_is_no_one_line(places: PlaceDeclarations) -> None:
    assert lines("110103/science", places) == ("110103/science",)
    (link,) = (x for x in lineage("110103/science", places) if x.after == "110101/science")
    assert link.event == "merged"


def test_a_code_given_to_another_place_is_another_identity(places: PlaceDeclarations) -> None:
    (old,) = find_regions("万盛区", 2009, places)
    (new,) = find_regions("綦江区", 2015, places)
    assert old.code == new.code
    assert old.identity != new.identity


def test_duties_that_move_do_not_carry_the_line(places: PlaceDeclarations) -> None:
    links = lineage("350582/science", places)
    moved = [link for link in links if link.event == "moved"]
    assert moved
    assert lines("350582/science", places) == ("350582/science",)


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("朝阳区", 2016, {"110105", "220104"}),
        ("晋江", 2016, {"350582"}),
        ("内蒙古", None, {"150000"}),
        ("350582", None, {"350582"}),
        ("增城市", 2013, {"440183"}),
        ("增城市", 2020, set()),
        ("无此地", None, set()),
    ],
)
def test_find_regions(
    name: str, year: int | None, codes: set[str], places: PlaceDeclarations
) -> None:
    assert {region.code for region in find_regions(name, year, places)} == codes


def test_agencies_of_a_function(places: PlaceDeclarations) -> None:
    (region,) = find_regions("晋江市", 2016, places)
    found = agencies_of(region, "science", places, 2016)
    assert found[0].agency_id == "350582/science"
    assert "晋江市科学技术局" in found[0].names
    assert agencies_of(region, "office", places)[0].names == ("晋江市人民政府办公室",)
    (province,) = find_regions("江西省", None, places)
    assert "江西省水利厅" in agencies_of(province, "water", places)[0].names
