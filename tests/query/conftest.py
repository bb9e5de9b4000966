"""A corpus of a few reports in which every status stands once, and a way to run commands on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai
from tests.query.corpus import Builder

Run = Callable[..., Result]


def _two_thousand_eighteen(build: Builder) -> None:
    report = build.report(
        year=2018,
        form="2014",
        title="济宁市科学技术局2018年政府信息公开工作年度报告",
        text="2018年度报告。全年收到申请3,405件。",
    )
    build.observe(report, "requests.received", 3405, raw="3,405")
    build.observe(report, "litigation.total", None)


def _two_thousand_twenty_one(build: Builder) -> None:
    report = build.report(
        text="一、总体情况\n依申请公开工作有序。\n二、存在的主要问题\n公开不够主动。",
        stated_date="2022-01-26",
        problems=1,
    )
    for applicant, value in (("natural_person", 11), ("business", 5), ("total", 0)):
        build.observe(report, "requests.new", value, applicant=applicant, raw=str(value))
    build.observe(report, "review.total", None, implied_zero=1, raw="")
    build.observe(report, "proactive.fees.amount", 17.27, value="17.270", raw="17.270", unit="万元")
    build.observe(report, "website.items", 207, method="prose", evidence="公开207条。", raw="207")
    build.insert(
        "checks",
        report_id=report[0],
        snapshot=report[1],
        n=0,
        identity="requests.new.sum",
        verdict="fails",
        severity="error",
        left="16",
        right="0",
        difference="16",
        clause="11 + 5 = 16, 总计 0",
    )
    build.insert(
        "problems",
        report_id=report[0],
        snapshot=report[1],
        n=0,
        stage="table",
        kind="unknown_label",
        detail="row 其它 is not known",
        locator="html:table[1]/r9c1",
    )
    for n, (title, kind, text) in enumerate(
        (
            ("总体情况", "overview", "依申请公开工作有序。"),
            ("存在的主要问题", "problems", "公开不够主动。"),
        )
    ):
        build.insert(
            "sections",
            report_id=report[0],
            snapshot=report[1],
            n=n,
            path="一二"[n],
            title=title,
            kind=kind,
            text=text,
        )


def _older_version(build: Builder) -> None:
    build.report(version=2, preferred=0, work_id="work2", title="旧版", text="旧版依申请公开")


@pytest.fixture(scope="session")
def archive_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = Builder(tmp_path_factory.mktemp("archive"))
    _two_thousand_eighteen(build)
    _two_thousand_twenty_one(build)
    _older_version(build)
    build.report(
        year=2022,
        agency="三明市教育局",
        agency_id="350400-jyj",
        agency_printed="市教育局",
        region_code="350400",
        region="福建省三明市",
        tables="picture",
        title="=cmd|' /C calc'!A0",
        text='=HYPERLINK("http://x") 依申请公开',
    )
    build.insert(
        "problems",
        report_id="",
        snapshot="urn:uuid:none",
        n=0,
        stage="document",
        kind="unreadable",
        detail="not a document",
        locator="",
    )
    return build.finish()


@pytest.fixture
def run(archive_dir: Path) -> Run:
    def invoke(*arguments: str, **options: object) -> Result:
        command = [arguments[0], "--archive", str(archive_dir), *arguments[1:]]
        return CliRunner().invoke(gongkai.cli, command, **options)  # type: ignore[arg-type]

    return invoke
