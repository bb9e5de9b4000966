"""The report within pages of builds that the rules were not written with: floors that only rise."""

from statistics import mean

import pytest

from parsers.records import Document
from pipelines.documents import read_document
from tests.pipelines.documents import held_out, sample
from tests.pipelines.documents.agreement import f1, wanted_text, without_title

MEAN_F1_FLOOR = 0.999
LEAST_F1_FLOOR = 0.99
MOST_LEAKED = 0.0
ALL = [*held_out.TEMPLATES]


def read(page: str) -> Document:
    return read_document(page.encode(), url="https://www.qinghe.gov.cn/a/t20240126_1.html")


@pytest.mark.parametrize("name", ALL)
def test_no_table_and_no_paragraph_is_lost(name: str) -> None:
    document = read(held_out.TEMPLATES[name]())
    grids = [[[c.text for c in row] for row in grid.rows] for grid in document.grids()]
    for wanted in sample.grids():
        assert wanted in grids
    paragraphs = sample.paragraphs()[1:]
    found = [paragraph.text for paragraph in document.paragraphs()]
    assert [text for text in found if text in paragraphs] == paragraphs


def test_main_text_agrees() -> None:
    pages = (made() for made in held_out.TEMPLATES.values())
    scores = [f1(without_title(read(page)), wanted_text()) for page in pages]
    assert mean(scores) >= MEAN_F1_FLOOR, dict(zip(ALL, scores, strict=True))
    assert min(scores) >= LEAST_F1_FLOOR, dict(zip(ALL, scores, strict=True))


def test_little_of_the_site_leaks() -> None:
    leaked: list[tuple[str, str]] = []
    printed = 0
    for name, made in held_out.TEMPLATES.items():
        page = made()
        text = without_title(read(page))
        present = [line for line in held_out.NOISE if line in page]
        printed += len(present)
        leaked += [(name, line) for line in present if line in text]
    assert len(leaked) <= MOST_LEAKED * printed, leaked


FILLER = "".join(
    f"<p>第{n}项工作已按要求完成，全年公开信息{n}条，群众反映良好。</p>" for n in range(9)
)
SECTIONS = "".join(f"<p>{number}、某项情况</p>{FILLER}" for number in "一二三四五")


def lines(body: str) -> list[str]:
    document = read(f"<html><head><title>{sample.TITLE}</title></head><body>{body}</body></html>")
    return [paragraph.text for paragraph in document.paragraphs()]


def test_what_follows_a_report_that_is_not_closed_stays() -> None:
    rest = "<div>" + "<p>下一步，将继续加强公开工作，提高服务水平。</p>" * 20 + "</div>"
    page = f"<div><div><h2>{sample.TITLE}</h2>{SECTIONS}</div>{rest}</div>"
    assert lines(page)[-1] == "下一步，将继续加强公开工作，提高服务水平。"


def test_an_opening_outside_the_element_of_the_sections_stays() -> None:
    opening = "现将本局政府信息公开工作情况报告如下，请予监督。" * 20
    page = f"<div><h2>{sample.TITLE}</h2><div>{opening}</div><div>{SECTIONS}</div></div>"
    assert opening in lines(page)


def test_one_sentence_before_the_element_of_the_sections_stays() -> None:
    opening = "现将本局2023年政府信息公开工作情况报告如下，全年共公开信息18条。"
    page = f"<div><h2>{sample.TITLE}</h2><div>{opening}</div><div>{SECTIONS}</div></div>"
    assert opening in lines(page)


def test_a_list_of_attached_documents_at_the_end_stays() -> None:
    attached = "".join(f"<p><a href=/f/{n}.docx>附表{n}统计情况</a></p>" for n in range(4))
    assert lines(f"<div>{SECTIONS}{attached}</div>")[-1] == "附表3统计情况"


def test_a_directory_of_linked_reports_keeps_its_lines() -> None:
    names = [f"青禾市第{n}局2023年政府信息公开工作年度报告" for n in range(5)]
    entries = "".join(f"<p><a href=/{n}.html>{name}</a></p>" for n, name in enumerate(names))
    assert [text for text in lines(f"<div class=TRS_Editor>{entries}</div>") if text in names] == (
        names
    )


def test_a_heading_of_links_in_the_midst_of_a_report_cuts_nothing() -> None:
    page = f"<div><p>一、总体情况</p>{FILLER}<p>相关信息</p><p>二、其他</p>{FILLER}</div>"
    assert lines(page).count("第8项工作已按要求完成，全年公开信息8条，群众反映良好。") == 2
