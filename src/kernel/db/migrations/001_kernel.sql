-- The kernel's tables. Rules (tests/architecture.test.ts): tenant_id leads every key, row security is forced,
-- no clock in SQL: every time is a parameter. Roles: ah_app works inside one tenant (app.tenant); ah_node
-- carries messages for many tenants and sees only the tables on the message's way and the registry.
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'ah_app') then create role ah_app login; end if;
  if not exists (select 1 from pg_roles where rolname = 'ah_node') then create role ah_node login; end if;
exception when duplicate_object or unique_violation then null; -- two databases migrate at the same moment
end $$;
-- On a foreign server (DATABASE_URL) we sign in as the owner and take a role on; a superuser may anyway.
do $$ begin
  execute format('grant ah_app, ah_node to %I', current_user);
exception when others then null;
end $$;

create schema kernel;
grant usage on schema kernel to ah_app, ah_node;

create table kernel.tenant (
  id int generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,60}$'),
  name text not null check (length(name) between 1 and 120),
  settings jsonb not null,
  is_demo boolean not null default false,
  created_at timestamptz not null
);

-- Apart from tenant and nearly empty pages: the sequence moves with every batch and must stay a HOT update.
create table kernel.tenant_seq (
  tenant_id int primary key references kernel.tenant(id),
  last_seq bigint not null default 0
) with (fillfactor = 10);

-- One app at a provider signs the webhooks of many tenants, hence no tenant_id.
create table kernel.provider_app (
  id text primary key,
  kind text not null,
  secret text not null,
  verify_token text,
  created_at timestamptz not null
);

create table kernel.channel (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity unique,
  kind text not null check (kind in ('web', 'whatsapp', 'telegram')),
  app_id text references kernel.provider_app(id),
  address text not null,
  name text not null,
  api_base text not null default '',
  token text not null default '',
  settings jsonb not null default '{}',
  active boolean not null default true,
  health_light text not null default 'off' check (health_light in ('ok', 'warn', 'bad', 'off')),
  health_text text not null default '',
  health_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  -- A number belongs to one company: the one unique key that rightly crosses tenants.
  unique (kind, address)
);

create table kernel.department (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table kernel.staff (
  tenant_id int not null references kernel.tenant(id),
  user_id text not null,
  name text not null,
  role text not null check (role in ('owner', 'manager', 'agent')),
  department_id int,
  active boolean not null default true,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, user_id)
);
create index staff_user on kernel.staff (user_id);

create table kernel.api_key (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null,
  prefix text not null,
  hash bytea not null unique,
  role text not null check (role in ('owner', 'manager', 'agent')),
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);

create table kernel.text_block (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  title text not null,
  language text not null check (language in ('de', 'en')),
  text text not null,
  primary key (tenant_id, id)
);

create table kernel.contact (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  name text not null default '',
  company text not null default '',
  note text not null default '',
  language text check (language in ('de', 'en')),
  -- The same person as another contact; identities and conversations stay where they are, so it can be undone.
  merged_into bigint,
  -- "Stop" by the customer or the provider: nothing leaves the house for this person until it is taken back.
  stopped_at timestamptz,
  erased_at timestamptz,
  first_seen_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, merged_into) references kernel.contact (tenant_id, id),
  check (merged_into is null or merged_into <> id)
);
create index contact_merged on kernel.contact (tenant_id, merged_into) where merged_into is not null;

create table kernel.identity (
  tenant_id int not null,
  kind text not null,
  value text not null,
  contact_id bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (tenant_id, kind, value),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id) on delete cascade
);
create index identity_contact on kernel.identity (tenant_id, contact_id);

create table kernel.contact_merge (
  tenant_id int not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  into_id bigint not null,
  merged_at timestamptz not null,
  merged_by text not null,
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id) on delete cascade,
  foreign key (tenant_id, into_id) references kernel.contact (tenant_id, id) on delete cascade
);

create table kernel.conversation (
  tenant_id int not null,
  id bigint generated always as identity,
  channel_id int not null,
  contact_id bigint not null,
  reply_address text not null,
  state text not null default 'bot' check (state in ('bot', 'waiting', 'person', 'closed')),
  language text not null check (language in ('de', 'en')),
  topic text,
  assignee_id text,
  department_id int,
  -- Where the conversation stands in a skill's flow: {"skill","flow","step","data"}.
  flow jsonb,
  hand_over jsonb,
  preview text not null default '',
  last_message_at timestamptz not null,
  -- The day of last_message_at: its index changes once a day, so the hot update stays HOT.
  last_day date not null,
  last_customer_at timestamptz,
  -- Highest customer message that took a turn; an older one is a late arrival.
  last_turn uuid,
  waiting_since timestamptz,
  due_at timestamptz,
  unread int not null default 0 check (unread >= 0),
  closed_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, channel_id),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id) on delete cascade,
  foreign key (tenant_id, channel_id) references kernel.channel (tenant_id, id),
  check (state <> 'person' or assignee_id is not null or department_id is not null)
) with (fillfactor = 70);
create index conversation_day on kernel.conversation (tenant_id, last_day desc);
create index conversation_open on kernel.conversation (tenant_id, due_at) where state in ('waiting', 'person');

-- id is a UUIDv8 whose order is the provider's second, then arrival (kernel/ids.ts), so the key is the reading order.
create table kernel.message (
  tenant_id int not null,
  conversation_id bigint not null,
  id uuid not null,
  author text not null check (author in ('customer', 'bot', 'agent', 'system')),
  staff_id text,
  content jsonb not null,
  status text not null check (status in ('received','queued','sent','delivered','read','played','failed','uncertain','note')),
  external_id text,
  client_id uuid,
  error jsonb,
  reply_to uuid,
  language text,
  detail jsonb,
  edited boolean not null default false,
  revoked boolean not null default false,
  sent_at timestamptz not null,
  received_at timestamptz not null,
  processed_at timestamptz not null,
  primary key (tenant_id, conversation_id, id),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade
) with (fillfactor = 85);

-- Search costs a tenant what that tenant holds: the lexemes carry the tenant (facts: pipeline, section i, index C).
create function kernel.search_vector(tenant int, body text) returns tsvector
language sql immutable parallel safe as $$
  select array_to_tsvector(coalesce(array_agg(distinct tenant || ':' || lexeme), '{}'))
  from unnest(to_tsvector('pg_catalog.german'::regconfig, translate(lower(left(body, 4096)), 'äöüéèß', 'aoueès')))
$$;
create function kernel.search_query(tenant int, words text) returns tsquery
language sql immutable parallel safe as $$
  select coalesce(string_agg(quote_literal(tenant || ':' || lexeme) || ':*', ' & '), '')::tsquery
  from unnest(to_tsvector('pg_catalog.german'::regconfig, translate(lower(words), 'äöüéèß', 'aoueès')))
$$;
-- Automatic answers are found through the knowledge; what people wrote is found here.
create index message_search on kernel.message using gin (kernel.search_vector(tenant_id, content ->> 'text'))
  with (fastupdate = on, gin_pending_list_limit = 65536)
  where author in ('customer', 'agent');

-- Dedupe by the provider's id; kept 8 days because providers retry for 7.
create table kernel.seen (
  tenant_id int not null,
  key uuid not null,
  conversation_id bigint,
  message_id uuid,
  seen_at timestamptz not null,
  primary key (tenant_id, key)
);
create index seen_at on kernel.seen using brin (seen_at);

-- Raw webhooks, dropped by partition. No key but the id: duplicates are found by the pump.
create table kernel.inbox (
  id bigint not null,
  app_id text not null,
  channel_id int,
  tenant_id int,
  received_at timestamptz not null,
  body bytea not null
) partition by range (id);
create table kernel.inbox_queue (
  id bigint not null,
  tenant_id int not null,
  attempts smallint not null default 0,
  primary key (tenant_id, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

create table kernel.parked (
  tenant_id int not null,
  id bigint not null,
  app_id text not null,
  channel_id int,
  body bytea not null,
  reason text not null,
  received_at timestamptz not null,
  parked_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id)
);

create table kernel.outbox (
  tenant_id int not null,
  id uuid not null,
  conversation_id bigint not null,
  contact_id bigint not null,
  channel_id int not null,
  reply_address text not null,
  content jsonb not null,
  reply_to_external text,
  -- 0 answers of people, 1 automatic answers, 5 notices.
  priority smallint not null default 1,
  purpose text not null,
  -- Why this may be sent: the customer's own message, or (next) a grant. The gate is asked at queueing and at the claim.
  basis_kind text not null check (basis_kind in ('customer_message')),
  basis_id text not null,
  basis_at timestamptz not null,
  due_at timestamptz not null,
  attempts smallint not null default 0,
  -- The sender's epoch that claimed it; an older epoch means that its process died with the send in doubt.
  lease_epoch bigint,
  leased_at timestamptz,
  state text not null default 'queued' check (state in ('queued', 'leased', 'uncertain')),
  primary key (tenant_id, id),
  check ((state = 'queued') = (lease_epoch is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
create index outbox_claim on kernel.outbox (channel_id, priority, id) where state = 'queued';
create index outbox_leased on kernel.outbox (lease_epoch) where state = 'leased';

create table kernel.lease (
  name text primary key,
  epoch bigint not null default 0,
  holder text not null default ''
);

create table kernel.event (
  tenant_id int not null,
  seq bigint not null,
  type text not null,
  conversation_id bigint,
  message_id uuid,
  ref text,
  at timestamptz not null,
  primary key (tenant_id, seq)
);
create index event_at on kernel.event using brin (at);

create table kernel.timer (
  tenant_id int not null,
  id bigint generated always as identity,
  kind text not null,
  key text not null,
  due_at timestamptz not null,
  payload jsonb not null default '{}',
  attempts smallint not null default 0,
  last_error text,
  primary key (tenant_id, id),
  unique (tenant_id, kind, key)
);
create index timer_due on kernel.timer (due_at);

create table kernel.file (
  tenant_id int not null,
  id text not null,
  conversation_id bigint,
  contact_id bigint,
  mime text not null,
  name text not null,
  size int not null,
  sha256 text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

create table kernel.callback (
  tenant_id int not null,
  id bigint generated always as identity,
  conversation_id bigint not null,
  contact_id bigint not null,
  phone text not null,
  promised_at timestamptz not null,
  topic text not null default '',
  note text not null default '',
  state text not null default 'open' check (state in ('open', 'done', 'missed')),
  created_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade
);
create index callback_open on kernel.callback (tenant_id, promised_at) where state <> 'done';

-- What staff read of a person is logged (one row per person, staff member and day).
create table kernel.access_log (
  tenant_id int not null,
  staff_id text not null,
  contact_id bigint not null,
  day date not null,
  first_at timestamptz not null,
  primary key (tenant_id, contact_id, staff_id, day)
);
