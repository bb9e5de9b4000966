"""The site in Chromium: search, report, figure, its cell in the snapshot, download.

Nothing may be said on the console, and nothing asked of another host.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
PATHS = (
    "/", "/search?q=依申请公开", "/agencies", "/agency?id=370800/science", "/indicators",
    "/indicator/requests.new", "/coverage", "/compliance", "/quality", "/downloads", "/report/none",
)  # fmt: skip
TABS_AT_MOST = 80
PATIENCE_SECONDS = 20.0

Opened = Callable[..., Any]


@pytest.fixture
def opened(chromium: Any, site: str) -> Iterator[Opened]:
    """Opens pages that listen for what must not happen, which is told at the end."""
    wrong: list[str] = []
    contexts: list[Any] = []

    def told(message: Any) -> None:
        expected = "404 (Not Found)" in message.text and message.location["url"].endswith("/none")
        if message.type in ("error", "warning") and not expected:
            wrong.append(f"console: {message.text}")

    def asked(request: Any) -> None:
        if not request.url.startswith(f"{site}/"):
            wrong.append(f"asked {request.url}")

    def make(viewport: dict[str, int] = WIDE, locale: str = "zh-CN") -> Any:
        context = chromium.new_context(viewport=viewport, locale=locale, base_url=site)
        contexts.append(context)
        page = context.new_page()
        page.on("console", told)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", asked)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not wrong


@pytest.mark.parametrize(
    ("locale", "sought"), [("zh-CN", "存档快照"), ("en-US", "Archived snapshot")]
)
def test_from_search_to_the_cell_to_the_file(
    opened: Opened, tmp_path: Path, locale: str, sought: str
) -> None:
    page = opened(locale=locale)
    page.goto("/")
    page.locator("main input[name=q]").fill("依申请公开工作")
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator("mark").first.inner_text() == "依申请公开工作"
    page.locator(".hits a").first.click()
    page.wait_for_url("**/report/*")
    page.locator("td.figure a", has_text="11").first.click()
    page.wait_for_url("**/figure/*")
    assert page.get_by_role("heading", name=sought).is_visible()
    assert page.locator("td.clicked").inner_text() == "11"
    cell = page.frame_locator("iframe").locator("#cell")
    cell.wait_for()
    assert cell.inner_text().strip() == "11"
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    path = tmp_path / "figures.csv"
    download.value.save_as(path)
    assert "requests.new" in path.read_text(encoding="utf-8")


def in_sight(page: Any) -> None:
    """The marked cell comes to stand within the window of the snapshot."""
    cell = page.frame_locator("iframe").locator("#cell")
    cell.wait_for()
    until = time.monotonic() + PATIENCE_SECONDS
    while not _within(cell.bounding_box(), window := page.locator("iframe").bounding_box()):
        assert time.monotonic() < until, (cell.bounding_box(), window)
        page.wait_for_timeout(50)


def _within(box: dict[str, float], window: dict[str, float]) -> bool:
    return all(
        window[start] - 1 <= box[start] <= window[start] + window[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


def test_the_snapshot_is_shut_in_and_shows_its_cell(opened: Opened) -> None:
    page = opened()
    page.goto("/search?q=依申请公开")
    page.locator(".hits a").first.click()
    page.locator("td.figure a", has_text="16").first.click()
    frame = page.frame_locator("iframe")
    in_sight(page)
    assert page.locator("iframe").get_attribute("sandbox") == ""
    assert frame.locator("script").count() == 0


def test_a_blank_cell_is_not_shown_as_zero(opened: Opened) -> None:
    page = opened()
    page.goto("/search?q=依申请公开")
    page.locator(".hits a").first.click()
    blank = page.locator("td.blank, td.implied_zero").first
    assert "0" not in blank.inner_text().replace("≈0", "")
    assert "repeating-linear-gradient" in blank.evaluate("e => getComputedStyle(e).backgroundImage")


def focus(page: Any, selector: str) -> None:
    """Goes on by the tab key until that element has the focus, as seen on the screen."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none"
            return
    pytest.fail(f"the tab key does not come to {selector}")


def test_all_of_it_works_by_keyboard(opened: Opened) -> None:
    page = opened()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    focus(page, "header input[name=q]")
    page.keyboard.type("依申请公开")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    focus(page, ".hits a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/*")
    focus(page, "td.figure a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figure/*")
    page.frame_locator("iframe").locator("#cell").wait_for()
    focus(page, ".files a")
    with page.expect_download():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_page_fits_its_window(opened: Opened, viewport: dict[str, int], locale: str) -> None:
    page = opened(viewport, locale)
    for path in PATHS:
        page.goto(path)
        too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(too_wide) <= 0, path
        assert page.locator("html").get_attribute("lang") == ("en" if locale == "en-US" else locale)
    page.goto("/search?q=依申请公开")
    page.locator(".hits a").first.click()
    page.locator("td.figure a").first.click()
    in_sight(page)
    assert page.evaluate(too_wide) <= 0


def test_the_language_can_be_changed_and_stays(opened: Opened) -> None:
    page = opened()
    page.goto("/coverage?year=2021")
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Coverage"
    assert "year=2021" in page.url
    page.get_by_role("link", name="Indicators").click()
    assert page.locator("h1").inner_text() == "Indicators"
