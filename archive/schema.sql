-- The derived database: a pure function of WARC files, declarations and code. Natural keys only.
-- `snapshot` is the WARC record id of the capture that holds the document; a report has one row for
-- each snapshot of it, and the linking pass says which versions those are and which is preferred.
-- Texts stand in a file of their own, see `texts.sql`.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The file of texts that goes with these rows, by its digest; no row before the first linking pass.
CREATE TABLE texts_file (
  sha256 TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE warc_files (
  name TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  records INTEGER NOT NULL,
  first_date TEXT NOT NULL,
  last_date TEXT NOT NULL,
  chain TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
  run_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  account TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE captures (
  record_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  role TEXT NOT NULL,
  part_of TEXT NOT NULL,
  url TEXT NOT NULL,
  url_key TEXT NOT NULL,
  date TEXT NOT NULL,
  method TEXT NOT NULL,
  status INTEGER,
  reason TEXT NOT NULL,
  media_type_declared TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  payload_bytes INTEGER NOT NULL,
  refers_to TEXT NOT NULL,
  ip TEXT NOT NULL,
  tls_sha256 TEXT NOT NULL,
  truncated TEXT NOT NULL,
  error TEXT NOT NULL,
  run_id TEXT NOT NULL,
  fidelity TEXT NOT NULL,
  warc TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  context TEXT NOT NULL,
  notes TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX captures_by_url ON captures (url_key, date);
CREATE INDEX captures_by_payload ON captures (payload_sha256);
CREATE INDEX captures_by_page ON captures (part_of) WHERE part_of <> '';

CREATE TABLE documents (
  snapshot TEXT PRIMARY KEY,
  page_snapshot TEXT NOT NULL,
  media_type TEXT NOT NULL,
  charset TEXT NOT NULL,
  charset_reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_by_page ON documents (page_snapshot);

CREATE TABLE reports (
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  page_snapshot TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 0,
  work_id TEXT NOT NULL DEFAULT '',
  preferred INTEGER NOT NULL DEFAULT 0,
  preferred_reason TEXT NOT NULL DEFAULT '',
  agency TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  agency_printed TEXT NOT NULL,
  region_code TEXT NOT NULL,
  region TEXT NOT NULL,
  level TEXT NOT NULL,
  year INTEGER,
  year_evidence TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  form TEXT NOT NULL,
  tables TEXT NOT NULL,
  scope TEXT NOT NULL,
  scope_evidence TEXT NOT NULL,
  title TEXT NOT NULL,
  doc_number TEXT NOT NULL,
  stated_date TEXT NOT NULL,
  signed_date TEXT NOT NULL,
  first_seen TEXT NOT NULL DEFAULT '',
  source_url TEXT NOT NULL,
  page_url TEXT NOT NULL,
  captured_at TEXT NOT NULL,
  text_chars INTEGER NOT NULL,
  text_sha256 TEXT NOT NULL,
  figures_sha256 TEXT NOT NULL,
  problems INTEGER NOT NULL,
  PRIMARY KEY (report_id, snapshot)
) WITHOUT ROWID;
CREATE INDEX reports_by_agency ON reports (agency_id, year);
CREATE INDEX reports_by_region ON reports (region_code);
CREATE INDEX reports_by_work ON reports (work_id);
CREATE INDEX reports_by_snapshot ON reports (snapshot);

CREATE TABLE report_agencies (
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  n INTEGER NOT NULL,
  role TEXT NOT NULL,
  printed TEXT NOT NULL,
  name TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  region_code TEXT NOT NULL,
  region TEXT NOT NULL,
  level TEXT NOT NULL,
  evidence TEXT NOT NULL,
  alternatives TEXT NOT NULL,
  PRIMARY KEY (report_id, snapshot, n)
) WITHOUT ROWID;

-- `value` is the exact decimal as text; `value_std` is a number, for sums and comparisons.
-- `held_by` is the record id of the further page that holds the cell, empty where the report's
-- own snapshot does.
CREATE TABLE observations (
  observation_id TEXT NOT NULL,
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  n INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  applicant TEXT NOT NULL,
  category TEXT NOT NULL,
  period TEXT NOT NULL,
  value TEXT,
  unit TEXT NOT NULL,
  unit_from TEXT NOT NULL,
  value_std NUMERIC,
  unit_std TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  status TEXT NOT NULL,
  raw TEXT NOT NULL,
  method TEXT NOT NULL,
  evidence TEXT NOT NULL,
  locator TEXT NOT NULL,
  rule TEXT NOT NULL,
  form TEXT NOT NULL,
  implied_zero INTEGER NOT NULL DEFAULT 0,
  held_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (report_id, snapshot, n)
) WITHOUT ROWID;
CREATE INDEX observations_by_indicator ON observations (indicator, applicant, period);
CREATE INDEX observations_by_id ON observations (observation_id);

-- `other_report_id` is set for checks across reports, which the linking pass makes.
CREATE TABLE checks (
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  n INTEGER NOT NULL,
  other_report_id TEXT NOT NULL,
  identity TEXT NOT NULL,
  applicant TEXT NOT NULL,
  "left" TEXT,
  "right" TEXT,
  difference TEXT,
  verdict TEXT NOT NULL,
  severity TEXT NOT NULL,
  clause TEXT NOT NULL,
  PRIMARY KEY (report_id, snapshot, n)
) WITHOUT ROWID;

-- `report_id` is empty for problems of a document in which no report was read.
CREATE TABLE problems (
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  n INTEGER NOT NULL,
  stage TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  locator TEXT NOT NULL,
  PRIMARY KEY (report_id, snapshot, n)
) WITHOUT ROWID;

CREATE TABLE events (
  event_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  report_id TEXT NOT NULL,
  date TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  other_snapshot TEXT NOT NULL,
  detail TEXT NOT NULL
) WITHOUT ROWID;

-- Records withdrawn by hand (withdrawn.jsonl): kept in the WARC files, never shown.
CREATE TABLE withdrawals (
  record_id TEXT PRIMARY KEY,
  date TEXT NOT NULL,
  reason TEXT NOT NULL
) WITHOUT ROWID;

-- Human corrections (corrections/*.csv), shown beside the figure as printed, never in its place.
-- `state` is `applied` or `stale` (no such figure, or it no longer reads `raw`).
CREATE TABLE corrections (
  report_id TEXT NOT NULL,
  indicator TEXT NOT NULL,
  applicant TEXT NOT NULL,
  category TEXT NOT NULL,
  period TEXT NOT NULL,
  raw TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (report_id, indicator, applicant, category, period, raw)
) WITHOUT ROWID;
