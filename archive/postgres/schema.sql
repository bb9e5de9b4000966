-- What the workers of a fleet share. `worker` names the folder in which a capture's WARC file grew;
-- a file counts as `stored` once it lies whole in the shared storage. Texts are compared by bytes.
CREATE SCHEMA IF NOT EXISTS gongkai;

CREATE TABLE IF NOT EXISTS gongkai.captures (
  record_id TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT NOT NULL,
  role TEXT NOT NULL,
  part_of TEXT NOT NULL,
  url TEXT NOT NULL,
  url_key TEXT COLLATE "C" NOT NULL,
  date TEXT COLLATE "C" NOT NULL,
  method TEXT NOT NULL,
  status INTEGER,
  reason TEXT NOT NULL,
  media_type_declared TEXT NOT NULL,
  payload_sha256 TEXT COLLATE "C" NOT NULL,
  payload_bytes BIGINT NOT NULL,
  refers_to TEXT COLLATE "C" NOT NULL,
  ip TEXT NOT NULL,
  tls_sha256 TEXT NOT NULL,
  truncated TEXT NOT NULL,
  error TEXT NOT NULL,
  run_id TEXT COLLATE "C" NOT NULL,
  fidelity TEXT NOT NULL,
  warc TEXT COLLATE "C" NOT NULL,
  "offset" BIGINT NOT NULL,
  length BIGINT NOT NULL,
  context TEXT NOT NULL,
  notes TEXT NOT NULL,
  worker TEXT COLLATE "C" NOT NULL,
  portal TEXT COLLATE "C" NOT NULL,
  body_sha256 TEXT COLLATE "C" NOT NULL
);
CREATE INDEX IF NOT EXISTS captures_by_url ON gongkai.captures (url_key, date);
CREATE INDEX IF NOT EXISTS captures_by_payload ON gongkai.captures (payload_sha256, date);
CREATE INDEX IF NOT EXISTS captures_by_portal ON gongkai.captures (portal, role);
CREATE INDEX IF NOT EXISTS captures_by_run ON gongkai.captures (run_id, role);

CREATE TABLE IF NOT EXISTS gongkai.warc_files (
  name TEXT COLLATE "C" PRIMARY KEY,
  worker TEXT COLLATE "C" NOT NULL,
  stored BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE IF NOT EXISTS gongkai.runs (
  run_id TEXT COLLATE "C" PRIMARY KEY,
  started_at TEXT COLLATE "C" NOT NULL,
  account JSONB NOT NULL
);

CREATE TABLE IF NOT EXISTS gongkai.withdrawals (
  record_id TEXT COLLATE "C" PRIMARY KEY
);

-- What a rebuild read of a capture, as a digest: by it workers tell a changed report from a changed
-- template.
CREATE TABLE IF NOT EXISTS gongkai.readings (
  record_id TEXT COLLATE "C" PRIMARY KEY,
  reading TEXT NOT NULL
);

-- Politeness across workers: when an address may be asked again, and hosts with a wall.
CREATE TABLE IF NOT EXISTS gongkai.addresses (
  address TEXT COLLATE "C" PRIMARY KEY,
  next_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE IF NOT EXISTS gongkai.pauses (
  host TEXT COLLATE "C" PRIMARY KEY,
  wall TEXT NOT NULL,
  until TIMESTAMPTZ NOT NULL
);
