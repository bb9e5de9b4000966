"""Words of a report beside the element with most of its text: none of them is lost in silence."""

import pytest

from pipelines.documents import read_document

TITLE = "岚山市民政局2022年政府信息公开工作年度报告"
TEXT = [
    "一、总体情况",
    "2022年，市民政局主动公开信息412条。",
    "开展政策解读9次。",
    "二、依申请公开情况",
    "收到申请6件，均按期答复。",
    "三、其他需要报告的事项",
    "未收取信息处理费。",
]
SIGNED = ["岚山市民政局", "2023年1月12日"]
APPENDIX = [
    "附件：2022年政务公开大事记",
    "2月，印发要点。",
    "6月，举办开放日活动，邀请代表20人。",
]


def each(template: str, lines: list[str]) -> str:
    return "".join(template.format(line) for line in lines)


def found(inside: str) -> list[str]:
    page = f"<html><head><title>{TITLE}</title></head><body>{inside}</body></html>"
    lines = [paragraph.text for paragraph in read_document(page.encode()).paragraphs()]
    return [line for line in lines if line != TITLE]


def paragraphs(*lines: str) -> str:
    return f"<div>{each('<p>{}</p>', [*lines])}</div>"


@pytest.mark.parametrize(
    "head",
    [
        ["数据统计期限为2022年1月1日至2022年12月31日"],
        ["编制单位：岚山市民政局", "编制时间：2023年1月"],
        ["岚民发〔2023〕3号", "市政务公开办："],
        ["（2023年1月12日）", "（2022年度）", "目 录"],
    ],
)
def test_short_lines_between_title_and_text_stay(head: list[str]) -> None:
    page = f"<div><h1>{TITLE}</h1>{each('<div>{}</div>', head)}{paragraphs(*TEXT)}</div>"
    assert found(page) == [*head, *TEXT]


@pytest.mark.parametrize(
    ("text", "foot", "shown"),
    [
        ([*TEXT, *SIGNED], each("<div>{}</div>", APPENDIX), APPENDIX),
        ([*TEXT, *SIGNED], paragraphs(*APPENDIX), APPENDIX),
        (TEXT, paragraphs(*SIGNED, "打印", "关闭", "返回顶部"), SIGNED),
        (TEXT[:-1], "<ul><li>无收费</li><li>无其他事项</li></ul>", ["无收费", "无其他事项"]),
        (TEXT, paragraphs("受理 6", "答复 6", "合计 6"), ["受理 6", "答复 6", "合计 6"]),
        (TEXT, paragraphs("欢迎对本局公开工作提出意见。"), ["欢迎对本局公开工作提出意见。"]),
        (TEXT[1:2], "<div>不足是人手较少。</div>", ["不足是人手较少。"]),
    ],
)
def test_what_follows_the_text_in_elements_of_its_own_stays(
    text: list[str], foot: str, shown: list[str]
) -> None:
    page = f"<div><h1>{TITLE}</h1>{paragraphs(*text)}{foot}</div>"
    assert found(page) == [*text, *shown]


@pytest.mark.parametrize(
    "foot",
    [
        "<h5>免责声明</h5><p>一、本网站文件以纸质文件为准。</p><p>二、转载应当注明出处。</p>",
        "<table><tr><td>发布机构<td>办公室<tr><td>发布日期<td>2023-01-18</table>",
        "<dl><dt>发文机关</dt><dd>民政局</dd><dt>主题分类</dt><dd>民政</dd></dl>",
        "<p>年报显示，我局公开工作有亮点，值得关注。</p>",
    ],
)
def test_what_others_say_below_a_signed_text_is_left_out(foot: str) -> None:
    page = f"<div><h1>{TITLE}</h1>{paragraphs(*TEXT, *SIGNED)}<div>{foot}</div></div>"
    assert found(page) == [*TEXT, *SIGNED]


@pytest.mark.parametrize("byline", ["民政局 · 2023年01月18日 · 年报", "责任科室 办公室", "标题"])
def test_facts_between_title_and_text_are_left_out(byline: str) -> None:
    page = f"<div><h1>{TITLE}</h1><div>{byline}</div>{paragraphs(*TEXT)}</div>"
    assert found(page) == TEXT
