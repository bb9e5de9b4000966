"""Names of files in Content-Disposition, as portals write them."""

from base64 import b64encode
from urllib.parse import quote

import pytest

from archive import declarations
from archive.records import Bundle, Capture, Part
from archive.warc.http import text_of
from parsers.records import Context
from pipelines.disposition import file_name
from pipelines.process import process

NAME = "某局2023年政府信息公开年度报告.doc"
PLAIN = "attachment; filename="
GBK = NAME.encode("gb18030")


@pytest.mark.parametrize(
    "header",
    [
        f"{PLAIN}{NAME}".encode(),
        f'{PLAIN}"{NAME}"'.encode(),
        f'{PLAIN}"{NAME}'.encode(),
        f'attachment;filename="{NAME}";size=12'.encode("gbk"),
        f'{PLAIN}"{quote(NAME)}"'.encode(),
        f"{PLAIN}{quote(GBK)}".encode(),
        f"attachment; filename*=UTF-8''{quote(NAME)}".encode(),
        f"attachment; filename=\"a.doc\"; filename*=utf-8''{quote(NAME)}".encode(),
        f"attachment; filename*=GBK''{quote(GBK)}".encode(),
        f"attachment; FileName*=\"UTF-8''{quote(NAME)}\"".encode(),
        f'{PLAIN}"=?UTF-8?B?{b64encode(NAME.encode()).decode()}?="'.encode(),
        f'{PLAIN}"=?gb2312?B?{b64encode(GBK).decode()}?="'.encode(),
        f'{PLAIN}"{NAME.encode().decode("latin-1")}"'.encode(),
        f'{PLAIN}"C:\\files\\{NAME}"'.encode(),
        f'{PLAIN}"/files/{NAME}"'.encode(),
        f'inline; name=x; filename = "{NAME}"'.encode(),
    ],
)
def test_the_name_is_read_however_it_is_written(header: bytes) -> None:
    assert file_name(text_of(header)) == NAME


@pytest.mark.parametrize(
    ("header", "name"),
    [("", ""), ("attachment", ""), ('attachment; filename=""', ""), (f"{PLAIN}a b.doc", "a b.doc"),
     (f"{PLAIN}100%.doc", "100%.doc"), (f'{PLAIN}"=?broken"', "=?broken"),
     (f"attachment; filename*=nothing''{quote(NAME)}", NAME)],
)  # fmt: skip
def test_names_that_are_none_or_plain(header: str, name: str) -> None:
    assert file_name(header) == name


def test_a_file_that_only_its_header_names_is_read_as_that_report() -> None:
    def part(name: str, payload: str, headers: dict[str, str], context: Context) -> Part:
        url, of = f"http://kjj.example.gov.cn/{name}", "" if name == "page" else "page"
        capture = Capture(
            name, "response", url, "2024-01-20T00:00:00Z", "w", 0, 0,
            status=200, role="part" if of else "page", part_of=of, context=context,
        )  # fmt: skip
        return Part(capture, payload.encode(), headers)

    text = "一、主动公开情况。全年主动公开政府信息12条。二、收到和处理申请情况。收到申请3件。" * 4
    page = part("page", "<html><title>附件</title><a href=/d>点击下载</a></html>", {}, Context())
    known = Context(link_text="点击下载", relation="attachment", part_number=1)
    header = (
        f"attachment; filename*=UTF-8''{quote('莆田市科学技术局2019年政府信息公开年度报告.txt')}"
    )
    attached = part("d", text, {"content-disposition": header}, known)
    read = process(Bundle(page, (attached,)), declarations.load())
    (report,) = (report for source in read.sources for report in source.reports)
    assert report.year == 2019
    assert [agency.printed for agency in report.agencies] == ["莆田市科学技术局"]
