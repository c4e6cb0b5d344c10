-- Mails beside a conversation: what a room of the house writes to somebody who is not the customer, and what comes back.

-- An address book of expected answers. It holds no words and no addresses, so it outlives what it was about: an answer that
-- comes after a person was erased must be known for one, else it would begin a conversation of its own.
create table kernel.side_mail (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  -- Random; stands in the Message-ID, so whoever names it was shown the mail.
  key uuid not null,
  -- Which room wrote it, and what it is there.
  room text not null check (room ~ '^[a-z]{1,40}$'),
  ref text not null,
  conversation_id bigint not null,
  -- Answers count until then.
  expires_at timestamptz not null,
  forget_at timestamptz not null check (forget_at >= expires_at),
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
create index side_mail_forget on kernel.side_mail (forget_at);

-- A mail that came back, until its room has taken it: seconds.
create table kernel.side_reply (
  tenant_id int not null,
  id bigint generated always as identity,
  side_mail_id bigint not null,
  mail jsonb not null,
  received_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, side_mail_id) references kernel.side_mail (tenant_id, id) on delete cascade
);
create index side_reply_of on kernel.side_reply (tenant_id, side_mail_id);

do $$
declare t text;
begin
  foreach t in array array['side_mail','side_reply'] loop
    execute format('alter table kernel.%I enable row level security', t);
    execute format('alter table kernel.%I force row level security', t);
    execute format('create policy own_tenant on kernel.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('create policy message_way on kernel.%I to ah_node using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on kernel.%I to ah_app, ah_node', t);
  end loop;
  grant usage on all sequences in schema kernel to ah_app, ah_node;
end $$;
