"""Says what is missing before a virtual environment can be made; runs on any Python 3."""

import sys

WANTED = (3, 11)


def fault() -> str:
    """One line naming what is missing, empty if nothing is."""
    here = "%d.%d" % sys.version_info[:2]
    if sys.version_info < WANTED:
        return "Python %d.%d or newer is needed, this is %s (try: make PYTHON=python3.12)" % (*WANTED, here)
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "Python %s lacks venv: install the system package python%s-venv" % (here, here)
    return ""


if __name__ == "__main__":
    message = fault()
    if message:
        sys.exit(message)
