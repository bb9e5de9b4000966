"""WARC and WACZ files of others: kept as they are, judged, read; damage is named."""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.store import Archive
from archive.verify import verify
from archive.warc.reader import iter_captures
from tests.pipelines.conftest import NEWS, REPORT, Shell

SITE = "http://www.qinghe.gov.cn"
DATE = "2021-02-03T04:05:06Z"
TITLE = REPORT.splitlines()[0]
WITH_FILE = (
    "<html><head><title>青禾县民政局2020年政府信息公开工作年度报告</title></head><body>"
    '<h1>青禾县民政局2020年政府信息公开工作年度报告</h1><p>见附件。</p><a href="/f/1.doc">附件</a>'
)
ATTACHED = REPORT.replace("科学技术局", "民政局").replace("36条", "41条")


def html(text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f'<html><meta charset="gb18030"><title>{TITLE}</title><body>{lines}</body></html>'


PAGES = (
    ("/list.htm", "text/html", f'<html><body><a href="/1.htm">{TITLE}</a></body></html>'.encode()),
    ("/1.htm", "text/html", html(REPORT).encode("gb18030")),
    ("/2.htm", "text/html; charset=utf-8", WITH_FILE.encode()),
    ("/f/1.doc", "application/msword", ATTACHED.encode("gb18030")),
    ("/news.htm", "text/html; charset=utf-8", f"<html><body><p>{NEWS}</p></body></html>".encode()),
)


def warc(path: Path, packed: bool = True, date: str = DATE) -> Path:
    """As another program writes it: SHA-1 digests, requests before responses."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed, warc_version="WARC/1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        for number, (place, kind, body) in enumerate(PAGES):
            _write_exchange(writer, f"{date[:-3]}{number:02d}Z", place, kind, body)
    return path


def _write_exchange(writer: WARCWriter, date: str, place: str, kind: str, body: bytes) -> None:
    url, asked = SITE + place, b"GET / HTTP/1.1\r\nHost: www.qinghe.gov.cn\r\n\r\n"
    request_id, response_id = (f"<urn:uuid:{date}-{role}-{place}>" for role in ("asked", "got"))
    named = {"WARC-Date": date, "WARC-Record-ID": request_id}
    writer.write_record(
        writer.create_warc_record(
            url, "request", io.BytesIO(asked), len(asked), warc_headers_dict=named
        )
    )
    head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    named = {"WARC-Date": date, "WARC-Record-ID": response_id, "WARC-Concurrent-To": request_id}
    response = writer.create_warc_record(
        url, "response", io.BytesIO(body), len(body), http_headers=head, warc_headers_dict=named
    )
    writer.write_record(response)


def wacz(path: Path, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("archive/data.warc.gz", content)
        pack.writestr("pages/pages.jsonl", "{}\n")
        pack.writestr("datapackage.json", json.dumps({"profile": "data-package"}))
    return path


def rows(shell: Shell, table: str) -> list[dict[str, str]]:
    result = shell("export", table)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture(params=["x.warc.gz", "x.warc", "x.wacz", "renamed.bin"])
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name = str(request.param)
    if name.endswith(".wacz"):
        return wacz(tmp_path / name, warc(tmp_path / "inner.warc.gz").read_bytes())
    return warc(tmp_path / name, packed=not name.endswith(".warc"))


def test_reports_are_read_with_what_belongs_to_them(shell: Shell, foreign: Path) -> None:
    result = shell("import", foreign)
    assert result.exit_code == 0, result.stderr
    reports = {row["source_url"]: row for row in rows(shell, "reports")}
    assert set(reports) == {SITE + "/1.htm", SITE + "/f/1.doc"}
    assert reports[SITE + "/f/1.doc"]["page_url"] == SITE + "/2.htm"
    assert reports[SITE + "/1.htm"]["captured_at"] == "2021-02-03T04:05:01Z"
    figures = {(row["source_url"], row["value"]) for row in rows(shell, "observations")}
    assert {(SITE + "/1.htm", "36"), (SITE + "/f/1.doc", "41")} <= figures


def test_records_keep_their_ids_and_their_requests(shell: Shell, tmp_path: Path) -> None:
    shell("import", warc(tmp_path / "x.warc.gz"))
    archive = Archive(shell.archive)
    captures = {capture.url: capture for capture in iter_captures(archive)}
    assert len(captures) == len(PAGES)
    page = captures[SITE + "/1.htm"]
    assert page.record_id == "urn:uuid:2021-02-03T04:05:01Z-got-/1.htm"
    stored = b"".join(gzip.decompress(p.read_bytes()) for p in archive.warc_dir.glob("*.warc.gz"))
    assert stored.count(b"WARC-Type: request") == len(PAGES)
    assert stored.count(b"WARC-Type: warcinfo") == 2
    assert verify(archive).findings == []


def test_a_second_import_adds_nothing(shell: Shell, foreign: Path) -> None:
    shell("import", foreign)
    before = rows(shell, "captures")
    again = shell("import", foreign)
    assert again.exit_code == 0
    assert f"{len(PAGES)} already archived" in again.stderr
    assert rows(shell, "captures") == before


def test_a_rebuild_gives_the_same(shell: Shell, foreign: Path) -> None:
    shell("import", foreign)
    assert shell("rebuild", "--verify", "--jobs", "1").exit_code == 0


def test_what_a_crawl_of_ours_recorded_keeps_its_roles(shell: Shell, tmp_path: Path) -> None:
    shell("import", warc(tmp_path / "x.warc.gz"))
    other = Shell(tmp_path / "other")
    (sealed,) = Archive(shell.archive).warc_dir.glob("*.warc.gz")
    assert other("import", sealed).exit_code == 0
    for table in ("reports", "observations"):
        assert rows(other, table) == rows(shell, table)


def test_a_scan_is_known_by_the_link_that_leads_to_it(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = f'<html><body><a href="/scan.pdf">{TITLE}</a>公开</body></html>'.encode()
    pages = (("/list.htm", "text/html", listing), ("/scan.pdf", "application/pdf", b"%PDF-1.4 cut"))
    monkeypatch.setattr("tests.pipelines.test_import_archives.PAGES", pages)
    shell("import", warc(tmp_path / "x.warc.gz"))
    roles = {row["url"]: row["role"] for row in rows(shell, "captures")}
    assert roles == {SITE + "/list.htm": "other", SITE + "/scan.pdf": "page"}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("missing", [1, 4, 8, 300, 900])
def test_of_a_cut_off_file_the_whole_records_are_taken(
    shell: Shell, tmp_path: Path, packed: bool, missing: int
) -> None:
    path = warc(tmp_path / "x.warc.gz", packed)
    path.write_bytes(path.read_bytes()[:-missing])
    result = shell("import", path)
    assert len(rows(shell, "reports")) == 2
    if packed or missing > 4:  # a plain record may lack its closing line ends
        assert result.exit_code == 1
        assert "ends inside" in result.stderr or "cut off" in result.stderr


@pytest.mark.parametrize("packed", [True, False])
def test_damage_costs_the_record_it_touches(shell: Shell, tmp_path: Path, packed: bool) -> None:
    path = warc(tmp_path / "x.warc.gz", packed)
    data = bytearray(path.read_bytes())
    at = data.index(b"\x1f\x8b\x08", 2000) + 200 if packed else data.index("36条".encode("gb18030"))
    data[at] ^= 0x55
    path.write_bytes(data)
    result = shell("import", path)
    assert result.exit_code == 1
    assert str(path) in result.stderr
    taken = {row["url"] for row in rows(shell, "captures")}
    assert len(taken) == len(PAGES) - 1
    assert SITE + "/news.htm" in taken
    assert SITE + "/list.htm" in taken


def test_a_wacz_without_its_directory_is_read(shell: Shell, tmp_path: Path) -> None:
    path = wacz(tmp_path / "x.wacz", warc(tmp_path / "inner.warc.gz").read_bytes())
    path.write_bytes(path.read_bytes()[:-60])
    result = shell("import", path)
    assert result.exit_code == 1
    assert str(path) in result.stderr
    assert len(rows(shell, "reports")) == 2


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"\0" * (1 << 28)),
        gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"x" * (1 << 28)),
        gzip.compress(b"WARC/1.0\r\nContent-Length: 900000000\r\n\r\n" + b"\0" * (1 << 29)),
        b"",
        b"PK\x03\x04 no zip",
        b"\x28\xb5\x2f\xfd" * 20,
    ],
    ids=["zeros", "endless field", "huge block", "empty", "no zip", "zstandard"],
)
def test_what_holds_no_record_is_one_clear_line(
    shell: Shell, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x.warc.gz").write_bytes(content)
    result = shell("import", tmp_path / "x.warc.gz")
    assert result.exit_code == 1
    assert "no record could be read" in result.stderr
    assert rows(shell, "captures") == []


def test_a_file_may_only_unpack_to_a_multiple_of_its_size(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.warc.foreign.MAX_BLOCK_BYTES", 10_000)
    path = warc(tmp_path / "x.warc.gz")
    filler = b"WARC/1.0\r\nWARC-Type: other\r\nContent-Length: 9000\r\n\r\n" + b"\0" * 9000
    path.write_bytes(path.read_bytes() + gzip.compress((filler + b"\r\n\r\n") * 2000))
    result = shell("import", path)
    assert result.exit_code == 1
    assert "unpacks to more than it may" in result.stderr
    assert len(rows(shell, "reports")) == 2


def test_a_payload_that_is_not_the_recorded_one_is_refused(shell: Shell, tmp_path: Path) -> None:
    path = warc(tmp_path / "x.warc", packed=False)
    forged = path.read_bytes().replace("36条".encode("gb18030"), "63条".encode("gb18030"))
    path.write_bytes(forged)
    result = shell("import", path)
    assert result.exit_code == 1
    assert "not the one that was recorded" in result.stderr
    assert [row["source_url"] for row in rows(shell, "reports")] == [SITE + "/f/1.doc"]


def test_an_address_cannot_be_given_to_a_web_archive(shell: Shell, tmp_path: Path) -> None:
    result = shell("import", warc(tmp_path / "x.warc.gz"), "--url", SITE)
    assert result.exit_code == 2
