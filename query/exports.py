"""What can be exported, and with which columns: the public contract, declared once."""

from collections.abc import Iterator
from dataclasses import dataclass

from query.columns import Column, column
from query.corpus import NOT_WITHDRAWN, Corpus, Row
from query.dictionary import require_stem
from query.filters import Filters, where

_SOURCE = " source_url page_url captured_at snapshot "


@dataclass(frozen=True, slots=True)
class Export:
    """One export: its columns in order, and the statement that fills them.

    `listed` names the columns, apart by spaces. `special` gives the expression of a column that
    is not simply of the same name in `table`. `of_texts` are those that need the file of texts.
    """

    name: str
    title: str
    listed: str
    table: str
    source: str
    order: str
    special: tuple[tuple[str, str], ...] = ()
    of_reports: bool = True
    of_texts: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.listed.split())

    @property
    def described(self) -> tuple[Column, ...]:
        """The columns with their meanings."""
        return tuple(column(name, self.name) for name in self.columns)

    def sql(self, condition: str) -> str:
        """The statement, for rows that meet a condition."""
        special = dict(self.special)
        chosen = ", ".join(
            f'{special.get(name, self._own(name))} AS "{name}"' for name in self.columns
        )
        return f"SELECT {chosen} FROM {self.source} WHERE {condition} ORDER BY {self.order}"

    def _own(self, name: str) -> str:
        table = "r" if self.table != "r" and name in OF_THE_REPORT else self.table
        return f'{table}."{name}"'


_REPORT_COLUMNS = (
    "version work_id preferred agency agency_id region_code region level year scope title"
    " source_url page_url captured_at"
)
OF_THE_REPORT = frozenset(_REPORT_COLUMNS.split())
_TEXT = (
    "(SELECT text FROM report_texts t WHERE t.report_id = r.report_id AND t.snapshot = r.snapshot)"
)
_WITH_REPORT = "JOIN reports r USING (report_id, snapshot)"

OBSERVATIONS = Export(
    "observations",
    "Every figure as printed, and every cell that holds none",
    "observation_id report_id agency agency_id region_code level year form scope"
    " indicator applicant category period value unit unit_from value_std unit_std"
    " qualifier status raw method evidence locator rule"
    + _SOURCE
    + "implied_zero version preferred work_id corrected correction_reason",
    "o",
    f"observations o {_WITH_REPORT} LEFT JOIN corrections n USING (report_id, indicator, applicant,"
    " category, period, raw)",
    "o.report_id, o.snapshot, o.n",
    (
        ("form", "coalesce(nullif(o.form, ''), r.form)"),
        ("corrected", "n.value"),
        ("correction_reason", "n.reason || ' (' || n.author || ')'"),
        ("snapshot", "coalesce(nullif(o.held_by, ''), o.snapshot)"),
    ),
)
REPORTS = Export(
    "reports",
    "Every report, with its agency, year and dates",
    "report_id version work_id preferred agency agency_id agency_printed region_code"
    " region level year period_start period_end form tables scope title doc_number"
    " stated_date signed_date first_seen" + _SOURCE + "text_chars problems",
    "r",
    "reports r",
    "r.report_id, r.snapshot",
)
SECTIONS = Export(
    "sections",
    "The text of every numbered section",
    "report_id n path title kind text place agency agency_id region_code year" + _SOURCE,
    "s",
    "reports r JOIN sections s USING (report_id, snapshot)",
    "r.report_id, r.snapshot, s.n",
    (("report_id", "r.report_id"), ("title", "s.title"), ("snapshot", "r.snapshot")),
    of_texts=True,
)
TEXTS = Export(
    "texts",
    "The cleaned text of every report, and its document as Markdown with tables",
    "report_id version preferred agency agency_id region_code year title text markdown charset"
    " charset_reason media_type" + _SOURCE,
    "d",
    "reports r LEFT JOIN documents d ON d.snapshot = r.snapshot",
    "r.report_id, r.snapshot",
    (
        ("report_id", "r.report_id"),
        ("text", _TEXT),
        ("markdown", "(SELECT markdown FROM document_texts m WHERE m.snapshot = r.snapshot)"),
        ("snapshot", "r.snapshot"),
    ),
    of_texts=True,
)
CHECKS = Export(
    "checks",
    "Every identity of the form, and whether the figures keep it",
    "report_id other_report_id identity applicant left right difference verdict"
    " severity clause agency agency_id region_code year" + _SOURCE,
    "c",
    f"checks c {_WITH_REPORT}",
    "c.report_id, c.snapshot, c.n",
)
PROBLEMS = Export(
    "problems",
    "Everything that could not be read, with its place",
    "report_id stage kind detail locator agency agency_id region_code year" + _SOURCE,
    "p",
    "problems p LEFT JOIN reports r USING (report_id, snapshot)"
    " LEFT JOIN captures k ON k.record_id = p.snapshot",
    "p.report_id, p.snapshot, p.n",
    (
        ("source_url", "coalesce(r.source_url, k.url)"),
        ("captured_at", "coalesce(r.captured_at, k.date)"),
    ),
)
CAPTURES = Export(
    "captures",
    "Every exchange and imported file kept in the WARC files",
    "record_id kind role part_of url date method status reason"
    " media_type_declared payload_sha256 payload_bytes refers_to truncated error"
    " run_id fidelity warc offset length",
    "k",
    f"(SELECT * FROM captures WHERE {NOT_WITHDRAWN}) k",
    "k.record_id",
    of_reports=False,
)
EVENTS = Export(
    "events",
    "Changes seen between captures: new versions, removals, moves",
    "event_id kind report_id date snapshot other_snapshot detail",
    "e",
    "events e",
    "e.event_id",
    of_reports=False,
)
AGENCIES = Export(
    "agencies",
    "Every agency named by a report as its issuer",
    "agency_id agency region_code region level reports first_year last_year printed",
    "r",
    "reports r",
    "r.agency_id, agency",
    (
        ("agency", "max(r.agency)"),
        ("region_code", "max(r.region_code)"),
        ("region", "max(r.region)"),
        ("level", "max(r.level)"),
        ("reports", "count(DISTINCT r.report_id)"),
        ("first_year", "min(r.year)"),
        ("last_year", "max(r.year)"),
        ("printed", "replace(group_concat(DISTINCT r.agency_printed), ',', '|')"),
    ),
)
EXPORTS = {
    export.name: export
    for export in (
        OBSERVATIONS,
        REPORTS,
        SECTIONS,
        TEXTS,
        CAPTURES,
        CHECKS,
        PROBLEMS,
        EVENTS,
        AGENCIES,
    )
}


def rows(
    corpus: Corpus, export: Export, filters: Filters, indicator: str = "", report_id: str = ""
) -> Iterator[Row]:
    """The rows of an export in a fixed order, streamed; of one report where it is named.

    Raises:
        SurroundingsError: it needs the file of texts, which is missing.
    """
    if export.of_texts:
        corpus.require_texts()
    chosen = where(filters)
    condition = chosen.sql if export.of_reports else "1"
    if export is PROBLEMS and filters == Filters(all_versions=filters.all_versions):
        # Problems of a document in which no report was read belong to no version.
        condition = f"(({condition}) OR p.report_id = '')"
    parameters = chosen.parameters if export.of_reports else []
    if indicator and export is OBSERVATIONS:
        condition += " AND (o.indicator = ? OR instr(o.indicator, ?) = 1)"
        parameters = [*parameters, require_stem(indicator), f"{indicator}."]
    if report_id and export.of_reports:
        condition += " AND r.report_id = ?"
        parameters = [*parameters, report_id]
    if export is AGENCIES:
        condition += " GROUP BY r.agency_id, CASE r.agency_id WHEN '' THEN r.agency_printed END"
    return corpus.rows(export.sql(condition), parameters)
