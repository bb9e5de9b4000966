# ruff: noqa: E501
"""Rows as data, in the ways of script libraries and hand-written fronts."""

import base64
import json

from tests.crawler.fresh import add, art_path, code, listing, num, recs, shell, ul
from tests.crawler.oddities import YEARS, title, typed
from tests.crawler.server import NOT_FOUND, Reply, page
from tests.crawler.strangers import EVERY, answer_json, body_of, chunk, field, number_of

add(
    "datafile",
    "Rows stand in a script file.",
    "/nb/",
    {
        "/nb/": listing(
            "<ul id=l></ul><script src=/nb/data.js></script><script src=/js/draw.js></script>"
        ),
        "/nb/data.js": code("var listData=" + json.dumps(recs(EVERY), ensure_ascii=False) + ";"),
        "/js/draw.js": code("for(var i in listData){}"),
    },
    art_path,
)


def endlessapi(request: bytes, _before: int) -> Reply:
    n = number_of(field(request, "page") or "1")
    return answer_json({"hasNext": True, "items": recs(chunk(min(n, 2)))})


add(
    "endlessapi",
    "The answer says for ever that there is more.",
    "/nb/",
    {
        "/nb/": shell("$.get('/api/docs?page=1&c=4',function(d){draw(d.items)})"),
        "/api/docs": endlessapi,
    },
    art_path,
)


def rest(request: bytes, _before: int) -> Reply:
    t = request.split(b" ")[1].decode().split("/")
    return answer_json({"rows": recs(chunk(int(t[-2]))), "total": 7})


add(
    "restpath",
    "Page and size are parts of the path.",
    "/nb/",
    {
        "/nb/": shell(
            "new Vue({el:'#list',data:{channelId:'12',page:1,size:4,total:0,rows:[]},mounted(){axios.get(`/api/list/${this.channelId}/${this.page}/${this.size}`).then(r=>{this.rows=r.data.rows;this.total=r.data.total})}})"
        ),
        **{f"/api/list/12/{n}/4": rest for n in (1, 2)},
    },
    art_path,
)
add(
    "rootpath",
    "A function gives the root.",
    "/nb/",
    {
        "/nb/": shell(
            "function rootPath(){return '/root';}$.ajax({url:rootPath()+'/list.do',type:'post',data:{cid:9,page:1,rows:4},success:function(d){draw(d)}})"
        ),
        "/root/list.do": lambda r, b: answer_json(
            {"rows": recs(chunk(num(r, "page"))), "total": 7}
        ),
    },
    art_path,
)
add(
    "escapedhtml",
    "Markup, escaped, in JSON.",
    "/nb/",
    {
        "/nb/": shell(
            "$.post('/nb/get.do',{cid:4,pageNo:1,pageSize:4},function(d){$('#list').html(unescapeHtml(d.html))})"
        ),
        "/nb/get.do": lambda r, b: answer_json(
            {
                "html": ul(chunk(num(r, "pageNo")), art_path)
                .replace("<", "&lt;")
                .replace(">", "&gt;"),
                "total": 7,
            }
        ),
    },
    art_path,
)


def odata(request: bytes, _before: int) -> Reply:
    s = num(request, "$skip", "0")
    d: dict[str, object] = {"value": recs(EVERY[s : s + 4])}
    if s < 4:
        d["@odata.nextLink"] = "/odata/Articles?$top=4&$skip=4"
    return answer_json(d)


add(
    "odata",
    "The answer names the next one.",
    "/nb/",
    {
        "/nb/": shell("$.getJSON('/odata/Articles?$top=4&$skip=0',function(d){draw(d.value)})"),
        "/odata/Articles": odata,
    },
    art_path,
)


def nextlink(request: bytes, _before: int) -> Reply:
    n = num(request, "k")
    return answer_json(
        {"data": recs(chunk(n)), "links": {"next": "/api/docs?k=2" if n == 1 else None}}
    )


add(
    "nextlink",
    "The same beneath another name.",
    "/nb/",
    {"/nb/": shell("fetch('/api/docs').then(r=>r.json()).then(show)"), "/api/docs": nextlink},
    art_path,
)
xml = (
    "<?xml version='1.0' encoding='utf-8'?><?xml-stylesheet type='text/xsl' href='l.xsl'?><list><name>政府信息公开年报</name>"
    + "".join(
        f"<item><title>{title(y)}</title><url>{art_path(y)}</url><date>{y + 1}-01-20</date></item>"
        for y in EVERY
    )
    + "</list>"
)
add(
    "xslt",
    "The column is XML.",
    "/nb/list.xml",
    {"/nb/list.xml": typed(xml.encode(), "text/xml")},
    art_path,
)
add(
    "vfor",
    "Values named through self.",
    "/nb/",
    {
        "/nb/": shell(
            "new Vue({el:'#app',data:{infoList:[],pageInfo:{pageNo:1,pageSize:4,total:0},channelId:'n8'},created:function(){this.query(1)},methods:{query:function(n){var self=this;$.ajax({url:'/portal/info/page',type:'POST',contentType:'application/json',data:JSON.stringify({channelId:self.channelId,pageNo:n,pageSize:4}),success:function(r){self.infoList=r.data.rows;self.pageInfo.total=r.data.total}})}}})",
            "<div id=app><a v-for='i in infoList' :href='i.url'>{{i.title}}</a></div>",
        ),
        "/portal/info/page": lambda r, b: (
            answer_json(
                {
                    "data": {
                        "rows": recs(chunk(int(json.loads(body_of(r)).get("pageNo") or 1))),
                        "total": 7,
                    }
                }
            )
            if '"n8"' in body_of(r)
            else answer_json({"code": 500, "msg": "参数错误"})
        ),
    },
    art_path,
)
add(
    "cfgurl",
    "The address is joined of configured values.",
    "/nb/",
    {
        "/nb/": shell(
            "var CONFIG={api:'/openapi',channel:'g5'};$.get(CONFIG.api+'/docs?channel='+CONFIG.channel+'&pageNo=1&pageSize=4',function(d){draw(d.list)})"
        ),
        "/openapi/docs": lambda r, b: (
            answer_json({"list": recs(chunk(num(r, "pageNo"))), "total": 7})
            if field(r, "channel") == "g5"
            else answer_json({"list": []})
        ),
    },
    art_path,
)
add(
    "asyncawait",
    "Parameters as an object, joined in a template.",
    "/nb/",
    {
        "/nb/": shell(
            "const params=new URLSearchParams({site:'s1',col:'c2',page:1,size:4});const res=await fetch(`/v1/contents?${params}`);const j=await res.json();render(j.items);"
        ),
        "/v1/contents": lambda r, b: (
            answer_json({"items": recs(chunk(num(r, "page"))), "total": 7})
            if field(r, "col") == "c2"
            else NOT_FOUND
        ),
    },
    art_path,
)
add(
    "formdata",
    "A form filled field by field.",
    "/nb/",
    {
        "/nb/": shell(
            "var fd=new FormData();fd.append('cid','31');fd.append('page','1');fd.append('size','4');fetch('/nb/q',{method:'POST',body:fd}).then(r=>r.json()).then(d=>draw(d.list))"
        ),
        "/nb/q": lambda r, b: (
            answer_json({"list": recs(chunk(num(r, "page"))), "total": 7})
            if field(r, "cid") == "31"
            else NOT_FOUND
        ),
    },
    art_path,
)
add(
    "serialize",
    "A form of the page is sent.",
    "/nb/",
    {
        "/nb/": shell(
            "function q(n){$('#pageNo').val(n);$.post('/nb/query.action',$('#sf').serialize(),function(d){draw(d.rows)},'json')}q(1);",
            "<form id=sf><input type=hidden name=catalog value=77><input type=hidden id=pageNo name=pageNo value=1><input type=hidden name=pageSize value=4></form><div id=list></div>",
        ),
        "/nb/query.action": lambda r, b: (
            answer_json({"rows": recs(chunk(num(r, "pageNo"))), "total": 7})
            if field(r, "catalog") == "77"
            else NOT_FOUND
        ),
    },
    art_path,
)
add(
    "tokenmore",
    "The interface refuses without a signature.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<script>var pageNo=1;function more(){pageNo++;$.post('/nb/get.do',{cid:4,pageNo:pageNo,pageSize:4,sign:sign()},function(d){show(d)})}</script>"
        ),
        "/nb/get.do": answer_json({"code": 401, "msg": "签名错误", "data": None}),
    },
    art_path,
    YEARS,
    account="incomplete",
)
add(
    "base64more",
    "The interface answers in a code.",
    "/nb/",
    {
        "/nb/": listing(
            ul(YEARS, art_path)
            + "<script>var pageNo=1;function more(){pageNo++;$.post('/nb/get.do',{cid:4,pageNo:pageNo,pageSize:4},function(d){show(JSON.parse(atob(d)))})}</script><script src=/s.js></script>"
        ),
        "/nb/get.do": lambda r, b: page(
            base64.b64encode(json.dumps(recs(chunk(num(r, "pageNo")))).encode())
        ),
    },
    art_path,
    YEARS,
    account="incomplete",
)
