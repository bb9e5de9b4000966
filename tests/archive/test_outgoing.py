"""What goes out: CDXJ, addresses by time, WACZ of the whole and of the evidence behind a figure."""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import gongkai
from archive.cdxj import lines
from archive.errors import UsageError
from archive.memento import address, find
from archive.records import Capture
from archive.store import Archive
from archive.surt import surt
from archive.warc import manifest
from archive.warc.reader import read_part
from pipelines.reading import settle
from tests.archive.conftest import write
from tests.archive.exchanges import exchange, packed, plain, response
from tests.pipelines.conftest import REPORT

SITE = "http://www.qinghe.gov.cn"
# Packed it must still be large enough to become a revisit.
NOISE = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(60))
PAGE = f"<html><!--{NOISE}--><body>{''.join(f'<p>{line}</p>' for line in REPORT.splitlines())}"
ROBOTS = b"User-agent: *\nDisallow: /private\n"


def on(day: int, answer: bytes, path: str, **more: Any) -> Any:
    date = f"2024-03-{day:02d}T08:00:00.000001Z"
    return exchange(answer, SITE + path, date=date, **{"role": "other", **more})


@pytest.fixture
def captures(archive: Archive) -> list[Capture]:
    """Two runs: a page, its revisit and its 304, its robots.txt, things beside it."""
    page = packed(PAGE.encode("gb18030"))
    first = write(
        archive,
        on(1, plain(ROBOTS), "/robots.txt", role="robots"),
        on(1, plain(b"list"), "/list.htm", role="listing"),
        on(1, page, "/1.htm", role="page"),
        on(1, b"", "/gone.htm", error="timeout"),
        run_id="one",
    )
    second = write(
        archive,
        on(9, plain(ROBOTS), "/robots.txt", role="robots"),
        on(9, page, "/1.htm", role="page"),
        on(9, response(b"", status="304 Not Modified"), "/1.htm"),
        run_id="two",
    )
    settle(archive)
    return [*first, *second]


def run(archive: Archive, *words: str | Path) -> Result:
    arguments = [*map(str, words), "--archive", str(archive.directory)]
    return CliRunner().invoke(gongkai.cli, arguments)


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    result = run(archive, "sql", sql, "--format", "json")
    assert result.exit_code == 0, result.output
    return [tuple(row.values()) for row in json.loads(result.stdout)]


def test_the_index_is_sorted_and_leaves_out_304(archive: Archive, captures: list[Capture]) -> None:
    found = list(lines(archive))
    assert found == sorted(found, key=str.encode)
    keys = [line.split(" ", 2)[:2] for line in found]
    assert keys == [
        ["cn,gov,qinghe)/1.htm", "20240301080000"],
        ["cn,gov,qinghe)/1.htm", "20240309080000"],
        ["cn,gov,qinghe)/list.htm", "20240301080000"],
        ["cn,gov,qinghe)/robots.txt", "20240301080000"],
        ["cn,gov,qinghe)/robots.txt", "20240309080000"],
    ]
    mimes = [json.loads(line.split(" ", 2)[2])["mime"] for line in found]
    assert mimes[:2] == ["text/html", "warc/revisit"]


def test_the_command_writes_the_index(
    archive: Archive, captures: list[Capture], tmp_path: Path
) -> None:
    assert run(archive, "cdxj", "-o", tmp_path / "x.cdxj").exit_code == 0
    written = (tmp_path / "x.cdxj").read_text().splitlines()
    assert written == list(lines(archive))
    assert run(archive, "cdxj").stdout.splitlines() == written


@pytest.mark.parametrize(
    ("moment", "day"),
    [("20240301080000", 1), ("20240304", 1), ("20240308", 9), ("2031", 9), ("1999", 1)],
)
def test_an_address_and_a_time_find_the_nearest_capture(
    archive: Archive, captures: list[Capture], moment: str, day: int
) -> None:
    found = find(archive, moment, "https://qinghe.gov.cn/1.htm")
    assert found is not None
    assert found.status == 200
    assert found.date.startswith(f"2024-03-{day:02d}")
    assert address(found) == f"/202403{day:02d}080000id_/{SITE}/1.htm"
    assert read_part(archive, found).payload == PAGE.encode("gb18030")


def test_unknown_addresses_and_times(archive: Archive, captures: list[Capture]) -> None:
    assert find(archive, "2024", SITE + "/gone.htm") is None
    for moment in ("", "20241399", "yesterday", "20240301080000000"):
        with pytest.raises(UsageError):
            find(archive, moment, SITE)


def opened(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def check_package(files: dict[str, bytes]) -> None:
    """Every file is listed with its size and digest; the index leads to records."""
    listed = json.loads(files["datapackage.json"])
    assert listed["wacz_version"] == "1.1.1"
    said = {one["path"]: (one["bytes"], one["hash"]) for one in listed["resources"]}
    own = {"datapackage.json", "datapackage-digest.json"}
    assert said == {name: facts(data) for name, data in files.items() if name not in own}
    digest = json.loads(files["datapackage-digest.json"])
    assert digest["hash"] == facts(files["datapackage.json"])[1]
    for line in index_of(files):
        key, moment, fields = line.split(" ", 2)
        place = json.loads(fields)
        data = files[f"archive/{place['filename']}"]
        start = int(place["offset"])
        record = gzip.decompress(data[start : start + int(place["length"])])
        assert place["url"].encode() in record
        assert surt(place["url"]) == key
        date = record.partition(b"WARC-Date: ")[2][:19].decode()
        assert "".join(filter(str.isdigit, date)) == moment


def facts(data: bytes) -> tuple[int, str]:
    return len(data), f"sha256:{hashlib.sha256(data).hexdigest()}"


def index_of(files: dict[str, bytes]) -> list[str]:
    blocks = files["indexes/index.cdx.gz"]
    found: list[str] = []
    head, *entries = files["indexes/index.idx"].decode().splitlines()
    assert head.startswith("!meta 0 ")
    for entry in entries:
        place = json.loads(entry.split(" ", 2)[2])
        block = blocks[place["offset"] : place["offset"] + place["length"]]
        found += gzip.decompress(block).decode().splitlines()
    return found


def test_the_whole_archive_goes_out_as_it_is(
    archive: Archive, captures: list[Capture], tmp_path: Path
) -> None:
    assert run(archive, "wacz", "-o", tmp_path / "all.wacz").exit_code == 0
    files = opened(tmp_path / "all.wacz")
    check_package(files)
    for entry in manifest.read(archive):
        assert files[f"archive/{entry.name}"] == (archive.warc_dir / entry.name).read_bytes()
    assert index_of(files) == list(lines(archive))
    head, *pages = files["pages/pages.jsonl"].decode().splitlines()
    assert json.loads(head)["format"] == "json-pages-1.0"
    assert [json.loads(page)["ts"] for page in pages] == [
        "2024-03-01T08:00:00Z",
        "2024-03-09T08:00:00Z",
    ]
    assert "主动公开政府信息36条" in json.loads(pages[0])["text"]


def test_equal_archives_give_equal_files(
    archive: Archive, captures: list[Capture], tmp_path: Path
) -> None:
    for name in ("a.wacz", "b.wacz"):
        run(archive, "wacz", "-o", tmp_path / name)
    assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()


@pytest.mark.parametrize("option", ["--figure", "--query"])
def test_the_evidence_behind_a_figure(
    archive: Archive, captures: list[Capture], tmp_path: Path, option: str
) -> None:
    sql = "SELECT observation_id, snapshot, locator FROM observations WHERE value = '36'"
    figure, snapshot, _ = rows(archive, sql)[0]
    preferred = "SELECT snapshot FROM reports WHERE preferred = 1"
    asked = figure if option == "--figure" else sql
    result = run(archive, "wacz", option, asked, "-o", tmp_path / "x.wacz")
    assert result.exit_code == 0, result.stderr
    files = opened(tmp_path / "x.wacz")
    check_package(files)
    by_place = {(c.url, c.date[:10]): c.record_id for c in captures if c.status == 200}
    used = rows(archive, preferred)[0][0]
    day = "2024-03-09" if used == by_place[SITE + "/1.htm", "2024-03-09"] else "2024-03-01"
    wanted = {used, by_place[SITE + "/1.htm", "2024-03-01"], by_place[SITE + "/robots.txt", day]}
    records = json.loads(files["evidence.json"])["records"]
    opening = {r["record_id"] for r in records if r["type"] in ("response", "revisit")}
    assert wanted <= opening
    assert opening <= set(by_place.values()) - {by_place[SITE + "/list.htm", "2024-03-01"]}
    assert [r["type"] for r in records].count("request") == len(opening)
    assert snapshot in {c.record_id for c in captures}


def test_evidence_gives_the_same_figure_elsewhere(
    archive: Archive, captures: list[Capture], tmp_path: Path
) -> None:
    sql = "SELECT observation_id, value, raw, locator FROM observations ORDER BY observation_id"
    figure = rows(archive, sql)[0]
    run(archive, "wacz", "--figure", str(figure[0]), "-o", tmp_path / "x.wacz")
    other = Archive(tmp_path / "other")
    assert run(other, "import", tmp_path / "x.wacz").exit_code == 0
    assert figure in rows(other, sql)


def test_withdrawn_records_do_not_go_out(
    archive: Archive, captures: list[Capture], tmp_path: Path
) -> None:
    page = captures[2]
    assert run(archive, "withdraw", page.record_id, "--reason", "test").exit_code == 0
    run(archive, "wacz", "-o", tmp_path / "all.wacz")
    files = opened(tmp_path / "all.wacz")
    check_package(files)
    stored = b"".join(
        gzip.decompress(data) for name, data in files.items() if name.endswith(".warc.gz")
    )
    assert page.record_id.encode() not in stored
    assert (SITE + "/list.htm").encode() in stored
    assert not any("/1.htm" in line for line in index_of(files))
    assert find(archive, "2024", SITE + "/1.htm") is None


@pytest.mark.parametrize(
    "words",
    [
        ["--figure", "0000"],
        ["--report", "0000"],
        ["--query", "DROP TABLE reports"],
        ["--query", "no SQL"],
    ],
)
def test_what_does_not_exist_is_told(
    archive: Archive, captures: list[Capture], tmp_path: Path, words: list[str]
) -> None:
    result = run(archive, "wacz", *words, "-o", tmp_path / "x.wacz")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.glob("x.wacz*"))


def test_a_damaged_file_does_not_go_out(
    archive: Archive, captures: list[Capture], tmp_path: Path
) -> None:
    path = archive.warc_dir / manifest.read(archive)[0].name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    result = run(archive, "wacz", "-o", tmp_path / "x.wacz")
    assert result.exit_code == 3
    assert "gongkai verify" in result.stderr
    assert not list(tmp_path.glob("x.wacz*"))


SESSION = "sid=0123456789abcdef0123456789ABCDEF"
KEYS = f"""\
http://www.Example.gov.cn:80/A/b/../c.html?B=2&a=1&c cn,gov,example)/a/c.html?a=1&b=2&c
https://www2.example.gov.cn:8443/x/ cn,gov,example:8443)/x
http://example.gov.cn/%E5%85%AC开//y/?q=%e5%2520 cn,gov,example)/%e5%85%ac%e5%bc%80/y?q=%e5%20
http://中国.cn/../x;jsessionid=1?{SESSION} cn,xn--fiqs8s)/../x;jsessionid=1
urn:sha256:ab urn:sha256:ab
http://192.168.1.1 1,1,168,192)/"""


@pytest.mark.parametrize("line", KEYS.splitlines())
def test_keys_are_those_of_the_players(line: str) -> None:
    url, _, key = line.rpartition(" ")
    assert surt(url) == key
