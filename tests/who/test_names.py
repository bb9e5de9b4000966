import pytest

from parsers.declared.places import PlaceDeclarations
from tests.who.conftest import Resolver

YEAR = "2016年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("body", "agency_id", "name", "level"),
    [
        ("莆田市科技局", "350300/science", "莆田市科学技术局", "prefecture"),
        (
            "晋江市科技和知识产权局",
            "350582/intellectual_property+science",
            "晋江市科技和知识产权局",
            "county",
        ),
        ("泉州市鲤城区科学技术局", "350502/science", "泉州市鲤城区科学技术局", "county"),
        ("临淄区科技局", "370305/science", "淄博市临淄区科学技术局", "county"),
        ("晋江科技局", "350582/science", "晋江市科学技术局", "county"),
        ("张家川县科学技术局", "620525/science", "张家川回族自治县科学技术局", "county"),
        ("延边州教育局", "222400/education", "延边朝鲜族自治州教育局", "prefecture"),
        ("内蒙古自治区卫生健康委员会", "150000/health", "内蒙古自治区卫生健康委员会", "province"),
        ("内蒙古发改委", "150000/development_reform", "内蒙古自治区发展和改革委员会", "province"),
        ("江西省水利厅", "360000/water", "江西省水利厅", "province"),
        ("重庆市城口县科委", "500229/science", "重庆市城口县科学技术委员会", "county"),
        ("上海市人民政府办公厅", "310000/office", "上海市人民政府办公厅", "province"),
        ("鄂尔多斯市", "150600/government", "鄂尔多斯市人民政府", "prefecture"),
        ("淮安区政府办", "320803/office", "淮安市淮安区人民政府办公室", "county"),
        ("阿里地区行署", "542500/government", "阿里地区行政公署", "prefecture"),
        ("民政部", "100000/civil_affairs", "民政部", "national"),
        ("太湖流域管理局", "100000/water.taihu", "水利部太湖流域管理局", "national"),
        ("国家税务总局嘉兴市税务局", "330400/tax", "国家税务总局嘉兴市税务局", "prefecture"),
        (
            "增城市人民政府永宁街道办事处",
            "440183/township:永宁街道",
            "增城市永宁街道办事处",
            "township",
        ),
        ("武江区惠民街", "440203/township:惠民街道", "韶关市武江区惠民街道办事处", "township"),
        ("东莞市虎门镇人民政府", "441900/township:虎门镇", "东莞市虎门镇人民政府", "township"),
        ("杭州市公安局上城区分局", "330102/public_security", "杭州市公安局上城区分局", "county"),
        (
            "苏州市自然资源和规划局吴中分局",
            "320506/natural_resources+planning",
            "苏州市自然资源和规划局吴中分局",
            "county",
        ),
        ("泉州市晋江生态环境局", "350582/environment", "晋江市生态环境局", "county"),
        (
            "西咸新区正阳街道办事处",
            "610000-xixian/township:正阳街道",
            "西咸新区正阳街道办事处",
            "township",
        ),
        (
            "鄂尔多斯市恩格贝生态示范区管委会",
            "150600-engebei/zone_committee",
            "恩格贝生态示范区管理委员会",
            "county",
        ),
        ("泉州台商投资区管委会", "350500/zone:台商投资区", "泉州市台商投资区管理委员会", "county"),
        ("第八师石河子市科技局", "659001/science", "石河子市科学技术局", "county"),
        ("莆田市卫生监督所", "350300/other:卫生监督所", "莆田市卫生监督所", "prefecture"),
    ],
)
def test_a_name_that_says_its_place(
    who: Resolver, body: str, agency_id: str, name: str, level: str
) -> None:
    (mention,) = who(body + YEAR)
    assert (mention.agency_id, mention.name, mention.level) == (agency_id, name, level)
    assert mention.printed == body
    assert mention.evidence == "title"


@pytest.mark.parametrize(
    "title",
    [
        "莆田市教育局2016年政府信息公开工作年度报告",
        "2016年度莆田市教育局政府信息公开年报",
        "莆田市教育局关于2016年度政府信息公开工作情况的报告",
        "莆田市教育局\n二〇一六年政府 信息公开工作年度报告",
        "【莆田市教育局】2016年政府信息公开年报",
        "2016年政府信息公开年报——莆田市教育局",
        "2016年政府信息公开工作年度报告(莆田市教育局)",
        "莆田市教育局機關2016年政府信息公開年報",
        "福建省莆田市教育局2016年政务信息公开工作报告",
    ],
)
def test_the_same_body_however_the_title_runs(who: Resolver, title: str) -> None:
    (mention,) = who(title)
    assert mention.agency_id == "350300/education"


def test_government_its_office_and_a_bureau_are_three_bodies(who: Resolver) -> None:
    titles = ("鄂尔多斯市", "鄂尔多斯市人民政府办公室", "鄂尔多斯市教育局")
    ids = [who(f"{title}2019年政府信息公开工作年度报告")[0].agency_id for title in titles]
    assert ids == ["150600/government", "150600/office", "150600/education"]


def test_joint_reports_name_each_body(who: Resolver) -> None:
    mentions = who("莆田市科技局、知识产权局2012年政府信息公开年报")
    assert [(m.role, m.agency_id) for m in mentions] == [
        ("issuer", "350300/science"),
        ("joint", "350300/intellectual_property"),
    ]


def test_a_second_signboard_adds_its_functions(who: Resolver) -> None:
    (mention,) = who("尤溪县工信局（科技局、商务局）2020年政府信息公开年报")
    assert mention.agency_id == "350426/commerce+industry+science"


def test_names_follow_the_year(who: Resolver) -> None:
    for year, code in ((2011, "420600"), (2009, "420600")):
        assert who(f"襄阳市教育局{year}年政府信息公开年报")[0].region_code == code
    assert who("沙县人民政府2015年政府信息公开年报")[0].region_code == "350427"
    assert who("沙县人民政府2024年政府信息公开年报")[0].region_code == "350405"
    assert who("铜仁市科技局2009年政府信息公开年报")[0].level == "county"
    assert who("铜仁市科技局2016年政府信息公开年报")[0].level == "prefecture"


@pytest.mark.parametrize(
    "title", ["朝阳区教育局", "鼓楼区科技局", "吉林科技局", "永定区", "通州区财政局"]
)
def test_names_of_several_places_stay_open(who: Resolver, title: str) -> None:
    (mention,) = who(title + YEAR)
    assert (mention.agency_id, mention.region_code, mention.name) == ("", "", "")
    assert len(mention.alternatives) >= 2


@pytest.mark.parametrize(
    "title", ["科技局", "市科技局", "西牛镇", "高新区科技局", "县政府办公室", "新城科技局"]
)
def test_names_without_a_place_stay_open(who: Resolver, title: str) -> None:
    (mention,) = who(title + YEAR)
    assert mention.agency_id == ""
    assert mention.printed == title


def test_foreign_words_in_a_name_leave_it_open_with_what_it_may_be(who: Resolver) -> None:
    (mention,) = who("漳平市审计局足球直播2025年政府信息公开工作年度报告")
    assert mention.agency_id == ""
    assert mention.alternatives == ("350881/audit",)


def test_no_bureau_reads_as_a_place(places: PlaceDeclarations) -> None:
    from parsers.who.names import read_name

    for word in places.words:
        for suffix in ("局", "委员会", "办公室"):
            name = read_name(word + suffix, places)
            assert name is None or not name.regions, word


@pytest.mark.parametrize(
    "body",
    [
        "青禾县科学技术局",
        "四川省青禾县科学技术局",
        "青禾县教育和体育局",
        "青禾县人民政府办公室",
        "青禾县大柳镇人民政府",
        "青禾满族自治县水务局",
        "泉州市青禾区科技局",
        "青禾县",
    ],
)
def test_a_place_of_no_table_stays_open_and_as_printed(who: Resolver, body: str) -> None:
    (mention,) = who(body + YEAR, site_name="泉州市人民政府", column="晋江市")
    assert mention.printed == body
    assert (mention.agency_id, mention.region_code, mention.name) == ("", "", "")


def test_a_person_may_say_which_place_it_is(who: Resolver) -> None:
    (mention,) = who("青禾县科学技术局" + YEAR, region_code="220283")
    assert mention.printed == "青禾县科学技术局"


@pytest.mark.parametrize("body", ["城市管理局", "园区管理局", "市区绿化局"])
def test_words_that_end_like_a_place_are_none(who: Resolver, body: str) -> None:
    for mention in who(body + YEAR):
        assert mention.agency_id == ""


def test_a_dot_parts_joint_bodies(who: Resolver) -> None:
    first, second = who("北京市统计局•国家统计局北京调查总队" + YEAR)
    assert (first.agency_id, first.role) == ("110000/statistics", "issuer")
    assert (second.agency_id, second.role) == ("110000/survey", "joint")
