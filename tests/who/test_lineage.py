import pytest

from parsers.declared.places import PlaceDeclarations
from parsers.who import agencies_of, ended, find_regions, lineage, lines


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
    given = {
        link.after.partition("/")[2]
        for link in lineage("350582/science", places)
        if link.event == "duties" and link.before == "350582/science"
    }
    assert {"agriculture", "health", "industry", "human_resources"} <= given
    assert lines("350582/science", places) == ("350582/science",)


@pytest.mark.parametrize(
    ("before", "after", "years"),
    [
        ("intellectual_property+science", "science", (2018, 2019)),
        ("land+surveying", "natural_resources", (2018, 2019)),
        ("labour+personnel", "human_resources", (2008, 2011)),
        ("food_drug+industry_commerce+quality", "market_regulation", (2014, 2019)),
        ("broadcasting+culture+press", "broadcasting+culture", (2018, 2019)),
        ("land+planning", "natural_resources", (2018, 2019)),
        ("health+population", "health", (2013, 2016)),
    ],
)
def test_a_reform_carries_a_body_of_several_functions(
    before: str, after: str, years: tuple[int, int], places: PlaceDeclarations
) -> None:
    found = [
        link
        for link in lineage(f"350581/{before}", places)
        if (link.before, link.after) == (f"350581/{before}", f"350581/{after}")
        and link.event not in {"moved", "duties"}
    ]
    assert [(link.first_year, link.last_year) for link in found] == [years]
    assert all(link.source and not link.declared for link in found)


def test_a_function_that_left_is_linked_with_where_it_went(places: PlaceDeclarations) -> None:
    links = lineage("350581/intellectual_property+science", places)
    assert ("moved", "350581/market_regulation") in {(x.event, x.after) for x in links}


@pytest.mark.parametrize("kept", ["culture+tourism", "natural_resources+planning"])
def test_a_name_made_by_the_reform_is_not_taken_apart(kept: str, places: PlaceDeclarations) -> None:
    events = {link.event for link in lineage(f"350581/{kept}", places)}
    assert not [event for event in events if event.startswith("continued")]


@pytest.mark.parametrize(
    ("body", "year", "expected"),
    [
        ("tourism", 2017, False),
        ("tourism", 2018, True),
        ("science", 2024, False),
        ("intellectual_property+science", 2020, False),
        ("industry_commerce", 2019, True),
        ("legal_affairs+tourism", 2019, True),
    ],
)
def test_functions_that_ended(
    body: str, year: int, expected: bool, places: PlaceDeclarations
) -> None:
    assert bool(ended(f"350581/{body}", year, places)) == expected


def test_every_reform_names_its_document(places: PlaceDeclarations) -> None:
    assert {reform.key for reform in places.reforms} >= {"2008", "2013", "2018", "2023"}
    assert all("方案" in reform.source for reform in places.reforms)
    assert {reform.before for reform in places.reforms} <= set(places.functions)


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
