-- What the first level knows, the models trained from it, and what it could not answer.
create schema service;
grant usage on schema service to ah_app, ah_node;

create table service.topic (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  intent text not null check (intent ~ '^[A-Za-z0-9_]{1,100}$'),
  -- The intent as an imported file wrote it, e.g. "reverted_card_payment?".
  label text not null,
  title_de text not null check (length(title_de) <= 120),
  title_en text not null check (length(title_en) <= 120),
  -- '' = answer only; otherwise the flow that takes the turn.
  flow text not null default '',
  -- {"de","en"}: the question on the opening screen; null = not shown there.
  most_asked jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, intent)
);

create table service.answer (
  tenant_id int not null,
  topic_id int not null,
  language text not null check (language in ('de', 'en')),
  text text not null,
  link text,
  file_id text,
  -- [{"title","intent"}]
  options jsonb not null default '[]',
  primary key (tenant_id, topic_id, language),
  foreign key (tenant_id, topic_id) references service.topic (tenant_id, id) on delete cascade
);

create table service.example (
  tenant_id int not null,
  id bigint generated always as identity,
  topic_id int not null,
  language text not null check (language in ('de', 'en')),
  text text not null check (length(text) between 1 and 1000),
  primary key (tenant_id, id),
  foreign key (tenant_id, topic_id) references service.topic (tenant_id, id) on delete cascade
);
create unique index example_once on service.example (tenant_id, topic_id, language, md5(text));

-- Apart from the topic: it moves with the traffic and must stay a HOT update.
create table service.topic_count (
  tenant_id int not null,
  topic_id int not null,
  asked bigint not null default 0,
  answered bigint not null default 0,
  primary key (tenant_id, topic_id),
  foreign key (tenant_id, topic_id) references service.topic (tenant_id, id) on delete cascade
) with (fillfactor = 70);

-- Trained models by the hash of what they were trained from. No tenant_id: tenants with equal knowledge share one
-- model, in the table and in memory. It holds weights of hashed features and names of topics, no customer's data;
-- only ah_node may read it, and only by a key that stands in the tenant's own row of tenant_model.
create table service.model (
  key text primary key,
  bytes bytea not null,
  report jsonb not null,
  created_at timestamptz not null
);
-- Weights do not compress; trying costs half a second a model.
alter table service.model alter column bytes set storage external;
grant select, insert, delete on service.model to ah_node;

create table service.tenant_model (
  tenant_id int primary key references kernel.tenant(id),
  -- Rises with every change of the knowledge.
  revision bigint not null default 0,
  -- Hash of topics and answers: tenants with equal ones share one copy in memory.
  content_key text not null default '',
  state text not null default 'none' check (state in ('none', 'training', 'live', 'failed')),
  model_key text references service.model(key),
  trained_revision bigint not null default 0,
  -- The oldest change that no model has seen yet.
  changed_at timestamptz,
  trained_at timestamptz,
  seconds real,
  error text
);

-- Questions that went to a person because no answer was sure, for the owner who teaches; kept 90 days.
create table service.unanswered (
  tenant_id int not null,
  conversation_id bigint not null,
  question_key text not null,
  question text not null,
  language text not null check (language in ('de', 'en')),
  guess text,
  confidence real,
  asked_at timestamptz not null,
  primary key (tenant_id, conversation_id, question_key),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade
);
create index unanswered_time on service.unanswered (tenant_id, asked_at desc);

do $$
declare t text;
begin
  foreach t in array array['topic','answer','example','topic_count','tenant_model','unanswered'] loop
    execute format('alter table service.%I enable row level security', t);
    execute format('alter table service.%I force row level security', t);
    execute format('create policy own_tenant on service.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on service.%I to ah_app', t);
  end loop;
  -- The pump answers for many tenants at once and counts what it answered.
  foreach t in array array['topic','answer','topic_count','tenant_model','unanswered'] loop
    execute format('create policy message_way on service.%I to ah_node using (true) with check (true)', t);
    execute format('grant select on service.%I to ah_node', t);
  end loop;
  grant insert, update on service.topic_count, service.unanswered to ah_node;
  grant update on service.tenant_model to ah_node;
  grant usage on all sequences in schema service to ah_app, ah_node;
end $$;
