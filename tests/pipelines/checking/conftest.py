"""Judging drafts through the command, answered in JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from click.testing import CliRunner

import gongkai

Found: TypeAlias = list[tuple[str, str, str]]


@dataclass
class Answer:
    """What the command said of one draft."""

    status: int
    said: dict[str, Any]

    @property
    def report(self) -> dict[str, Any]:
        """The first report."""
        first: dict[str, Any] = self.said["reports"][0]
        return first

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Its findings."""
        found: list[dict[str, Any]] = self.report["findings"]
        return found

    @property
    def told(self) -> Found:
        """Severity, code and place of each finding."""
        return [(item["severity"], item["code"], item["place"]) for item in self.findings]


Check: TypeAlias = Callable[..., Answer]


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Writes a draft to a file and judges it."""
    folder = tmp_path_factory.mktemp("drafts")

    def run(payload: bytes, *options: str | Path, name: str = "draft.html") -> Answer:
        path = folder / name
        path.write_bytes(payload)
        words = ["check", str(path), "--format", "json", *map(str, options)]
        result = CliRunner().invoke(gongkai.cli, words)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return Answer(result.exit_code, json.loads(result.stdout))

    return run
