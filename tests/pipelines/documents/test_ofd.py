"""OFD files: what the page shows, not all that it holds."""

import pytest

from pipelines.documents import read_document
from tests.pipelines.documents.hostile import changed
from tests.pipelines.documents.writers import ofd

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


def test_transparent_text_of_a_scan_stays_and_is_told() -> None:
    def scanned(page: bytes) -> bytes:
        clear = page.replace(b"<ofd:TextObject ", b'<ofd:TextObject Alpha="0" ')
        return clear.replace(b"</ofd:Layer>", PICTURE)

    document = read_document(changed(ofd([SENTENCES[0]]), PAGE, scanned))
    assert [paragraph.text for paragraph in document.paragraphs()] == SENTENCES[:1]
    assert [problem.kind for problem in document.problems] == ["unseen_text"]
