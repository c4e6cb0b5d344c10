-- Topics, subscriptions, templates, notices and what became of them for each person.
create schema notices;
grant usage on schema notices to ah_app, ah_node;

create table notices.topic (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,60}$'),
  title jsonb not null,
  description jsonb not null,
  kind text not null check (kind in ('service', 'promotion')),
  -- [{"key","kind","label","values","required"}]; recipients are found by the first that is no window.
  parameters jsonb not null default '[]',
  is_public boolean not null,
  is_urgent boolean not null,
  created_at timestamptz not null,
  -- Its subscribers are told; then subscriptions and grants end.
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index topic_slug on notices.topic (tenant_id, slug) where deleted_at is null;

-- One row a value: a subscription to U3 and U6 is two. Apart from the contact's other data, without its name.
create table notices.subscription (
  tenant_id int not null,
  id bigint generated always as identity,
  topic_id int not null,
  -- Of the parameter recipients are found by; '' = everything.
  value text not null check (length(value) <= 80),
  contact_id bigint not null,
  channel_id int not null,
  grant_id bigint not null,
  language text not null check (language in ('de', 'en')),
  -- When this person may be written to, as rules/rhythm.ts writes it.
  rhythm text not null,
  -- {"parameter": ["value"]} of the other parameters; a missing one = everything.
  filters jsonb not null default '{}',
  expires_at timestamptz,
  paused_until timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, topic_id) references notices.topic (tenant_id, id),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id),
  foreign key (tenant_id, grant_id) references kernel.consent_grant (tenant_id, id)
);
-- An alert finds its recipients here.
create index subscription_match on notices.subscription (tenant_id, topic_id, value) where ended_at is null;
create unique index subscription_once on notices.subscription (tenant_id, contact_id, topic_id, value, channel_id)
  where ended_at is null;
create index subscription_grant on notices.subscription (tenant_id, grant_id) where ended_at is null;
create index subscription_ended on notices.subscription (tenant_id, ended_at) where ended_at is not null;

-- The yes of a form is asked for by mail; nothing is sent before it comes. Gone after two days.
create table notices.request (
  tenant_id int not null,
  -- SHA-256 of the token in the mail.
  token_hash bytea not null,
  topic_id int not null,
  email text not null,
  language text not null check (language in ('de', 'en')),
  choice jsonb not null,
  -- The words agreed to.
  text text not null,
  asked_at timestamptz not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, topic_id) references notices.topic (tenant_id, id)
);
create index request_age on notices.request (tenant_id, asked_at);
create index request_email on notices.request (tenant_id, email);

create table notices.template (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (name ~ '^[a-z0-9_]+$' and length(name) <= 512),
  language text not null check (language in ('de', 'en')),
  category text not null check (category in ('utility', 'marketing', 'authentication')),
  body text not null,
  -- What fills {{1}}, {{2}} …
  variables jsonb not null,
  state text not null check (state in ('pending', 'approved', 'rejected', 'paused', 'disabled')),
  reason text not null default '',
  state_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name, language)
);

create table notices.setting (
  tenant_id int primary key references kernel.tenant(id),
  settings jsonb not null
);

create table notices.notice (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  topic_id int not null,
  title text not null,
  -- As the composer's contract has it: values, texts, channelTexts, link, templates, about.
  body jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'scheduled', 'sending', 'done', 'stopped', 'expired')),
  state_reason text not null default '',
  phase text not null default 'alert' check (phase in ('alert', 'update', 'all_clear', 'farewell')),
  story text,
  -- A program's own key: the same one is taken once.
  reference text,
  created_by text not null,
  released_by text,
  created_at timestamptz not null,
  scheduled_at timestamptz,
  started_at timestamptz,
  -- All recipients stand in delivery.
  matched_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  -- Persons whose rows were erased, so that sums stay true.
  erased int not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, reference),
  foreign key (tenant_id, topic_id) references notices.topic (tenant_id, id),
  check ((started_at is null) = (state in ('draft', 'scheduled')) or state in ('stopped', 'expired')),
  check ((ended_at is null) = (state in ('draft', 'scheduled', 'sending')))
);
create index notice_story on notices.notice (tenant_id, story) where story is not null;
create index notice_sending on notices.notice (tenant_id, id) where state = 'sending';

-- One row a person and notice: whoever has two subscriptions hears it once. A skill of the message's way of its own,
-- before the kernel's outbox: from waiting to queued in the transaction that queues it.
create table notices.delivery (
  tenant_id int not null,
  notice_id bigint not null,
  -- The contact that speaks for the person (of those merged).
  person_id bigint not null,
  contact_id bigint not null,
  subscription_id bigint not null,
  grant_id bigint not null,
  channel_id int not null,
  language text not null,
  state text not null default 'waiting' check (state in ('waiting', 'queued', 'dropped')),
  -- Why it was dropped.
  reason text,
  is_digest boolean not null default false,
  due_at timestamptz not null,
  -- Channels that refused it before.
  tried int[] not null default '{}',
  -- Carried by a template: counts for WhatsApp's portfolio.
  is_template boolean not null default false,
  conversation_id bigint,
  message_id uuid,
  queued_at timestamptz,
  -- No foreign key to the notice: only drafts are deleted, which have no deliveries, and checking forty thousand rows
  -- one by one costs a third of the time an alert takes.
  primary key (tenant_id, notice_id, person_id),
  check ((state = 'queued') = (message_id is not null)),
  check ((state = 'dropped') = (reason is not null))
) with (fillfactor = 80);
create index delivery_due on notices.delivery (tenant_id, notice_id, channel_id, due_at, person_id) where state = 'waiting';
create index delivery_digest on notices.delivery (tenant_id, due_at, grant_id) where state = 'waiting' and is_digest;
-- For the cap, the person's own data and their end.
create index delivery_person on notices.delivery (tenant_id, person_id);
create index delivery_portfolio on notices.delivery (tenant_id, queued_at) where is_template;

-- The contact at the root of a person's merges; asked only for those that were merged.
create function notices.person_of(tenant int, contact bigint) returns bigint
language sql stable set search_path = pg_catalog as $$
  with recursive up as (
    select c.id, c.merged_into, 0 as depth from kernel.contact c where c.tenant_id = tenant and c.id = contact
    union all
    select c.id, c.merged_into, up.depth + 1 from up
      join kernel.contact c on c.tenant_id = tenant and c.id = up.merged_into where up.depth < 50)
  select coalesce((select id from up where merged_into is null), contact)
$$;

do $$
declare t text;
begin
  foreach t in array array['topic','subscription','request','template','setting','notice','delivery'] loop
    execute format('alter table notices.%I enable row level security', t);
    execute format('alter table notices.%I force row level security', t);
    execute format('create policy own_tenant on notices.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on notices.%I to ah_app', t);
  end loop;
  -- The pump asks for the topics of many tenants at once.
  create policy message_way on notices.topic for select to ah_node using (true);
  grant select on notices.topic to ah_node;
  grant usage on all sequences in schema notices to ah_app, ah_node;
end $$;
