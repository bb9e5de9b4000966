"""Processes that read documents end when whoever started them is killed."""

import os
import subprocess
import sys
import time

from tests.conftest import ROOT

PROGRAM = """
import os, time
from pipelines.workers import worker_pool
if __name__ == "__main__":
    with worker_pool(1) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_a_reader_does_not_outlive_its_parent(tmp_path: object) -> None:
    program = f"{tmp_path}/program.py"
    with open(program, "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(PROGRAM)
    parent = subprocess.Popen(
        [sys.executable, program], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 30
    while _is_alive(reader):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _is_alive(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stream:  # noqa: PTH123
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
