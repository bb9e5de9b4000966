"""What elements of a page hold: by hand, and as the sum of what stands in them."""

import pytest

from pipelines.html import tree
from pipelines.html.weights import Weight, weigh

PAGE = """
<body>前言，一。<div id="text">正文。<b>粗</b>，又。<!-- 注释，不算。 --> 尾。</div>
<ul id="menu"><li><a href="/a">甲</a></li><li><a href="/b">乙<b>丙</b>丁</a>戊</li></ul>
<div id="gone" style="display:none">看不见，。<p id="within">里面，。</p><a href="/c">丁</a>
</div>后。
<p id="empty"> &#160;</p><script>var text = "不算，。";</script></body>
"""


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("text", Weight(running=8.25, plain=9)),
        ("menu", Weight(running=0.25, linked=4, plain=1, links=2)),
        ("gone", Weight()),
        ("within", Weight()),
        ("empty", Weight()),
    ],
)
def test_texts_count_where_they_stand_and_are_shown(name: str, held: Weight) -> None:
    with tree.reading(PAGE) as page:
        element = page.root.find(f".//*[@id='{name}']")
        assert element is not None
        assert Weight(*weigh(page.root).get(element, ())) == held


def test_a_page_holds_what_its_parts_and_the_texts_between_them_hold() -> None:
    with tree.reading(PAGE) as page:
        weights = weigh(page.root)
        body = page.root.find("body")
        assert body is not None
        parts = [weights.get(child, (0.0, 0, 0, 0)) for child in body]
        between = (0.0 + len("前言，一。") + len("后。"), 0, len("前言，一。后。"), 0)
        assert weights[body] == tuple(map(sum, zip(between, *parts, strict=True)))
