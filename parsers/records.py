"""The records that pass between the parts: documents in, reports out.

Locators are strings of this grammar (version 1):

- `html:table[2]/r5c3` the cell in row 5, column 3 of the second grid (expanded) of the document,
  and `html:p[12]` its twelfth paragraph; both count from 1, in document order. `#` and an element
  path may follow: `html:table[2]/r5c3#/html/body/div[2]/table/tr[5]/td[3]`.
- `docx:` and `rtf:` as `html:`; `pdf:p3@x0,y0,x1,y1` page (from 1) and box in points from the top
  left, `ofd:` alike; `xlsx:Sheet!C5`; `image:@x0,y0,x1,y1` in pixels, `image:p2@...` for a further
  picture of the same file.
- `text:120-135` a half-open range of characters of the decoded payload.
- A range of characters of a paragraph follows it: `html:p[12]@10-25`.
- `zip:NAME!` before a locator names the file within a package (`zip:a/b.docx!docx:p[3]`), and
  `part[2]!` another capture: the second of those that continue the page (further pages of an
  article, or the frame that holds its body), counted from 1 in the order they are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

LOCATOR_GRAMMAR = 1

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "welfare",
    "legal_service",
    "other",
    "total",
)

Period: TypeAlias = Literal["year", "cumulative"]
Status: TypeAlias = Literal["reported", "blank", "not_applicable", "unreadable"]
Qualifier: TypeAlias = Literal["exact", "approx", "more_than", "less_than"]
Method: TypeAlias = Literal["table", "prose"]
UnitFrom: TypeAlias = Literal["cell", "header", "row", "form", ""]
Verdict: TypeAlias = Literal["holds", "fails", "not_evaluable"]
Severity: TypeAlias = Literal["error", "warning", "note"]
Tables: TypeAlias = Literal["read", "partial", "picture", "uncaptured_attachment", "none"]
Scope: TypeAlias = Literal["own", "with_subordinates", "jurisdiction", "unknown"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as printed. `level` is 1-6 for a heading of the source, else 0."""

    text: str
    place: str
    level: int = 0


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """A cell as printed. `row` and `col` (from 0) are where it starts in the expanded grid.

    Nothing changes a cell or an observation: frozen ones take five times as long to make.

    `certainty` is below 1 only for recognised text: the probability of its least sure character.
    `made_up` marks a place where the source has no cell at all: the reader filled the rectangle.
    """

    text: str
    row: int
    col: int
    place: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    certainty: float = 1.0
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with all spans expanded: a rectangle, a spanned cell at each place it covers.

    The same `Cell` object stands at each of its places, so `cell.row == r and cell.col == c` tells
    where it starts. `form_feeds` are the rows before which the source broke the page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: str
    form_feeds: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


Block: TypeAlias = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A text that may be the title, and where it stood.

    `source` is one of `meta` (ArticleTitle), `title` (the page's title element), `heading`,
    `first_line`, `link` (the listing row), `core` (document properties).
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the main content. `url` is absolute where the address of the page is known.

    `kind` is `attachment` (a document), `image`, `frame`, `next_page` or `link`.
    """

    url: str
    text: str
    kind: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, with its place.

    `stage` is `document`, `report`, `table`, `prose` or `check`; `kind` a short stable code such as
    `unknown_label`; `detail` one plain sentence.
    """

    stage: str
    kind: str
    detail: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A payload read into ordered blocks: the same shape for every media type.

    `media_type` is what the bytes are (`html`, `text`, `docx`, `pdf` ...), whatever they were
    labelled. `charset_reason` says why `charset` was chosen.
    """

    blocks: tuple[Block, ...]
    media_type: str
    charset: str = ""
    charset_reason: str = ""
    titles: tuple[TitleCandidate, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs, in order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def grids(self) -> Iterator[Grid]:
        """The tables, in order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def meta_value(self, name: str) -> str:
        """The first meta tag of that name, compared without case; empty if there is none."""
        wanted = name.casefold()
        return next((value for key, value in self.meta if key.casefold() == wanted), "")


@dataclass(frozen=True, slots=True)
class Context:
    """What discovery knew of a document: everything a parser may use beside the document itself.

    Times are ISO 8601 UTC. For an attachment, `page_url`, `page_title` and `page_date` are those of
    the page it belongs to; `relation` says how a part belongs to its page (`next_page`, `frame`,
    `attachment`, `image`; `rendered`: what a browser made of it), `part_number` its number there.
    `agency`, `region_code` and `year` are declared by a person, never guessed.
    """

    url: str = ""
    page_url: str = ""
    captured_at: str = ""
    file_name: str = ""
    portal: str = ""
    site_name: str = ""
    column: str = ""
    breadcrumb: str = ""
    link_text: str = ""
    listing_date: str = ""
    page_title: str = ""
    page_date: str = ""
    agency: str = ""
    region_code: str = ""
    year: int | None = None
    relation: str = ""
    part_number: int | None = None


@dataclass(slots=True, unsafe_hash=True)
class Observation:
    """One figure, or one cell that holds none, as printed and where. It is never changed.

    `value` and `unit` are as printed; `value_std` is the value in `unit_std`, the indicator's unit,
    and is missing where the printed unit is unknown. `unit_from` tells where the unit stood.
    `evidence` is the row and column labels, or the sentence; `rule` the declared row or rule used.
    `implied_zero` marks a blank without which an identity of the form holds; it stays blank.
    """

    indicator: str
    value: Decimal | None
    status: Status
    raw: str
    method: Method
    locator: str
    applicant: str = ""
    category: str = ""
    period: Period = "year"
    unit: str = ""
    unit_from: UnitFrom = ""
    value_std: Decimal | None = None
    unit_std: str = ""
    qualifier: Qualifier = "exact"
    evidence: str = ""
    rule: str = ""
    form: str = ""
    implied_zero: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """An identity and what came of it. `clause` is the identity written out with the figures used.

    `difference` is left minus right; both are missing when the verdict is `not_evaluable`.
    """

    identity: str
    verdict: Verdict
    clause: str
    applicant: str = ""
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body named by a report. `role` is `issuer`, `joint`, `compiler` or `covered`.

    `name` is the resolved full name; `agency_id` and `region_code` are empty where the body could
    not be told (未定). `evidence` says what decided.
    """

    role: str
    printed: str
    name: str = ""
    agency_id: str = ""
    region_code: str = ""
    region: str = ""
    level: str = ""
    evidence: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the report: its number path (`三` or `二/（一）`), title and text."""

    path: str
    title: str
    text: str
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report as read from one document. `ordinal` counts reports in it, from 0.

    Dates are ISO (`2024-01-26`), empty where not stated. `form` is `2021`, `2019`, `2014`, a
    provincial form, `prose`, or several joined by `+`.
    """

    ordinal: int
    title: str
    form: str
    year: int | None = None
    year_evidence: str = ""
    agencies: tuple[AgencyMention, ...] = ()
    period_start: str = ""
    period_end: str = ""
    doc_number: str = ""
    stated_date: str = ""
    signed_date: str = ""
    tables: Tables = "none"
    scope: Scope = "unknown"
    scope_evidence: str = ""
    text: str = ""
    sections: tuple[Section, ...] = ()
    observations: tuple[Observation, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
