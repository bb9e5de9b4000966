"""Builds small corpora straight into the schema, for the tests of this package."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive import texts
from archive.dbfile import open_writable, tables
from archive.fulltext import PLACES_UP_TO

SNAPSHOT = "urn:uuid:00000000-0000-0000-0000-{:012d}"


class Builder:
    """A database under construction. Missing columns get empty values of their kind."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self.path = directory / "gongkai.db"
        self.connection = open_writable(self.path)
        self.connection.execute("BEGIN")
        self.columns = {name: self._columns(name) for name in tables(self.connection)}
        self.reports = 0

    def _columns(self, table: str) -> dict[str, Any]:
        info = self.connection.execute(f"PRAGMA table_info({texts.home(table)})").fetchall()
        defaults: dict[str, Any] = {"TEXT": "", "INTEGER": 0, "NUMERIC": None}
        return {row[1]: defaults[row[2]] if row[3] else None for row in info}

    def insert(self, table: str, **values: Any) -> None:
        row = self.columns[table] | values
        marks = ", ".join("?" * len(row))
        names = ", ".join(f'"{name}"' for name in row)
        self.connection.execute(
            f"INSERT INTO {texts.home(table)} ({names}) VALUES ({marks})", tuple(row.values())
        )

    def report(self, **values: Any) -> tuple[str, str]:
        """Adds a report with its capture; returns report_id and snapshot."""
        self.reports += 1
        report_id, snapshot = f"{self.reports:016x}", SNAPSHOT.format(self.reports)
        facts: dict[str, Any] = {
            "report_id": report_id,
            "snapshot": snapshot,
            "page_snapshot": snapshot,
            "version": 1,
            "work_id": f"work{self.reports}",
            "preferred": 1,
            "agency": "济宁市科学技术局",
            "agency_id": "370800-kjj",
            "agency_printed": "市科技局",
            "region_code": "370800",
            "region": "山东省济宁市",
            "level": "prefecture",
            "year": 2021,
            "form": "2021",
            "tables": "read",
            "scope": "own",
            "title": "济宁市科学技术局2021年政府信息公开工作年度报告",
            "source_url": f"http://kjj.jining.gov.cn/art/{self.reports}.html",
            "page_url": f"http://kjj.jining.gov.cn/art/{self.reports}.html",
            "captured_at": "2024-03-01T00:00:00.000000Z",
        } | values
        text = facts.pop("text", "")
        self.insert("reports", **facts, text_chars=len(text))
        key = {"report_id": facts["report_id"], "snapshot": facts["snapshot"]}
        self.insert("report_texts", **key, text=text)
        self.insert(
            "captures",
            record_id=facts["snapshot"],
            kind="response",
            role="page",
            url=facts["source_url"],
            date=facts["captured_at"],
            status=200,
            context="{}",
            notes="{}",
        )
        return str(facts["report_id"]), str(facts["snapshot"])

    def observe(self, report: tuple[str, str], indicator: str, std: Any, **values: Any) -> None:
        """Adds a figure; a figure of None makes a blank."""
        n = self.connection.execute("SELECT count(*) FROM observations").fetchone()[0]
        facts = {
            "observation_id": f"f{n:015x}",
            "report_id": report[0],
            "snapshot": report[1],
            "n": n,
            "indicator": indicator,
            "period": "year",
            "value": None if std is None else str(std),
            "value_std": std,
            "unit": "件",
            "unit_from": "form",
            "unit_std": "件",
            "qualifier": "exact",
            "status": "blank" if std is None else "reported",
            "raw": "" if std is None else str(std),
            "method": "table",
            "evidence": indicator,
            "locator": f"html:table[1]/r{n + 1}c2",
        }
        self.insert("observations", **(facts | values))

    def finish(
        self, meta: Mapping[str, str] | None = None, places_up_to: int = PLACES_UP_TO
    ) -> Path:
        """Makes the file of texts and closes; returns the archive's folder."""
        for key, value in (meta or {}).items():
            self.insert("meta", key=key, value=value)
        texts.settle(self.connection, self.path, places_up_to)
        self.connection.execute("COMMIT")
        self.connection.close()
        return self.directory
