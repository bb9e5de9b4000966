"""Numbered headings as reports print them."""

import pytest

from parsers.records import Paragraph
from parsers.sections import find_heading


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
