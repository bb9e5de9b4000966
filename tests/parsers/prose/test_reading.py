"""Places, sections, problems and limits of reading sentences."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.declarations import load
from parsers.prose import read_prose
from parsers.prose.sentences import MAX_PARAGRAPH, compact
from parsers.records import Document, Observation, Paragraph, Problem, Scope
from parsers.text import canon

SECONDS_FOR_A_MEGABYTE = (
    20.0  # far above what it takes: a time that grows with the square is longer
)
MEGABYTE = 1_000_000


def read(
    *texts: str, form: str = "2021", year: int | None = 2023, scope: Scope = "own"
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    places = enumerate(texts, 1)
    blocks = tuple(Paragraph(text, f"html:p[{number}]#/html/p") for number, text in places)
    return read_prose(Document(blocks, "html"), frozenset(), form, year, scope, load())


def codes(*texts: str, form: str = "2021") -> list[str]:
    return [item.indicator for item in read(*texts, form=form)[0]]


def kinds(*texts: str, form: str = "2021") -> list[str]:
    return [problem.kind for problem in read(*texts, form=form)[1]]


@given(st.text(alphabet="公开 \u3000\n１２2３，。（）：…①²㎡“”—\u200bＡ年", max_size=40))
def test_each_character_of_a_key_knows_its_place(text: str) -> None:
    key, offsets = compact(text)
    assert len(key) == len(offsets)
    assert list(offsets) == sorted(offsets)
    for char, offset in zip(key, offsets, strict=True):
        assert char == "\ufffd" or char in canon(text[offset])


def test_the_place_stands_before_the_element_path() -> None:
    (item,), _ = read("2023年，我局　主动公开政府信息 １２ 条。")
    assert item.locator == "html:p[1]@18-22#/html/p"
    assert (item.raw, item.unit, int(item.value or 0)) == ("１２ 条", "条", 12)


@pytest.mark.parametrize(
    "number",
    [
        "数十",
        "上百",
        "上万",
        "几十",
        "十几",
        "30几",
        "20来",
        "10至20",
        "3-5",
        "3~5",
        "1,2345",
        "1O",
        "○",
        "一0三",
        "1万2",
        "1.2万3千",
        "٣٢",
    ],
)
def test_a_number_that_is_no_figure_is_told(number: str) -> None:
    found, problems = read(f"全年主动公开政府信息{number}条。")
    assert found == ()
    assert [item.kind for item in problems] == ["unreadable_number"]


def test_a_number_shown_from_right_to_left_is_told() -> None:
    found, problems = read("全年主动公开政府信息\u202e321\u202c条，收到信息公开申请5件。")
    assert [item.indicator for item in found] == ["requests.new"]
    assert [item.kind for item in problems] == ["unreadable_number"]


def test_blocks_read_as_a_table_are_passed_over() -> None:
    blocks = (Paragraph("主动公开政府信息5条。", "html:p[1]"),)
    found, _ = read_prose(Document(blocks, "html"), frozenset({0}), "2021", 2023, "own", load())
    assert found == ()


def test_rows_written_with_tabs_are_no_sentences() -> None:
    assert codes("本年新收政府信息公开申请数量\t0\t0\t3件") == []


def test_a_fact_stated_twice_alike_is_kept_once() -> None:
    text = "2023年主动公开政府信息5条。"
    found, problems = read(text, text)
    assert [item.locator for item in found] == ["html:p[1]@13-15#/html/p"]
    assert problems == ()


def test_a_fact_stated_differently_is_kept_twice_with_a_problem() -> None:
    found, problems = read("2023年主动公开政府信息5条。", "全年主动公开政府信息8条。")
    assert [item.value for item in found] == [5, 8]
    assert [item.kind for item in problems] == ["conflicting_sentences"]


def test_different_figures_of_a_medium_are_of_several_accounts() -> None:
    found, problems = read("微信公众号发布信息50条。", "“清水交警”微信公众号发布信息80条。")
    assert found == ()
    assert {item.kind for item in problems} == {"conflicting_sentences"}


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("公开政府信息60条，其中动态类信息40条，公告类信息20条。", 2),  # all of it
        ("公开政府信息60条，其中动态类信息40条。", 1),  # right behind
        ("公开政府信息60条，制发规范性文件50件。其中动态类信息40条。", 0),  # of the documents?
        ("公开政府信息60条，其中动态类信息50条，公告类信息20条。", 0),  # too many
        ("公开政府信息60条，其中动态类信息30条，占总数的50%。", 1),
        ("公开政府信息60条，其中动态类信息30条，占总数的80%。", 0),
    ],
)
def test_a_list_by_subject_has_to_fit_its_total(text: str, entries: int) -> None:
    found, problems = read(f"2023年，我局主动{text}")
    read_entries = [item for item in found if item.indicator == "proactive.category"]
    assert len(read_entries) == entries
    assert bool(entries) != ("unproved_list" in {item.kind for item in problems})


@pytest.mark.parametrize(
    ("where", "second", "entries"),
    [
        ("门户网站政府信息公开专栏", 20, 2),
        ("门户网站政府信息公开专栏", 30, 0),  # does not add up
        ("门户网站政策解读栏目", 20, 0),  # where other things stand
    ],
)
def test_a_list_may_divide_what_the_column_holds(where: str, second: int, entries: int) -> None:
    said = f"“河口科技网”{where}已累计发布各类文件及其他信息60条，全文电子化达100%。"
    found, problems = read(f"{said}其中，工作动态类40条；其他应主动公开信息{second}条。")
    assert len([item for item in found if item.indicator == "proactive.category"]) == entries
    assert second != 30 or "unproved_list" in {item.kind for item in problems}


def test_a_section_that_says_only_none() -> None:
    assert codes("三、行政复议情况", "无。") == ["review.total"]
    assert codes("三、收费情况", "无") == ["fees.charged"]
    assert codes("六、其他需要报告的事项", "无") == []
    assert codes("四、政府信息公开行政复议、行政诉讼情况", "无") == [
        "review.total",
        "litigation.total",
    ]
    assert codes("四、行政复议和提升能力情况", "无") == []
    assert kinds("四、行政复议和提升能力情况", "无") == ["ambiguous_none"]


def test_the_word_none_in_a_longer_section_says_nothing() -> None:
    assert codes("三、行政复议情况", "无", "本年度工作平稳。") == []


def test_a_conclusion_from_nothing_is_a_problem() -> None:
    text = "我局收到公民关于信息公开的咨询信息，因此无政府信息公开咨询情况。"
    assert codes(text) == []
    assert kinds(text) == ["contradictory_sentence"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("截至2023年底，我局共主动公开政府信息300条。", "ambiguous_period"),
        ("向市图书馆、市档案馆报送政府公开信息各50份。", "shared_figure"),
        ("2023年全区共主动公开政府信息8万条。", "wider_scope"),
        ("在便民长廊主动公开政府信息30条。", "unsure_scope"),
        ("收到申请数：3件", "unread_line"),
        ("上年结转：2件", "unread_line"),
        ("2、主动公开数：12条；", "unread_line"),
        ("2023年，我局在政府网站审批模块发布信息84条。", "unsure_scope"),
    ],
)
def test_what_stays_open_is_a_problem(text: str, kind: str) -> None:
    assert codes(text) == []
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    ("form", "year", "code"),
    [
        ("2014", 2019, "requests.received"),
        ("fujian", 2016, "requests.received"),
        ("prose", 2018, "requests.received"),
        ("prose", 2019, "requests.new"),
        ("2019", 2018, "requests.new"),
        ("2019+2021", 2022, "requests.new"),
        ("prose", None, "requests.received"),
    ],
)
def test_codes_are_those_of_the_reports_form(form: str, year: int | None, code: str) -> None:
    found, _ = read("我局收到政府信息公开申请3件。", form=form, year=year)
    assert [item.indicator for item in found] == [code]


def test_money_keeps_its_printed_unit() -> None:
    found, _ = read("政府信息公开专项经费2.5万元。", form="2014", year=2016)
    assert [(str(item.value), item.unit, str(item.value_std)) for item in found] == [
        ("2.5", "万元", "2.5")
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "2023年，我局主动公开政府信息50条，未收到政府信息公开申请，其中工作动态类5条；" * 1000,
        "1" * 40_000,
        "1," * 20_000,
        "一二三条" * 10_000,
        "没有未无" * 10_000,
        "(《" * 20_000,
        "2023年1月1日至" * 4_000,
        "主动公开政府信息" * 5_000,
    ],
    ids=["sentences", "digits", "commas", "numerals", "denials", "brackets", "years", "words"],
)
def test_a_megabyte_is_read_in_bounded_time(paragraph: str) -> None:
    paragraph = paragraph[:MAX_PARAGRAPH]
    texts = [paragraph] * (MEGABYTE // len(paragraph))
    began = time.process_time()
    read(*texts)
    assert time.process_time() - began < SECONDS_FOR_A_MEGABYTE


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            "公开政府信息申请收到未无没有复议诉讼收费12条件，。；：（）年2023其中共为零微信网站"
        ),
        max_size=80,
    )
)
def test_no_sentence_raises(chars: list[str]) -> None:
    read("".join(chars))


def test_the_parts_of_requests_may_stand_in_the_next_sentence() -> None:
    found, _ = read(
        "全年收到政府信息公开申请9件。其中，网上申请7件，占77.8%；当面申请2件。自然人提出申请8件。"
    )
    said = [(item.indicator, item.applicant, int(item.value or 0)) for item in found]
    assert said == [
        ("requests.new", "total", 9),
        ("requests.received.online", "", 7),
        ("requests.received.in_person", "", 2),
        ("requests.new", "natural_person", 8),
    ]


@pytest.mark.parametrize(
    "title", ["(一)门户网站公开情况", "(二)微信公众号公开情况", "(三)宣传栏公开情况"]
)
def test_a_section_on_one_medium_gives_no_total(title: str) -> None:
    assert codes(title, "全年公开信息12条。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，县财政局共受理政府信息公开申请6件。", []),
        ("2023年，县住建局共受理政府信息公开申请6件。", ["requests.new"]),
        ("2023年，县局共受理政府信息公开申请6件。", ["requests.new"]),
        ("2023年，我局共受理政府信息公开申请6件。", ["requests.new"]),
        ("2023年，县财政局未收到政府信息公开申请。", []),
        ("2023年，县住建局未收到政府信息公开申请。", ["requests.new"]),
    ],
)
def test_a_peer_is_told_from_a_short_name_of_the_body_itself(
    text: str, expected: list[str]
) -> None:
    document = Document((Paragraph(text, "html:p[1]"),), "html")
    names = ("甲县住房和城乡建设局",)
    found, _ = read_prose(document, frozenset(), "2021", 2023, "own", load(), names)
    assert [item.indicator for item in found] == expected


def test_what_stands_behind_the_longest_paragraph_is_told() -> None:
    found, problems = read("主动公开政府信息12条。" + "无" * MAX_PARAGRAPH)
    assert [item.indicator for item in found] == ["proactive.items"]
    assert "too_much_prose" in {item.kind for item in problems}


def test_a_subject_keeps_both_its_quotation_marks() -> None:
    found, _ = read("主动公开政府信息3条，其中“三公”经费1条、“双随机”结果2条。")
    assert [item.category for item in found] == ["", "“三公”经费", "“双随机”结果"]
