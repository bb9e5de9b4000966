"""Word documents: what Word shows, not what the markup holds first."""

import io
import zipfile

from pipelines.documents import read_document
from tests.pipelines.documents.writers import W, docx, word_paragraph, zipped


def texts(body: str, **parts: str) -> list[str]:
    return [p.text for p in read_document(docx(body, **parts)).paragraphs()]


def grid(body: str) -> list[list[str]]:
    (found,) = read_document(docx(body)).grids()
    return [[cell.text for cell in row] for row in found.rows]


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<w:") else word_paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    properties = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    )
    return word_paragraph(text, properties)


def level(index: int, form: str, pattern: str) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def test_numbers_that_word_counts_are_written_out() -> None:
    body = "".join(
        [
            numbered("总体情况"),
            numbered("主动公开", 1),
            numbered("依申请公开", 1),
            numbered("其他情况"),
            numbered("平台建设", 1),
            numbered("细目", 2),
        ]
    )
    assert texts(body, numbering=NUMBERING) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "二、其他情况",
        "（一）平台建设",
        "1. 细目",
    ]


def test_numbers_may_come_from_a_style() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    body = word_paragraph("总体情况", '<w:pPr><w:pStyle w:val="a"/></w:pPr>')
    (paragraph,) = read_document(docx(body, numbering=NUMBERING, styles=styles)).paragraphs()
    assert (paragraph.text, paragraph.level) == ("一、总体情况", 1)


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = (
        f'<w:p>{run("收到申请")}<w:del w:id="1"><w:r><w:delText>3</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{run("5")}</w:ins>{run("件")}</w:p>'
    )
    assert texts(changed) == ["收到申请5件"]
    rows = table(cell("甲") + cell(changed), cell("乙") + cell("1"))
    deleted = (
        "<w:tr><w:trPr><w:del w:id='3'/></w:trPr>" + cell("丙") + cell("9") + "</w:tr></w:tbl>"
    )
    assert grid(rows.replace("</w:tbl>", deleted)) == [["甲", "收到申请5件"], ["乙", "1"]]


def test_content_controls_hold_text_cells_and_rows() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('7')}</w:sdtContent></w:sdt>"
    in_cell = table(cell("甲") + cell(f"<w:p>{control}</w:p>"), cell("乙") + cell("1"))
    assert grid(in_cell) == [["甲", "7"], ["乙", "1"]]
    whole = f"<w:sdt><w:sdtContent>{cell('8')}</w:sdtContent></w:sdt>"
    assert grid(table(cell("甲") + whole, cell("乙") + cell("1"))) == [["甲", "8"], ["乙", "1"]]


def test_text_boxes_are_read_once() -> None:
    inner = f"<w:txbxContent>{word_paragraph('青禾市水务局文件')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = (
        f"<mc:AlternateContent {mc}><mc:Choice>{inner}</mc:Choice>"
        f"<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(f"<w:p><w:r>{box}</w:r>{run('正文')}</w:p>") == ["青禾市水务局文件", "正文"]


def test_hidden_text_and_field_codes_are_left_out() -> None:
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    hidden = run("隐", "<w:vanish/>")
    body = f"<w:p>{run('正文')}{field}{hidden}</w:p>"
    assert texts(body) == ["正文"]
    assert kinds(body) == ["hidden_text"]


def test_tabs_stay_for_tables_written_with_them() -> None:
    one, two = "<w:r><w:tab/></w:r>", "<w:r><w:tab/><w:tab/></w:r>"
    row = f"<w:p>{run('规章')}{one}{run('3')}{two}{run('0')}</w:p>"
    assert texts(row) == ["规章\t3\t\t0"]


def test_line_breaks_part_paragraphs() -> None:
    assert texts(f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}</w:p>") == ["一", "二"]


def test_footnotes_follow_the_text() -> None:
    note = f'<w:footnote w:id="1">{word_paragraph("注：不含下属单位。")}</w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    assert texts(word_paragraph("正文"), footnotes=notes) == ["正文", "注：不含下属单位。"]


def test_a_nested_grid_makes_the_outer_table_a_layout() -> None:
    inner = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    assert grid(table(cell("<w:p/>" + inner))) == [["甲", "1"], ["乙", "2"]]


def test_a_nested_single_cell_is_text() -> None:
    inner = table(cell("1"))
    assert grid(table(cell("甲") + cell(inner), cell("乙") + cell("2"))) == [
        ["甲", "1"],
        ["乙", "2"],
    ]


def test_merged_cells_and_rows_that_begin_late() -> None:
    rows = table(
        cell("甲", '<w:vMerge w:val="restart"/>') + cell("1") + cell("2"),
        cell("", "<w:vMerge/>") + cell("3", '<w:gridSpan w:val="2"/>'),
        cell("乙") + cell("4") + cell("5"),
    )
    assert grid(rows) == [["甲", "1", "2"], ["甲", "3", "3"], ["乙", "4", "5"]]
    late = (
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        + cell("6")
        + cell("7")
        + "</w:tr></w:tbl>"
    )
    assert grid(rows.replace("</w:tbl>", late))[-1] == ["", "6", "7"]


def test_a_label_lost_in_a_merge_is_not_made_up() -> None:
    """Text in a cell that claims to go on with the one above is kept as its own."""
    rows = table(
        cell("甲", '<w:vMerge w:val="restart"/>') + cell("1"),
        cell("乙", "<w:vMerge/>") + cell("2"),
    )
    assert grid(rows) == [["甲", "1"], ["乙", "2"]]


def test_strict_documents_are_read() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    body = f"<w:document {strict}><w:body>{word_paragraph('正文')}</w:body></w:document>"
    document = read_document(zipped({"word/document.xml": body.encode()}))
    assert [p.text for p in document.paragraphs()] == ["正文"]


def test_the_title_of_the_properties_is_a_candidate() -> None:
    body = f"<w:document {W}><w:body>{word_paragraph('正文。')}</w:body></w:document>"
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>某局年报</dc:title></c>'
    payload = zipped({"word/document.xml": body.encode(), "docProps/core.xml": core.encode()})
    assert ("某局年报", "core") in [(t.text, t.source) for t in read_document(payload).titles]


def kinds(body: str) -> list[str]:
    return [problem.kind for problem in read_document(docx(body)).problems]


def test_text_that_is_struck_out_is_left_out_and_told() -> None:
    body = f"<w:p>{run('收到申请')}{run('12', '<w:strike/>')}{run('15')}{run('件')}</w:p>"
    assert texts(body) == ["收到申请15件"]
    assert kinds(body) == ["struck_text"]
    assert kinds(body.replace("<w:strike/>", '<w:strike w:val="0"/>')) == []


def test_cells_merged_sideways_by_the_older_element_are_one() -> None:
    first, rest = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    head = cell("项目") + cell("数量", first) + cell("", rest)
    rows = table(head, cell("甲") + cell("1") + cell("2"), cell("乙") + cell("3") + cell("4"))
    assert grid(rows) == [["项目", "数量", "数量"], ["甲", "1", "2"], ["乙", "3", "4"]]


PICTURE = (
    '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r></w:p>'
)


def test_a_cell_that_shows_only_a_picture_is_not_blank() -> None:
    rows = table(cell("甲") + cell(PICTURE), cell("乙") + cell("3"), cell("丙") + cell(""))
    assert grid(rows) == [["甲", "\ufffd"], ["乙", "3"], ["丙", ""]]


def test_a_table_within_a_table_of_figures_leaves_that_one_a_table() -> None:
    inner = table(cell("新收") + cell("结转"), cell("5") + cell("1"))
    rows = [cell(name) + cell(figure) for name, figure in (("甲", "1"), ("乙", "2"), ("丙", "3"))]
    body = table(*rows, cell("丁") + cell(inner + word_paragraph("")))
    found = [[[c.text for c in row] for row in g.rows] for g in read_document(docx(body)).grids()]
    outer = [["甲", "1"], ["乙", "2"], ["丙", "3"], ["丁", "\ufffd"]]
    assert found == [outer, [["新收", "结转"], ["5", "1"]]]


def test_embedded_files_are_told() -> None:
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/>'
    shown = f"<w:p><w:r><w:object>{ole}</w:object></w:r></w:p>"
    assert kinds(word_paragraph("附表如下") + shown + "<w:altChunk/>") == ["embedded"]


def test_the_text_may_stand_in_a_numbered_part() -> None:
    usual = zipfile.ZipFile(io.BytesIO(docx(word_paragraph("全文"))))
    parts = {
        name.replace("document.xml", "document2.xml"): usual.read(name).replace(
            b"word/document.xml", b"word/document2.xml"
        )
        for name in usual.namelist()
    }
    document = read_document(zipped(parts))
    assert document.media_type == "docx"
    assert [paragraph.text for paragraph in document.paragraphs()] == ["全文"]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_of_fields_only_the_result_is_read() -> None:
    inner = mark("begin") + code("REF a") + mark("separate") + run("999") + mark("end")
    outer = mark("begin") + code("=SUM(") + inner + code(")")
    shown = f"<w:p>{outer}{mark('separate')}{run('9')}{mark('end')}</w:p>"
    unsaved = f"<w:p>{outer}{mark('end')}</w:p>"
    open_ended = f"<w:p>{mark('begin')}{run('PAGE')}</w:p>"
    rows = table(
        cell("甲") + cell(shown), cell("乙") + cell(unsaved), cell("丙") + cell(open_ended)
    )
    body = rows.replace("丙", "丙丁") + word_paragraph("正文")
    (found,) = read_document(docx(body)).grids()
    assert [row[1].text for row in found.rows] == ["9", "\ufffd", ""]
    assert texts(body) == ["正文"]


def test_what_a_style_hides_or_strikes_out_is_left_out_and_told() -> None:
    styles = "".join(
        f'<w:style w:styleId="{name}"><w:rPr><w:{name}/></w:rPr></w:style>'
        for name in ("vanish", "strike")
    )
    body = "<w:p>" + run("收到")
    body += run("7", '<w:rStyle w:val="vanish"/>') + run("8", '<w:rStyle w:val="strike"/>')
    payload = docx(body + run("9件") + "</w:p>", styles=f"<w:styles {W}>{styles}</w:styles>")
    document = read_document(payload)
    assert [paragraph.text for paragraph in document.paragraphs()] == ["收到9件"]
    assert [problem.kind for problem in document.problems] == ["struck_text", "hidden_text"]


def test_hidden_rows_and_deleted_cells_are_no_part_of_a_table() -> None:
    deleted = cell("9", '<w:cellDel w:id="1"/>')
    rows = table(cell("甲") + deleted + cell("1"), cell("丙") + cell("8"), cell("乙") + cell("2"))
    hidden = "<w:tr><w:trPr><w:hidden/></w:trPr>" + cell("丙")
    body = rows.replace("<w:tr>" + cell("丙"), hidden)
    assert grid(body) == [["甲", "1"], ["乙", "2"]]
    assert kinds(body) == ["hidden_text"]


def test_a_deleted_paragraph_end_joins_what_it_parted() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + run("收到1") + "</w:p>"
    assert texts(first + word_paragraph("2件")) == ["收到12件"]
    assert texts(first + table(cell("甲") + cell("1"), cell("乙") + cell("2"))) == ["收到1"]


def test_lists_start_again_where_they_say_so() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )
    numbering = NUMBERING.replace("</w:numbering>", again)
    items = [("甲", 0, 1), ("乙", 0, 1), ("丙", 0, 2), ("丁", 0, 2), ("戊", 0, 1)]
    body = "".join(numbered(*item) for item in items)
    assert texts(body, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]
    on = NUMBERING.replace(
        '<w:lvlText w:val="（%2）"/>', '<w:lvlRestart w:val="0"/>' + '<w:lvlText w:val="（%2）"/>'
    )
    body = numbered("甲") + numbered("子", 1) + numbered("乙") + numbered("丑", 1)
    assert texts(body, numbering=on) == ["一、甲", "（一）子", "二、乙", "（二）丑"]


def test_symbols_that_are_figures_and_those_that_are_not_known() -> None:
    symbols = [("Symbol", "F037"), ("Wingdings", "F0FC"), ("Webdings", "F041")]
    rows = [
        cell(font) + cell(f'<w:p><w:r><w:sym w:font="{font}" w:char="{char}"/></w:r></w:p>')
        for font, char in symbols
    ]
    assert [row[1] for row in grid(table(*rows))] == ["7", "✓", "\ufffd"]


def test_the_fallback_counts_where_the_choice_holds_nothing() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = f"<mc:Choice Requires='z'/><mc:Fallback>{run('正文')}</mc:Fallback>"
    assert texts(f"<w:p><mc:AlternateContent {mc}>{inner}</mc:AlternateContent></w:p>") == ["正文"]


def test_a_merge_narrower_than_its_start_hides_no_cell() -> None:
    start = cell("类", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
    rows = table(start + cell("1"), cell("", "<w:vMerge/>") + cell("子") + cell("2"))
    assert grid(rows) == [["类", "类", "1"], ["", "子", "2"]]


def test_columns_declared_without_any_width_are_still_columns() -> None:
    columns = '<w:tblGrid><w:gridCol w:w="0"/><w:gridCol w:w="0"/></w:tblGrid>'
    rows = [cell("规章") + cell("5"), cell("行政规范性文件") + cell("12")]
    body = table(*rows).replace("<w:tbl>", f"<w:tbl>{columns}")
    assert grid(body) == [["规章", "5"], ["行政规范性文件", "12"]]


def test_a_column_that_no_row_has_a_cell_in_is_none() -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    rows = [late + cell("规章") + cell("5"), late + cell("行政规范性文件") + cell("12")]
    assert grid(table(*rows)) == [["规章", "5"], ["行政规范性文件", "12"]]


def test_numbers_stand_as_close_to_their_text_as_the_list_says() -> None:
    pattern = '<w:lvlText w:val="%3.'
    close = NUMBERING.replace(pattern, f'<w:suff w:val="nothing"/>{pattern}')
    body = numbered("一") + numbered("当面申请数", 2)
    assert texts(body, numbering=NUMBERING)[1] == "1. 当面申请数"
    assert texts(body, numbering=close)[1] == "1.当面申请数"


def test_what_an_empty_content_control_asks_for_is_no_text() -> None:
    asked = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = f"<w:p>{asked.format(run('单击此处输入文字。'))}</w:p>"
    typed = f"<w:p>{asked.format(run('12'))}</w:p>"
    rows = [cell("规章") + cell(empty), cell("行政规范性文件") + cell(typed)]
    assert grid(table(*rows)) == [["规章", ""], ["行政规范性文件", "12"]]


def styled(rows: str, style: str = "") -> list[list[str]]:
    styles = f'<w:styles {W}><w:style w:styleId="a"><w:rPr>{style}</w:rPr></w:style></w:styles>'
    (found,) = read_document(docx(table(*rows.split("|")), styles=styles)).grids()
    return [[cell.text for cell in row] for row in found.rows]


def test_superscripts_are_no_end_of_a_figure_however_they_are_raised() -> None:
    def figure(raised: str) -> str:
        return cell("办结") + cell(word_paragraph_of(run("12") + run("1", raised)))

    by_style, by_hand = '<w:rStyle w:val="a"/>', '<w:position w:val="6"/>'
    rows = f"{figure(by_style)}|{figure(by_hand)}|{cell('收到')}{cell('7')}"
    found = styled(rows, '<w:vertAlign w:val="superscript"/>')
    assert [row[1] for row in found] == ["12¹", "12¹", "7"]


def word_paragraph_of(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def test_text_that_is_only_moved_up_stays() -> None:
    assert texts(word_paragraph_of(run("12", '<w:position w:val="6"/>'))) == ["12"]


def test_a_list_of_a_form_shows_what_was_chosen() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}<w:listEntry w:val="7"/>'
        '<w:listEntry w:val="8"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>'
        ' FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    bodies = [field.format(""), field.format('<w:result w:val="1"/>')]
    assert texts("".join(map(word_paragraph_of, bodies))) == ["7", "8"]


def test_characters_of_a_symbol_font_are_what_it_shows() -> None:
    font = '<w:rFonts w:ascii="Symbol"/>'
    body = word_paragraph_of(run("收到") + run("\uf031\uf032", font) + run("\uf0a8"))
    assert texts(body) == ["收到12\uf0a8"]


def test_merges_of_old_programs_and_of_tracked_changes_are_merges() -> None:
    def old(text: str, down: str, right: str) -> str:
        return cell(text, f'<w:vMerge w:val="{down}"/><w:hMerge w:val="{right}"/>')

    tracked = [
        cell("甲", '<w:cellMerge w:vMerge="rest"/>'),
        cell("", '<w:cellMerge w:vMerge="cont"/>'),
    ]
    body = table(
        old("头", "restart", "restart") + old("", "restart", "continue") + cell("1"),
        old("", "continue", "restart") + old("", "continue", "continue") + cell("2"),
        tracked[0] + cell("3") + cell("4"),
        tracked[1] + cell("5") + cell("6"),
    )
    assert grid(body) == [["头", "头", "1"], ["头", "头", "2"], ["甲", "3", "4"], ["甲", "5", "6"]]


def test_documents_taken_in_whole_are_read_and_diagrams_told() -> None:
    rows = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    page = f"<html><body><p>本年度收到政府信息公开申请的情况如下。</p>{rows}</html>"
    relations = (
        '<Relationships><Relationship Id="r1" Type="t/aFChunk" Target="../part.htm"/>'
        '<Relationship Id="r2" Type="t/aFChunk" Target="../absent.htm"/></Relationships>'
    )
    diagram = '<w:p><w:r><w:drawing><d:relIds xmlns:d="diagram"/></w:drawing></w:r></w:p>'
    chunks = '<w:altChunk x:id="r1" xmlns:x="x"/><w:altChunk x:id="r2" xmlns:x="x"/>'
    with zipfile.ZipFile(
        io.BytesIO(docx(word_paragraph("一、总体情况") + chunks + diagram))
    ) as made:
        members = {name: made.read(name) for name in made.namelist()}
    members |= {"word/_rels/document.xml.rels": relations.encode(), "part.htm": page.encode()}
    document = read_document(zipped(members))
    assert [paragraph.text for paragraph in document.paragraphs()] == [
        "一、总体情况",
        "本年度收到政府信息公开申请的情况如下。",
    ]
    (found,) = document.grids()
    assert [[c.text for c in row] for row in found.rows] == [["甲", "1"], ["乙", "2"]]
    assert found.rows[1][1].place == "docx:table[1]/r2c2"
    (told,) = document.problems
    assert (told.kind, told.detail[:1]) == ("embedded", "2")


def test_tables_within_each_other_are_read_once_each_however_deep() -> None:
    body = table(cell("底") + cell("0"), cell("面") + cell("0"))
    for number in range(1, 40):
        inner = f"<w:tc>{body}</w:tc>"
        rows = [cell(f"甲{number}") + cell("1"), cell("丙") + cell("2"), cell("乙") + inner]
        body = table(*rows)
    document = read_document(docx(body))
    firsts = [found.rows[0][0].text for found in document.grids()]
    assert firsts == [f"甲{number}" for number in range(39, 0, -1)] + ["底"]
