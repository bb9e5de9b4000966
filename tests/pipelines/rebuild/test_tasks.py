"""What a rebuild asks its database for each bundle: found by an index, however many there are."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import pytest

from archive.database import DatabaseWriter
from pipelines.tasks import StoredTasks, unread
from tests.archive.readings import capture

SHARED = "http://www.a.gov.cn/shared.htm"


class Explained(DatabaseWriter):
    """Notes for each bundle's question how the database answers it."""

    def __init__(self, path: Path, *, scratch: bool) -> None:
        super().__init__(path, scratch=scratch)
        self.plans: list[str] = []

    def __enter__(self) -> Self:
        return self

    def query(self, sql: str, parameters: Iterable[Any] = ()) -> list[Any]:
        given = list(parameters)
        if "captures WHERE" in sql and given:
            self.plans += [
                row["detail"] for row in super().query(f"EXPLAIN QUERY PLAN {sql}", given)
            ]
        return super().query(sql, given)


@pytest.mark.parametrize("scratch", [True, False])
def test_no_bundle_costs_a_look_at_all_captures(tmp_path: Path, scratch: bool) -> None:
    notes = json.dumps({"reads_with": [SHARED]})
    page = capture("page", notes=notes)
    captures = [
        page,
        capture("part", part_of=page.record_id, role="part"),
        capture("shared", SHARED, role="part"),
    ]
    with Explained(tmp_path / "a.db", scratch=scratch) as database:
        database.add_captures(captures)
        tasks = list(StoredTasks(database)) if scratch else unread(database)
        assert [len(task.parts) for task in tasks] == [2]
        assert database.plans
        assert [plan for plan in database.plans if plan.startswith("SCAN")] == []
