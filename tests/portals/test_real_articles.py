"""The readers on real report pages: title, date, attachments, the way to the column."""

import json
from pathlib import Path

import pytest

from parsers.portals import Page, find_columns, read_article, recognise_wall

CASES = ("2009", "2012", "2016", "2019", "2021", "2024")


def case(real_cases: Path, year: str) -> tuple[Page, dict[str, str]]:
    folder = real_cases / "real" / f"putian-kjj-{year}"
    meta: dict[str, str] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return Page(meta["url"], (folder / "report.html").read_text(encoding="utf-8")), meta


@pytest.mark.parametrize("year", CASES)
def test_title_and_date_are_those_of_the_case(real_cases: Path, year: str) -> None:
    page, meta = case(real_cases, year)
    article = read_article(page)
    assert article.title == meta["title"]
    assert article.date == meta["pubdate"][:10]
    assert (article.redirect, article.deleted, article.next_pages) == ("", False, ())
    assert recognise_wall(200, {}, page.text.encode()) == ""


@pytest.mark.parametrize("year", CASES)
def test_only_the_real_attachment_is_taken(real_cases: Path, year: str) -> None:
    page, _ = case(real_cases, year)
    links = [link.url.rsplit("/", 1)[1] for link in read_article(page).links]
    assert links == (["P020220117425369021825.pdf"] if year == "2021" else [])


@pytest.mark.parametrize("year", CASES)
def test_the_column_is_the_only_lead_but_the_site_map(real_cases: Path, year: str) -> None:
    page, _ = case(real_cases, year)
    best, *others = find_columns(page)
    assert best.url.endswith("/ptkjj/zfxxgk/zfxxgknb/")
    assert [other.reason for other in others] == ["the site map"]
