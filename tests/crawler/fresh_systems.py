# ruff: noqa: E501
"""Fronts of systems that many governments share: how their scripts ask, and what is answered."""

import json

from tests.crawler.fresh import add, art_path, code, listing, num, sent, shell, ul
from tests.crawler.oddities import YEARS, article, title
from tests.crawler.server import Reply, page
from tests.crawler.strangers import EVERY, answer_json, chunk, field

BODIES = {"011": "教育局", "012": "民政局", "013": "财政局"}


def arrays(request: bytes, _before: int) -> Reply:
    if (field(request, "webSiteCode[]"), field(request, "channelCode[]")) != ("kjt", "zfxxgknb"):
        return answer_json({"code": "400", "data": None})
    found = [
        {"source": {"title": title(y), "pubDate": f"{y + 1}-01-20",
                    "urls": json.dumps({"pc": f"/kjt/content_{y}.html", "common": ""})}}
        for y in chunk(num(request, "current"))
    ]  # fmt: skip
    return answer_json({"code": "200", "data": {"total": 7, "results": found}})


add(
    "arrays",
    "Arrays go by names with brackets; a record's addresses stand as JSON in a text.",
    "/kjt/zfxxgknb/",
    {
        "/kjt/zfxxgknb/": shell(
            "function getList(page){$.ajax({url:'/queryList',type:'POST',data:{current:page,pageSize:4,webSiteCode:['kjt'],channelCode:['zfxxgknb']},success:draw})}getList(1);"
        ),
        "/queryList": arrays,
    },
    lambda y: f"/kjt/content_{y}.html",
)


def wrapped(request: bytes, _before: int) -> Reply:
    asked = sent(request).get("params")
    if not isinstance(asked, dict) or asked.get("categorynum") != "003009":
        return answer_json({"status": {"code": 500}})
    found = [
        {"title": title(y), "infodate": f"{y + 1}-01-20", "infourl": art_path(y)}
        for y in chunk(int(asked["pageIndex"]) + 1)
    ]
    return answer_json({"custom": {"total": 7, "data": found}, "status": {"code": 200}})


add(
    "wrapped",
    "The values stand in an object of the object that is sent; pages count from nought.",
    "/govInfoPub.html?categorynum=003009",
    {
        "/govInfoPub.html": shell(
            "function getList(pageIndex){$.ajax({url:'/rest/getgovinfolist',type:'POST',contentType:'application/json',data:JSON.stringify({token:'t',params:{deptcode:'',categorynum:Util.getUrlParams('categorynum'),pageIndex:pageIndex,pageSize:4}}),success:draw})}getList(0);"
        ),
        "/rest/getgovinfolist": wrapped,
    },
    art_path,
)


def in_path(request: bytes, _before: int) -> Reply:
    if sent(request).get("catas") != ["15894"]:
        return answer_json({"data": {"contents": []}})
    number = int(request.split(b" ")[1].decode().split("/")[-2])
    found = [{"dwid": "2c90", "xxid": str(y), "subject": title(y)} for y in chunk(number)]
    return answer_json({"data": {"total": 7, "contents": found}})


add(
    "postpath",
    "The page number is a part of the path that values are posted to.",
    "/nb.html",
    {
        "/nb.html": shell(
            "function list(p){$.ajax({url:'/els/article/'+p+'/4',type:'post',contentType:'application/json',data:JSON.stringify({dw:['2c90'],type:[1],catas:['15894']}),success:function(r){$.each(r.data.contents,function(i,o){$('#list').append('<a href=\"/'+o.dwid+'/'+o.xxid+'.html\">'+o.subject+'</a>')})}})}list(1)"
        ),
        **{f"/els/article/{n}/4": in_path for n in (1, 2)},
    },
    lambda y: f"/2c90/{y}.html",
)

add(
    "ownframe",
    "A frame is given the address that the page's own address carries.",
    "/openSubPage.html?specialurl=/gk/nb/govlist.html",
    {
        "/openSubPage.html": page(
            "<html><head><title>政府信息公开</title></head><body><iframe id=f src=''></iframe><script>function getUrlParam(n){var r=location.search.substr(1).match(new RegExp(n));return r?unescape(r[2]):null}document.getElementById('f').src=getUrlParam('specialurl');</script></body></html>"
        ),
        "/gk/nb/govlist.html": page(f"<html><body>{ul(EVERY, art_path)}</body></html>"),
    },
    art_path,
)


def named_only(request: bytes, _before: int) -> Reply:
    found = [
        {"CONTENTS_ID": f"c{y}", "TITLE": title(y)} for y in chunk(num(request, "currentPage"))
    ]
    return answer_json({"varList": found, "page": {"totalPage": 2, "totalResult": 7}})


add(
    "renderedfile",
    "A file of scripts that draws the rows tells how their addresses are made.",
    "/nav5.html",
    {
        "/nav5.html": listing(
            "<ul id=l></ul><script src=/js/paging.js></script><script>ajaxTest(1);function ajaxTest(num){$.ajax({url:'web/pageHtml.do',type:'get',data:{PUB_TYPE:'nb',currentPage:num},success:rendering})}</script><script src=/js/rendering.js></script>"
        ),
        "/web/pageHtml.do": named_only,
        "/js/paging.js": code("(function($){$.fn.paging=function(o){}})(jQuery)"),
        "/js/rendering.js": code(
            "function rendering(d){for(var i=0;i<d.varList.length;i++){h+='<a href=\"web-d.html?CONTENTS_ID='+d.varList[i].CONTENTS_ID+'\">'+d.varList[i].TITLE+'</a>'}}"
        ),
    },
    lambda y: f"/web-d.html?CONTENTS_ID=c{y}",
)

add(
    "nowhere",
    "Nothing tells how the addresses of named reports are made.",
    "/nav5.html",
    {
        "/nav5.html": listing(
            "<ul id=l></ul><script>ajaxTest(1);function ajaxTest(num){$.ajax({url:'web/pageHtml.do',type:'get',data:{PUB_TYPE:'nb',currentPage:num},success:rendering})}</script><script src=/js/rendering.js></script>"
        ),
        "/web/pageHtml.do": lambda _request, _before: answer_json(
            [{"key": f"c{y}", "TITLE": title(y)} for y in YEARS]
        ),
        "/js/rendering.js": code("function rendering(d){draw(d)}"),
    },
    art_path,
    account="4 reports are named in a way that does not tell where they are",
    wanted=(),
)


def by_body(request: bytes, _before: int) -> Reply:
    body = field(request, "orgCode")
    if field(request, "catCode") != "gknb" or body not in BODIES:
        return page("<div>暂无信息</div>")
    rows = (
        f"<li><a href=/xx/{body}/{y}.html>{title(y, '某市' + BODIES[body])}</a></li>" for y in YEARS
    )
    return page(f"<ul>{''.join(rows)}</ul>")


OPTIONS = "".join(f"<option value='{key}'>市{name}</option>" for key, name in BODIES.items())
OF_BODIES = {
    f"/xx/{key}/{y}.html": article(title(y, f"某市{name}"))
    for key, name in BODIES.items()
    for y in YEARS
}

add(
    "bodiesposted",
    "For each body that a box offers a function asks an interface.",
    "/bmnb.html",
    {
        "/bmnb.html": listing(
            f"<select id=org onchange='loadList(this.value)'>{OPTIONS}</select><div id=list></div><script>function loadList(org){{$.post('/getInfoList',{{orgCode:org,catCode:'gknb',pageIndex:1,pageSize:20}},function(h){{$('#list').html(h)}})}}loadList('011')</script>",
            "部门政府信息公开年报",
        ),
        "/getInfoList": by_body,
        **OF_BODIES,
    },
    art_path,
    wanted=OF_BODIES,
)

add(
    "bodieshandled",
    "A handler hands the attribute of the entry that was clicked on to such a function.",
    "/bmnb.html",
    {
        "/bmnb.html": listing(
            "<ul class=orgs>"
            + "".join(f"<li data-code={key}>市{name}</li>" for key, name in BODIES.items())
            + "</ul><div id=list></div><script>$('.orgs li').click(function(){loadList($(this).attr('data-code'))});function loadList(org){$.post('/getInfoList',{orgCode:org,catCode:'gknb',pageIndex:1,pageSize:20},show)}</script>",
            "部门政府信息公开年报",
        ),
        "/getInfoList": by_body,
        **OF_BODIES,
    },
    art_path,
    wanted=OF_BODIES,
)


def numbered(number: int) -> Reply:
    return listing(
        ul(chunk(number), art_path)
        + f"<script>createPageHTML(2,{number - 1},'index_3081','html',7);</script>"
    )


add(
    "numberedname",
    "The name of the list itself ends with a number.",
    "/447/471/index_3081.html",
    {"/447/471/index_3081.html": numbered(1), "/447/471/index_3081_1.html": numbered(2)},
    art_path,
)


def step(number: int) -> Reply:
    return listing(f"<ul><li><a href=/gk/{number + 1}/>信息公开年报</a></li></ul>", "信息公开")


add(
    "deep",
    "Columns lie one below the other, deeper than they are looked into.",
    "/gk/1/",
    {f"/gk/{n}/": step(n) for n in range(1, 13)},
    art_path,
    account="it lies more than 8 columns below the start",
    wanted=(),
)

TEN, MORE = tuple(range(2025, 2015, -1)), tuple(range(2015, 2011, -1))


def drawn(years: tuple[int, ...], script: str) -> Reply:
    return listing(f"{ul(years, art_path)}<div id=kkpager></div><script>{script}</script>")


def by_library(number: int) -> str:
    return f"kkpager.generPageHtml({{pno:{number},total:2,totalRecords:14,hrefFormer:'/nb/list',hrefLatter:'.html',getLink:function(n){{return this.hrefFormer+'_'+n+this.hrefLatter;}}}});"


add(
    "parted",
    "A library puts the page number between two texts.",
    "/nb/list.html",
    {
        "/nb/list.html": drawn(TEN, by_library(1)),
        "/nb/list_2.html": drawn(MORE, by_library(2)),
    },
    art_path,
    TEN + MORE,
)

add(
    "drawnbycall",
    "A function of another file draws the pager of what it is called with.",
    "/nb/nb_list.html",
    {
        "/nb/nb_list.html": drawn(TEN, "showPageBar(2,1,'nb_list');"),
        "/nb/nb_list_2.html": drawn(MORE, "showPageBar(2,2,'nb_list');"),
    },
    art_path,
    TEN + MORE,
)


def by_method(request: bytes, _before: int) -> Reply:
    number = num(request, "pageIndex")
    call = f"$('.M-box').pagination({{pageCount:2,current:{number},callback:function(api){{window.location.href='/nb/list?pageIndex='+api.getCurrent();}}}});"
    return drawn({1: TEN, 2: MORE}.get(number, ()), call)


add(
    "calledback",
    "The page number is what a pager's object answers.",
    "/nb/list",
    {"/nb/list": by_method},
    art_path,
    TEN + MORE,
)

add(
    "wholecards",
    "A link holds a whole card: its heading is the title.",
    "/nb/",
    {
        "/nb/": listing(
            "".join(
                f"<a class=card href={art_path(y)}><b>20</b><i>{y + 1}-01</i><h3>{title(y)}</h3><p>根据《中华人民共和国政府信息公开条例》编制本年度报告。本报告由六部分组成……</p></a>"
                for y in YEARS
            )
        )
    },
    art_path,
    YEARS,
)


def as_component(request: bytes, _before: int) -> Reply:
    asked = sent(request)
    years = chunk(int(str(asked.get("pageNum") or 1))) if asked.get("columnId") == "c9" else ()
    found = [{"id": y, "title": title(y), "publishDate": f"{y + 1}-01-20"} for y in years]
    return answer_json({"code": 0, "data": {"records": found, "total": 7}})


add(
    "component",
    "The data of a component hold the values that it sends.",
    "/nb.html",
    {
        "/nb.html": listing(
            "<div id=app><a v-for='x in list' :href=\"'/detail.html?id='+x.id\">{{x.title}}</a></div><script>new Vue({el:'#app',data:{form:{columnId:'c9',pageNum:1,pageSize:4},list:[]},methods:{load(){axios.post('/api/content/page',this.form).then(r=>{this.list=r.data.data.records})}}})</script>"
        ),
        "/api/content/page": as_component,
    },
    lambda y: f"/detail.html?id={y}",
)


def by_values(request: bytes, _before: int) -> Reply:
    wanted = (field(request, "channel"), field(request, "node"))
    years = chunk(num(request, "page")) if wanted in (("nb", ""), ("", "17")) else ()
    return answer_json({"items": [{"title": title(y), "href": art_path(y)} for y in years]})


add(
    "searchparams",
    "Values are joined to the address as search parameters.",
    "/nb/",
    {
        "/nb/": shell(
            "async function load(){const q=new URLSearchParams({channel:'nb',page:1,size:4});const r=await fetch('/api/contents?'+q.toString());draw((await r.json()).items)}load()"
        ),
        "/api/contents": by_values,
    },
    art_path,
)

add(
    "filledin",
    "An address is a template that constants are filled into.",
    "/nb/",
    {
        "/nb/": shell(
            "const nodeId=17;let cur=1;$.getJSON(`/cms/list.json?node=${nodeId}&page=${cur}&size=4`,d=>draw(d.items))"
        ),
        "/cms/list.json": by_values,
    },
    art_path,
)


def by_picture(request: bytes, _before: int) -> Reply:
    number = num(request, "p")
    form = "<form action=/nb/list.php method=post><input type=hidden name=cid value=4><input type=hidden name=p value=2><input type=image src=/n.gif alt=下一页></form>"
    return listing(ul(chunk(number), art_path) + (form if number == 1 else ""))


add(
    "picturebutton",
    "A picture sends the form that leads on.",
    "/nb/list.php?cid=4",
    {"/nb/list.php": by_picture},
    art_path,
)

add(
    "entrance",
    "The home page is a picture and an entrance.",
    "/",
    {
        "/": page(
            "<html><title>某市科学技术局</title><body><a href=/index2.html><img src=/e.jpg alt=进入网站></a></body></html>"
        ),
        "/index2.html": listing("<a href=/gk/nb.html>年度报告</a>", "首页"),
        "/gk/nb.html": listing(ul(YEARS, art_path), "年度报告"),
    },
    art_path,
    YEARS,
)
