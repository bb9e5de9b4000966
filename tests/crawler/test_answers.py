"""What an answer or a failure means: by the bytes and not by the label; what is tried again."""

import pytest
from OpenSSL.SSL import Error as TlsError
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
)
from scrapy.http import Response

from crawler import answers
from crawler.browser.chromium import NoBrowserError
from crawler.browser.renderer import RenderingError
from crawler.politeness.addresses import AddressRefusedError, OffHostError
from crawler.politeness.pauses import UNREACHABLE, HostPausedError
from crawler.politeness.robots import RobotsUnavailableError

TITLE = "某市科学技术局2023年政府信息公开工作年度报告"
TEXT = f"<title>{TITLE}</title><p>{'本机关依法公开政府信息。' * 20}"
# Where the labels lie: the encoding of the bytes, the header, and the page's own declaration.
LIES = {
    "header utf-8 over gbk": ("gbk", "; charset=utf-8", ""),
    "meta gb2312 over utf-8": ("utf-8", "", "<meta charset=gb2312>"),
    "header latin-1 over gbk": ("gbk", "; charset=ISO-8859-1", ""),
    "meta far down": ("gbk", "", f"<!--{' ' * 5000}--><meta charset=gbk>"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_page_is_decoded_by_its_content(lie: str) -> None:
    charset, label, declared = LIES[lie]
    headers = {"Content-Type": f"text/html{label}"}
    body = (declared + TEXT).encode(charset)
    response = Response("http://www.example.gov.cn/", headers=headers, body=body)
    assert TITLE in answers.page_of(response).text
    assert response.body == body


UNREACHED = RobotsUnavailableError("http://www.example.gov.cn", "refused")


@pytest.mark.parametrize(
    "error", [DownloadConnectionRefusedError(), DownloadTimeoutError(), TlsError(), UNREACHED]
)
@pytest.mark.parametrize(("asked", "instead"), [("http", "https"), ("https", "http")])
def test_the_other_scheme_is_tried_once(error: Exception, asked: str, instead: str) -> None:
    request = Request(f"{asked}://www.example.gov.cn/nb/?p=1")
    again = answers.other_scheme(request, error)
    assert again is not None
    assert again.url == f"{instead}://www.example.gov.cn/nb/?p=1"
    assert answers.other_scheme(again, error) is None


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://www.example.gov.cn:8080/", DownloadConnectionRefusedError()),
        ("http://www.example.gov.cn/", CannotResolveHostError()),
        ("http://www.example.gov.cn/", OffHostError("elsewhere")),
        ("http://www.example.gov.cn/", HostPausedError("www.example.gov.cn", "ruishu")),
    ],
)
def test_the_other_scheme_is_not_tried_where_it_is_of_no_use(url: str, error: Exception) -> None:
    assert answers.other_scheme(Request(url), error) is None


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OffHostError("elsewhere"), "failed"),
        (NoBrowserError("none"), "blocked"),
        (RenderingError("it kept the browser busy"), "failed"),
        (AddressRefusedError("10.0.0.1"), "failed"),
        (HostPausedError("www.example.gov.cn", "ruishu"), "blocked"),
        (HostPausedError("www.example.gov.cn", UNREACHABLE), "failed"),
        (DownloadTimeoutError(), "failed"),
    ],
)
def test_what_may_be_a_report_is_never_merely_skipped(error: Exception, what: str) -> None:
    trouble = answers.trouble_of(error)
    assert trouble.what == what
    assert trouble.why
