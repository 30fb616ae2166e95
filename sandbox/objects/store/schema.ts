/** The shape of the object store's database, as a list of migrations: entry n brings version n to n + 1. Entries are never edited, only added. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE buckets (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID;

  -- Keys compare by their UTF-8 bytes, which is the order in which S3 lists.
  CREATE TABLE objects (
    bucket TEXT NOT NULL REFERENCES buckets(name), key TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at INTEGER NOT NULL,
    headers TEXT NOT NULL, checksum TEXT,
    PRIMARY KEY (bucket, key)
  ) WITHOUT ROWID;

  CREATE TABLE uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES buckets(name), key TEXT NOT NULL, started_at INTEGER NOT NULL,
    headers TEXT NOT NULL, algorithm TEXT, checksum_type TEXT
  ) WITHOUT ROWID;
  CREATE INDEX uploads_by_key ON uploads(bucket, key);

  CREATE TABLE parts (
    upload_id TEXT NOT NULL REFERENCES uploads(id) ON DELETE CASCADE, number INTEGER NOT NULL,
    file TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at INTEGER NOT NULL, checksum TEXT,
    PRIMARY KEY (upload_id, number)
  ) WITHOUT ROWID;
  `,
];
