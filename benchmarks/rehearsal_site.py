"""A nation of virtual hosts: each with its address on the loopback, its column and its reports.

    python -m benchmarks.rehearsal_site HOSTS REPORTS KILOBYTES [PORT]

Host n answers at 127.(1 + n // 62500).(n // 250 % 250).(1 + n % 250), all through one listening
socket, so that each has a download slot of its own. Which report stands where follows from the
numbers alone: nothing is kept in memory but a few hundred templates.
"""

import asyncio
import csv
import random
import sys
from dataclasses import dataclass
from functools import cache

from archive.declarations import data_dir
from benchmarks.report_pages import report_page

BODIES = ("科学技术局", "教育局", "水利局", "民政局", "财政局", "司法局", "交通运输局",
          "农业农村局", "卫生健康局", "审计局", "统计局", "应急管理局", "文化和旅游局")  # fmt: skip
# Of seventeen years six have tables, as since 2019; those before are told in sentences.
YEARS = tuple(range(2024, 2007, -1))
ROWS_A_PAGE = 20
TEMPLATES_A_YEAR = 24
COLUMN = "/zfxxgk/zfxxgknb/"
NAMED = "某某县某某局"


@dataclass(frozen=True)
class Nation:
    """`hosts` hosts with `reports` reports among them, on pages of so many kilobytes."""

    hosts: int
    reports: int
    kilobytes: int

    def of_host(self, host: int) -> int:
        """How many reports a host has."""
        return self.reports // self.hosts + (host < self.reports % self.hosts)


def address(host: int) -> str:
    """The loopback address of a host."""
    return f"127.{1 + host // 62_500}.{host // 250 % 250}.{1 + host % 250}"


def host_at(text: str) -> int:
    """The reverse of `address`."""
    _, high, middle, low = map(int, text.split("."))
    return (high - 1) * 62_500 + middle * 250 + low - 1


@cache
def counties() -> tuple[str, ...]:
    """Names of counties, in order of their codes."""
    with (data_dir() / "regions/divisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = {row["code"]: row["name"] for row in rows if not row["code"].endswith("00")}
    return tuple(names[code] for code in sorted(names) if names[code].endswith(("县", "市", "区")))


def report(host: int, number: int) -> tuple[str, int]:
    """The body and the year of a host's report."""
    county = counties()[host % len(counties())]
    year, body = number % len(YEARS), number // len(YEARS)
    division = f"第{body // len(BODIES)}分" if body >= len(BODIES) else ""
    return f"{county}{division}{BODIES[body % len(BODIES)]}", YEARS[year]


def title(agency: str, year: int) -> str:
    """What a listing calls a report."""
    return f"{agency}{year}年政府信息公开工作年度报告"


@cache
def _template(year: int, variant: int, kilobytes: int) -> bytes:
    drawn = random.Random(f"{year} {variant}")
    return report_page(drawn, year, NAMED, kilobytes * 1000).encode()


def page(nation: Nation, host: int, path: str) -> bytes | None:
    """What a host has at a path; nothing where it has no such page."""
    if path == "/robots.txt":
        return b"User-agent: *\nDisallow: /admin/\n"
    if not path.startswith(COLUMN):
        return None
    name = path.removeprefix(COLUMN)
    if name.startswith("t"):
        number = int(name.partition("_")[2].removesuffix(".htm"))
        agency, year = report(host, number)
        template = _template(year, (host * 31 + number) % TEMPLATES_A_YEAR, nation.kilobytes)
        # A number of its own for each page, so that no two are the same bytes.
        own = template.replace(NAMED.encode(), agency.encode())
        return own.replace(b"</body>", f"<!-- {host} {number} --></body>".encode())
    return _listing(nation, host, name)


def _listing(nation: Nation, host: int, name: str) -> bytes | None:
    count = nation.of_host(host)
    pages = max(1, -(-count // ROWS_A_PAGE))
    current = int(name.removeprefix("index_").removesuffix(".html") or 0) if name else 0
    if current >= pages:
        return None
    rows = []
    for number in range(current * ROWS_A_PAGE, min(count, (current + 1) * ROWS_A_PAGE)):
        agency, year = report(host, number)
        named = title(agency, year)
        rows.append(
            f'<li><a href="./t{year + 1}0120_{number}.htm" title="{named}">{named}</a>'
            f"<span>{year + 1}-01-20</span></li>"
        )
    county = counties()[host % len(counties())]
    script = f"<script>createPageHTML({pages}, {current}, 'index', 'html');</script>"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_{county}</title>'
        f'</head><body><h2>政府信息公开年报</h2><ul class="list">{"".join(rows)}</ul>'
        f'<div class="page">{script}</div></body></html>'
    ).encode()


async def _serve(
    nation: Nation, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    host = host_at(writer.get_extra_info("sockname")[0])
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode("latin-1")
            body = page(nation, host, path)
            kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
            status, body = ("200 OK", body) if body is not None else ("404 Not Found", b"gone")
            line = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            writer.write(line.encode() + b"\r\n" + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def serve(nation: Nation, port: int) -> None:
    """Serves until the process is ended; prints the port once it listens."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _serve(nation, reader, writer)

    server = await asyncio.start_server(one, "0.0.0.0", port, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    hosts, reports, kilobytes, port = map(int, [*sys.argv[1:4], *(sys.argv[4:] or ["0"])])
    asyncio.run(serve(Nation(hosts, reports, kilobytes), port))
