"""Hosts whose rows come from an interface: a link-following crawler sees none of them."""

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from tests.portals.zoo.animals import (
    ITEMS,
    Item,
    Request,
    Response,
    animal,
    html,
    missing,
    slices,
)
from tests.portals.zoo.families import trs_address, trs_rows

HEX = "5b80c5ff2bb349d6948d17015fa43ddf"


def answer_json(value: object, content_type: str = "application/json") -> Response:
    return Response(json.dumps(value, ensure_ascii=False).encode(), content_type=content_type)


def part(items: Sequence[Item], size: int, page: int) -> Sequence[Item]:
    parts = slices(items, size)
    return parts[page - 1] if 0 < page <= len(parts) else ()


@animal("fj", "/xxgknb/", trs_address, "fjdzapp")
def fjdzapp(request: Request) -> Response:
    if request.path != "/fjdzapp/search":
        return html(
            '<div ms-controller="list"><li ms-repeat="list"></li></div><script>var chnlid = "4910";'
            '$togs("/fjdzapp/search", {channelid: "229105", classsql: "chnlid=" + chnlid,'
            " page: 1, prepage: 10}, show);</script>"
        )
    if request.method != "POST" or request.form.get("classsql") != "chnlid=4910":
        return Response(b"")
    page, size = request.number("page"), request.number("prepage")
    data = [
        {
            "docid2": item.serial,
            "chnl": "政府信息公开年报",
            "docpuburl": f"http://fj.gov.cn{trs_address(item)}",
            "doctitle": item.title,
            "docreltime": item.date.replace("-", ".") + " 14:48:00",
            "files": [],
        }
        for item in part(ITEMS, size, page)
    ]
    pages = len(slices(ITEMS, size))
    return answer_json(
        {
            "error": False,
            "page": page,
            "prepage": size,
            "pageCount": pages,
            "recordCount": len(ITEMS),
            "data": data,
        }
    )


def art_address(item: Item) -> str:
    year, month, day = item.date.split("-")
    return f"/art/{year}/{int(month)}/{int(day)}/art_1202_{item.serial}.html"


def art_record(item: Item) -> str:
    return (
        f"<li><a href='{art_address(item)}' title='{item.title}'>{item.title[:10]}…</a>"
        f"<span>{item.date}</span></li>"
    )


def datastore(items: Sequence[Item], following: str = "", escaped: bool = False) -> str:
    records = (art_record(item) for item in items)
    shown = (
        f"<record>{escape(r)}</record>" if escaped else f"<record><![CDATA[{r}]]></record>"
        for r in records
    )
    group = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if following else ""
    return f"<datastore>{group}<recordset>{''.join(shown)}</recordset></datastore>"


PROXY = "/module/web/jpage/dataproxy.jsp"


def jpage_entry(store: str) -> Response:
    return html(
        f'<div id="4978845"><script type="text/xml">{store}</script></div><script>'
        "var param_4978845={col:'1',appid:'1',webid:'1855',path:'/',columnid:'1202',"
        "sourceContentType:'1',unitid:'4978845',webname:'x',permissiontype:0};"
        f"new ps({{totalRecord:{len(ITEMS)},perPage:3,proxyUrl:'{PROXY}'}});</script>"
    )


def jpage_group(request: Request, escaped: bool = False) -> Response:
    """From the third group on the first row repeats the last of the group before."""
    if request.form.get("unitid") != "4978845":
        return Response(b"")
    first, last = request.number("startrecord"), request.number("endrecord")
    again = 1 if first > 10 else 0
    store = datastore(ITEMS[first - 1 - again : last], escaped=escaped)
    body = f"<totalrecord>{len(ITEMS)}</totalrecord>{store}"
    return Response(body.encode(), content_type="text/html;charset=UTF-8")


@animal("hanweb", "/col/col1202/index.html", art_address, "jpage")
def hanweb(request: Request) -> Response:
    if request.path == PROXY:
        return jpage_group(request)
    following = f"{PROXY}?page=1&webid=1855&columnid=1202&unitid=4978845"
    return jpage_entry(datastore(ITEMS[:9], following))


@animal("hanweb-escaped", "/col/col1202/index.html", art_address, "jpage")
def hanweb_escaped(request: Request) -> Response:
    if request.path == PROXY:
        return jpage_group(request, escaped=True)
    return jpage_entry(datastore(ITEMS[:9], escaped=True))


@animal("hanweb-sealed", "/col/col1202/index.html", art_address, "jpage", end="empty")
def hanweb_sealed(request: Request) -> Response:
    """Column and unit are encrypted in the printed link: there are no parameters to count with."""
    sealed = f"{PROXY}?page={{}}&columnid={quote('Zx9+/==')}&unitid=sealed"
    if request.path != PROXY:
        return html(f'<script type="text/xml">{datastore(ITEMS[:9], sealed.format(2))}</script>')
    page = request.number("page")
    rows = part(ITEMS, 9, page)
    if not rows or request.query.get("columnid") != "Zx9+/==":
        return Response(b"<datastore><recordset></recordset></datastore>")
    return Response(datastore(rows, sealed.format(page + 1)).encode(), content_type="text/xml")


UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def hex_address(item: Item) -> str:
    return f"/art/{item.date[:4]}/art_{item.serial:032x}.html"


def jpaas_entry() -> Response:
    listed = (
        "'parseType':'bulidstatic','webId':'b98f','tplSetId':'uB9i','pageType':'column',"
        "'tagId':'当前栏目_list','editType':'null','pageId':'93261'"
    )
    return html(jpaas_unit(listed) + jpaas_unit("'webId':'b98f','tagId':'页脚'"))


def jpaas_unit(query: str) -> str:
    return f'<script parseType="bulidstatic" url="{UNIT}" queryData="{{{query}}}"></script>'


def jpaas_answer(request: Request, page: int) -> Response:
    if "referer" not in request.headers or request.query.get("tplSetId") != "uB9i":
        return html("forbidden", status=403)
    size = json.loads(request.query["paramJson"])["pageSize"]
    rows = "".join(
        f'<li class="clearfix"><a href="{hex_address(item)}" title="{item.title}">{item.title}</a>'
        f"<b>{item.date}</b></li>"
        for item in part(ITEMS, min(size, 5), page)
    )
    pager = f'<div class="pagination" rows="5" count="{len(ITEMS)}"></div>'
    return answer_json({"success": True, "data": {"html": f"<ul>{rows}</ul>{pager}"}})


@animal("jpaas", "/col/col1053/index.html", hex_address, "jpaas")
def jpaas(request: Request) -> Response:
    if request.path != UNIT:
        return jpaas_entry()
    return jpaas_answer(request, json.loads(request.query["paramJson"])["pageNo"])


@animal("jpaas-abroad", "/col/col1053/index.html", hex_address, "jpaas", "repeated", ITEMS[:5])
def jpaas_abroad(request: Request) -> Response:
    """The page number is ignored: the first page comes for ever."""
    return jpaas_entry() if request.path != UNIT else jpaas_answer(request, 1)


def ucap_address(item: Item) -> str:
    return f"/kjj/c101972/{item.stamp[:6]}/{item.serial:032x}.shtml"


def ucap_search(request: Request) -> Response:
    page = request.number("page")
    results = [
        {
            "title": item.title,
            "url": ucap_address(item),
            "publishedTimeStr": f"{item.date} 10:00:00",
            "channelName": "政府信息公开年报",
            "resList": [{"filePath": "/files/a.pdf", "title": "a.pdf"}],
        }
        for item in part(ITEMS, 9, page)
    ]
    return answer_json({"data": {"total": len(ITEMS), "page": page, "rows": 9, "results": results}})


@animal("ucap-json", "/kjj/c101972/list.shtml", ucap_address, "ucap")
def ucap_json(request: Request) -> Response:
    if request.path == f"/common/search/{HEX}":
        return ucap_search(request)
    query = "_isAgg=true&_isJson=true&_pageSize=18&_template=index&page=1"
    return html(f"<script>var u='/common/search/{HEX}?{query}';</script>")


@animal("ucap-channel", "/kjj/c101972/list.shtml", ucap_address, "ucap")
def ucap_channel(request: Request) -> Response:
    if request.path == f"/common/search/{HEX}":
        return ucap_search(request)
    if request.path == "/getLocalList":
        return answer_json({"results": {"channelLevel": [{"channelId": HEX}]}})
    return html('<script>$.get("/getLocalList?channelCode=c101972", show)</script>')


def post_address(item: Item) -> str:
    return f"/gkmlpt/content/2/{item.serial // 1000}/post_{item.serial}.html"


def gkmlpt_answer(request: Request, single: bool) -> Response:
    tree = [
        {"id": 1, "name": "公开指南", "children": [], "post_count": 1},
        {
            "id": 9,
            "name": "法定主动公开",
            "children": [{"id": 8, "name": "部门决算年报", "children": []}],
        },
        {"id": 2629, "name": "政府信息公开年报", "children": [], "post_count": len(ITEMS)},
    ]
    if not request.path.startswith("/gkmlpt/api/"):
        config = (
            f"window._CONFIG = {{ SID: '175', TREE: {json.dumps(tree)}, PAGE: 'annualreport' }};"
        )
        return html(f"<script>{config}</script>")
    page = request.number("page")
    if request.path != "/gkmlpt/api/all/2629" or request.query.get("sid") != "175":
        return missing()
    rows = part(ITEMS, 10, page) if not single else (ITEMS if page == 1 else ())
    if not rows:
        return missing()
    articles = [
        {
            "id": item.serial,
            "title": item.title,
            "url": f"http://{request.host}{post_address(item)}",
            "created_at": item.date,
            "attachment": [],
        }
        for item in rows
    ]
    count = len(ITEMS) + 3 if single else len(ITEMS)
    return answer_json({"classify": {"post_count": count}, "articles": articles})


@animal("gkmlpt", "/gkmlpt/annualreport", post_address, "gkmlpt")
def gkmlpt(request: Request) -> Response:
    return gkmlpt_answer(request, single=False)


@animal("gkmlpt-single", "/gkmlpt/annualreport", post_address, "gkmlpt", end="empty")
def gkmlpt_single(request: Request) -> Response:
    """Counts three rows more than it shows, and knows no second page."""
    return gkmlpt_answer(request, single=True)


def public_address(item: Item) -> str:
    return f"/public/6600311/{item.serial}.html"


@animal(
    "lonsun", "/public/column/1681?type=4&catId=6708461&action=list&nav=3", public_address, "lonsun"
)
def lonsun(request: Request) -> Response:
    if request.path != "/site/label/8888":
        return html(
            '<script>$("#list").load("/site/label/8888?IsAjax=1&dataType=html&_=0.1&labelName=publicInfoList'
            "&siteId=6781961&pageSize=6&pageIndex=1&action=list&organId=1681&catId=6708461&result=暂无相关信息"
            '&file=/xxgk/publicInfoList_newest2020");</script>'
        )
    if request.query.get("labelName") != "publicInfoList" or request.query.get("organId") != "1681":
        return Response("暂无相关信息".encode())
    rows = "".join(
        f'<li><a href="{public_address(item)}" title="{item.title}">{item.title}</a>'
        f'<span class="date">{item.date}</span></li>'
        for item in part(ITEMS, 6, request.number("pageIndex"))
    )
    body = f'<div class="xxgk_navli"><ul class="clearfix">{rows}</ul></div>'
    return Response(f"{body}<script>var o={{pageCount:4}}</script>".encode())


@animal("xxgk", "/col/col284/index.html", art_address, "xxgk")
def xxgk(request: Request) -> Response:
    if request.path != "/module/xxgk/search.jsp":
        return html(
            '<input type="hidden" id="infotypeId" value="SD02">'
            '<input type="hidden" name="area" value="11370000"><script>var jdid=\'264\';'
            "$.post('/module/xxgk/search.jsp?texttype=&fbtime=&vc_all=', {divid:'div1'})</script>"
        )
    if (request.form.get("infotypeId"), request.form.get("area")) != ("SD02", "11370000"):
        return Response(b"")
    rows = "".join(
        f'<tr class="tr_main_value_{"odd" if n % 2 else "even"}"><td>'
        f'<a class="bt_link" href="{art_address(item)}" mc="{item.title}">{item.title[:9]}...</a>'
        f"</td><td>{item.date}</td></tr>"
        for n, item in enumerate(part(ITEMS, 9, request.number("currpage")))
    )
    return Response(f"<table>{rows}</table><div>共22条 共3页</div>".encode())


@animal("jsonp", "/zfxxgk/nb/", trs_address, "jsonp")
def jsonp(request: Request) -> Response:
    """Blank lines and a byte-order mark before the call."""
    if request.path != "/govsearch/jsonp/zf_jd_list.jsp":
        address = "/govsearch/jsonp/zf_jd_list.jsp?page=1&lb=134657&callback=?"
        return html(f'<script>getJSON("{address}", show)</script>')
    data = [
        {
            "puburl": f"http://jsonp.gov.cn{trs_address(i)}",
            "tip": {"title": i.title, "dates": i.date},
        }
        for i in part(ITEMS, 10, request.number("page"))
    ]
    value = json.dumps({"count": len(ITEMS), "data": data}, ensure_ascii=False)
    name = request.query.get("callback", "")
    return Response(f"\n \n\ufeff\n{name}({value});".encode(), content_type="text/javascript")


def list_answer(request: Request, page: int, size: int) -> Response:
    records = [
        {"linkUrl": art_address(item), "showTitle": item.title, "pubDate": item.date}
        for item in part(ITEMS, size, page)
    ]
    return answer_json({"code": 0, "data": {"list": records, "totalCount": len(ITEMS)}})


@animal("json-get", "/zfxxgk/nb/", art_address, "json")
def json_get(request: Request) -> Response:
    """An interface no family knows, named with page and page size in its query."""
    if request.path == "/szinf/info/getInfoCommon/":
        if request.query.get("channelid") != "a1":
            return missing()
        return list_answer(request, request.number("currpage"), request.number("pagesize"))
    return html(
        '<script>load("/szinf/info/getInfoCommon/?pagesize=9&currpage=1&channelid=a1")</script>'
    )


@animal("json-post", "/zfxxgk/nb/", art_address, "json")
def json_post(request: Request) -> Response:
    """The same by POST; the page number is a variable of the script."""
    if request.path == "/cms/JsonList":
        if request.method != "POST" or request.form.get("channelCode") != "A09":
            return missing()
        return list_answer(request, request.number("pageno"), request.number("perPage"))
    data = "{channelCode: 'A09', perPage: 8, pageno: current}"
    return html(f'<script>var current = 1; $.post("/cms/JsonList", {data}, show);</script>')


@animal("gkmlpt-jump", "/gkmlpt/index", trs_address, "gkmlpt", end="no_pager")
def gkmlpt_jump(request: Request) -> Response:
    """The column of the tree leads to an ordinary page."""
    if request.path != "/gkmlpt/index":
        return html(trs_rows(ITEMS))
    tree = [{"id": 5, "name": "信息公开年报", "jump_url": "/xxgknb/", "children": []}]
    return html(f"<script>window._CONFIG = {{ SID: '175', TREE: {json.dumps(tree)} }};</script>")
