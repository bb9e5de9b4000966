"""Judges rows of listings: is it an annual report, of whom, of which year?"""

from collections.abc import Mapping

from archive import declarations
from parsers.portals.cuts import judge_row
from parsers.records import Context, Document, Paragraph
from parsers.who import resolve


def judged(row: Mapping[str, object]) -> dict[str, object]:
    """The row with is_report, agency, region_code, level, year and reason added.

    `agency` is the resolved name, else as printed; `region_code` and `level` are empty where they
    cannot be told, and all of them for a row that is no report.
    """
    said = {name: str(row.get(name) or "") for name in ("title", "url", "column", "date", "text")}
    verdict = judge_row(
        said["title"], url=said["url"], column=said["column"], date=said["date"], text=said["text"]
    )
    agency, region_code, level = verdict.agency, "", ""
    if verdict.is_report:
        agency, region_code, level = _who(said, verdict.agency)
    return {
        **row,
        "is_report": verdict.is_report,
        "agency": agency,
        "region_code": region_code,
        "level": level,
        "year": verdict.year,
        "reason": verdict.reason,
    }


def _who(said: Mapping[str, str], printed: str) -> tuple[str, str, str]:
    lines = tuple(
        Paragraph(line, f"text:{number}") for number, line in enumerate(said["text"].splitlines())
    )
    context = Context(url=said["url"], column=said["column"], listing_date=said["date"])
    mentions = resolve(said["title"], Document(lines, "text"), context, declarations.load())
    issuer = next((mention for mention in mentions if mention.role == "issuer"), None)
    if issuer is None:
        return printed, "", ""
    return issuer.name or issuer.printed or printed, issuer.region_code, issuer.level
