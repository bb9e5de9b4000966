"""The Chromium of this system: where it is, and how it is started."""

import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from archive.errors import GongkaiError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/snap/bin/chromium",
)
# A proxy that nobody listens at: what the crawl does not answer goes nowhere, loopback included.
_NO_NETWORK = {"server": "http://127.0.0.1:9"}
_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
    "--no-first-run",
)


class NoBrowserError(GongkaiError):
    """A portal is declared to need a browser, and there is none."""


def missing_modules() -> str:
    """How to get the modules that drive a browser; empty where they are there."""
    return "" if find_spec("scrapy_playwright") else "not installed: pip install 'gongkai[browser]'"


def find_chromium(named: str = "") -> str:
    """The path of the system's Chromium, or of the one that a person has named.

    Raises:
        NoBrowserError: if there is none.
    """
    if named:
        if found := shutil.which(named):
            return found
        raise NoBrowserError(f"GONGKAI_BROWSER={named}: no program there")
    if found := next(filter(None, map(shutil.which, _NAMES)), None):
        return found
    for place in _PLACES:
        if Path(place).is_file():
            return place
    raise NoBrowserError(
        "no Chromium was found: install one, or name it by -s GONGKAI_BROWSER=PATH"
    )


def launch_options(path: str, sandbox: str) -> Mapping[str, Any]:
    """How Playwright is to start it.

    Args:
        path: the program.
        sandbox: `0` or `1`; where empty, Chromium's sandbox is used unless this is root, for whom
            there is none.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": path,
        "args": list(_ARGUMENTS),
        "proxy": dict(_NO_NETWORK),
        "chromium_sandbox": sandbox == "1" or (not sandbox and not root),
        # The crawl ends in order and closes it then.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }
