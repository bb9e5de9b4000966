from types import SimpleNamespace
from typing import cast

import pytest

from parsers.declared import Declarations
from parsers.declared.places import PlaceDeclarations
from parsers.records import Context, Document, TitleCandidate
from parsers.who import resolve
from tests.who.conftest import Resolver

BARE = "科技局2016年政府信息公开年度报告"


@pytest.mark.parametrize(
    ("title", "context", "agency_id"),
    [
        (BARE, {"site_name": "舒兰市人民政府"}, "220283/science"),
        (BARE, {"site_name": "泉州市人民政府", "column": "晋江市"}, "350582/science"),
        (BARE, {"agency": "舒兰市科技局"}, "220283/science"),
        (BARE, {"region_code": "220283"}, "220283/science"),
        (BARE, {"breadcrumb": "首页 > 舒兰市 > 信息公开年报"}, "220283/science"),
        ("市科技局2016年政府信息公开年报", {"site_name": "福州市鼓楼区人民政府"}, "350100/science"),
        (
            "朝阳区教育局2016年政府信息公开年报",
            {"site_name": "北京市朝阳区人民政府"},
            "110105/education",
        ),
        (
            "朝阳区教育局2016年政府信息公开年报",
            {"breadcrumb": "首页>长春市>年报"},
            "220104/education",
        ),
        ("廿里镇2017年政府信息公开年报", {"site_name": "中国·衢江"}, "330803/township:廿里镇"),
        (
            "高新区科技局2016年政府信息公开年报",
            {"site_name": "晋江市人民政府"},
            "350582/zone:高新区/science",
        ),
        (
            "新城科技局2016年政府信息公开年报",
            {"site_name": "西安市新城区人民政府"},
            "610102/science",
        ),
    ],
)
def test_the_surroundings_complete_a_title(
    who: Resolver, title: str, context: dict[str, str], agency_id: str
) -> None:
    (mention,) = who(title, **context)
    assert mention.agency_id == agency_id
    assert mention.evidence


def test_a_column_lists_reports_of_other_bodies(who: Resolver) -> None:
    zone = {"site_name": "恩格贝生态示范区管委会", "agency": "恩格贝生态示范区管委会"}
    (mention,) = who("鄂尔多斯市2019年政府信息公开工作年度报告", **zone)
    assert mention.agency_id == "150600/government"
    assert mention.alternatives == ("150600-engebei/zone_committee",)


@pytest.mark.parametrize(
    "context",
    [
        {"site_name": "泉州市人民政府"},
        {"site_name": "仙游县人民政府", "column": "晋江市"},
        {"site_name": "莆田市人民政府", "column": "晋江市"},
        {"site_name": "福建省人民政府"},
        {"url": "http://www.jinjiang.gov.cn/kjj/1.htm"},
    ],
)
def test_weak_or_divided_evidence_leaves_it_open(who: Resolver, context: dict[str, str]) -> None:
    (mention,) = who(BARE, **context)
    assert (mention.agency_id, mention.region_code) == ("", "")


def test_a_site_name_alone_names_no_body(who: Resolver) -> None:
    title = "2019年政府信息公开工作年度报告"
    (mention,) = who(title, site_name="莆田市科学技术局")
    assert mention.agency_id == ""
    assert mention.alternatives == ("350300/science",)
    (mention,) = who(title, site_name="莆田市科学技术局", meta={"ContentSource": "市科技局"})
    assert mention.agency_id == ""
    (mention,) = who(
        title, site_name="莆田市科学技术局", meta={"ContentSource": "莆田市科学技术局"}
    )
    assert mention.agency_id == "350300/science"


def test_cited_notices_tell_whose_bureau_it_is(who: Resolver) -> None:
    text = (
        "根据《吉林市人民政府政务公开办公室关于编制年度报告的通知》（吉市政公办发【2017】1号）"
        "及《关于编制年度报告的通知》（舒政办发【2017】2号），我局编制本报告。"
    )
    (mention,) = who(BARE, text)
    assert mention.agency_id == "220283/science"
    assert "舒政办发" in mention.evidence


def test_the_opening_names_the_body_of_a_short_title(who: Resolver) -> None:
    text = (
        "本报告汇总晋江市科学技术局信息公开情况编制而成。如有疑问，请与晋江市科学技术局办公室联系。"
    )
    (mention,) = who(BARE, text)
    assert mention.agency_id == "350582/science"


def test_a_superior_of_the_same_trade_is_not_the_body(who: Resolver) -> None:
    text = "按照吉林市科技局关于做好信息公开工作的要求，我局认真开展工作。"
    (mention,) = who(BARE, text)
    assert mention.agency_id == ""


@pytest.mark.parametrize(
    "lines",
    [
        ("罗庄区科学技术局", "2024年政府信息公开工作年度报告", "一、总体情况"),
        ("一、总体情况", "2024年主动公开信息20条。", "罗庄区科学技术局", "2025年1月10日"),
        ("一、总体情况", "2024年主动公开信息20条。", "临沂市罗庄区科学技术局 2025年1月10日"),
        ("罗庄区科学技术局文件", "一、总体情况"),
        (
            "2024年，罗庄区科学技术局认真贯彻条例，主动公开信息20条。根据省科技厅部署，我局完善了制度。",
        ),
    ],
)
def test_a_document_without_title(who: Resolver, lines: tuple[str, ...]) -> None:
    (mention,) = who("", *lines)
    assert mention.agency_id == "371311/science"


def test_two_bodies_in_the_opening_leave_it_open(who: Resolver) -> None:
    text = "莆田市教育局认真贯彻条例。莆田市财政局认真贯彻条例。"
    assert all(not mention.agency_id for mention in who("", text))


def test_telephone_code_and_address_settle_a_name_of_several_places(who: Resolver) -> None:
    title = "鼓楼区科技局2016年政府信息公开年报"
    assert who(title, "电话：0591-87654321")[0].region_code == "350102"
    addressed = who(title, "地址：江苏省南京市鼓楼区山西路1号")[0]
    assert addressed.region_code == "320106"
    assert "山西路" not in addressed.evidence


def test_nothing_known_is_nothing_said(who: Resolver) -> None:
    assert who("2016年政府信息公开年报") == ()
    assert who("") == ()
    assert who("\u0000" * 50 + "，。" * 4000, "县" * 20000) == ()


def test_who_compiled_it_and_whom_it_covers(who: Resolver) -> None:
    text = "本报告由晋江市人民政府办公室编制，汇总晋江市教育局、晋江市财政局信息公开情况。"
    mentions = who("晋江市2016年政府信息公开工作年度报告", text)
    assert [(m.role, m.agency_id) for m in mentions] == [
        ("issuer", "350582/government"),
        ("compiler", "350582/office"),
        ("covered", "350582/education"),
        ("covered", "350582/finance"),
    ]
    mentions = who("晋江市2016年政府信息公开工作年度报告", "本报告由市政府办公室负责编制。")
    assert [m.agency_id for m in mentions] == ["350582/government", "350582/office"]


def test_a_body_that_compiles_its_own_report_is_named_once(who: Resolver) -> None:
    text = "本报告由晋江市科学技术局编制，汇总晋江市科学技术局信息公开情况。"
    (mention,) = who("晋江市科技局2016年政府信息公开年报", text)
    assert mention.role == "issuer"


@pytest.mark.parametrize(
    ("line", "agency_id"),
    [
        ("在市委、市政府的领导下，我局认真开展工作。", "350300/science"),
        ("在县委、县政府的领导下，我局认真开展工作。", "350322/science"),
        ("在区委、区政府的领导下，我局认真开展工作。", ""),
        ("我局认真开展工作。", ""),
    ],
)
def test_a_city_site_shows_reports_of_its_counties_too(
    who: Resolver, line: str, agency_id: str
) -> None:
    (mention,) = who(BARE, line, site_name="莆田市人民政府")
    assert mention.agency_id == agency_id


@pytest.mark.parametrize(
    ("title", "agency_id"),
    [
        ("晋江市2016年政府信息公开年报（市教育局）", "350582/education"),
        ("晋江市（教育局）2016年政府信息公开年报", "350582/education"),
        ("晋江市人民政府外事办公室2016年政府信息公开年报", "350582/foreign_affairs"),
        ("晋江市（本级）2016年政府信息公开年报", "350582/government"),
    ],
)
def test_what_brackets_add(who: Resolver, title: str, agency_id: str) -> None:
    assert who(title)[0].agency_id == agency_id


def test_a_page_title_ends_with_the_site(places: PlaceDeclarations) -> None:
    page = "科技局2016年政府信息公开年报_舒兰市人民政府门户网站"
    document = Document((), "html", titles=(TitleCandidate(page, "title"),))
    declared = cast(Declarations, SimpleNamespace(places=places))
    (mention,) = resolve("", document, Context(), declared)
    assert mention.agency_id == "220283/science"


def test_a_notice_passed_on_names_no_body(who: Resolver) -> None:
    title = "莆田市科技局转发福建省科技厅2016年政府信息公开年报"
    assert all(not mention.agency_id for mention in who(title))


def test_a_list_of_bodies_or_of_their_reports_names_none(who: Resolver) -> None:
    bodies = ("莆田市教育局", "莆田市财政局", "一、总体情况")
    assert all(not mention.agency_id for mention in who("2016年政府信息公开年报", *bodies))
    rows = tuple(f"{body}2016年政府信息公开年报" for body in bodies[:2])
    assert all(not mention.agency_id for mention in who("", *rows))
    speech = "莆田市教育局认真贯彻条例。晋江市教育局认真贯彻条例。"
    assert all(not mention.agency_id for mention in who("", speech))


def test_an_office_signs_for_its_government_too(who: Resolver) -> None:
    (mention,) = who("", "一、总体情况", "晋江市人民政府办公室", "2017年1月10日")
    assert mention.agency_id == ""
    assert "350582/office" in mention.alternatives


def test_a_town_of_a_county_site(who: Resolver) -> None:
    text = "我镇成立巍山镇政府信息公开领导小组，主动公开信息20条。"
    (mention,) = who("", text, site_name="东阳市人民政府")
    assert mention.agency_id == "330783/township:巍山镇"
    (mention,) = who("", text)
    assert (mention.agency_id, mention.level) == ("", "township")
