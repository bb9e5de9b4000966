"""The demo's declarations under `data/demo`: pages, figures, sentences, templates."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from archive.declarations import data_dir

SITE = "科技信息公开演示网站"
COLUMN = "政府信息公开年报"
NEWS_COLUMN = "科技动态"
NOTICES = {
    "printed": "演示样例：文字为演示而写，数字取自该机关公布的年度报告。",
    "sample": "演示样例：文字和数字均为演示而编，并非该机关公布的数据。",
    "": "演示样例：内容为演示而写。",
}


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page of the demo portal. `kind` is `report`, `attachment`, `decoy` or `news`.

    `labelled` is the charset that header and meta tag claim, `encoded` the one of the bytes.
    `figures` tells whether the numbers are those printed by the body or made up for the demo.
    """

    page: str
    kind: str
    form: str
    agency: str
    year: str
    date: str
    address: str
    title: str
    labelled: str
    encoded: str
    figures: str

    @property
    def notice(self) -> str:
        """The line at the foot that says where the numbers come from."""
        return NOTICES[self.figures]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A printed row of a form whose table has one figure (or a year and a sum) to a row."""

    row: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Sample:
    """All of it. `figures` by page and row, `texts` by page (or `form:NAME`) and slot."""

    pages: tuple[SamplePage, ...]
    forms: Mapping[str, tuple[FormRow, ...]]
    figures: Mapping[str, Mapping[str, tuple[str, ...]]]
    texts: Mapping[str, Mapping[str, tuple[str, ...]]]

    def sentences(self, page: SamplePage, slot: str) -> tuple[str, ...]:
        """The sentences of a slot: the page's own, else those of its form."""
        own = self.texts.get(page.page, {})
        shared = self.texts.get(f"form:{page.form}", {})
        values = {"agency": page.agency, "year": page.year}
        return tuple(Template(t).substitute(values) for t in own.get(slot, shared.get(slot, ())))


@cache
def load_sample() -> Sample:
    """The sample as it lies under `data/demo`."""
    forms: dict[str, list[FormRow]] = defaultdict(list)
    figures: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("forms"):
        forms[row["form"]].append(FormRow(row["row"], row["label"], row["unit"]))
    for row in _rows("figures"):
        figures[row["report"]][row["row"]] = tuple(row["values"].split())
    for row in _rows("texts"):
        texts[row["page"]][row["slot"]].append(row["text"])
    return Sample(
        pages=tuple(SamplePage(**row) for row in _rows("pages")),
        forms={form: tuple(rows) for form, rows in forms.items()},
        figures=figures,
        texts={page: {k: tuple(v) for k, v in slots.items()} for page, slots in texts.items()},
    )


@cache
def template(name: str) -> Template:
    """A page template by name."""
    return Template((_folder() / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def _folder() -> Path:
    return data_dir() / "demo"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
