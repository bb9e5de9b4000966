"""The national directory of government sites becomes declarations; what cannot be used is told."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from archive.declarations.portals import load
from archive.errors import UsageError
from crawler.directory import read_directory
from crawler.portal_commands import portals

HEAD = "网站标识码,网站名称,主办单位,网址\n"
GOOD = "3503000001,中国·莆田,莆田市人民政府,www.putian.example.gov.cn\n"
MORE = "bm36000002,国家某局,国家某局,https://www.stats.example.gov.cn/\n"


def directory(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "sites.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_become_declarations_that_load(tmp_path: Path, encoding: str) -> None:
    path = directory(tmp_path, HEAD + GOOD + MORE, encoding)
    (tmp_path / "portals").mkdir()
    output = tmp_path / "portals" / "new.yml"
    done = CliRunner().invoke(portals, ["import", str(path), "-o", str(output)])
    assert done.exit_code == 0, done.output
    declared = load(tmp_path)
    assert list(declared) == ["site-3503000001", "site-bm36000002"]
    putian = declared["site-3503000001"]
    assert putian.start == ("http://www.putian.example.gov.cn",)
    assert (putian.region, putian.agency) == ("350300", "")
    assert "莆田市人民政府" in putian.note
    assert declared["site-bm36000002"].region == ""


def zipped(folder: Path, text: str) -> Path:
    path = folder / "sites.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.doc", b"no table")
        packed.writestr("sites.csv", text.encode("gb18030"))
    return path


def workbook(folder: Path, text: str) -> Path:
    path = folder / "sites.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(text.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return path


def tabbed(folder: Path, text: str) -> Path:
    return directory(folder, text.replace(",", "\t"))


def wide(folder: Path, text: str) -> Path:
    path = folder / "sites.txt"
    path.write_bytes(text.replace(",", "\t").encode("utf-16"))
    return path


def in_provinces(folder: Path, text: str) -> Path:
    head, *rows = text.splitlines()
    path = folder / "sites.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("__MACOSX/._福建.csv", b"\0\0")
        packed.writestr("说明.txt", "网站数据库导出")
        for number, row in enumerate(rows):
            packed.writestr(f"{number}.csv", f"{head}\n{row}".encode("gb18030"))
    return path


def of_numbers(folder: Path, text: str) -> Path:
    """On the second sheet, below a title, with codes as numbers."""
    path = folder / "sites.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明").write(0, 0, "导出")
        sheet = book.add_worksheet()
        sheet.write(0, 0, "全国政府网站基本信息")
        for number, line in enumerate(text.splitlines(), 1):
            cells = (int(each) if each.isdigit() else each for each in line.split(","))
            sheet.write_row(number, 0, cells)
    return path


def of_html(folder: Path, text: str) -> Path:
    path = folder / "sites.xls"
    rows = "".join(f"<tr><td>{row.replace(',', '<td>')}</tr>" for row in text.splitlines())
    path.write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")
    return path


def titled(folder: Path, text: str) -> Path:
    return directory(
        folder, "导出时间：2026-01-01,,,\n" + text.replace("标识码", " 标识码（10位）")
    )


def marked(folder: Path, text: str) -> Path:
    return directory(folder, text.replace(",", ";").replace("\n", "\r"))


def as_text(folder: Path, text: str) -> Path:
    return directory(folder, text.replace("3503000001", '"=""3503000001"""'))


@pytest.mark.parametrize(
    "write",
    [zipped, workbook, tabbed, wide, in_provinces, of_numbers, of_html, titled, marked, as_text],
)
def test_other_tables_are_read_alike(tmp_path: Path, write: Callable[[Path, str], Path]) -> None:
    sites, faults = read_directory(write(tmp_path, HEAD + GOOD + MORE))
    assert [site.code for site in sites] == ["3503000001", "bm36000002"]
    assert not faults


def test_a_site_may_have_several_addresses_and_other_hosts(tmp_path: Path) -> None:
    row = "3503000003,某网,某局,www.a.gov.cn；http://a.example.com/gk/，\n"
    (site,), faults = read_directory(directory(tmp_path, HEAD + row))
    assert site.urls == ("http://www.a.gov.cn", "http://a.example.com/gk/")
    assert site.fields()["hosts"] == ["a.example.com"]
    assert not faults


def test_a_broken_zip_or_workbook_is_an_error(tmp_path: Path) -> None:
    for name, payload in (("a.zip", b"PK\x03\x04"), ("a.xlsx", b"PK\x03\x04 xl/workbook")):
        (tmp_path / name).write_bytes(payload)
        with pytest.raises(UsageError, match=name):
            read_directory(tmp_path / name)


def test_only_the_place_asked_for_is_taken(tmp_path: Path) -> None:
    path = directory(tmp_path, HEAD + GOOD + MORE)
    done = CliRunner().invoke(portals, ["import", str(path), "--place", "3503"])
    assert "site-3503000001" in done.output
    assert "site-bm" not in done.output


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("35030000,某网,某局,www.a.gov.cn\n", "no site code"),
        ("3503000002,某网,某局,无\n", "no address"),
        ("3503000002,某网,某局,http://[::1\n", "no address"),
        ("3503000002,,,www.a.gov.cn\n", "no name"),
        (GOOD, "stands in sites.csv:2"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    sites, faults = read_directory(directory(tmp_path, HEAD + GOOD + row))
    assert len(sites) == 1
    assert len(faults) == 1
    assert faults[0].startswith("sites.csv:3:")
    assert words in faults[0]


@pytest.mark.parametrize(("text", "words"), [("", "no column"), ("a,b\n1,2\n", "网站标识码")])
def test_a_file_without_the_columns_is_an_error(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_directory(directory(tmp_path, text))
    with pytest.raises(UsageError, match="No such file"):
        read_directory(tmp_path / "absent.csv")


def test_declared_portals_are_listed() -> None:
    found = CliRunner().invoke(portals, ["list", "350000", "人民政府"])
    assert found.exit_code == 0
    assert [line.split("\t")[0] for line in found.output.splitlines()] == ["fujian"]
    nothing = CliRunner().invoke(portals, ["list", "没有这样的门户"])
    assert isinstance(nothing.exception, UsageError)
