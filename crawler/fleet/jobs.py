"""The jobs of a fleet, kept by procrastinate in PostgreSQL: each a batch of portals to crawl."""

import secrets
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from archive.clock import utc_now
from archive.declarations.portals import Portal
from archive.errors import GongkaiError, SurroundingsError
from archive.postgres.connection import connect
from crawler.fleet.batches import batches

QUEUE = "gongkai"
TASK = "gongkai.crawl"
ATTEMPTS = 8
_WAIT_SECONDS = 60
_UNDER_WAY = """SELECT args FROM procrastinate_jobs
WHERE queue_name = %(queue)s AND status IN ('todo', 'doing')"""
_MAKING = 7_063_811_095

# Does a job: its arguments, its number, how often it was tried before.
Doing: TypeAlias = Callable[[Mapping[str, Any], int, int], Coroutine[Any, Any, None]]


class ToldToEndError(GongkaiError):
    """The worker was told to end: its job is another's now."""


def application(address: str, do: Doing | None = None) -> Any:
    """The procrastinate application over a server; `do` does the jobs.

    Raises:
        SurroundingsError: if procrastinate is not installed or the server does not answer.
    """
    try:
        import procrastinate
    except ImportError as error:
        told = "a fleet needs procrastinate: pip install 'gongkai[scale]'"
        raise SurroundingsError(told) from error
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=address))

    class Retry(procrastinate.BaseRetryStrategy):
        """At once where a worker was told to end, else after a while, so many times."""

        def get_retry_decision(self, *, exception: BaseException, job: Any) -> Any:
            if isinstance(exception, ToldToEndError):
                return procrastinate.RetryDecision(retry_in={"seconds": 1})
            if job.attempts + 1 >= ATTEMPTS:
                return None
            seconds = _WAIT_SECONDS * (job.attempts + 1)
            return procrastinate.RetryDecision(retry_in={"seconds": seconds})

    @app.task(name=TASK, queue=QUEUE, retry=Retry(), pass_context=True)
    async def crawl(context: Any, /, **arguments: Any) -> None:
        assert do is not None, "this process only hands out jobs"
        await do(arguments, context.job.id, context.job.attempts)

    return app


def prepare(address: str) -> None:
    """Makes the tables of jobs where they are lacking."""
    import procrastinate

    connection = connect(address)
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
            found = connection.execute("SELECT to_regclass('procrastinate_jobs') AS t").fetchone()
            if found["t"] is None:
                connection.execute(procrastinate.schema.SchemaManager.get_schema())
    finally:
        connection.close()


def enqueue(
    address: str, portals: Iterable[Portal], settings: Iterable[str], shards: int
) -> tuple[int, int]:
    """Makes jobs for the portals that are in none yet.

    Args:
        address: of the server.
        portals: which.
        settings: Scrapy settings, NAME=VALUE, that the crawls take.
        shards: see `batches`.

    Returns:
        How many jobs were made, and for how many portals.
    """
    prepare(address)
    waiting = _under_way(address)
    wanted = [portal for portal in portals if portal.name not in waiting]
    app = application(address)
    made = batches(wanted, shards)
    with app.open():
        for lock, batch in made.items():
            app.configure_task(TASK, queue=QUEUE, lock=lock).defer(
                portals=[asdict(portal) for portal in batch],
                settings=list(settings),
                run=f"{utc_now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
            )
    return len(made), len(wanted)


def _under_way(address: str) -> set[str]:
    """The portals that are in a job that waits or is being done."""
    connection = connect(address)
    try:
        rows = connection.execute(_UNDER_WAY, {"queue": QUEUE}).fetchall()
    finally:
        connection.close()
    return {portal["name"] for row in rows for portal in row["args"].get("portals", ())}


def portals_of(arguments: Mapping[str, Any]) -> tuple[Portal, ...]:
    """The portals of a job."""
    return tuple(_portal(facts) for facts in arguments["portals"])


def _portal(facts: Mapping[str, Any]) -> Portal:
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return Portal(**given)
