"""What every host of the zoo lists, and the registry of hosts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Item:
    title: str
    date: str
    serial: int

    @property
    def stamp(self) -> str:
        return self.date.replace("-", "")


@dataclass(frozen=True)
class Request:
    method: str
    host: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    visit: int = 1

    def number(self, *names: str, default: int = 1) -> int:
        for source in (self.query, self.form):
            for name in names:
                if source.get(name, "").isdigit():
                    return int(source[name])
        return default


@dataclass(frozen=True)
class Response:
    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def reports(count: int = 22) -> tuple[Item, ...]:
    """The rows of every listing: reports, and a decoy after every fourth."""
    items = []
    for n in range(count):
        year = 2025 - n
        title = f"某市科学技术局{year}年政府信息公开工作年度报告"
        if n % 5 == 4:
            title = f"某市科学技术局召开{year}年政府信息公开工作部署会"
        items.append(Item(title, f"{year + 1}-01-{n % 27 + 1:02d}", 2_000_000 + n))
    return tuple(items)


ITEMS = reports()


def html(body: str, head: str = "", status: int = 200) -> Response:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return Response(page.encode(), status)


def missing() -> Response:
    return html("<p>Not Found</p>", status=404)


def slices(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


@dataclass(frozen=True)
class Animal:
    """A host: where its listing starts, the address of each item, and what it answers."""

    entry: str
    address: Callable[[Item], str]
    answer: Callable[[Request], Response]
    family: str
    end: str = "last_page"
    items: tuple[Item, ...] = ITEMS


ANIMALS: dict[str, Animal] = {}


def animal(
    host: str,
    entry: str,
    address: Callable[[Item], str],
    family: str,
    end: str = "last_page",
    items: tuple[Item, ...] = ITEMS,
) -> Callable[[Callable[[Request], Response]], Callable[[Request], Response]]:
    """Registers the function that answers for a host."""

    def keep(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
        ANIMALS[f"{host}.gov.cn"] = Animal(entry, address, answer, family, end, items)
        return answer

    return keep
