"""Says what is missing before a virtual environment can be made; runs on any Python 3."""

import sys

WANTED = (3, 11)


def fault() -> str:
    """One line naming what is missing, empty if nothing is."""
    here = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < WANTED:
        wanted = ".".join(map(str, WANTED))
        return f"Python {wanted} or newer is needed, this is {here} (try: make PYTHON=python3.12)"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return f"Python {here} lacks venv: install the system package python{here}-venv"
    return ""


if __name__ == "__main__":
    message = fault()
    if message:
        sys.exit(message)
