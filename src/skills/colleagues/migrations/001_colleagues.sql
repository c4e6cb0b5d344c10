-- Colleagues without a seat at the desk: whom the company may ask by mail, what was asked, and what came of it.
create schema colleagues;
grant usage on schema colleagues to ah_app, ah_node;

create table colleagues.settings (
  tenant_id int primary key references kernel.tenant(id),
  -- Whoever has an address there may be asked, lower case.
  domains text[] not null default '{}',
  -- May an agent let a colleague answer the customer directly?
  allows_direct boolean not null default false,
  -- Opening hours without an answer until the colleague is reminded, and again until the case comes back.
  remind_hours int not null check (remind_hours between 1 and 80),
  -- Days after which an answer does not count any more.
  answer_days int not null check (answer_days between 1 and 60)
);

create table colleagues.colleague (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 80),
  -- Lower case.
  email text not null check (length(email) between 3 and 200 and email = lower(email)),
  -- What to ask them about, for agents.
  topic text not null default '' check (length(topic) <= 120),
  language text not null check (language in ('de', 'en')),
  primary key (tenant_id, id),
  unique (tenant_id, email)
);

create table colleagues.question (
  tenant_id int not null,
  id bigint generated always as identity,
  conversation_id bigint not null,
  -- Made by the client; the same one asks once.
  client_id uuid not null,
  asked_by text not null,
  asked_name text not null,
  to_name text not null,
  to_email text not null,
  language text not null check (language in ('de', 'en')),
  text text not null check (length(text) between 1 and 4000),
  scope text not null check (scope in ('last', 'ten', 'case')),
  with_contact boolean not null,
  is_direct boolean not null,
  file_ids text[] not null default '{}' check (cardinality(file_ids) <= 5),
  -- The part of the conversation that goes along; goes when it has left.
  excerpt text check (length(excerpt) <= 60000),
  -- The mailbox that asks.
  channel_id int not null,
  -- Its mail, and the one that reminds of it: the same at every try.
  side_mail_id bigint not null,
  side_key uuid not null,
  reminder_mail_id bigint not null,
  reminder_key uuid not null,
  state text not null default 'queued'
    check (state in ('queued', 'sent', 'answered', 'failed', 'unanswered', 'withdrawn', 'expired')),
  -- Why it failed: no_address, refused, not_reached, held, no_mailbox; '' = it has not.
  fault text not null default '',
  asked_at timestamptz not null,
  sent_at timestamptz,
  reminded_at timestamptz,
  ended_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, client_id),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade,
  check ((state = 'failed') = (fault <> '')),
  check ((state in ('queued', 'sent')) = (ended_at is null)),
  check (state <> 'queued' or excerpt is not null)
);
create index question_conversation on colleagues.question (tenant_id, conversation_id, id);

-- What came back, once a mail.
create table colleagues.reply (
  tenant_id int not null,
  -- Of the mail: its Message-ID with what it says.
  mail_key text not null check (length(mail_key) <= 700),
  question_id bigint not null,
  verdict text not null
    check (verdict in ('answer', 'again', 'automatic', 'stranger', 'unproven', 'late', 'withdrawn', 'empty')),
  is_sent_on boolean not null,
  message_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, mail_key),
  foreign key (tenant_id, question_id) references colleagues.question (tenant_id, id) on delete cascade
);
create index reply_question on colleagues.reply (tenant_id, question_id);
-- A question is answered once.
create unique index reply_answer on colleagues.reply (tenant_id, question_id) where verdict = 'answer';

do $$
declare t text;
begin
  foreach t in array array['settings','colleague','question','reply'] loop
    execute format('alter table colleagues.%I enable row level security', t);
    execute format('alter table colleagues.%I force row level security', t);
    execute format('create policy own_tenant on colleagues.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on colleagues.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema colleagues to ah_app;
end $$;
