# ruff: noqa: E501
"""Fresh portals that hand out rows by tables of script libraries and by interfaces."""

import json

from tests.crawler.fresh import add, art_path, code, listing, recs, shell
from tests.crawler.oddities import article, title, typed
from tests.crawler.server import NOT_FOUND, Reply, page
from tests.crawler.strangers import EVERY, answer_json, body_of, chunk, field, number_of


def pubtype(request: bytes, _before: int) -> Reply:
    if field(request, "PUB_TYPE") != "nb":
        return NOT_FOUND
    return answer_json(
        {
            "varList": [
                {"TITLE": title(y), "ID": f"x{y}", "PUB_TIME": f"{y + 1}-01-20"}
                for y in chunk(number_of(field(request, "currentPage")))
            ],
            "page": {"totalPage": 2},
        }
    )


add(
    "pagingplugin",
    "A plug-in asks for pages; a click gives the identifier.",
    "/nb/",
    {
        "/nb/": shell(
            "$('#page').paging({pageNo:1,totalPage:2,totalSize:7,callback:function(num){ajaxTest(num);}});ajaxTest(1);function ajaxTest(num){$.ajax({url:'/web/pageHtml.do',type:'get',data:{PUB_TYPE:'nb',currentPage:num},dataType:'json',success:function(d){var s='';for(var i=0;i<d.varList.length;i++){s+='<li onclick=\"goDetail(\\''+d.varList[i].ID+'\\')\">'+d.varList[i].TITLE+'</li>';}$('.list-ul').html(s);}});}function goDetail(id){window.open('/web/detail.do?ID='+id);}",
            "<ul class=list-ul></ul><div id=page></div>",
        ),
        "/web/pageHtml.do": pubtype,
        "/web/detail.do": lambda r, b: article(title(number_of(field(r, "ID")[1:]))),
    },
    lambda y: f"/web/detail.do?ID=x{y}",
)


def ctx(request: bytes, _before: int) -> Reply:
    if field(request, "id") != "c88":
        return NOT_FOUND
    return answer_json(
        {
            "rows": recs(
                chunk(number_of(field(request, "page"))),
                t="articleTitle",
                u="linkUrl",
                d="publishTime",
            ),
            "total": 7,
        }
    )


add(
    "ctxpath",
    "The address begins with a variable, a value is a hidden field's.",
    "/web/col/109.html",
    {
        "/web/col/109.html": shell(
            "var id=$('#id_').val();var contextPath='/web';$.ajax({method:\"POST\",url:contextPath+\"/index/indexController/articleListForPage\",data:{id:id,page:1,rows:4},success:function(r){draw(r.rows)}});",
            "<input type=hidden id=id_ value=c88><div id=demoContent></div>",
        ),
        "/web/index/indexController/articleListForPage": ctx,
    },
    art_path,
)


def bst(request: bytes, _before: int) -> Reply:
    o = int(field(request, "offset") or 0)
    return (
        answer_json({"total": 7, "rows": recs(EVERY[o : o + 4])})
        if field(request, "catalog") == "5"
        else NOT_FOUND
    )


add(
    "bootstraptable",
    "A table set up by attributes.",
    "/nb/",
    {
        "/nb/": listing(
            "<table id=t data-toggle=table data-url='/api/table/list?catalog=5' data-side-pagination=server data-pagination=true data-page-size=4><thead><tr><th data-field=title>标题</th><th data-field=date>日期</th></tr></thead></table>"
        ),
        "/api/table/list": bst,
    },
    art_path,
)


def eu(request: bytes, _before: int) -> Reply:
    n = number_of(field(request, "page"))
    return answer_json({"total": "7", "rows": recs(chunk(n))})


add(
    "easyui",
    "A data grid posts page and rows.",
    "/nb/",
    {
        "/nb/": shell(
            "$('#dg').datagrid({url:'/xxgk/list.do?type=nb',pagination:true,pageSize:4,columns:[[{field:'title',title:'标题'},{field:'date',title:'日期'}]]});",
            "<table id=dg></table>",
        ),
        "/xxgk/list.do": eu,
    },
    art_path,
)


def lt(request: bytes, _before: int) -> Reply:
    if field(request, "channelId") != "12":
        return NOT_FOUND
    return answer_json(
        {
            "code": 0,
            "msg": "",
            "count": 7,
            "data": [
                {"id": y, "title": title(y), "createTime": f"{y + 1}-01-20 10:00:00"}
                for y in chunk(number_of(field(request, "page")))
            ],
        }
    )


add(
    "layuitable",
    "A library's table, opened by a row's click.",
    "/nb/",
    {
        "/nb/": shell(
            "layui.use('table',function(){var table=layui.table;table.render({elem:'#t',url:'/api/article/page',where:{channelId:12},page:true,limit:4,cols:[[{field:'title'},{field:'createTime'}]]});table.on('row(t)',function(obj){window.open('/detail.html?id='+obj.data.id);});});",
            "<table id=t lay-filter=t></table>",
        ),
        "/api/article/page": lt,
        "/detail.html": lambda r, b: article(title(number_of(field(r, "id")))),
    },
    lambda y: f"/detail.html?id={y}",
)


def dt(request: bytes, _before: int) -> Reply:
    s = int(field(request, "start") or 0)
    return answer_json(
        {
            "draw": 1,
            "recordsTotal": 7,
            "recordsFiltered": 7,
            "data": [
                [i + 1, f"<a href='{art_path(y)}'>{title(y)}</a>", f"{y + 1}-01-20"]
                for i, y in enumerate(EVERY[s : s + 4])
            ],
        }
    )


add(
    "datatables",
    "Rows are lists with markup in them.",
    "/nb/",
    {
        "/nb/": shell(
            "$('#ex').DataTable({serverSide:true,processing:true,pageLength:4,ajax:{url:'/nb/data.php',type:'GET'}});",
            "<table id=ex></table>",
        ),
        "/nb/data.php": dt,
    },
    art_path,
)


def vq(request: bytes, _before: int) -> Reply:
    try:
        d = json.loads(body_of(request))
    except ValueError:
        return NOT_FOUND
    if d.get("channelCode") != "zfxxgknb":
        return NOT_FOUND
    return answer_json(
        {
            "code": 200,
            "data": {
                "records": recs(chunk(int(d.get("pageNum", 1)))),
                "total": 7,
                "current": 1,
                "pages": 2,
            },
        }
    )


add(
    "vuequery",
    "The values sent are an object of another place.",
    "/nb/",
    {
        "/nb/": shell(
            "new Vue({el:'#list',data(){return{rows:[],query:{pageNum:1,pageSize:4,channelCode:'zfxxgknb'}}},created(){this.getList()},methods:{getList(){axios.post('/prod-api/cms/article/list',this.query).then(res=>{this.rows=res.data.data.records})}}})"
        ),
        "/prod-api/cms/article/list": vq,
    },
    art_path,
)
add(
    "axiosbase",
    "The client has a base address.",
    "/nb/",
    {
        "/nb/": listing("<div id=app></div><script src=/static/app.js></script>"),
        "/static/app.js": code(
            "const http=axios.create({baseURL:'/gateway',timeout:5000});http.get('/article/list',{params:{cid:3,current:1,size:4}}).then(r=>render(r.data.records))"
        ),
        "/gateway/article/list": lambda r, b: (
            answer_json(
                {"records": recs(chunk(number_of(field(r, "current")))), "total": 7, "size": 4}
            )
            if field(r, "cid") == "3"
            else NOT_FOUND
        ),
    },
    art_path,
)
rss = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>年报</title>"
    + "".join(
        f"<item><title><![CDATA[{title(y)}]]></title><link>http://fresh-rss.gov.cn{art_path(y)}</link><pubDate>Mon, 20 Jan {y + 1} 08:00:00 +0800</pubDate></item>"
        for y in EVERY
    )
    + "</channel></rss>"
)
add(
    "rss",
    "Only the feed has the rows.",
    "/nb/",
    {
        "/nb/": page(
            "<html><head><title>政府信息公开年报</title><link rel=alternate type='application/rss+xml' href='/nb/rss.xml'></head><div id=l></div><script src=/js/all.min.js></script>"
        ),
        "/nb/rss.xml": typed(rss.encode(), "text/xml"),
        "/js/all.min.js": code("!function(e){}(window)"),
    },
    art_path,
)
arr = (
    "var t=["
    + ",".join(f"'{title(y)}'" for y in EVERY)
    + "];var u=["
    + ",".join(f"'{art_path(y)}'" for y in EVERY)
    + "];for(var i=0;i<t.length;i++){document.write('<li><a href=\"'+u[i]+'\">'+t[i]+'</a></li>');}"
)
add(
    "parallel", "Titles in one array, addresses in another.", "/nb/", {"/nb/": shell(arr)}, art_path
)
add(
    "urlparam",
    "The column is a value of the page's own address.",
    "/nb/page.html?catId=55",
    {
        "/nb/page.html": shell(
            "function getQueryString(n){var r=new RegExp('(^|&)'+n+'=([^&]*)(&|$)');var m=window.location.search.substr(1).match(r);return m?unescape(m[2]):null;}var catId=getQueryString('catId');$.ajax({url:'/api/doc/list',data:{catId:catId,pageNo:1,pageSize:4},success:function(d){draw(d.data.list)}});"
        ),
        "/api/doc/list": lambda r, b: (
            answer_json(
                {"data": {"list": recs(chunk(number_of(field(r, "pageNo")))), "totalCount": 7}}
            )
            if field(r, "catId") == "55"
            else NOT_FOUND
        ),
    },
    art_path,
)
add(
    "nocache",
    "A random number against caches.",
    "/nb/",
    {
        "/nb/": shell(
            "$.getJSON('nb.json?v='+Math.random(),function(d){$.each(d,function(i,o){$('#list').append('<li><a href=\"'+o.url+'\">'+o.title+'</a></li>')})})"
        ),
        "/nb/nb.json": answer_json(recs(EVERY)),
    },
    art_path,
)
