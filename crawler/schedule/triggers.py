"""What calls `gongkai crawl --due`: a systemd timer or a line of a crontab, as text. Pure.

Both call every hour: the program itself knows what is due, and the hours of China.
"""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

UNIT = "gongkai"
_MINUTE = 17


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a service of the system runs as, and the one folder that it may write to."""

    user: str
    directory: Path


def service(command: Iterable[str], account: Account | None = None) -> str:
    """The systemd service that runs the command once; without `account` a user's own."""
    words = " ".join(_systemd_word(word) for word in command)
    confined = _confined(account) if account else ""
    return (
        "[Unit]\nDescription=Gongkai: look at the portals that are due\n"
        "Documentation=https://pypi.org/project/gongkai/\n"
        "Wants=network-online.target\nAfter=network-online.target\n\n"
        f"[Service]\nType=oneshot\nExecStart={words}\n"
        f"KillSignal=SIGINT\nTimeoutStopSec=300\nNice=10\n{confined}"
    )


def _confined(account: Account) -> str:
    """No rights beyond one user's, and nothing to write to but the archive."""
    directory = _systemd_word(str(account.directory))
    return (
        f"User={account.user}\nNoNewPrivileges=yes\nPrivateTmp=yes\nPrivateDevices=yes\n"
        "ProtectSystem=strict\nProtectHome=read-only\nProtectKernelTunables=yes\n"
        f"RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\nReadWritePaths={directory}\n"
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
