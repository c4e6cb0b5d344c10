-- What was asked and how it ended, what colleagues teach from it, and which knowledge answers.

-- One row a turn of the automaton that decided something. No words: those stand in the message. Kept 180 days.
create table service.turn (
  tenant_id int not null,
  conversation_id bigint not null,
  message_id uuid not null,
  at timestamptz not null,
  -- The intent that was meant, as far as anybody knew; the name as it was then.
  topic text,
  language text not null check (language in ('de', 'en')),
  outcome text not null check (outcome in ('answered', 'offered', 'asked', 'handed_over', 'not_helped')),
  -- What the classifier said; null where a title, a choice or an open step decided.
  zone text check (zone in ('answer', 'choose', 'handover')),
  confidence real check (confidence between 0 and 1),
  model_key text,
  -- An editor has seen it, in a spot check or as a proposal: it is shown once at most.
  checked boolean not null default false,
  -- No foreign key: it would lock the conversation's hot row for every turn. A row is only written where its message
  -- stands, and goes before the conversation does (180 against 1095 days) or with its person.
  primary key (tenant_id, conversation_id, message_id)
);
create index turn_time on service.turn (tenant_id, at);

-- "This was topic X", said by a colleague after a case, or by the customer who chose it; waits for an editor, 90 days.
-- Who said it is not kept.
create table service.proposal (
  tenant_id int not null,
  id bigint generated always as identity,
  conversation_id bigint not null,
  message_id uuid not null,
  -- null = none of our topics
  topic_id int,
  language text not null check (language in ('de', 'en')),
  text text not null check (length(text) between 1 and 1000),
  origin text not null default 'colleague' check (origin in ('colleague', 'choice')),
  said_at timestamptz not null,
  proposed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, conversation_id, message_id),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade,
  foreign key (tenant_id, topic_id) references service.topic (tenant_id, id) on delete cascade
);
create index proposal_time on service.proposal (tenant_id, proposed_at);

-- An example taken from a message keeps its source, so that it goes with its person and with its time.
alter table service.example
  alter column topic_id drop not null, -- null = out of scope
  add column source_conversation_id bigint,
  add column source_message_id uuid,
  -- When it was said; the example goes as long after as the conversation itself would.
  add column source_at timestamptz,
  add column accepted_at timestamptz,
  -- Measures and teaches not: thresholds and health come from messages that no training has seen.
  add column held_out boolean not null default false,
  add foreign key (tenant_id, source_conversation_id) references kernel.conversation (tenant_id, id) on delete cascade,
  add check ((source_at is null) = (source_conversation_id is null));
create index example_source on service.example (tenant_id, source_conversation_id) where source_conversation_id is not null;
drop index service.example_once;
create unique index example_once on service.example (tenant_id, topic_id, language, md5(text)) nulls not distinct;

-- Which message a question is, so that it goes when that is taken back; null = kept before this was noted.
alter table service.unanswered add column message_id uuid;

-- How much dearer a wrong answer on this topic is than on others: its threshold is stricter by that factor.
alter table service.topic add column cost real not null default 1 check (cost between 1 and 20);

-- Topics and answers as they stood when a version was made.
create table service.content (
  tenant_id int not null references kernel.tenant(id),
  key text not null,
  topics jsonb not null,
  primary key (tenant_id, key)
);

-- Every knowledge that was ready to answer: a model with the answers that belong to it. One is live.
create table service.version (
  tenant_id int not null references kernel.tenant(id),
  id int not null,
  -- service.model(key); models are shared, and leave when no tenant names them
  model_key text,
  content_key text not null,
  reason text not null check (reason in ('change', 'night', 'forget')),
  examples int not null,
  topics int not null,
  made_at timestamptz not null,
  live_at timestamptz,
  primary key (tenant_id, id)
);

create table service.health (
  tenant_id int primary key references kernel.tenant(id),
  revision bigint not null,
  -- The last that could be measured, maybe of an older revision; null = none yet.
  report jsonb,
  -- Why this revision could not be measured.
  error text,
  seconds real not null,
  measured_at timestamptz not null
);

alter table service.tenant_model
  -- 'auto': what is learnt goes live by itself. 'review': it waits until somebody compared it.
  add column release text not null default 'auto' check (release in ('auto', 'review')),
  add column live_version int,
  -- Answers come from this row of service.content; null = from the tables themselves.
  add column live_content text,
  -- The share of wrong answers among given answers that the company accepts.
  add column max_wrong real not null default 0.03 check (max_wrong between 0.001 and 0.2),
  -- Why the training that is due was asked for.
  add column reason text not null default 'change' check (reason in ('change', 'night', 'forget')),
  -- A training runs since then; null = none.
  add column started_at timestamptz;

do $$
declare t text;
begin
  foreach t in array array['turn','proposal','content','version','health'] loop
    execute format('alter table service.%I enable row level security', t);
    execute format('alter table service.%I force row level security', t);
    execute format('create policy own_tenant on service.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on service.%I to ah_app', t);
  end loop;
  foreach t in array array['turn','content','version','health'] loop
    execute format('create policy message_way on service.%I to ah_node using (true) with check (true)', t);
  end loop;
  grant select, insert, update on service.turn to ah_node;
  grant select, insert, update, delete on service.content, service.version, service.health to ah_node;
  grant usage on all sequences in schema service to ah_app, ah_node;
end $$;
