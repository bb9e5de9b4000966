"""Words of a report in elements or shapes other than the rest of it: none of them is lost."""

import pytest

from pipelines.documents import read_document

TITLE = "南屏市医疗保障局2021年政府信息公开工作年度报告"
TEXT = [
    "一、总体情况",
    "2021年，我局主动公开信息312条。",
    "二、申请办理情况",
    "收到申请3件，均已答复。",
    "三、存在问题和改进",
    "公开内容不够丰富，明年将加以改进。",
    "四、其他需要报告的事项",
    "本年度未收取信息处理费。",
]
APPENDED = ["五、附则", "由局办公室解释。"]
LISTED = ["一是网站改版一次。", "二是各项任务均已完成。"]
SIGNED = ["南屏市医疗保障局", "2022年1月20日"]


def each(template: str, lines: list[str]) -> str:
    return "".join(template.format(line) for line in lines)


def found(inside: str) -> list[str]:
    page = f"<html><head><title>{TITLE}</title></head><body>{inside}</body></html>"
    lines = [paragraph.text for paragraph in read_document(page.encode()).paragraphs()]
    return [line for line in lines if line != TITLE]


BODY = f"<h1>{TITLE}</h1><div>{each('<p>{}</p>', TEXT)}</div>"
OPEN = f"<h1>{TITLE}</h1><div>{each('<p>{}</p>', TEXT[:-2])}"


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (f"{BODY}<div><span>{SIGNED[0]}</span></div><div><i>{SIGNED[1]}</i></div>", SIGNED),
        (f"<main>{BODY}<footer>{each('<p>{}</p>', SIGNED)}</footer></main>", SIGNED),
        (f"<div>{BODY}<blockquote>注：不含下属单位。</blockquote></div>", ["注：不含下属单位。"]),
        (f"<div>{BODY}<div>{each('<p>{}</p>', APPENDED)}</div></div>", APPENDED),
        (f"{BODY[:-6]}<ul>{each('<li>{}</li>', LISTED)}</ul></div>", LISTED),
        (f"{BODY}<table><tr><td>收到申请<td>3<tr><td>公开信息<td>312</table>", []),
    ],
)
def test_what_proves_to_be_the_reports_stays(markup: str, lines: list[str]) -> None:
    assert found(markup) == [*TEXT, *lines]


@pytest.mark.parametrize(
    "lines",
    [["加强培训，提高水平", "完善制度，规范流程"], ["没有收费"], ["今后将继续加强公开工作。"]],
)
def test_a_text_that_is_not_complete_goes_on_in_other_shapes(lines: list[str]) -> None:
    assert found(f"{OPEN}<ul>{each('<li>{}</li>', lines)}</ul></div>") == [*TEXT[:-2], *lines]


@pytest.mark.parametrize(
    "shapes",
    [
        "<p>{}</p><div>{}</div>",
        "<h3>{}</h3><div><p>{}</p></div>",
        "<p>{}</p><ul><li>{}</li></ul>",
    ],
)
def test_a_text_of_several_shapes_is_whole(shapes: str) -> None:
    pairs = zip(TEXT[::2], TEXT[1::2], strict=True)
    markup = "".join(shapes.format(*pair) for pair in pairs)
    assert found(f"<div><h1>{TITLE}</h1>{markup}{each('<p>{}</p>', SIGNED)}</div>") == TEXT + SIGNED


def test_a_link_within_a_text_is_not_one_of_a_list() -> None:
    link = "<div><a href=/a.html>关于印发规程的通知</a></div>"
    above, below = each("<p>{}</p>", TEXT[:4]), each("<p>{}</p>", TEXT[4:])
    assert found(f"<div><h1>{TITLE}</h1>{above}{link}{below}</div>") == [
        *TEXT[:4],
        "关于印发规程的通知",
        *TEXT[4:],
    ]


def test_what_is_left_out_is_told() -> None:
    page = f"<body>{BODY}<div><p>服务大厅设在一楼，欢迎前来。</p></div></body>"
    assert [problem.kind for problem in read_document(page.encode()).problems] == ["content_beside"]
