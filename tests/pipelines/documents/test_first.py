from pathlib import Path

from parsers.records import Paragraph
from pipelines.documents import read_document
from pipelines.markdown import clean_text, markdown


def test_a_line_of_text_keeps_its_tabs_and_its_place() -> None:
    text = "某局2023年政府信息公开工作年度报告\n\n规章\t1\t\t0\n"
    document = read_document(text.encode())
    assert document.media_type == "text"
    row = document.blocks[1]
    assert isinstance(row, Paragraph)
    assert row.text == "规章\t1\t\t0"
    start, end = map(int, row.place.removeprefix("text:").split("-"))
    assert text[start:end] == row.text
    assert document.titles[0].text == "某局2023年政府信息公开工作年度报告"


def test_a_table_becomes_a_grid_with_places() -> None:
    page = "<html><body><div class=TRS_Editor><p>一、总体情况</p><table><tr><td>规章<td>3</table>"
    grid = next(
        read_document(page.replace("</table>", "<tr><td>其他<td></table>").encode()).grids()
    )
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "3"], ["其他", ""]]
    assert grid.rows[0][1].place.startswith("html:table[1]/r1c2#/html/body/div/table/")


def test_markdown_shows_a_spanned_cell_once() -> None:
    page = b"<p>\xe8\xa1\xa8</p><table><tr><td rowspan=2>a<td>b<tr><td>c</table>"
    document = read_document(page)
    assert markdown(document).endswith("| a | b |\n| --- | --- |\n|  | c |")
    assert clean_text(document).endswith("a\tb\n\tc")


def test_real_pages_have_their_three_tables(real_cases: Path) -> None:
    page = (real_cases / "real" / "putian-kjj-2024" / "report.html").read_bytes()
    shapes = [(len(grid.rows), grid.width) for grid in read_document(page).grids()]
    assert shapes == [(13, 4), (28, 10), (4, 15)]
