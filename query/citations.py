"""Citations of a figure, a report or a release: GB/T 7714-2015, BibTeX, CSL-JSON.

Each names the page cited, its archived record and the version, so that it stays checkable when
the page is gone.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from archive.errors import UsageError
from query.dictionary import label
from query.reports import Record
from query.words import APPLICANTS

STYLES = ("gbt7714", "bibtex", "csl")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited. Dates are ISO; `note` names figure, record and version."""

    key: str
    author: str
    title: str
    issued: str
    accessed: str
    url: str
    note: str


def of_report(facts: Record, figure: Record | None = None) -> Cited:
    """The citation of a report, or of one figure in it."""
    note = f"存档记录 {facts['snapshot']}，报告 {facts['report_id']} 第{facts['version']}版"
    if figure is not None:
        note = f"{_figure(figure)}，{figure['locator']}；{note}"
    stated = str(facts["stated_date"] or facts["signed_date"])
    return Cited(
        f"gongkai_{figure['observation_id'] if figure else facts['report_id']}",
        str(facts["agency"] or facts["agency_printed"] or "佚名"),
        " ".join(str(facts["title"]).split()),
        stated,
        str(facts["captured_at"])[:10],
        str(facts["source_url"]),
        note,
    )


def cite(cited: Cited, style: str) -> str:
    """The citation in a style.

    Raises:
        UsageError: there is no such style.
    """
    if style not in _STYLES:
        raise UsageError(f"no citation style {style!r}: one of {', '.join(STYLES)}")
    return _STYLES[style](cited)


def _figure(figure: Record) -> str:
    name = label(str(figure["indicator"]))
    applicant = APPLICANTS.get(str(figure["applicant"]), "")
    raw = " ".join(str(figure["raw"]).split()) or "空白"
    return f"{name}{f'（{applicant}）' if applicant else ''}：{raw}"


def _gbt7714(cited: Cited) -> str:
    """Electronic resource online: author. title[EB/OL]. (issued)[accessed]. address. note."""
    issued = f"({cited.issued})" if cited.issued else ""
    where = f" {cited.url}." if cited.url else ""
    return f"{cited.author}. {cited.title}[EB/OL]. {issued}[{cited.accessed}].{where} {cited.note}."


def _bibtex(cited: Cited) -> str:
    fields = {
        "author": f"{{{cited.author}}}",
        "title": f"{{{cited.title}}}",
        "year": cited.issued[:4],
        "date": cited.issued,
        "url": cited.url,
        "urldate": cited.accessed,
        "note": cited.note,
    }
    lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{cited.key},", *lines, "}"])


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "%&#_$" else char for char in text)


def _csl(cited: Cited) -> str:
    entry = {
        "id": cited.key,
        "type": "webpage",
        "author": [{"literal": cited.author}],
        "title": cited.title,
        "URL": cited.url,
        "accessed": _csl_date(cited.accessed),
        "note": cited.note,
        "language": "zh-CN",
    }
    if cited.issued:
        entry["issued"] = _csl_date(cited.issued)
    return json.dumps([entry], ensure_ascii=False, indent=2)


def _csl_date(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.split("-") if part.isdigit()]]}


_STYLES: dict[str, Callable[[Cited], str]] = {"gbt7714": _gbt7714, "bibtex": _bibtex, "csl": _csl}
