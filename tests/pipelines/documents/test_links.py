"""Attachments, frames, pictures and next pages in the shapes that portals give them."""

import pytest

from parsers.records import Link
from pipelines.documents import read_document

URL = "https://www.qinghe.gov.cn/zfxxgk/202401/t20240126_77.html"
HERE = "https://www.qinghe.gov.cn/zfxxgk/202401/"
MENU = "<ul>" + "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(9)) + "</ul>"

SHAPES: dict[str, tuple[str, str]] = {
    "suffix": ('<a href="./P020240126001.docx">年报</a>', HERE + "P020240126001.docx"),
    "suffix with query": (
        '<a href="/f/a.pdf?v=2">年报</a>',
        "https://www.qinghe.gov.cn/f/a.pdf?v=2",
    ),
    "name in the link text": (
        '<a href="/system/_content/download.jsp?owner=1&wbfileid=9">年报.doc</a>',
        "https://www.qinghe.gov.cn/system/_content/download.jsp?owner=1&wbfileid=9",
    ),
    "name in an extensionless link": (
        '<a href="/file/778">2023年年报.pdf</a>',
        "https://www.qinghe.gov.cn/file/778",
    ),
    "viewer frame": (
        '<iframe src="/pdfjs/web/viewer.html?file=%2Fupload%2Fnb.pdf"></iframe>',
        "https://www.qinghe.gov.cn/upload/nb.pdf",
    ),
    "frame with a document": ('<iframe src="nb.pdf"></iframe>', HERE + "nb.pdf"),
    "embed": ('<embed src="nb.pdf" type="application/pdf">', HERE + "nb.pdf"),
    "script call": (
        '<script>showVsbpdfIframe("/__local/A/B/nb.pdf", "100%", "600");</script>',
        "https://www.qinghe.gov.cn/__local/A/B/nb.pdf",
    ),
    "onclick": (
        '<a href="javascript:void(0)" onclick="down(\'/f/nb.ofd\')">下载</a>',
        "https://www.qinghe.gov.cn/f/nb.ofd",
    ),
    "upper case": ('<a href="NB.PDF">年报</a>', HERE + "NB.PDF"),
}


def links(body: str, kind: str) -> list[Link]:
    page = f"<html><body>{MENU}<div class=TRS_Editor>{body}</div></body></html>"
    return [link for link in read_document(page.encode(), url=URL).links if link.kind == kind]


@pytest.mark.parametrize("name", SHAPES)
def test_an_attachment_is_found(name: str) -> None:
    markup, address = SHAPES[name]
    assert [link.url for link in links(markup, "attachment")] == [address]


def test_a_list_of_attachments_beside_the_text_is_found() -> None:
    page = (
        f'<div id=zoom><p>年报见附件。</p></div>{MENU}<div class=fj><a href="nb.doc">附件</a></div>'
    )
    found = read_document(page.encode(), url=URL).links
    assert [(link.url, link.text) for link in found if link.kind == "attachment"] == [
        (HERE + "nb.doc", "附件")
    ]


def test_menus_are_no_links_of_the_content() -> None:
    assert links('<p><a href="http://x.gov.cn/">本局网站</a>。</p>', "link")[0].text == "本局网站"
    assert len(links("<p>正文，没有链接。</p>", "link")) == 0


def test_pictures_and_frames_are_told_apart() -> None:
    assert [link.url for link in links('<img src="W020.png" alt="年报">', "image")] == [
        HERE + "W020.png"
    ]
    assert [link.url for link in links('<iframe src="body.html"></iframe>', "frame")] == [
        HERE + "body.html"
    ]


def test_next_pages_by_link_and_by_script() -> None:
    assert links('<a href="t20240126_77_1.html">下一页</a>', "next_page")[0].url.endswith(
        "_77_1.html"
    )
    script = '<p>正文。</p><script>createPageHTML(3, 0, "t20240126_77", "html");</script>'
    assert [link.url for link in links(script, "next_page")] == [
        HERE + "t20240126_77_1.html",
        HERE + "t20240126_77_2.html",
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<p><a href="nb.pdf">青禾市水务局2023年年报.pdf</a></p>', "only_attachment"),
        ('<p align=center><img src="W1.jpg"></p>', "only_picture"),
        ('<iframe src="real.html"></iframe>', "only_frame"),
    ],
)
def test_a_page_that_only_points_elsewhere_is_recognised(body: str, kind: str) -> None:
    page = f"<html><body>{MENU}<div class=TRS_Editor>{body}</div>{MENU}</body></html>"
    document = read_document(page.encode(), url=URL)
    assert kind in [problem.kind for problem in document.problems]
    assert "栏目" not in "".join(p.text for p in document.paragraphs())


def test_a_report_of_one_line_is_kept() -> None:
    page = f"<html><body>{MENU}<div id=zoom>本局2023年未收到申请。</div>{MENU}</body></html>"
    document = read_document(page.encode())
    assert [p.text for p in document.paragraphs()] == ["本局2023年未收到申请。"]
