"""What a page's style sheet hides is left out, unless something may show it."""

import pytest

from parsers.records import Document
from pipelines.documents import read_document

TEXT = "".join(f"<p>第{n}项工作，已经公开。</p>" for n in range(9))
OTHER = "此句隐藏，不属于正文。"


def read(style: str, head: str = "", mark: str = "class='b trap'") -> Document:
    page = (
        f"<head><style>{style}</style>{head}</head><div id=zoom>{TEXT}<p {mark}>{OTHER}</p></div>"
    )
    return read_document(f"<html>{page}</html>".encode())


def is_shown(document: Document) -> bool:
    return OTHER in [paragraph.text for paragraph in document.paragraphs()]


@pytest.mark.parametrize(
    "style",
    [
        ".trap{display:none}",
        "body{color:red}\n.x, p.trap { color:red; DISPLAY : none !important }",
        "/* .y{ */ .trap{display:none} /* } */",
        "@media print{.main{display:block}} .trap{display:none}",
        "<!-- .trap{display:none} -->",
    ],
)
def test_hidden_text_is_left_out_and_told(style: str) -> None:
    document = read(style)
    assert not is_shown(document)
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


def test_an_id_hides_too() -> None:
    assert not is_shown(read("#tip{display:none}", mark="id=tip"))


@pytest.mark.parametrize(
    "style",
    [
        "",
        ".trapped{display:none}",
        ".menu .trap{display:none}",
        "@media print{.trap{display:none}}",
        ".trap{display:none} .open.trap{display:block}",
        ".trap{display:none",
        "}}}{{{.trap",
    ],
)
def test_what_may_be_shown_is_kept(style: str) -> None:
    assert is_shown(read(style))


def test_what_a_script_speaks_of_is_kept() -> None:
    assert is_shown(read(".trap{display:none}", "<script>$('.trap').show()</script>"))


def test_most_of_the_page_is_never_hidden() -> None:
    page = f"<style>.main{{display:none}}</style><div class=main>{TEXT}</div><p>尾。</p>"
    assert len([*read_document(f"<html>{page}</html>".encode()).paragraphs()]) >= 9
