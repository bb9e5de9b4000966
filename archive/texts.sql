-- The texts, in a file of their own beside the figures. What was read since the last linking pass
-- waits in tables `waiting_...` of the same columns in the database itself.

CREATE TABLE document_texts (
  snapshot TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  markdown TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE report_texts (
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (report_id, snapshot)
) WITHOUT ROWID;

CREATE TABLE sections (
  report_id TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  n INTEGER NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (report_id, snapshot, n)
) WITHOUT ROWID;
