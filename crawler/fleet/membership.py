"""What a crawl shares with its fleet: the index, pauses, and turns at addresses."""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

from scrapy.settings import BaseSettings

from archive.postgres.connection import connect, told
from archive.postgres.index import PostgresCaptureIndex
from archive.store import Archive

_POLL_SECONDS = 0.2


class Fleet:
    """The membership of one crawl. Made where the setting `GONGKAI_FLEET` names a server.

    Attributes:
        index: what the whole fleet has archived.
    """

    def __init__(self, address: str, archive: Archive, worker: str) -> None:
        """Opens its connections.

        Raises:
            SurroundingsError: if the server does not answer.
        """
        self.index = PostgresCaptureIndex(address, archive, worker)
        self._connection = connect(address)
        self._guard = threading.Lock()

    @classmethod
    def of(cls, settings: BaseSettings, archive: Archive) -> "Fleet | None":
        """The fleet that the settings name; none for a crawl of its own."""
        address = settings.get("GONGKAI_FLEET")
        return cls(str(address), archive, str(settings["GONGKAI_WORKER"])) if address else None

    def close(self) -> None:
        """Lets go of all that is held; the index is closed by its writer."""
        self._connection.close()

    def paused(self) -> Mapping[str, str]:
        """The hosts that are left alone now, each with its wall and until when."""
        sql = "SELECT host, wall, until FROM gongkai.pauses WHERE until > now()"
        rows = self._ask(sql)
        return {r["host"]: f"{r['wall']}, until {r['until'].isoformat()}" for r in rows}

    def pause(self, host: str, wall: str, hours: float) -> None:
        """Leaves a host alone for so many hours, for all workers."""
        self._ask(
            "INSERT INTO gongkai.pauses VALUES (%(host)s, %(wall)s, now() + %(h)s * interval '1 h')"
            " ON CONFLICT (host) DO UPDATE SET wall = excluded.wall, until = excluded.until"
            " RETURNING host",
            host=host, wall=wall, h=hours,
        )  # fmt: skip

    @asynccontextmanager
    async def turn(self, address: str, delay_seconds: float) -> AsyncIterator[None]:
        """A turn at an address: no other worker asks it meanwhile, nor sooner than `delay_seconds`.

        A worker that dies loses its turn with its connection; the time until the next is noted
        before the request and again after it.

        Raises:
            SurroundingsError: if the server does not answer.
        """
        key = int.from_bytes(sha256(address.encode()).digest()[:8], "big", signed=True)
        while not await asyncio.to_thread(self._taken, key):
            await asyncio.sleep(_POLL_SECONDS)
        try:
            while (left := await asyncio.to_thread(self._seconds_left, address)) > 0:
                await asyncio.sleep(left)
            await asyncio.to_thread(self._asked, address, delay_seconds)
            yield
        finally:
            await asyncio.shield(asyncio.to_thread(self._leave, key, address, delay_seconds))

    def _taken(self, key: int) -> bool:
        return bool(self._ask("SELECT pg_try_advisory_lock(%(key)s) AS got", key=key)[0]["got"])

    def _seconds_left(self, address: str) -> float:
        sql = (
            "SELECT extract(epoch FROM next_at - clock_timestamp())::float AS left"
            " FROM gongkai.addresses WHERE address = %(address)s"
        )
        return max((float(row["left"]) for row in self._ask(sql, address=address)), default=0.0)

    def _asked(self, address: str, delay_seconds: float) -> None:
        self._ask(
            "INSERT INTO gongkai.addresses VALUES"
            " (%(address)s, clock_timestamp() + %(delay)s * interval '1 s')"
            " ON CONFLICT (address) DO UPDATE SET next_at = excluded.next_at RETURNING address",
            address=address, delay=delay_seconds,
        )  # fmt: skip

    def _leave(self, key: int, address: str, delay_seconds: float) -> None:
        self._asked(address, delay_seconds)
        self._ask("SELECT pg_advisory_unlock(%(key)s)", key=key)

    def _ask(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        import psycopg

        with self._guard:
            try:
                rows: list[dict[str, Any]] = self._connection.execute(sql, parameters).fetchall()
            except psycopg.Error as error:
                raise told(error) from error
            return rows
