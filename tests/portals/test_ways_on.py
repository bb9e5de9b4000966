"""Ways on that pages only hint at: clicks, cut titles, years, interfaces, signs of more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.portals import Page, find_columns, read_listing
from parsers.portals.clicks import Clicks, spelled
from parsers.portals.cuts import cut_stem, judge_row, whole_titles
from parsers.portals.extent import announced
from parsers.portals.interfaces import interfaces
from parsers.portals.literals import record_lists
from parsers.portals.markup import parse
from parsers.portals.menus import headed_more, ways_on
from parsers.portals.signs import held_back
from parsers.portals.templates import read_template, templates

URL = "http://kjj.example.gov.cn/nb/"
ROW = "<li><a href=/nb/202501/t20250120_{0}.html>某局20{0}年政府信息公开年报</a>2025-01-20</li>"
ROWS = "".join(ROW.format(n) for n in range(15, 25))


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("window.open(ctx+'/a/'+id+'.html')", "http://kjj.example.gov.cn/web/a/7.html"),
        ("location.href=app.ctx + '/b'", "http://kjj.example.gov.cn/web/b"),
        ("location.href=unknown + '/b'", ""),
        ("show('/b')", ""),
    ],
)
def test_an_address_is_spelled_of_known_names(script: str, address: str) -> None:
    assert spelled(script, {"ctx": "/web", "id": "7"}, URL) == address


def test_a_bound_handler_reads_the_element() -> None:
    script = (
        "<script>$('.r').click(function(){location.href='/s/'+this.dataset.key+'.html'})</script>"
    )
    tree = parse(f"<p class=r data-key=9>某局</p><p class=r>其他</p>{script}")
    clicks = Clicks(tree, URL)
    targets = [clicks.target(element) for element in clicks.elements()]
    assert targets == ["http://kjj.example.gov.cn/s/9.html"]


def test_a_template_is_the_same_when_it_is_read_back() -> None:
    for template in templates("f('/s/'+$(this).data('id')+'.html?y='+year)"):
        assert read_template(template.printed()) == template


@pytest.mark.parametrize(
    ("title", "stem", "whole"),
    [
        ("某局政府信息公…", "某局政府信息公", "某局政府信息公开工作年度报告"),
        ("某局政府信息公开年...", "某局政府信息公开年", "某局政府信息公开年度报告"),
        ("某局2025年工作…", "某局2025年工作", None),
        ("某局2025年政府信息公开年报", "", None),
    ],
)  # fmt: skip
def test_a_cut_title_tells_what_it_may_be(title: str, stem: str, whole: str | None) -> None:
    assert cut_stem(title) == stem
    assert (whole in list(whole_titles(title))) if whole else not list(whole_titles(title))


@pytest.mark.parametrize(
    ("title", "column", "year"),
    [
        ("临海市水利局2019年政府信息公开工作年...", "信息公开年报", 2019),
        ("2016年年度报告", "政府信息公开年报", 2016),
        ("2016年年度报告", "公开年报", 2016),
        ("2016年年度报告", "企业年报公示", None),
        ("2016年工作年度总结", "政府信息公开年报", None),
        ("2020年信息公开工作年度报告（市中心医院）", "公共企事业单位", None),
    ],
)
def test_rows_are_judged_with_their_column(title: str, column: str, year: int | None) -> None:
    told = judge_row(title, column=column)
    assert (told.is_report, told.year if told.is_report else None) == (year is not None, year)


@pytest.mark.parametrize(
    ("code", "key", "kind", "way"),
    [
        ("$.get('/l?cid=3&page='+page,f)", "page", "page", "get"),
        ("fetch(`/l?cid=3&cursor=${c}&limit=9`)", "cursor", "cursor", "get"),
        ("load({url:'/l.do',params:{cid:3,start:0,limit:9}})", "start", "offset", "get"),
        ("axios.post('/list',{cid:3,pageNo,pageSize:9})", "pageNo", "page", "json"),
        ("x.open('POST','/l');x.send('c=5&page=1&size=4')", "page", "page", "form"),
    ],
)
def test_interfaces_of_all_kinds(code: str, key: str, kind: str, way: str) -> None:
    found = next(interfaces(code, URL))
    assert (found.key, found.kind, found.way) == (key, kind, way)


@pytest.mark.parametrize(
    "code", ["location.href='/l?cid=3&page='+n", "$.get('/visit/count?page='+p)", "f('/l?a=1&b=2')"]
)
def test_what_only_leads_on_or_counts_is_no_interface(code: str) -> None:
    assert next(interfaces(code, URL), None) is None


def test_menus_kept_as_data_and_headings_of_more() -> None:
    menu = "<script>var t=[{name:'政府信息公开年报',url:'/c/5.html',children:[]}]</script>"
    assert ("政府信息公开年报", "http://kjj.example.gov.cn/c/5.html") in ways_on(parse(menu), URL)
    more = "<div><h3>公开年报 <a href=/l/3>更多&gt;&gt;</a></h3><p>其他</p></div>"
    assert list(headed_more(parse(more), URL)) == [("公开年报", "http://kjj.example.gov.cn/l/3")]


def test_a_year_form_leads_to_each_year_in_the_charset_of_the_page() -> None:
    box = (
        "<select name=nd><option value=2024>2024</option><option value=2023>2023</option></select>"
    )
    form = f"<form action=q.do method=post><input type=hidden name=dw value=局>{box}</form>"
    text = f"<title>政府信息公开年报</title>{form}"
    bodies = {c.body for c in find_columns(Page(URL, text, charset="gb18030")) if c.body}
    assert bodies == {b"dw=%BE%D6&nd=2024", b"dw=%BE%D6&nd=2023"}


@pytest.mark.parametrize(
    "more",
    [
        "<a href='javascript:;' onclick='turn()'>下一页</a>",
        "<ul><li><a>1</a></li><li><a href=#>2</a></li><li><a href=#>3</a></li></ul>",
        "<div id=pagination></div><script src=/js/list.js></script>",
        "<div class=x id=fanye></div><script>$('#fanye').turning({})</script>",
        "<p>第<input size=2>页 <img src=go.gif onclick=jump()></p>",
        "<select onchange=leaf()><option>第1页</option><option>第2页</option></select>",
        "<i onclick='turn(1)'></i><script>function turn(d){n+=d;load(n)}; x.load('')</script>",
        "<script>var cp=1;</script><script src=/js/fenye.js></script>",
        "<p><em>上页</em><em data-i=2>下页</em></p>",
        "<a href='javascript:void(0)'>更多年报</a>",
    ],
)
def test_signs_of_more_are_told(more: str) -> None:
    listing = read_listing(Page(f"{URL}l?c=1", f"<ul>{ROWS}</ul>{more}"))
    assert listing.gap or all(step.state["held"] for step in listing.next)
    assert listing.gap or listing.next


@pytest.mark.parametrize(
    "calm",
    [
        "",
        "<ul><li><a href=/2>2</a></li></ul><p>2 <a href=#>2</a> 项</p>",
        "<p>共10条 第1页/共1页 <a href='javascript:;'>下一页</a></p>",
        "<div id=pagination></div>",
        "<div id=pagination></div><body onload='goPage(1,4)'><script src=/js/page.js></script>",
        "<form>搜索<input name=q></form><select><option>1</option><option>5</option></select>",
        "<div class=swiper><i onclick='next()'></i></div><script>function next(){open(1)}</script>",
        "<i onclick='location.href=\"#top\"'></i>",
        "<p><em>上页</em><em>下页</em></p>",
        "<footer>第<input>页<div class=page></div></footer><script src=/js/a.js></script>",
    ],
)
def test_what_is_no_sign_is_not_told(calm: str) -> None:
    listing = read_listing(Page(f"{URL}l?c=1", f"<ul>{ROWS}</ul>{calm}"))
    assert not listing.gap


@pytest.mark.parametrize(
    ("text", "rows"),
    [("信息7条，每页显示4条", 7), ("共检索到12条", 12), ("每页15条 共31条", 31), ("办结7条", None)],
)  # fmt: skip
def test_counts_in_words(text: str, rows: int | None) -> None:
    assert announced(parse(f"<p>{text}</p>")).rows == rows


@settings(max_examples=60, deadline=None)
@given(st.text("[]{}'\"+,:;().$/?&=aN1 年报\n<>", max_size=200))
def test_no_script_makes_a_reader_fail(code: str) -> None:
    text = f'<ul>{ROWS}</ul><a onclick="{code}">下一页</a><script>{code}</script>'
    tree = parse(text)
    list(interfaces(code, URL))
    list(record_lists(code))
    list(ways_on(tree, URL))
    held_back(Page(URL, text), tree, ())
    read_listing(Page(URL, text))
    find_columns(Page(URL, text))
