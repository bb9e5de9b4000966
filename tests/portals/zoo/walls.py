"""Answers that stand before the page: name expected, status, headers, body."""

from typing import NamedTuple

LONG_REPORT = (
    "<html><title>某局2025年政府信息公开工作年度报告</title><body>"
    + "<p>主动公开政府信息20条。</p>" * 200
)


class Wall(NamedTuple):
    name: str
    status: int
    headers: dict[str, str]
    body: str


WALLS = (
    Wall("ruishu", 412, {"Set-Cookie": "x=1"}, "<script>$_ts={};$_ts.nsd=1</script>"),
    Wall("ruishu", 202, {}, "<html><script>if(!$_ts)$_ts={};$_ts.cd='q'</script></html>"),
    Wall("ruishu", 200, {}, "<html><script>$_ts=window['$_ts'];$_ts.lcd=1</script></html>"),
    Wall(
        "jiasule",
        521,
        {"Set-Cookie": "__jsluid_s=1"},
        "<script>document.cookie='__jsl_clearance_s=1'</script>",
    ),
    Wall(
        "jiasule", 521, {}, 'go({"bts":["16","ok"],"ct":"a","ha":"md5","tn":"__jsl_clearance_s"})'
    ),
    Wall("wzws", 200, {}, "<script>var x='WZWS-REL';dynamicurl='/WZWSREL2NuL2luZGV4'</script>"),
    Wall("wzws", 200, {}, "<a href='/aq_wzws_confirm.html'>x</a>"),
    Wall("slider", 200, {}, "<title>请稍候…</title><div class='puzzle-vcode'></div>"),
    Wall("slider", 200, {}, "<title>安全验证</title><p>请向右滑动完成安全验证</p>"),
    Wall("waf", 403, {"Set-Cookie": "HWWAFSESID=1"}, "denied"),
    Wall("waf", 405, {}, "<div class='safedog-flow-item'></div>"),
    Wall("waf", 493, {}, "no"),
    Wall("forbidden", 403, {}, "<html>Forbidden</html>"),
    Wall("burst", 429, {}, "slow down"),
    Wall("burst", 200, {}, '{"code": -101, "msg": "x"}'),
    Wall("burst", 200, {}, "<p>您的访问过于频繁，请稍后再试</p>"),
    Wall("soft_404", 200, {}, "<title>页面不存在</title><p>返回首页</p>"),
    Wall("soft_404", 200, {}, "<title>404 - 某市人民政府</title>"),
    Wall("soft_404", 200, {}, "<title>某市</title><p>抱歉，您访问的页面不存在或已删除！</p>"),
    Wall("", 200, {}, LONG_REPORT),
    Wall("", 200, {}, LONG_REPORT + "<p>曾有一条信息已删除，页面不存在。</p>"),
    Wall("", 200, {}, LONG_REPORT + "<p>2404 件，404 件</p>"),
    Wall("", 404, {}, "<p>Not Found</p>"),
    Wall("", 500, {}, "error"),
    Wall("", 200, {}, ""),
    Wall("", 200, {}, '{"code":0,"data":[]}'),
)
