"""OFD files: what the page shows, not all that it holds."""

import io
import zipfile

import pytest

from pipelines.documents import read_document
from tests.pipelines.documents.hostile import changed
from tests.pipelines.documents.writers import NS, ofd, zipped

PAGE = "Doc_0/Pages/Page_0/Content.xml"
SENTENCES = ["全年收到政府信息公开申请七件。", "草稿：全年收到政府信息公开申请九件。"]
PICTURE = b'<ofd:ImageObject ID="8000" Boundary="0 0 210 297" ResourceID="7"/></ofd:Layer>'


@pytest.mark.parametrize("mark", [b'Visible="false"', b'Alpha="0"'])
def test_objects_that_are_not_visible_are_left_out_and_told(mark: bytes) -> None:
    def hidden(page: bytes) -> bytes:
        return page.replace(b'ID="101"', b'ID="101" ' + mark)

    document = read_document(changed(ofd(list(SENTENCES)), PAGE, hidden))
    assert [paragraph.text for paragraph in document.paragraphs()] == SENTENCES[:1]
    assert [problem.kind for problem in document.problems] == ["hidden_text"]


GROUND = b'<ofd:PathObject ID="8" Fill="true" Boundary="0 0 9 9"/></ofd:Layer>'


@pytest.mark.parametrize(("end", "kinds"), [(b"</ofd:Layer>", ["hidden_text"]), (GROUND, [])])
def test_white_text_without_a_ground_is_left_out_and_told(end: bytes, kinds: list[str]) -> None:
    def white(page: bytes) -> bytes:
        code = b'<ofd:FillColor Value="255 255 255"/><ofd:TextCode'
        head, found, rest = page.partition(b'ID="101"')
        rest = rest.replace(b"<ofd:TextCode", code, 1)
        return (head + found + rest).replace(b"</ofd:Layer>", end)

    document = read_document(changed(ofd(list(SENTENCES)), PAGE, white))
    assert [problem.kind for problem in document.problems] == kinds
    assert len(list(document.paragraphs())) == 2 - len(kinds)


def composed(payload: bytes) -> bytes:
    """The file with the lines of its first page in a unit within a unit, halved and doubled."""
    package = zipfile.ZipFile(io.BytesIO(payload))
    members = {name: package.read(name) for name in package.namelist()}
    start, found, lines = members[PAGE].partition(b"<ofd:PathObject")
    lines, end, rest = lines.partition(b"</ofd:Layer>")
    use = b'<ofd:CompositeObject ID="7" ResourceID="70" CTM="0.5 0 0 0.5 0 0" Boundary="'
    members[PAGE] = start + use + b'0 0 210 297"/>' + end + rest
    inner = b'<ofd:PageBlock><ofd:CompositeObject ID="8" ResourceID="71" CTM="2 0 0 2 0 0"/>'
    unit = b'<ofd:CompositeGraphicUnit ID="%d"><ofd:Content>%s</ofd:Content></ofd:%s>'
    end = b"CompositeGraphicUnit"
    members["Doc_0/PublicRes.xml"] = (
        f"<ofd:Res {NS}>".encode()
        + unit % (70, inner + b"</ofd:PageBlock>", end)
        + unit % (71, found + lines, end)
        + b"</ofd:Res>"
    )
    return zipped(members)


def test_lines_of_composite_units_are_those_of_the_page() -> None:
    rows = [[("收到申请", 1, 1), ("12", 1, 1)], [("办结", 1, 1), ("7", 1, 1)]]
    (grid,) = read_document(composed(ofd([rows]))).grids()
    assert [[cell.text for cell in row] for row in grid.rows] == [["收到申请", "12"], ["办结", "7"]]


def test_a_unit_within_itself_ends() -> None:
    payload = composed(ofd([[[("收到申请", 1, 1), ("12", 1, 1)]]]))
    turned = changed(payload, "Doc_0/PublicRes.xml", lambda part: part.replace(b'"71"', b'"70"'))
    assert [paragraph.text for paragraph in read_document(turned).paragraphs()]


def test_characters_that_only_glyphs_show_are_told() -> None:
    document = read_document(ofd(["¤¤¤¤¤¤¤¤", SENTENCES[0]]))
    assert [problem.kind for problem in document.problems] == ["no_text_map"]


def test_text_aslant_is_left_out_and_told() -> None:
    def marked(page: bytes) -> bytes:
        return page.replace(b'ID="102"', b'ID="102" CTM="0.7 -0.7 0.7 0.7 0 0"')

    document = read_document(changed(ofd([*SENTENCES, "内部资料"]), PAGE, marked))
    assert [paragraph.text for paragraph in document.paragraphs()] == SENTENCES
    assert [problem.kind for problem in document.problems] == ["text_aslant"]


def test_transparent_text_of_a_scan_stays_and_is_told() -> None:
    def scanned(page: bytes) -> bytes:
        clear = page.replace(b"<ofd:TextObject ", b'<ofd:TextObject Alpha="0" ')
        return clear.replace(b"</ofd:Layer>", PICTURE)

    document = read_document(changed(ofd([SENTENCES[0]]), PAGE, scanned))
    assert [paragraph.text for paragraph in document.paragraphs()] == SENTENCES[:1]
    assert [problem.kind for problem in document.problems] == ["unseen_text"]
