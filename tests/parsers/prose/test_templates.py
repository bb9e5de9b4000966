"""Sentences made from templates with decoys: each figure right, or not read at all."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parsers.prose.test_sentences import read_short

FIGURES = st.integers(min_value=2, max_value=90_000)
# What may be said of this year, and the figure's short name.
STATED: Mapping[str, str] = {
    "主动公开政府信息{n}条": "proactive.items={n}",
    "通过微信公众号公开政府信息{n}条": "proactive.channel.wechat={n}",
    "收到政府信息公开申请{n}件": "requests.new={n}/total",
    "制发行政规范性文件{n}件": "proactive.normative.issued={n}",
    "作出行政许可决定{n}件": "proactive.licensing.decisions={n}",
    "召开新闻发布会{n}次": "response.press_conferences={n}",
    "发布政策解读材料{n}篇": "response.interpretations={n}",
    "因政府信息公开引起的行政复议{n}件": "review.total={n}",
    "办理人大代表建议{n}件": "proposals.npc={n}",
}
# Sentences whose figures are never this body's of this year, or mean something else.
DECOYS = (
    "2022年{other}。",
    "计划2024年{other}。",
    "下属单位{other}。",
    "上半年{other}。",
    "近三年来{other}。",
    "与上年相比，增加{m}条。",
    "2023年局网站累计发布通知公告等信息{m}条，其中行政许可{m}条、行政处罚{m}条。",
    "公开人大建议{m}件，政协提案{m}件。",
    "公开财政预决算信息{m}条。",
    "抖音号发布短视频{m}条。",
    "办理信访事项{m}件，回复留言{m}条。",
    "梳理权责清单{m}项，开设专栏{m}个。",
)


def _short(template: str, figure: int) -> str:
    return template.format(n=figure)


@settings(deadline=None, max_examples=120)
@given(st.sampled_from(sorted(STATED)), FIGURES)
def test_a_stated_figure_is_read(sentence: str, figure: int) -> None:
    said = read_short(f"2023年，我局{_short(sentence, figure)}。", "2021", 2023, "own")
    assert said == {_short(STATED[sentence], figure)}


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(DECOYS), min_size=1, max_size=3),
    st.sampled_from(sorted(STATED)),
    st.sampled_from(sorted(STATED)),
    FIGURES,
    FIGURES,
    st.booleans(),
)
def test_decoys_add_no_figure(
    decoys: list[str], sentence: str, other: str, figure: int, decoy: int, first: bool
) -> None:
    # A decoy of its own magnitude, so that it is never right by chance.
    wrong = decoy + 100_000
    around = [text.format(m=wrong, other=_short(other, wrong)) for text in decoys]
    stated = f"2023年，我局{_short(sentence, figure)}。"
    text = "".join([stated, *around] if first else [*around, stated])
    assert read_short(text, "2021", 2023, "own") <= {_short(STATED[sentence], figure)}
