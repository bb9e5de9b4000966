"""Pages whose text is shown sideways or upside down are turned before they are read."""

import re

import pytest

from pipelines.documents import read_document
from tests.pipelines.documents.paper import draw_pages, pdf_of
from tests.pipelines.documents.sample import expanded, table_2

UPRIGHT = pdf_of(draw_pages(["一、主动公开政府信息情况", table_2()]))
PORTRAIT, LANDSCAPE = b"[0 0 595 842]", b"[0 0 842 595]"


def turned(matrix: bytes, box: bytes, rotation: int) -> bytes:
    def moved(found: re.Match[bytes]) -> bytes:
        content = b"q " + matrix + b" cm\n" + found[1] + b"\nQ"
        return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)

    stream = re.compile(rb"<< /Length \d+ >>\nstream\n(.*?)\nendstream", re.DOTALL)
    payload = re.sub(rb"/MediaBox \[[^\]]*\]", b"/MediaBox " + box, stream.sub(moved, UPRIGHT))
    return payload.replace(b"/Type /Page /Parent", b"/Rotate %d /Type /Page /Parent" % rotation)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        (b"1 0 0 1 0 0", PORTRAIT),
        (b"0 1 -1 0 842 0", LANDSCAPE),
        (b"-1 0 0 -1 595 842", PORTRAIT),
        (b"0 -1 1 0 0 595", LANDSCAPE),
    ],
    ids=["upright", "left", "upside down", "right"],
)
def test_the_table_is_read_whichever_way_it_stands(
    matrix: bytes, box: bytes, rotation: int
) -> None:
    document = read_document(turned(matrix, box, rotation))
    assert [[[c.text for c in row] for row in g.rows] for g in document.grids()] == [
        expanded(table_2())
    ]


def test_a_page_without_a_size_of_its_own_has_that_of_the_pages_above_it() -> None:
    size = re.search(rb" /MediaBox \[[^\]]*\]", UPRIGHT)
    assert size is not None
    payload = UPRIGHT.replace(size[0], b" " * len(size[0]))
    payload = payload.replace(b"/Type /Pages", b"/Type /Pages" + size[0])
    document = read_document(payload)
    assert document.blocks == read_document(UPRIGHT).blocks != ()
