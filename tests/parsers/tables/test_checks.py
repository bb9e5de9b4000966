"""Identities: what holds, what fails, what a blank leaves open."""

from dataclasses import replace
from decimal import Decimal

from parsers.checks import evaluate
from parsers.records import Check, Observation
from tests.parsers.tables.build import declared


def figure(indicator: str, raw: str, applicant: str = "", form: str = "2014") -> Observation:
    """A table's figure, blank where `raw` is empty."""
    return Observation(
        indicator=indicator,
        value=Decimal(raw) if raw else None,
        value_std=Decimal(raw) if raw else None,
        status="reported" if raw else "blank",
        raw=raw,
        method="table",
        locator="html:table[1]/r1c1",
        applicant=applicant,
        form=form,
    )


def check(name: str, *items: Observation, form: str = "2014") -> Check | None:
    checks, _ = evaluate(items, declared(), (form,))
    return next((found for found in checks if found.identity == name), None)


def printed(found: Check) -> tuple[str, ...]:
    """Both sides and their difference."""
    return (str(found.left), str(found.right), str(found.difference))


def staff(total: str, full: str, part: str) -> tuple[Observation, ...]:
    codes = ("institution.staff", "institution.staff.full_time", "institution.staff.part_time")
    return tuple(figure(code, raw) for code, raw in zip(codes, (total, full, part), strict=True))


def test_an_identity_holds() -> None:
    found = check("institution.staff.parts", *staff("3", "1", "2"))
    assert found is not None
    assert (found.verdict, *printed(found)) == ("holds", "3", "3", "0")
    assert found.clause == "从事政府信息公开工作人员数 3 = 专职人员数 1 + 兼职人员数 2"


def test_an_identity_fails_with_its_figures() -> None:
    found = check("institution.staff.parts", *staff("4", "0", "2"))
    assert found is not None
    assert (found.verdict, *printed(found)) == ("fails", "4", "2", "2")
    assert found.severity == "error"
    assert found.clause == "从事政府信息公开工作人员数 4 ≠ 专职人员数 0 + 兼职人员数 2（差 +2）"


def test_a_blank_leaves_it_open() -> None:
    found = check("institution.staff.parts", *staff("4", "", "2"))
    assert found is not None
    assert (found.verdict, found.left, found.right) == ("not_evaluable", None, None)
    assert "专职人员数 空" in found.clause


def test_a_blank_cannot_be_less_than_zero() -> None:
    found = check("institution.staff.parts", *staff("1", "", "2"))
    assert found is not None
    assert found.verdict == "fails"


def test_an_implied_zero_stays_blank() -> None:
    items = staff("2", "", "2")
    checks, marked = evaluate(items, declared(), ("2014",))
    assert checks[0].verdict == "holds"
    assert [item.implied_zero for item in marked] == [False, True, False]
    assert marked[1].value is None
    assert marked[1].status == "blank"
    assert marked == (items[0], replace(items[1], implied_zero=True), items[2])


def test_blanks_on_both_sides_imply_nothing() -> None:
    names = (
        "requests.new",
        "requests.carried_in",
        "requests.outcome.total",
        "requests.carried_out",
    )
    items = [
        figure(code, raw, "business", "2021")
        for code, raw in zip(names, ("5", "", "5", ""), strict=True)
    ]
    checks, marked = evaluate(items, declared(), ("2021",))
    found = next(item for item in checks if item.identity == "requests.balance")
    assert (found.verdict, found.applicant) == ("not_evaluable", "business")
    assert not any(item.implied_zero for item in marked)


def test_the_balance_of_each_column() -> None:
    names = (
        "requests.new",
        "requests.carried_in",
        "requests.outcome.total",
        "requests.carried_out",
    )
    raws = {"natural_person": ("5", "1", "6", "0"), "business": ("5", "0", "4", "0")}
    items = [
        figure(code, raw, who, "2021")
        for who, values in raws.items()
        for code, raw in zip(names, values, strict=True)
    ]
    checks, _ = evaluate(items, declared(), ("2021",))
    verdicts = {
        item.applicant: item.verdict for item in checks if item.identity == "requests.balance"
    }
    assert verdicts == {"natural_person": "holds", "business": "fails"}


def test_the_sum_of_each_row() -> None:
    names = ("natural_person", "business", "research", "welfare", "legal_service", "other", "total")
    items = [
        figure("requests.new", raw, who, "2021") for who, raw in zip(names, "1000003", strict=True)
    ]
    found = check("requests.applicants", *items, form="2021")
    assert found is not None
    assert (found.verdict, *printed(found)) == ("fails", "3", "1", "2")
    assert found.clause.startswith("本年新收政府信息公开申请数量：总计 3 ≠ 自然人 1 + 商业企业 0")


def test_a_part_is_at_most_the_whole() -> None:
    items = (figure("proactive.items", "5"), figure("proactive.items.normative", "7"))
    found = check("proactive.items.normative", *items)
    assert found is not None
    assert (found.verdict, *printed(found)) == ("fails", "7", "5", "2")
    assert "主动公开规范性文件数 7 > 主动公开政府信息数 5" in found.clause


def test_channels_may_together_exceed_the_whole() -> None:
    items = [figure("proactive.items", "755")]
    items += [
        figure(f"proactive.channel.{key}", raw)
        for key, raw in (("website", "631"), ("wechat", "163"))
    ]
    checks, _ = evaluate(items, declared(), ("2014",))
    assert {item.verdict for item in checks} == {"holds"}


def test_a_row_the_form_may_lack_counts_as_none() -> None:
    names = ("", ".in_person", ".fax", ".online", ".letter")
    items = [
        figure(f"requests.received{name}", raw) for name, raw in zip(names, "30010", strict=True)
    ]
    found = check("requests.received.parts", *items)
    assert found is not None
    assert found.verdict == "fails"


def test_a_row_that_could_not_be_read_is_not_the_publishers_error() -> None:
    found = check(
        "requests.closed.parts",
        figure("requests.closed", "3"),
        figure("requests.closed.on_time", "2"),
    )
    assert found is not None
    assert found.verdict == "not_evaluable"


def test_other_handling_in_one_row_or_three() -> None:
    single = [
        figure("requests.outcome.total", "4", "total", "2021"),
        figure("requests.outcome.other", "5", "total", "2021"),
    ]
    found = check("requests.outcomes", *single, form="2021")
    assert found is not None
    assert found.verdict == "fails"
    three = [single[0], figure("requests.outcome.other.other", "5", "total", "2021")]
    found = check("requests.outcomes", *three, form="2021")
    assert found is not None
    assert found.verdict == "fails"


def test_tables_against_prose() -> None:
    table = figure("proactive.items", "755")
    prose = replace(figure("proactive.items", "750"), method="prose", raw="750条", form="2014")
    found = check("table_prose", table, prose)
    assert found is not None
    assert (found.verdict, *printed(found)) == ("fails", "755", "750", "5")
    assert found.clause == "主动公开政府信息数：表格 755 ≠ 正文 750条"
    same = check("table_prose", table, replace(prose, value=Decimal(755), value_std=Decimal(755)))
    assert same is not None
    assert same.verdict == "holds"
    assert check("table_prose", table, replace(prose, qualifier="approx")) is None
    assert check("table_prose", table, replace(prose, period="cumulative")) is None


def test_an_approximate_figure_proves_nothing() -> None:
    items = list(staff("4", "0", "2"))
    items[2] = replace(items[2], qualifier="approx")
    found = check("institution.staff.parts", *items)
    assert found is not None
    assert found.verdict == "not_evaluable"


def test_identities_of_other_forms_stay_out() -> None:
    assert check("institution.staff.parts", *staff("4", "0", "2"), form="2021") is None
