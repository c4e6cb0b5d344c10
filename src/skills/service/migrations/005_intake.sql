-- A company's own archive, read for topics: a file in parts, or a page's address. The parts go as soon as the proposals
-- stand, and whatever was sent and never read goes after a day. What stays is without names, addresses and numbers.
create table service.intake (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 200),
  -- null = a file that is sent in parts
  url text check (length(url) <= 500),
  -- Whom the writer called the company in it, one a line; '' = to be found.
  own text not null check (length(own) <= 1000),
  state text not null check (state in ('receiving', 'waiting', 'reading', 'grouping', 'ready', 'failed')),
  bytes bigint not null check (bytes >= 0),
  -- Of the file, read so far.
  done bigint not null default 0,
  -- {"read","automatic","broken","questions","answered","alone","own"}; null until it was read
  counts jsonb,
  -- Why there are no proposals; a word of the catalogue of faults.
  fault text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);

create table service.intake_part (
  tenant_id int not null,
  intake_id int not null,
  place int not null check (place >= 0),
  bytes bytea not null,
  primary key (tenant_id, intake_id, place),
  foreign key (tenant_id, intake_id) references service.intake (tenant_id, id) on delete cascade
);
-- Mails compress little in their codings, and they stay for minutes.
alter table service.intake_part alter column bytes set storage external;

create table service.proposed_topic (
  tenant_id int not null,
  id int generated always as identity,
  intake_id int not null,
  title text not null check (length(title) between 1 and 120),
  language text not null check (language in ('de', 'en')),
  asked int not null,
  -- ["..."], the most typical first
  examples jsonb not null,
  answer text,
  answers int not null,
  alike int not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'dropped', 'merged')),
  -- The proposal that it was merged into.
  merged_into int,
  -- What accepting it did, so that it can be taken back: {"topicId","made","examples":[ids]}.
  added jsonb,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, intake_id) references service.intake (tenant_id, id) on delete cascade,
  check ((state = 'merged') = (merged_into is not null)),
  check ((state = 'accepted') = (added is not null))
);
create index proposed_topic_intake on service.proposed_topic (tenant_id, intake_id);

do $$
declare t text;
begin
  foreach t in array array['intake','intake_part','proposed_topic'] loop
    execute format('alter table service.%I enable row level security', t);
    execute format('alter table service.%I force row level security', t);
    execute format('create policy own_tenant on service.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on service.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema service to ah_app;
end $$;
