"""Plain text: lines, and the cells of comma-separated ones."""

from pipelines.documents import read_document


def lines(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_document(text.encode("gb18030")).paragraphs()]


def test_comma_separated_values_are_cells() -> None:
    found = lines('指标,单位,数量\r\n主动公开,条,"1,234"\r\n收到申请,件,\r\n办结,件,0\r\n')
    assert found == ["指标\t单位\t数量", "主动公开\t条\t1,234", "收到申请\t件\t", "办结\t件\t0"]


def test_commas_of_prose_part_nothing() -> None:
    prose = ["一、总体情况", "全年公开信息12条,比上年多3条。", "收到申请3件,办结3件,没有结转。"]
    assert lines("\n".join(prose)) == prose


def test_a_line_too_long_for_a_row_stays_one() -> None:
    assert lines("a,b\n" * 40_000 + "a," + "字" * 200_000)[-1].startswith("a,字")
