"""The rules of prose are loaded strictly: every slip names its file and line."""

import shutil
from pathlib import Path

import pytest

from archive.declarations import DeclarationError, data_dir, load, prose


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(data_dir() / "indicators", tmp_path / "indicators")
    return tmp_path


def _append(folder: Path, name: str, line: str) -> None:
    with (folder / "indicators" / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def test_every_rule_has_a_declared_indicator() -> None:
    declared = load()
    unknown = {rule.indicator for rule in declared.prose.rules} - set(declared.forms.indicators)
    assert unknown == set()


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("prose.csv", "items,proactive.items,,公开,信息,items,,,,,,,", "stands there twice"),
        ("prose.csv", "new,proactive.items,,公开,信息,litres,,,,,,,", "not one of"),
        ("prose.csv", "new,proactive.items,,公开,信息,items,,radio,,,,,", "unknown topics"),
        ("prose.csv", "new,,,公开,信息,items,,,,,,,", "column indicator is empty"),
        ("prose.csv", "new,proactive.items,,公开,信息,items,,,,,,,loose", "unknown in strict"),
        ("prose_words.csv", "zero,无", "stands there twice"),
        ("prose_words.csv", "colours,红", "not one of"),
        ("sections.csv", "one,two,three,four", "cells under"),
    ],
)
def test_slips_are_named(folder: Path, name: str, line: str, reason: str) -> None:
    _append(folder, name, line)
    with pytest.raises(DeclarationError, match=rf"{name}:\d+: .*{reason}"):
        prose.load(folder)


def test_a_missing_list_of_words_is_an_error(folder: Path) -> None:
    path = folder / "indicators" / "prose_words.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("zero,")), "utf-8")
    with pytest.raises(DeclarationError, match="missing lists: zero"):
        prose.load(folder)
