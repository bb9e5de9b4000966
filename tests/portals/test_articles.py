"""Article pages: title, date, attachments in all shapes, further pages, frames, redirects."""

import json

import pytest

from parsers.portals import Article, Page, read_article

URL = "http://kjj.example.gov.cn/xxgknb/202401/t20240119_3006512.html"


def article(body: str, head: str = "", url: str = URL) -> Article:
    return read_article(Page(url, f"<html><head>{head}</head><body>{body}</body></html>"))


TEXT = "<p>" + "根据条例的规定，编制本报告。" * 30 + "</p>"


@pytest.mark.parametrize(
    ("head", "body", "title", "date"),
    [
        (
            '<meta name="articletitle" content="某局2023年报">'
            '<meta content="2024-01-19 15:13" name=PubDate>',
            "<h1>另一个</h1>发布时间：2024-01-09",
            "某局2023年报",
            "2024-01-19",
        ),
        (
            "<title>某局2023年报_年报_某局</title>",
            "<span>发布日期：2024年1月9日</span>",
            "某局2023年报",
            "2024-01-09",
        ),
        (
            "",
            "<UCAPTITLE>某局2023年报</UCAPTITLE><PUBLISHTIME>2024-01-20 10:00</PUBLISHTIME>",
            "某局2023年报",
            "2024-01-20",
        ),
        ("", "<h1> 某局<br>2023年报 </h1>", "某局 2023年报", ""),
    ],
)
def test_title_and_date(head: str, body: str, title: str, date: str) -> None:
    read = article(body + TEXT, head)
    assert (read.title, read.date) == (title, date)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<a href="./P020240119.docx">附件</a>', "/xxgknb/202401/P020240119.docx"),
        (
            '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl'
            '&owner=1&wbfileid=0A">附件【年报.docx】</a>',
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=0A",
        ),
        (
            '<a href="/module/download/down.jsp?id=7">某局2023年报.pdf</a>',
            "/module/download/down.jsp?id=7",
        ),
        ("<a onclick=\"window.open('/files/a.pdf')\" href='#'>年报</a>", "/files/a.pdf"),
        (
            '<script>showVsbpdfIframe("/__local/A/B/x.pdf","100%","600")</script>',
            "/__local/A/B/x.pdf",
        ),
        ('<iframe src="/pdf/web/viewer.html?file=%2Ffiles%2Fa.pdf"></iframe>', "/files/a.pdf"),
        ('<embed src="./a.pdf">', "/xxgknb/202401/a.pdf"),
        ("<a href='javascript:;' onclick=\"location.href='/att/a.docx'\">表</a>", "/att/a.docx"),
        ("<span onclick=\"window.open('/u/a.pdf')\">年报</span>", "/u/a.pdf"),
        ("<button data-url='/u/a.ofd'>下载</button>", "/u/a.ofd"),
        ("<input type=button onclick=\"location='/u/a.xls'\">", "/u/a.xls"),
        ("<map><area href='/u/a.doc'></map>", "/u/a.doc"),
        ("<object><param name=src value='/u/a.pdf'></object>", "/u/a.pdf"),
        ("<embed src='/show?id=8' type='application/pdf'>", "/show?id=8"),
        ("<script>get('fj').href='/u/a.doc';</script>", "/u/a.doc"),
        ("<script>document.write('<a href=\"/u/a.pdf\">附件</a>')</script>", "/u/a.pdf"),
        ('<script>var l=[{"name":"年报.doc","url":"\\/u\\/a.doc"}]</script>', "/u/a.doc"),
        ("<script>var p='/u/a.pdf'; showPdf(p)</script>", "/u/a.pdf"),
        ("<a href='/plus/download.php?id=4'>本地下载</a>", "/plus/download.php?id=4"),
        ("<a href='/u/a b.doc'>附件</a>", "/u/a%20b.doc"),
        ("<iframe src='/pdfjs/web/viewer.html?file=%252Fu%252Fa.pdf'></iframe>", "/u/a.pdf"),
        ("<iframe src='/viewer/preview?url=L3UvYS5wZGY='></iframe>", "/u/a.pdf"),
        ("<iframe src='/pdfjs/web/viewer.html?file=/down?id=3'></iframe>", "/down?id=3"),
    ],
)
def test_attachments(body: str, wanted: str) -> None:
    links = [link for link in article(body + TEXT).links if link.kind == "attachment"]
    assert [link.url for link in links] == [f"http://kjj.example.gov.cn{wanted}"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>var u='/u/'+id+'.pdf'; var v=base+'/u/a.pdf'; var w='/u/a.pdf'+x</script>",
        '<script>var l=[{"name":"年报.doc"}]</script>',
        "<a href='/xzzx/'>下载中心</a><a href='/bsfw/xz.html'>表格下载</a>",
        "<button data-url='/api/like'>赞</button><input value='请输入'>",
        "<iframe src='/player.html?file=%E4%B8%8D'></iframe>",
    ],
)
def test_what_is_no_attachment(body: str) -> None:
    assert article(body + TEXT).links == ()


def test_a_picture_that_is_loaded_later_is_the_one_meant() -> None:
    body = "<div id=zoom><img src='/images/loading.gif' data-original='/u/1.png'></div>"
    assert [link.url[-8:] for link in article(body).links] == ["cn/u/1.png"[-8:]]


@pytest.mark.parametrize(
    ("pager", "pages"),
    [
        ("<a href='12_2.html'>2</a><a href='12_3.html'>3</a>", ["12_2.html", "12_3.html"]),
        ("<a href='12_2.html'>2</a><a href='12_9.html'>9</a>", ["12_2.html"]),
        ("<a href='12_3.html'>3</a><a href='12_2.html'>下一页</a>", ["12_3.html", "12_2.html"]),
        ("<select><option value=12-2.html>2</option></select>", ["12-2.html"]),
        ("<a href='12/p2.html'>下一页</a>", ["12/p2.html"]),
        ("<a href='?page=2'>下一页</a>", ["12.html?page=2"]),
        ("<a href='13.html'>2</a><a href='12.html'>1</a><a href='121.html'>下一页</a>", []),
    ],
)
def test_pagers_of_an_article(pager: str, pages: list[str]) -> None:
    folder = "http://kjj.example.gov.cn/a/"
    read = article(TEXT + pager, url=f"{folder}12.html")
    assert list(read.next_pages) == [folder + page for page in pages]


@pytest.mark.parametrize(
    ("link", "goes_on"), [("id=5&page=2", True), ("id=6", False), ("id=6&page=2", False)]
)
def test_another_article_at_the_same_path_is_no_further_page(link: str, goes_on: bool) -> None:
    read = article(f"{TEXT}<a href='?{link}'>2</a>", url="http://kjj.example.gov.cn/a.php?id=5")
    assert bool(read.next_pages) == goes_on


def test_pictures_of_the_body_count_and_those_of_the_frame_do_not() -> None:
    body = (
        '<img src="/images/logo.png"><div class=TRS_Editor><div class=TRS_Editor>'
        '<img src="./W020240119.jpg" oldsrc="W020240119.jpg"></div></div>'
    )
    assert [link.url[-14:] for link in article(body).links] == ["W020240119.jpg"]


def test_further_pages_of_the_article_and_not_the_next_article() -> None:
    call = '<script>createPageHTML(3, 0, "t20240119_3006512", "html")</script>'
    assert [url[-12:] for url in article(TEXT + call).next_pages] == [
        "006512_1.html"[-12:],
        "006512_2.html"[-12:],
    ]
    foreign = '<script>createPageHTML(9, 0, "index", "html")</script>'
    assert article(TEXT + foreign).next_pages == ()
    linked = '<a href="./t20240119_3006512_1.html">下一页</a>'
    assert len(article(TEXT + linked).next_pages) == 1
    other = '<a href="./t20240120_3006999.html">下一页</a>'
    assert article(TEXT + other).next_pages == ()


def test_a_script_jump_is_a_redirect_only_on_a_shell() -> None:
    jump = "<script>location.href='/2024/real.html';</script>"
    assert article(jump).redirect == "http://kjj.example.gov.cn/2024/real.html"
    assert article(jump + TEXT).redirect == ""
    waiting = "<script>function go(){location.href='/2024/real.html';}</script>"
    assert article(waiting).redirect == ""
    configured = '<script>_cofing1={href:"/2024/real.html"}</script>'
    assert article(configured).redirect == "http://kjj.example.gov.cn/2024/real.html"


@pytest.mark.parametrize(
    ("target", "redirect", "deleted"),
    [
        ("/2024/real.html", "http://kjj.example.gov.cn/2024/real.html", False),
        ("../", "", True),
        ("/", "", True),
        ("/index.html", "", True),
        ("http://new.example.gov.cn/", "http://new.example.gov.cn/", False),
    ],
)
def test_a_refresh_to_a_folder_above_is_a_deletion(
    target: str, redirect: str, deleted: bool
) -> None:
    read = article("", f'<meta http-equiv="Refresh" content="0; url={target}">')
    assert (read.redirect, read.deleted) == (redirect, deleted)


def test_frames_without_weather_and_viewers() -> None:
    body = (
        '<iframe src="/inner/body.html"></iframe><iframe src="http://tianqi.example.com/x"></iframe>'
        '<iframe src="viewer.html?file=a.pdf"></iframe>'
    )
    assert article(body + TEXT).frames == ("http://kjj.example.gov.cn/inner/body.html",)


def test_an_article_kept_in_a_script() -> None:
    detail = {
        "title": "某局2023年政府信息公开工作年度报告",
        "created_at": "2024-01-19",
        "content": "<p>一、总体情况</p><a href='/files/a.docx'>附件</a>",
        "attachment": [{"name": "年报.pdf", "url": "/files/b.pdf"}],
    }
    config = f"<script>window._CONFIG = {{ SID: '175', DETAIL: {json.dumps(detail)} }};</script>"
    read = article(config, url="http://www.example.gov.cn/gkmlpt/content/2/2155/post_2155421.html")
    assert (read.title, read.date) == (detail["title"], "2024-01-19")
    assert [link.url[-6:] for link in read.links] == ["b.pdf"[-6:].rjust(6, "/"), "a.docx"]


def test_a_refresh_in_the_headers_of_a_shell_leads_on() -> None:
    told = {"refresh": "0;url=t20240119_2.html"}
    read = read_article(Page(URL, "<html><body>请稍候</body></html>", headers=told))
    assert read.redirect == "http://kjj.example.gov.cn/xxgknb/202401/t20240119_2.html"
    assert read_article(Page(URL, f"<html><body>{TEXT}</body></html>", headers=told)).redirect == ""
