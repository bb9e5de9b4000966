"""Encodings told by content, whatever the labels say."""

import pytest

from pipelines.decode import declared_charset, decode
from pipelines.documents import read_document
from tests.pipelines.documents import sample

TEXT = "\n".join(sample.paragraphs())
TRADITIONAL = "政府資訊公開工作年度報告：本機關受理申請二十八件，均於法定期限內辦理，無逾期情形。"
LABELS = ("", "utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "utf-16", "nonsense")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    "charset",
    ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"],
)
def test_a_label_never_decides(charset: str, label: str) -> None:
    decoded = decode(TEXT.encode(charset), label)
    assert decoded.text == TEXT
    assert not decoded.damaged


@pytest.mark.parametrize("label", LABELS)
def test_big5_is_told_from_gbk(label: str) -> None:
    assert decode(TRADITIONAL.encode("big5"), label).text == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030"), label).text == TRADITIONAL


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("place", [100, 101, 102, 355])
def test_a_few_damaged_bytes_cost_only_themselves(charset: str, place: int) -> None:
    payload = bytearray(TEXT.encode(charset))
    payload[place] = 0xFF
    decoded = decode(bytes(payload))
    assert decoded.charset == charset
    assert 0 < decoded.damaged <= 3
    assert decoded.text[-100:] == TEXT[-100:]


@pytest.mark.parametrize("label", LABELS)
def test_utf8_with_a_piece_of_another_charset_stays_utf8(label: str) -> None:
    payload = TEXT[:60].encode() + "转载自本站".encode("gb18030")
    decoded = decode(payload, label)
    assert decoded.text.startswith(TEXT[:60])
    assert decoded.damaged


def test_an_escape_of_hz_in_plain_ascii_is_no_chinese() -> None:
    assert decode(b"use ~{ and ~} as brackets, ~~ for a tilde").charset == "utf-8"


def test_damage_is_a_problem() -> None:
    payload = TEXT.encode()[:-1]
    assert [p.kind for p in read_document(payload).problems] == ["damaged_bytes"]


def test_the_reason_names_the_lie() -> None:
    assert decode(TEXT.encode("gb18030"), "utf-8").reason.endswith("labelled utf-8")


@pytest.mark.parametrize("text", ["年度报告", "主动公开", "政府信息公开", "申请情况", "无"])
def test_short_texts_in_gbk(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


def test_rare_characters_of_gb18030_survive_a_gb2312_label() -> None:
    page = '<meta charset="gb2312"><div id=zoom><p>朱镕、二〇二三年、㎡，均可读。</p></div>'
    document = read_document(
        page.encode("gb18030"), headers={"content-type": "text/html; charset=gb2312"}
    )
    assert next(document.paragraphs()).text == "朱镕、二〇二三年、㎡，均可读。"
    assert document.charset == "gb18030"


def test_declared_charset_prefers_the_header() -> None:
    page = b'<meta charset="gbk">'
    assert declared_charset(page, "text/html; charset=UTF-8") == "utf-8"
    assert declared_charset(page) == "gbk"


def page_of(*pieces: bytes) -> bytes:
    return b"".join(b"<p>" + piece + b"</p>" for piece in pieces)


@pytest.mark.parametrize(
    "title", ["某市卫生健康委员会2022年政府信息公开年度报告", "政务公开、年报"]
)
def test_a_title_in_utf8_above_a_text_in_gbk(title: str) -> None:
    decoded = decode(page_of(title.encode(), TEXT.encode("gb18030")))
    assert decoded.text == page_of(title.encode(), TEXT.encode()).decode()
    assert decoded.charset == "gb18030"
    assert decoded.reason.endswith("; 1 pieces in UTF-8")


def test_a_menu_in_gbk_above_a_text_in_utf8() -> None:
    menu = "首页 | 政务公开 | 办事服务 | 网站地图"
    decoded = decode(page_of(menu.encode("gb18030"), *[TEXT.encode()] * 9))
    assert decoded.text == page_of(menu.encode(), *[TEXT.encode()] * 9).decode()
    assert not decoded.damaged


def test_a_charset_is_told_below_much_markup() -> None:
    payload = b"<!--" + b"x" * 90_000 + b"-->" + TEXT.encode("gb18030")
    assert decode(payload, "utf-8").text.endswith(TEXT)


@pytest.mark.parametrize("western", ["latin-1", "cp1252"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_what_was_encoded_twice_is_undone(charset: str, western: str) -> None:
    taken = (bytes((byte,)) for byte in TEXT.encode(charset))
    shown = "".join(one.decode(western, "ignore") or one.decode("latin-1") for one in taken)
    decoded = decode(shown.encode())
    assert (decoded.text, decoded.charset) == (TEXT, charset)
    assert decoded.reason == f"{charset.upper()} that was encoded again as UTF-8"


@pytest.mark.parametrize("text", ["Été à Besançon, déjà vu", "£5 ± 3°µ²", "ÀÉÎÕÜ ßæøþ"])
def test_western_texts_stay_as_they_are(text: str) -> None:
    assert decode(text.encode()).text == text


def test_utf7_is_read_by_its_escapes() -> None:
    decoded = decode(TEXT.encode("utf-7"))
    assert (decoded.text, decoded.charset) == (TEXT, "utf-7")
    assert decode(b"a+bcd-ef+ghij").text == "a+bcd-ef+ghij"
