"""An answer that was archived in part is read as far as it goes, and said to be cut."""

from archive import declarations
from archive.records import Bundle, Capture, Part
from pipelines.process import process

PAGE = """<html><title>某市司法局2021年政府信息公开工作年度报告</title>
<p>2021年，本机关共收到政府信息公开申请12件。</p>"""


def kinds(truncated: str) -> list[str]:
    capture = Capture(
        record_id="urn:uuid:1",
        kind="response",
        url="http://sfj.example.gov.cn/1.html",
        date="2022-01-01T00:00:00Z",
        warc="x.warc.gz",
        offset=0,
        length=1,
        truncated=truncated,
        role="page",
    )
    page = Part(capture, PAGE.encode(), {"content-type": "text/html; charset=utf-8"})
    (source,) = process(Bundle(page), declarations.load()).sources
    assert len(source.reports) == 1
    return [problem.kind for problem in source.reports[0].problems]


def test_a_whole_answer_is_not_said_to_be_cut() -> None:
    assert "truncated" not in kinds("")


def test_an_answer_that_broke_off_is_told_with_its_report() -> None:
    assert "truncated" in kinds("disconnect")
