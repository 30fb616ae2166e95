/** The database's shape, as a list of migrations: entry n brings version n to n + 1. Entries are never edited, only added. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE organizations (
    id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, slug TEXT NOT NULL UNIQUE
  );

  CREATE TABLE users (
    id TEXT PRIMARY KEY, created_at INTEGER NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL,
    password_hash TEXT NOT NULL, pipeline_emails INTEGER NOT NULL DEFAULT 1
  );

  CREATE TABLE memberships (
    id TEXT PRIMARY KEY, created_at INTEGER NOT NULL,
    user_id TEXT NOT NULL REFERENCES users(id), org_id TEXT NOT NULL REFERENCES organizations(id),
    role TEXT NOT NULL, removed_at INTEGER, UNIQUE (user_id, org_id)
  );
  CREATE INDEX memberships_by_org ON memberships(org_id, created_at);

  CREATE TABLE projects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL,
    org_id TEXT NOT NULL REFERENCES organizations(id),
    name TEXT NOT NULL, name_key TEXT NOT NULL,
    config TEXT NOT NULL, intake TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES users(id),
    is_deleted INTEGER NOT NULL DEFAULT 0, deleted_at INTEGER
  );
  CREATE UNIQUE INDEX live_names ON projects(org_id, name_key) WHERE is_deleted = 0;
  CREATE INDEX live_projects ON projects(org_id, created_at DESC, seq DESC) WHERE is_deleted = 0;

  CREATE TABLE files (
    project_id TEXT NOT NULL REFERENCES projects(id), role TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (project_id, role)
  );

  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL,
    project_id TEXT NOT NULL REFERENCES projects(id), org_id TEXT NOT NULL, launched_by TEXT NOT NULL REFERENCES users(id),
    status TEXT NOT NULL, stage TEXT NOT NULL, progress REAL NOT NULL, message TEXT NOT NULL,
    error TEXT, cancel_requested INTEGER NOT NULL DEFAULT 0, last_heartbeat INTEGER,
    is_deleted INTEGER NOT NULL DEFAULT 0, reviewed_by TEXT, reviewed_at INTEGER,
    -- What lists read stands before what is large, which lies on pages of its own.
    lean TEXT, result TEXT, decisions TEXT
  );
  CREATE INDEX live_runs ON runs(org_id, created_at DESC, seq DESC) WHERE is_deleted = 0;
  CREATE INDEX runs_of_project ON runs(project_id, created_at DESC, seq DESC);
  CREATE INDEX unfinished_runs ON runs(seq) WHERE status IN ('in_progress', 'resuming') AND is_deleted = 0;

  CREATE TABLE outbox (
    run_id TEXT PRIMARY KEY REFERENCES runs(id), created_at INTEGER NOT NULL,
    recipient_id TEXT NOT NULL REFERENCES users(id), status TEXT NOT NULL, message TEXT NOT NULL
  );
  `,
  `
  CREATE TABLE invitations (
    id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    org_id TEXT NOT NULL REFERENCES organizations(id), email TEXT NOT NULL COLLATE NOCASE, role TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES users(id), token_hash TEXT NOT NULL UNIQUE,
    accepted_at INTEGER, accepted_by TEXT REFERENCES users(id), revoked_at INTEGER
  );
  CREATE UNIQUE INDEX open_invitations ON invitations(org_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
  CREATE INDEX invitations_by_email ON invitations(org_id, email, created_at);
  `,
  `
  ALTER TABLE projects ADD COLUMN deleted_by TEXT REFERENCES users(id);
  CREATE INDEX deleted_projects ON projects(org_id, deleted_at DESC, seq DESC) WHERE is_deleted = 1;
  `,
];
