"""What calls `gongkai crawl --due`: a systemd timer or a line of a crontab, as text. Pure.

Both call every hour: the program itself knows what is due, and the hours of China.
"""

import shlex
from collections.abc import Iterable

UNIT = "gongkai"
_MINUTE = 17


def service(command: Iterable[str]) -> str:
    """The systemd service that runs the command once."""
    words = " ".join(_systemd_word(word) for word in command)
    return (
        "[Unit]\nDescription=Gongkai: look at the portals that are due\n"
        "Wants=network-online.target\nAfter=network-online.target\n\n"
        f"[Service]\nType=oneshot\nExecStart={words}\nKillSignal=SIGINT\nTimeoutStopSec=300\n"
    )


def timer() -> str:
    """The systemd timer; a time that was missed is caught up once."""
    return (
        "[Unit]\nDescription=Gongkai: every hour\n\n"
        f"[Timer]\nOnCalendar=*-*-* *:{_MINUTE:02}:00\nRandomizedDelaySec=300\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def crontab_line(command: Iterable[str]) -> str:
    """The line of a crontab, in which a percent sign would end the command."""
    words = shlex.join(command).replace("%", r"\%")
    return f"{_MINUTE} * * * * {words}\n"


def _systemd_word(word: str) -> str:
    """A word as systemd reads it: quoted, without specifiers or variables."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'
