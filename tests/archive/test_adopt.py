"""WARC and WACZ files of others keep their records."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import UsageError
from archive.records import Capture
from archive.store import Archive
from archive.verify import verify
from archive.warc.adopt import Adopted, adopt
from archive.warc.captures import payload_is_sound
from archive.warc.facts import dump
from archive.warc.foreign import Foreign, read_foreign
from archive.warc.reader import iter_captures, read_part
from archive.warc.writer import WarcWriter
from tests.archive.conftest import write
from tests.archive.exchanges import PAGE, exchange, plain

URL = "http://www.example.gov.cn/old.html"
DATE = "2019-02-03T04:05:06Z"


def foreign_file(path: Path, gzip: bool = True, extra: bytes = b"") -> Path:
    """What another program would write: SHA-1 digests, a revisit without the id of its original."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzip, warc_version="WARC/1.0")
        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "other"}))
        fields = [("Content-Type", "text/html")]
        headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        named = {"WARC-Date": DATE, "WARC-Record-ID": "<urn:uuid:old>"}
        made = writer.create_warc_record(
            URL, "response", io.BytesIO(PAGE), len(PAGE), http_headers=headers,
            warc_headers_dict=named,
        )  # fmt: skip
        writer.write_record(made)
        digest = made.rec_headers.get_header("WARC-Payload-Digest")
        again = writer.create_revisit_record(URL, digest, URL, DATE, http_headers=headers)
        writer.write_record(again)
        if extra:
            refers = {"WARC-Refers-To": f"<{extra.decode()}>"}
            facts = dump({"version": 1, "role": "other", "wall": "forged"}).encode()
            writer.write_record(
                writer.create_warc_record(
                    URL, "metadata", io.BytesIO(facts), len(facts), warc_headers_dict=refers
                )
            )
    return path


def facts_of(capture: Capture) -> dict[str, Any]:
    return {"role": "page", "context": {"url": capture.url}, "run_id": "import1"}


def adopted_from(archive: Archive, path: Path, run_id: str = "import1") -> Adopted:
    with WarcWriter(archive, run_id) as writer:
        return adopt(writer, path, facts_of)


@pytest.mark.parametrize("gzip", [True, False])
def test_records_keep_id_date_and_bytes(archive: Archive, tmp_path: Path, gzip: bool) -> None:
    adopted = adopted_from(archive, foreign_file(tmp_path / "x.warc", gzip))
    assert adopted.refused == []
    first, again = list(iter_captures(archive))
    assert adopted.captures == [first, again]
    assert (first.record_id, first.date, first.role) == ("urn:uuid:old", DATE, "page")
    assert first.payload_sha256
    assert again.refers_to == first.record_id
    assert [read_part(archive, one).payload for one in (first, again)] == [PAGE, PAGE]
    assert verify(archive).findings == []


def test_a_second_import_adds_nothing(archive: Archive, tmp_path: Path) -> None:
    path = foreign_file(tmp_path / "x.warc.gz")
    adopted_from(archive, path)
    # The revisit had a fresh id in the file: it is the same file, so both are known.
    again = adopted_from(archive, path, "import2")
    assert (again.captures, again.known) == ([], 2)


def test_a_wacz_is_unpacked(archive: Archive, tmp_path: Path) -> None:
    path = foreign_file(tmp_path / "x.warc.gz")
    with zipfile.ZipFile(tmp_path / "x.wacz", "w") as pack:
        pack.write(path, "archive/data.warc.gz")
        pack.writestr("pages/pages.jsonl", "{}")
    assert len(adopted_from(archive, tmp_path / "x.wacz").captures) == 2


def test_a_foreign_file_says_nothing_of_our_records(archive: Archive, tmp_path: Path) -> None:
    (ours,) = write(archive, exchange(plain()))
    adopted_from(archive, foreign_file(tmp_path / "x.warc", extra=ours.record_id.encode()))
    assert next(iter_captures(archive)) == ours


def test_our_own_files_can_be_taken_over(archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other")
    captures = write(other, exchange(plain()), exchange(plain()), exchange(b"", error="timeout"))
    adopted = adopted_from(archive, other.warc_dir / captures[0].warc)
    assert [c.record_id for c in adopted.captures] == [c.record_id for c in captures]
    assert verify(archive).findings == []


@pytest.mark.parametrize("content", [b"", b"no WARC at all" * 99, b"PK\x03\x04broken"])
def test_what_is_no_warc_is_refused(archive: Archive, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with WarcWriter(archive, "run1") as writer, pytest.raises(UsageError, match="x"):
        adopt(writer, tmp_path / "x", facts_of)


def test_a_cut_off_file_is_taken_as_far_as_it_goes(archive: Archive, tmp_path: Path) -> None:
    path = foreign_file(tmp_path / "x.warc", gzip=False)
    path.write_bytes(path.read_bytes()[:-120])
    adopted = adopted_from(archive, path)
    assert [capture.record_id for capture in adopted.captures] == ["urn:uuid:old"]
    assert adopted.refused


@pytest.mark.parametrize("gzip", [True, False])
def test_damage_never_changes_a_payload(tmp_path: Path, gzip: bool) -> None:
    data = foreign_file(tmp_path / "x", gzip).read_bytes()
    whole = {one.record.block for one in records_of(data)}
    drawn = random.Random(5)
    for _ in range(300):
        at, size = drawn.randrange(len(data)), drawn.randrange(60)
        flipped = bytes([data[at] ^ 1 << drawn.randrange(8)])
        damaged = drawn.choice(
            [data[:at] + flipped + data[at + 1 :], data[:at] + data[at + size :]]
        )
        for found in records_of(damaged):
            digest = found.record.get("warc-payload-digest")
            if digest.startswith("sha1:") and payload_is_sound(found.record):
                # A header line of the answer has no digest of its own in this file.
                assert gzip <= (found.record.block in whole)
                assert found.record.block.partition(b"\r\n\r\n")[2] in (PAGE, b"")


def records_of(data: bytes) -> list[Foreign]:
    found = read_foreign(io.BytesIO(data), len(data))
    return [one for one in found if isinstance(one, Foreign)]
