"""Made-up titles over all regions and functions: the right body or none, never another."""

import random
import time
from collections import Counter

import pytest

from parsers.declared.places import PlaceDeclarations, Region
from parsers.who.regions import spelled_names, stem_of
from tests.who.conftest import Resolver

STYLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开年报",
    "{year}年{name}政府信息公开年度报告",
    "{name}关于{year}年度政府信息公开工作情况的报告",
    "关于{name}{year}年政府信息公开工作年度报告",
    "{name}政府信息公开工作年度报告（{year}年度）",
    "{name}\n{year}年政府 信息公开工作年度报告",
)
TOWNS = ("城关镇", "永宁街道", "南薰乡", "长兴镇", "新城街道", "金沙江镇", "东街街道", "河东乡")


def _place(draw: random.Random, region: Region, places: PlaceDeclarations) -> str:
    name = draw.choice(spelled_names(region.name))
    style = draw.choice(("plain", "plain", "chain", "stem"))
    above = places.region(region.parent)
    if style == "stem" and not region.zone:
        return stem_of(region.name) or name
    if style == "chain" and above is not None and not region.zone:
        return above.name + name
    return name


def _body(draw: random.Random, region: Region, places: PlaceDeclarations) -> tuple[str, str]:
    kind = draw.choice(("bureau", "bureau", "bureau", "government", "office", "town"))
    if kind == "town" and region.level == "county":
        town = draw.choice(TOWNS)
        return town, f"township:{town}"
    if kind == "government" and not region.zone:
        return draw.choice(("", "人民政府")), "government"
    if kind == "office":
        return draw.choice(("人民政府办公室", "政府办公室", "政府办")), "office"
    word = draw.choice(tuple(places.words.values()))
    whole = word.word.endswith(("社", "会", "中心", "海关", "队", "委", "办"))
    suffix = "" if whole else draw.choice(("局", "局", "委员会", "办公室"))
    return word.word + suffix, "+".join(sorted(set(word.functions)))


@pytest.mark.parametrize("seed", range(4))
def test_made_up_titles(seed: int, who: Resolver, places: PlaceDeclarations) -> None:
    draw = random.Random(seed)
    outcomes: Counter[str] = Counter()
    while outcomes.total() < 1200:
        region, year = draw.choice(places.regions), draw.randint(2009, 2025)
        if not region.valid_in(year):
            continue
        body, key = _body(draw, region, places)
        title = draw.choice(STYLES).format(name=_place(draw, region, places) + body, year=year)
        mentions = who(title)
        ids = {mention.agency_id for mention in mentions} - {""}
        expected = f"{region.identity}/{key}"
        outcomes["right" if ids == {expected} else "open" if not ids else "wrong"] += 1
        assert ids <= {expected}, title
    assert outcomes["right"] / outcomes.total() >= 0.85
    print(dict(outcomes))  # noqa: T201


def test_titles_resolve_fast(who: Resolver) -> None:
    title = "泉州市鲤城区科学技术局2022年政府信息公开工作年度报告"
    who(title)
    start = time.perf_counter()
    for _ in range(300):
        who(title)
    assert (time.perf_counter() - start) / 300 < 0.005  # on a loaded machine; usually 0.0002
