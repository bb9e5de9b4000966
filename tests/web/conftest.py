"""A real browser over a real archive, on loopback; skipped, and said so, where there is none."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gongkai
from tests.conftest import NO_BROWSER

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
REPORT = """<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<script>document.title = "script ran"</script><img src="http://elsewhere.invalid/x.png">
<h1>{title}</h1><p>一、总体情况</p><p>依申请公开工作有序。</p>
<p>三、收到和处理政府信息公开申请情况</p>
<table border="1">
<tr><td rowspan="3" colspan="3">（本列数据的勾稽关系为：第一项加第二项之和，
等于第三项加第四项之和）</td>
<td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>
<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>
<tr><td colspan="3">一、本年新收政府信息公开申请数量</td>
<td>11</td><td>5</td><td>0</td><td></td><td>0</td><td>0</td><td>16</td></tr>
<tr><td colspan="3">二、上年结转政府信息公开申请数量</td>
<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
</table></body></html>"""


@pytest.fixture(scope="session")
def archive_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    for year in (2021, 2022):
        title = f"济宁市科学技术局{year}年政府信息公开工作年度报告"
        page = folder / f"{year}.html"
        page.write_text(REPORT.format(title=title), encoding="utf-8")
        url = f"http://kjj.jining.gov.cn/art/{year}.html"
        command = ["import", str(page), "--url", url, "--archive", str(folder / "archive")]
        result = CliRunner().invoke(gongkai.cli, command)
        assert result.exit_code == 0, result.output
    return folder / "archive"


@pytest.fixture(scope="session")
def site(archive_dir: Path) -> Iterator[str]:
    pytest.importorskip("datasette", reason=NO_BROWSER)
    import uvicorn

    from query.web.server import application, bind

    listening = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application(archive_dir), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="module")  # Playwright keeps an event loop running while it is open
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason=NO_BROWSER)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(NO_BROWSER)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
