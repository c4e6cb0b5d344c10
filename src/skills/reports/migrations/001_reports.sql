-- What customers report from outside, who looks after it, and who is told.
create schema reports;
grant usage on schema reports to ah_app, ah_node;

-- A field team is a person's conversation; it joins by a code and a yes, under a grant of reports.work.
create table reports.team (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 80),
  language text not null check (language in ('de', 'en')),
  -- Written into a conversation it makes that conversation the team's; null once it was used.
  join_code text,
  contact_id bigint,
  channel_id int,
  conversation_id bigint,
  grant_id bigint,
  joined_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, name),
  unique (tenant_id, join_code),
  check ((grant_id is null) = (joined_at is null)),
  check (num_nonnulls(contact_id, channel_id, conversation_id, grant_id) in (0, 4))
);

create table reports.kind (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  -- {"de","en"}
  name jsonb not null,
  -- {"de": [...], "en": [...]}
  keywords jsonb not null,
  team_id int,
  radius_metres int not null check (radius_metres between 1 and 100000),
  within_hours int not null check (within_hours between 1 and 720),
  wants_photo boolean not null,
  -- The topic whose subscribers may be told; null = it never becomes a notice. Another skill's id, checked there.
  notice_topic_id int,
  -- {"de","en"}: the provider's names of templates that carry progress after its window; null = none.
  templates jsonb not null,
  active boolean not null default true,
  primary key (tenant_id, id),
  foreign key (tenant_id, team_id) references reports.team (tenant_id, id)
);

-- Places that a company's customers name, with where they are.
create table reports.place (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 120),
  aliases text[] not null default '{}',
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table reports.report (
  tenant_id int not null,
  id bigint generated always as identity,
  kind_id int not null,
  team_id int,
  state text not null default 'new' check (state in ('new', 'passed', 'accepted', 'done', 'rejected')),
  created_at timestamptz not null,
  passed_at timestamptz,
  -- Why the team has not got it; '' = nothing stands in the way.
  pass_fault text not null default '',
  -- Whose words the team read, and where.
  passed_statement bigint,
  team_conversation_id bigint,
  team_message_id uuid,
  accepted_at timestamptz,
  ended_at timestamptz,
  -- The message of the team's conversation that shows the result.
  done_conversation_id bigint,
  done_message_id uuid,
  -- Said by staff to those who reported.
  note text not null default '' check (length(note) <= 500),
  -- How many told it; stays when their words are gone.
  reporters int not null default 0,
  notice_decision text check (notice_decision in ('yes', 'no')),
  notice_id bigint,
  decided_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, kind_id) references reports.kind (tenant_id, id),
  foreign key (tenant_id, team_id) references reports.team (tenant_id, id),
  check ((state in ('done', 'rejected')) = (ended_at is not null)),
  check (state <> 'accepted' or accepted_at is not null),
  check ((passed_at is null) = (team_message_id is null)),
  check ((notice_decision is null) = (decided_by is null))
);
create index report_open on reports.report (tenant_id, kind_id) where state in ('new', 'passed', 'accepted');
create index report_team on reports.report (tenant_id, team_id, id);

-- What one person said about it. The first one left says where it is.
create table reports.statement (
  tenant_id int not null,
  id bigint generated always as identity,
  report_id bigint not null,
  contact_id bigint not null,
  conversation_id bigint not null,
  -- The customer's own message that ended the telling: the reason to answer.
  message_id uuid not null,
  language text not null check (language in ('de', 'en')),
  text text not null check (length(text) <= 2000),
  place_name text not null check (length(place_name) <= 200),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  photo_message_id uuid,
  said_at timestamptz not null,
  -- accepted, done, rejected -> "message", "grant", or why nobody could be told.
  told jsonb not null default '{}',
  primary key (tenant_id, id),
  unique (tenant_id, conversation_id, message_id),
  foreign key (tenant_id, report_id) references reports.report (tenant_id, id) on delete cascade,
  check ((latitude is null) = (longitude is null))
);
create index statement_report on reports.statement (tenant_id, report_id, id);
create index statement_contact on reports.statement (tenant_id, contact_id);
create index statement_age on reports.statement (tenant_id, said_at);

do $$
declare t text;
begin
  foreach t in array array['team','kind','place','report','statement'] loop
    execute format('alter table reports.%I enable row level security', t);
    execute format('alter table reports.%I force row level security', t);
    execute format('create policy own_tenant on reports.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on reports.%I to ah_app', t);
  end loop;
  -- The pump asks for the settings of many tenants at once.
  foreach t in array array['team','kind','place'] loop
    execute format('create policy message_way on reports.%I for select to ah_node using (true)', t);
    execute format('grant select on reports.%I to ah_node', t);
  end loop;
  grant usage on all sequences in schema reports to ah_app;
end $$;
