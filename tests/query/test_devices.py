"""What is no file is written to, never replaced: `-o /dev/null` as root must leave it a device."""

import os
import stat
import threading
from pathlib import Path

from query.output import whole_file


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reading = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reading.start()
    with whole_file(pipe) as stream:
        stream.write(b"figures")
    reading.join(10)
    assert read == [b"figures"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
