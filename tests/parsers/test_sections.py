"""Numbered headings as reports print them."""

import pytest

from parsers.declared.prose import SectionKind
from parsers.records import Paragraph
from parsers.sections import find_heading, outline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总体情况", (1, "一", "总体情况")),
        ("一 概  述", (1, "一", "概  述")),
        ("二　主动公开政府信息情况", (1, "二", "主动公开政府信息情况")),
        ("（一）主动公开情况。2023年公开5条。", (2, "一", "主动公开情况")),
        ("㈡受理情况。2023年受理5件。", (2, "二", "受理情况")),
        ("三）政府信息管理情况", (2, "三", "政府信息管理情况")),
        ("一 是加强领导", None),
        ("三个方面", None),
        ("二 主动公开情况 全镇全年主动公开政府信息96条，其中组织机构5条。", None),
    ],
)
def test_a_heading_is_told_by_its_number(text: str, expected: tuple[int, str, str] | None) -> None:
    heading = find_heading(Paragraph(text, "html:p[1]"))
    assert (heading and (heading.level, heading.number, heading.title)) == expected


def test_a_month_or_year_is_no_number_of_a_section() -> None:
    kinds = [SectionKind(word, (word,), ()) for word in ("总体", "主动公开", "问题")]
    lines = ["01 总体情况", "02主动公开情况", "08年主动公开情况", "05月主动公开情况", "03 存在问题"]
    sections = outline([Paragraph(line, "") for line in lines], frozenset(), kinds)
    assert [section.title for section in sections] == ["总体情况", "主动公开情况", "存在问题"]
