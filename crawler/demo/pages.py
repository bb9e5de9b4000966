"""Renders the demo's pages from templates, sentences and figures."""

from html import escape

from crawler.demo.sample import (
    COLUMN,
    NEWS_COLUMN,
    SITE,
    FormRow,
    Sample,
    SamplePage,
    template,
)

# How many cells a row of the nation-wide forms has where the sample names no figures for it.
REQUEST_ROWS = (
    "new",
    "carried_in",
    "granted",
    "partial",
    *(f"refused_{n}" for n in range(1, 9)),
    *(f"unavailable_{n}" for n in range(1, 4)),
    *(f"rejected_{n}" for n in range(1, 6)),
    *(f"other_{n}" for n in range(1, 4)),
    "other",
    "total",
    "carried_out",
)
CELLS = {
    "2021": {"rules": 3, "normative": 3, "licensing": 1, "penalty": 1, "coercion": 1, "fees": 1},
    "2019": {
        "rules": 3,
        "normative": 3,
        "licensing": 3,
        "services": 3,
        "penalty": 3,
        "coercion": 3,
        "fees": 2,
        "procurement": 2,
    },
}
_PART_TWO_WIDTH = 4
_SLOTS = ("opening", "overview", "requests", "reviews", "staff", "improvement", "closing")
NOT_FILLED = "_"


def article(page: SamplePage, sample: Sample, attachment: str = "") -> str:
    """The whole page of an article; `attachment` is a file name beside it."""
    body = _paragraphs(sample.sentences(page, "body")) or report_body(page, sample)
    links = f'<p>附件：<a href="./{attachment}">{escape(page.title)}.docx</a></p>'
    if attachment:
        body = "<p>年度报告全文见附件。</p>"
    return template("article").substitute(
        charset=page.labelled,
        site=SITE,
        column=NEWS_COLUMN if page.kind == "news" else COLUMN,
        title=escape(page.title),
        date=page.date,
        source=page.agency,
        body=body,
        attachments=links if attachment else "",
        notice=page.notice,
    )


def report_body(page: SamplePage, sample: Sample) -> str:
    """The report itself: sentences and tables of its form."""
    slots = {slot: _paragraphs(sample.sentences(page, slot)) for slot in _SLOTS}
    values = {**slots, "year": page.year, "agency": page.agency}
    figures = sample.figures.get(page.page, {})
    if page.form in CELLS:
        widths = {**dict.fromkeys(REQUEST_ROWS, 7), "review": 15, **CELLS[page.form]}
        values |= {row: _cells(figures.get(row), width) for row, width in widths.items()}
    elif page.form in sample.forms:
        values["rows"] = "\n".join(
            _form_row(row, figure_cells(page, sample, row)) for row in sample.forms[page.form]
        )
    return template(page.form if page.form == "prose" else f"form-{page.form}").substitute(values)


def figure_cells(page: SamplePage, sample: Sample, row: FormRow) -> tuple[str, ...]:
    """The figures of a row of form 2014 (one) or the Fujian form (year and sum) as printed."""
    default = ("0",) if page.form == "2014" else ("0", "0")
    values = sample.figures.get(page.page, {}).get(row.row, default)
    return tuple("" if value == NOT_FILLED else value for value in values)


def listing(pages: list[SamplePage], column: str, number: int, count: int) -> str:
    """Page `number` (from 0) of `count` of a column."""
    rows = "\n".join(
        f'<li><a href="./{page.address}" title="{escape(page.title)}">{escape(page.title)}</a>'
        f"<span>{page.date}</span></li>"
        for page in pages
    )
    return template("list").substitute(
        site=SITE,
        column=column,
        rows=rows,
        pages=count,
        current=number,
        notice=pages[0].notice if len({p.figures for p in pages}) == 1 else "演示样例。",
    )


def home(news: list[SamplePage]) -> str:
    """The start page, with the latest news."""
    rows = "\n".join(
        f'<li><a href="./kjdt/{page.address}">{escape(page.title)}</a><span>{page.date}</span></li>'
        for page in news
    )
    return template("home").substitute(site=SITE, rows=rows, notice="演示样例。")


def fixed(name: str) -> str:
    """A page without content of its own: the dedicated page, the page that is gone."""
    return template(name).safe_substitute(site=SITE, notice="演示样例。")


def _paragraphs(sentences: tuple[str, ...]) -> str:
    return "\n".join(f'<p class="MsoNormal">{escape(text)}</p>' for text in sentences)


def _cells(values: tuple[str, ...] | None, width: int) -> str:
    shown = values or ("0",) * width
    cells = ["&nbsp;" if value == NOT_FILLED else escape(value) for value in shown]
    wide = _PART_TWO_WIDTH - width
    if wide > 0:
        *head, last = cells
        return "".join(f"<td>{cell}</td>" for cell in head) + f'<td colspan="{wide}">{last}</td>'
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _form_row(row: FormRow, values: tuple[str, ...]) -> str:
    cells = (row.label, row.unit, *(value or "&nbsp;" for value in values))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
