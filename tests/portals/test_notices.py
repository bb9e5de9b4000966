"""Answers in the place of a page: as firewalls and portals word them, and their likes."""

import pytest

from parsers.portals.walls import recognise_wall

MENU = "".join(f"<li><a href=/c{n}/>栏目{n}</a></li>" for n in range(40))
FOOT = "<div>主办单位：某市人民政府办公室 网站标识码4101000001 您是第1000位访问者 联系我们</div>"


def page(body: str, title: str = "") -> str:
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    )


def within(body: str, title: str = "某市人民政府") -> str:
    """A portal's own page."""
    return page(f"<h2>某市人民政府</h2><ul>{MENU}</ul><div>{body}</div>{FOOT}", title)


NOTICES = {
    "waf": (
        page("很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。您的请求ID是: 781b"),
        page("<h1>网站防火墙</h1>您的请求带有不合法参数，已被网站管理员设置拦截！"),
        page("<p>当前访问因疑似黑客攻击被拦截</p><p>知道创宇云防御</p>"),
        page("您的请求存在异常，已被 360网站卫士 拦截"),
        page("您的访问触发了安全防护规则，请求已被云防护拦截", "安全提示"),
        page("您的IP[1.2.3.4]存在异常访问行为，已被禁止访问"),
        page("对不起，您的IP地址被禁止访问本站"),
        page("您的访问已被系统自动封锁，解封请联系技术支持"),
        page("The requested URL was rejected. Your support ID is: 12", "Request Rejected"),
        "<script>var arg1='A1';document.cookie='acw_sc__v2='+x;location.reload()</script>",
    ),
    "geo": (
        page("抱歉，本网站仅限中国境内访问"),
        page("<h1>访问受限</h1>您所在的地区（US）暂不支持访问本站。"),
        page("检测到您的IP地址为境外地址，根据网络安全要求，暂停境外IP访问。"),
        page("本系统仅限内网访问"),
    ),
    "burst": (
        page("系统检测到您的访问过于频繁，请休息一会儿再来！"),
        page("您的访问速度过快，请稍后再试"),
        page("当前访问人数过多，请稍后重试", "系统繁忙"),
        page("当前访问量较大，您正在排队中，请耐心等待"),
        page("您的访问频率过高，1分钟内请求超过60次，请稍后再试"),
        '{"code":429,"msg":"请求过于频繁，请稍后再试"}',
        r'{"success":false,"message":"\u8bbf\u95ee\u9891\u7387\u8fc7\u9ad8"}',
        "Too Many Requests",
    ),
    "slider": (page("请按住滑块，拖动到最右边", "人机验证"),),
    "captcha": (
        page("为了您的访问安全，请输入验证码后继续访问<img src=/c.jpg>", "访问验证"),
        page("请点击下方按钮完成验证", "请稍候"),
        page("<script src=//static.geetest.com/gt.js></script>", "请完成验证"),
    ),
    "challenge": (
        "<script>document.cookie='sec=ab;path=/';window.location.reload();</script>",
        "<script>function f(){document.cookie='P='+7;location.href=location.href;}f();</script>",
        "<script src='/_guard/html.js?js=click_html'></script>",
        page("<noscript>请开启JavaScript并刷新该页.</noscript><script>go()</script>"),
        page("浏览器安全检查中... 还剩 5 秒"),
        page("<div id=slg-box></div><script src=/.safeline/static/c.js></script>"),
    ),
    "login": ('{"code":401,"msg":"未登录或登录已超时"}', page("您没有权限，请先登录后查看")),
    "maintenance": (
        page("本网站将于今晚进行升级维护，期间暂停访问，敬请谅解。", "系统维护公告"),
        page("您访问的网站未备案，网站已被关闭"),
        page("网站正在升级改版，给您带来不便敬请谅解"),
    ),
    "forbidden": (
        page("不合法的参数"),
        page("非法请求！您的操作已被记录。", "系统提示"),
        page("您的浏览器版本过低，请升级浏览器后访问"),
    ),
    "soft_404": (
        page("您访问的文章已被删除或不存在"),
        within("对不起，您访问的页面不存在或已删除！"),
        within("非常抱歉，您访问的信息可能已经被删除、移动或从未存在过。"),
        page("抱歉，您要查看的信息已下架<a href=/>返回首页</a>"),
        page("<img src=/404.png>页面走丢了~ 3秒后返回首页", "出错啦"),
        page("该信息已过期或已撤销，无法查看！"),
        page("找不到您要访问的页面，可能已被移动、重命名或暂时不可用。"),
        page("<h1>HTTP Status 404 - /zwgk/a.html</h1>", "Apache Tomcat/7.0 - Error report"),
        page("<h1>Not Found</h1>The requested URL was not found on this server.", "Not Found"),
        "<script>alert('该信息不存在！');history.back();</script>",
        '<script src="//qzonestyle.gtimg.cn/qzone/hybrid/app/404/search_children.js"></script>',
        '{"code":404,"msg":"文章不存在","data":null}',
        "<script>\n<!--\nalert('您访问的页面不存在');history.back();\n//--></script>",
        page("按照集约化工作要求，本网站已关停"),
        page("<h1>Whitelabel Error Page</h1>There was an error (type=Not Found, status=404)."),
    ),
    "": (
        page("<h1>某局2023年政府信息公开工作年度报告</h1>拦截恶意请求3万次，访问过于频繁的已列入黑名单"),
        page("全年公开信息12条，已删除过期信息3条，已下线栏目1个。", "某镇信息公开年度报告"),
        page("404条政府信息全部主动公开，没有行政复议和诉讼。", "某局年报"),
        page("正文如下。", "某局关于印发〔2014〕404号文件的通知"),
        page("第404期 政务公开简报", "第404期政务公开简报"),
        page("页面不存在的，请在新站查询。<a href=a.doc>2019年年度报告.doc</a>", "公告"),
        page("<h1>外事办年报</h1>全年受理境外媒体申请2件，限制公开0件。"),
        within("经检索没有所申请公开信息的，告知申请人该政府信息不存在。提交申请前请先登录"),
        within("公告：因系统维护，本周六网站暂停访问。"),
        within("<form>请输入验证码<input type=submit value=继续></form>没有找到相关内容"),
        within("您是第404位访问者，欢迎您访问本网站，请提出宝贵意见。"),
        within("2023年度报告<script src=/js/slidercaptcha.js></script>"),
        page('<noscript>请开启JavaScript以继续访问本站</noscript><div id="app"></div>', "公开平台"),
        "<script>document.cookie='lang=zh';location.href='/zh/index.html'</script>",
        '{"code":200,"msg":"查询成功","data":{"total":0,"rows":[]}}',
        '<record><![CDATA[<li><a href="/a.html">信息公开年报</a></li>]]></record>',
        "<frameset rows=100,*><frame src=top.asp><frame src=list.asp></frameset>",
        page("<ul class=list></ul>暂无相关信息", "年报"),
        page("本年度未收到申请", "某镇信息公开"),
        page("我局网站访问量较大，群众有时找不到信息。", "某局二〇一五年政府信息公开工作年度报告"),
        page("我局落实政府信息公开条例，维护网站，设验证码防止访问过于频繁。", "某局"),
        page("网站升级改版中，信息更新及时。无申请。", "某街道政府信息公开年度报告"),
        page("第一条 您的请求不合法的，予以拒绝。", "政府信息公开制度"),
        page("<div id=app></div>主办：某市科学技术局 网站建设维护：某市信息中心", "某市科学技术局"),
        page("<div>登录</div><div>注册</div><a href=1>某局年报</a>"),
    ),
}  # fmt: skip
CASES = [(name, text) for name, texts in NOTICES.items() for text in texts]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_notices_are_told_from_pages(charset: str) -> None:
    named = [(name, text, recognise_wall(200, {}, text.encode(charset))) for name, text in CASES]
    assert [each for each in named if each[0] != each[2]] == []


@pytest.mark.parametrize(
    ("status", "text", "name"),
    [
        (404, page("您的请求带有不合法参数，已被网站管理员设置拦截！"), "waf"),
        (404, page("您访问的页面不存在"), ""),
        (503, page("您的访问过于频繁"), "burst"),
        (503, page("<script>window._cf_chl_opt={}</script>", "Just a moment..."), "challenge"),
        (468, page("安全检测"), "waf"),
        (567, "", "waf"),
        (302, page("您的请求已被拦截"), ""),
        (403, page("本网站仅限境内访问"), "geo"),
    ],
)
def test_refusals_are_told_whatever_the_status(status: int, text: str, name: str) -> None:
    assert recognise_wall(status, {}, text.encode()) == name


def test_a_cookie_of_a_firewall_alone_is_no_wall() -> None:
    cookie = {"Set-Cookie": "FSSBBIl1UgzbN7N80S=x; Path=/"}
    assert recognise_wall(200, cookie, b"<script>(function(){_$a()})()</script>") == "ruishu"
    assert recognise_wall(200, cookie, within("正文").encode()) == ""


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<script>", "您的访问", "<script>alert("])
def test_hostile_shells_take_no_time(piece: str) -> None:
    assert recognise_wall(200, {}, (piece * 40_000).encode()[:40_000]) in ("", "waf")
