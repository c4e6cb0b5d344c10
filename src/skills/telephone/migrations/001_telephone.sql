-- What was said on the telephone, who called in vain, and the telephone systems that tell us so.
create schema telephone;
grant usage on schema telephone to ah_app, ah_node;

create table telephone.settings (
  tenant_id int not null references kernel.tenant(id),
  -- Of numbers without one: "49", and "40" where a number has no area either ('' = none is known).
  country_code text not null default '49' check (country_code ~ '^[1-9][0-9]{0,2}$'),
  area_code text not null default '' check (area_code ~ '^[0-9]{0,6}$'),
  -- After so many calls in vain a customer reads that we tried.
  tries_until_told smallint not null default 3 check (tries_until_told between 1 and 10),
  primary key (tenant_id)
);

-- A telephone system that tells us of calls. Its address and its key are derived from the salt and the node's secret.
create table telephone.line (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  kind text not null check (kind in ('sipgate', 'placetel', 'generic')),
  name text not null check (length(name) between 1 and 80),
  salt text not null,
  -- The body must be signed too.
  is_signed boolean not null default false,
  heard_at timestamptz,
  -- The last thing that could not be understood, in one word; '' = nothing.
  fault text not null default '',
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

-- A call while it rings and until it is understood; short-lived.
create table telephone.ringing (
  tenant_id int not null,
  line_id int not null,
  -- As the telephone system names it.
  call_id text not null check (length(call_id) between 1 and 128),
  direction text check (direction in ('in', 'out')),
  -- E.164; '' = suppressed
  phone text not null default '',
  rang_at timestamptz not null,
  answered_at timestamptz,
  is_voicemail boolean not null default false,
  ended_at timestamptz,
  -- reached, missed, voicemail, dropped; null while it lasts
  ending text check (ending in ('reached', 'missed', 'voicemail', 'dropped')),
  settled_at timestamptz,
  primary key (tenant_id, line_id, call_id),
  foreign key (tenant_id, line_id) references telephone.line (tenant_id, id) on delete cascade
);
create index ringing_age on telephone.ringing (tenant_id, rang_at);

-- A call that stands in somebody's history, or that nobody answered.
create table telephone.call (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  -- The same call comes once, however often it is told.
  key text not null check (length(key) between 1 and 200),
  source text not null check (source in ('desk', 'line', 'file')),
  direction text not null check (direction in ('in', 'out')),
  outcome text not null check (outcome in ('reached', 'not_reached', 'voicemail', 'promised', 'missed')),
  at timestamptz not null,
  -- How long it took; null = nobody said.
  seconds int check (seconds between 0 and 86400),
  -- E.164; '' = only the conversation says whose it was
  phone text not null default '',
  contact_id bigint,
  conversation_id bigint,
  message_id uuid,
  note text not null default '' check (length(note) <= 4000),
  topic text,
  logged_by text,
  created_at timestamptz not null,
  -- What taking it back has to restore: {"conversation", "callback", "missed"}.
  before jsonb,
  undone_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
create index call_contact on telephone.call (tenant_id, contact_id, at desc);
create index call_phone on telephone.call (tenant_id, phone, at desc) where phone <> '';
create index call_age on telephone.call (tenant_id, at);

-- Somebody called in vain; the calls of one number are one until somebody speaks with it.
create table telephone.missed (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  phone text not null check (phone <> ''),
  contact_id bigint,
  conversation_id bigint,
  state text not null default 'open' check (state in ('open', 'done')),
  times int not null check (times >= 1),
  first_at timestamptz not null,
  last_at timestamptz not null,
  has_voicemail boolean not null default false,
  tries int not null default 0 check (tries >= 0),
  tried_at timestamptz,
  taken_by text,
  taken_at timestamptz,
  -- called: we or they got through; dismissed: nobody needs to call
  done_how text check (done_how in ('called', 'dismissed')),
  done_by text,
  done_at timestamptz,
  -- Calls up to this moment are settled; an older list brings nothing back.
  settled_until timestamptz,
  primary key (tenant_id, id),
  check ((state = 'done') = (done_at is not null)),
  check ((taken_by is null) = (taken_at is null))
);
create unique index missed_open on telephone.missed (tenant_id, phone) where state = 'open';
create index missed_contact on telephone.missed (tenant_id, contact_id);
create index missed_age on telephone.missed (tenant_id, last_at);

-- Suppressed numbers are only counted: one row for each minute and outcome.
create table telephone.suppressed (
  tenant_id int not null references kernel.tenant(id),
  at timestamptz not null,
  outcome text not null check (outcome in ('reached', 'missed', 'voicemail')),
  primary key (tenant_id, at, outcome)
);

-- A list of calls that somebody brought, worked off piece by piece.
create table telephone.import (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) <= 120),
  kind text not null check (kind in ('fritzbox', 'table')),
  state text not null default 'running' check (state in ('running', 'done')),
  lines int not null,
  done int not null default 0,
  -- {"kept","missed","settled","known","repeated","suppressed","old","unreadable"}: how many of each
  counts jsonb not null default '{}',
  -- The first lines that could not be read: [{"line","reason"}]
  faults jsonb not null default '[]',
  created_by text not null,
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (tenant_id, id)
);
create table telephone.import_row (
  tenant_id int not null,
  import_id int not null,
  n int not null,
  direction text not null check (direction in ('in', 'out')),
  outcome text not null check (outcome in ('reached', 'not_reached', 'voicemail', 'missed')),
  at timestamptz not null,
  seconds int check (seconds between 0 and 86400),
  phone text not null,
  primary key (tenant_id, import_id, n),
  foreign key (tenant_id, import_id) references telephone.import (tenant_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['settings','line','ringing','call','missed','suppressed','import','import_row'] loop
    execute format('alter table telephone.%I enable row level security', t);
    execute format('alter table telephone.%I force row level security', t);
    execute format('create policy own_tenant on telephone.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on telephone.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema telephone to ah_app;
end $$;
