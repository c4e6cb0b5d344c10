-- Backups, drills and restores concern the whole installation, so these two tables know no company.
create table kernel.backup_run (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('backup', 'drill')),
  begun_at timestamptz not null,
  ended_at timestamptz not null,
  is_good boolean not null,
  bytes bigint not null default 0,
  rows bigint not null default 0,
  -- Where it stands, or why it failed; no person is named.
  note text not null
);
create index backup_run_last on kernel.backup_run (kind, is_good, begun_at);

-- After a restore nobody knows what was sent since the backup: what has its reason in the time before is held until a
-- person lets it go (docs/decisions/0020).
create table kernel.restore_hold (
  restored_at timestamptz primary key,
  taken_at timestamptz not null,
  released_at timestamptz
);
grant select, insert, delete on kernel.backup_run to ah_node;
grant select, insert, update on kernel.restore_hold to ah_node;
grant usage on all sequences in schema kernel to ah_node;

-- What persons took back is read anew every quarter of an hour, to be taken back again after a restore.
create index contact_erased on kernel.contact (erased_at) where erased_at is not null;
create index contact_stopped on kernel.contact (stopped_at) where stopped_at is not null;
create index consent_grant_withdrawn on kernel.consent_grant (withdrawn_at) where withdrawn_at is not null;
