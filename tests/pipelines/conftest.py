"""Small reports of our own writing, in the official outline."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gongkai

REPORT = """\
晋江市科学技术局2020年政府信息公开工作年度报告
本报告所列数据的统计期限自2020年1月1日至2020年12月31日。
一、总体情况
2020年，我局主动公开政府信息36条。
二、收到和处理政府信息公开申请情况
2020年，我局未收到政府信息公开申请。
三、存在的主要问题及改进情况
解读形式还不够丰富。下一步将增加图文解读。
晋江市科学技术局
2021年1月20日
"""
NEWS = (
    "青禾县召开政府信息公开工作推进会\n会议要求各单位做好2020年政府信息公开工作年度报告的编制。\n"
)


class Shell:
    """Runs commands against one archive."""

    def __init__(self, archive: Path) -> None:
        self.archive = archive

    def __call__(self, *arguments: str | Path, stdin: str | None = None) -> Result:
        words = [*map(str, arguments)]
        if words[0] != "judge":
            words += ["--archive", str(self.archive)]
        return CliRunner().invoke(gongkai.cli, words, input=stdin)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "archive")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder with a report, in GB18030 under a hidden neighbour."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "2020.txt").write_bytes(REPORT.encode("gb18030"))
    (folder / ".hidden").write_text("not for import", encoding="utf-8")
    return folder
