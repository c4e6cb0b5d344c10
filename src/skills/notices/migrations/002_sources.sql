-- Where notices come from: feeds, timetables' alerts, calendars, tables, webhooks; what each of them said last.
create table notices.source (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('feed', 'gtfs_rt', 'ical', 'csv', 'webhook', 'api')),
  -- Asked regularly; null = it sends.
  url text check (length(url) <= 2000),
  -- A static GTFS feed with the names of lines and stops.
  names_url text check (length(names_url) <= 2000),
  -- Of words that do not say theirs.
  language text not null check (language in ('de', 'en')),
  topic_id int not null,
  -- false = its stories become drafts.
  is_automatic boolean not null default false,
  -- {"parameter of the topic": "key of the source's values"}
  mapping jsonb not null default '{}',
  interval_seconds int not null check (interval_seconds between 30 and 86400),
  active boolean not null default true,
  -- Signs what is sent to it; webhooks only.
  secret text,
  created_at timestamptz not null,
  -- What was learnt when it was last asked.
  etag text,
  last_modified text,
  next_at timestamptz,
  tried_at timestamptz,
  succeeded_at timestamptz,
  failures int not null default 0 check (failures >= 0),
  fault text,
  -- [{"code","place"}]
  problems jsonb not null default '[]',
  names_etag text,
  names_last_modified text,
  names_at timestamptz,
  names_fault text,
  primary key (tenant_id, id),
  foreign key (tenant_id, topic_id) references notices.topic (tenant_id, id),
  check ((url is not null) = (kind in ('feed', 'gtfs_rt', 'ical'))),
  check ((secret is not null) = (kind = 'webhook')),
  check (names_url is null or kind = 'gtfs_rt')
);

-- What a source said, one row an item; a story keeps its key when the source renames the item.
create table notices.source_item (
  tenant_id int not null,
  source_id int not null,
  item_id text not null,
  story text not null,
  item jsonb not null,
  is_live boolean not null,
  -- Parts told; 0 = nobody was told.
  revision int not null check (revision >= 0),
  told_hash text not null,
  told_starts_at timestamptz,
  told_ends_at timestamptz,
  misses int not null default 0,
  seen_at timestamptz not null,
  primary key (tenant_id, source_id, item_id),
  foreign key (tenant_id, source_id) references notices.source (tenant_id, id) on delete cascade
);
create index source_item_seen on notices.source_item (tenant_id, source_id, seen_at desc);

create table notices.source_name (
  tenant_id int not null,
  source_id int not null,
  kind text not null check (kind in ('route', 'stop', 'agency')),
  ref text not null,
  name text not null,
  mode text not null default '',
  primary key (tenant_id, source_id, kind, ref),
  foreign key (tenant_id, source_id) references notices.source (tenant_id, id) on delete cascade
);

-- Signed deliveries that were taken, so that a copy of one changes nothing; kept as long as its signature is fresh.
create table notices.source_delivery (
  tenant_id int not null,
  source_id int not null,
  delivery_id text not null,
  taken_at timestamptz not null,
  primary key (tenant_id, source_id, delivery_id),
  foreign key (tenant_id, source_id) references notices.source (tenant_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['source','source_item','source_name','source_delivery'] loop
    execute format('alter table notices.%I enable row level security', t);
    execute format('alter table notices.%I force row level security', t);
    execute format('create policy own_tenant on notices.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on notices.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema notices to ah_app;
end $$;
