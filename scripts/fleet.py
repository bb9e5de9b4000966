"""Starts a fleet on this machine for a trial: a PostgreSQL of its own and some workers.

    python -m scripts.fleet FOLDER [WORKERS]

Prints the address of the database, for `gongkai worker enqueue --database ADDRESS`; Ctrl-C ends
all. The workers' archives are in FOLDER/workers, their sealed WARC files in FOLDER/stored.
"""

import signal
import subprocess
import sys
from pathlib import Path

from scripts.postgres import NoPostgresError, running


def main() -> None:
    """Runs until Ctrl-C."""
    if not sys.argv[1:]:
        sys.exit(__doc__)
    folder, count = Path(sys.argv[1]).resolve(), int((sys.argv[2:] or ["2"])[0])
    storage = (folder / "stored").as_uri()
    try:
        with running() as database:
            print(f"export GONGKAI_DATABASE='{database}' GONGKAI_STORAGE='{storage}'", flush=True)
            _work(database, storage, folder / "workers", count)
    except NoPostgresError as error:
        sys.exit(str(error))


def _work(database: str, storage: str, root: Path, count: int) -> None:
    command = [sys.executable, "-m", "gongkai", "worker", "run", "--archive", str(root),
               "--database", database, "--storage", storage]  # fmt: skip
    workers = [subprocess.Popen(command, start_new_session=True) for _ in range(count)]
    try:
        for worker in workers:
            worker.wait()
    except KeyboardInterrupt:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            worker.wait()


if __name__ == "__main__":
    main()
