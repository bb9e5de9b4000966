"""A report is laid out as the tables of its form, and no figure is lost on the way."""

from typing import Any

from query.concordance import concept_names, concepts
from query.layout import Part, parts


def figure(indicator: str, value: str = "0", **more: Any) -> dict[str, Any]:
    plain = {
        "observation_id": f"{indicator} {more.get('applicant', '')} {more.get('period', '')}",
        "indicator": indicator, "applicant": "", "category": "", "period": "year", "value": value,
        "raw": value, "unit": "", "unit_from": "form", "status": "reported", "implied_zero": 0,
        "method": "table", "form": "", "evidence": "", "qualifier": "exact",
    }  # fmt: skip
    return plain | more


def labels(part: Part) -> list[str]:
    return [row[1].text for row in part.rows]


def test_rows_stand_in_the_order_of_the_form_under_their_sections() -> None:
    codes = ("requests.carried_out", "requests.outcome.refused.third_party",
             "requests.outcome.granted", "requests.new")  # fmt: skip
    found = [figure(code, applicant=who) for code in codes for who in ("total", "natural_person")]
    (part,) = parts(found, "2021")
    assert labels(part) == [
        "一、本年新收政府信息公开申请数量", "三、本年度办理结果", "（一）予以公开",
        "（三）不予公开", "4. 保护第三方合法权益", "四、结转下年度继续办理",
    ]  # fmt: skip
    assert part.heads[2:] == ("自然人", "总计")
    assert [row[0].text for row in part.rows if not row[0].text] == ["", ""]


def test_columns_of_one_row_stand_side_by_side_in_the_forms_order() -> None:
    codes = ("review.total", "review.upheld", "review.other", "review.pending", "review.corrected",
             "litigation.direct.total")  # fmt: skip
    (part,) = parts([figure(code, str(n)) for n, code in enumerate(codes)], "2021")
    assert part.heads[2:] == ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    first, second = part.rows
    assert [cell.text for cell in first] == ["review.*", "行政复议", "1", "4", "2", "3", "0"]
    assert [cell.text for cell in second[2:]] == [*["[no cell]"] * 4, "5"]


def test_small_tables_bear_the_number_of_their_article() -> None:
    found = [figure("proactive.rules.issued"), figure("proactive.penalty.decisions")]
    assert [part.heading for part in parts(found, "2021")] == [
        "第二十条第（一）项", "第二十条第（六）项",
    ]  # fmt: skip


def test_periods_stand_side_by_side() -> None:
    found = [figure("requests.received", "3", period=one) for one in ("cumulative", "year")]
    (part,) = parts(found, "fujian")
    assert part.heads[2:] == ("本年度", "历年累计")


def test_no_figure_is_lost() -> None:
    found = [
        figure("requests.new", applicant="total"),
        figure("requests.received"),  # no row of this form
        figure("proactive.category", category="财政"),
        figure("website.items", method="prose"),
        figure("requests.new", applicant="total", observation_id="twice"),
    ]
    made = list(parts(found, "2021"))
    assert all(any(part.holds(one["observation_id"]) for part in made) for one in found)
    shown = [cell for part in made for row in part.rows for cell in row if cell.observation_id]
    assert any(cell.text == "0 / 0" and cell.status == "conflicting" for cell in shown)
    assert "财政" in labels(made[2])[0]


def test_every_concept_is_named_in_both_languages() -> None:
    assert set(concept_names()) == set(concepts())
    assert all(words.english and words.chinese for words in concept_names().values())
