"""`gongkai serve`: the web site."""

from pathlib import Path

import click

from archive.console import archive_option, note
from archive.errors import SurroundingsError


@click.command("serve", short_help="The web site on this machine.")
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--allow-host", "names", multiple=True, metavar="NAME",
              help="Answer for this host name as well.")  # fmt: skip
def serve(archive_dir: Path, host: str, port: int, names: tuple[str, ...]) -> None:
    """Serves the corpus as a web site, read-only, in Chinese and English.

    \b
    gongkai serve
    gongkai serve --host 0.0.0.0 --allow-host ogi.example.org
    """
    try:
        from query.web.server import serve as run
    except ImportError as error:
        raise SurroundingsError(
            f"the web site needs {error.name}: pip install 'gongkai[web]'"
        ) from error
    note(f"http://{host}:{port}/ (stop with Ctrl-C)")
    run(archive_dir, host, port, [name.lower() for name in names])
