"""The second opinion on the main text: asked in doubt only, and recorded only where it differs."""

from unittest import mock

from pipelines.documents import read_document
from pipelines.html import witness
from tests.pipelines.documents import templates

NEWS = "".join(
    f"<p>第{n}段新闻说，本市召开了工作会议，研究部署了下一步任务。</p>" for n in range(9)
)


def kinds(body: str) -> list[str]:
    document = read_document(f"<html><body>{body}</body></html>".encode())
    return [problem.kind for problem in document.problems]


def test_a_container_that_holds_little_beside_a_long_text_is_recorded() -> None:
    small = "<div id=zoom><p>政府信息公开年报，见下。</p></div>"
    framed = f"<table><tr><td>{small}</td></tr></table>"
    assert "content_disagreement" in kinds(f"{framed}<div><article>{NEWS}</article></div>")


def test_no_second_opinion_without_doubt() -> None:
    with mock.patch.object(witness, "import_module") as asked:
        for made in templates.KNOWN.values():
            read_document(made().encode())
    asked.assert_not_called()


def test_agreement_is_no_problem() -> None:
    aside = "<div class=side><p>导读：这里，有些别的，文字。</p></div>"
    assert "content_disagreement" not in kinds(f"<div class=TRS_Editor>{NEWS}</div>{aside}")
