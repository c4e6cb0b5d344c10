-- E-mail: mailboxes as channels, how far each was read, and threads, so that one person may have several conversations
-- on one channel. Other channels have one: their thread is ''.
alter table kernel.channel drop constraint channel_kind_check;
alter table kernel.channel add constraint channel_kind_check check (kind in ('web', 'whatsapp', 'telegram', 'email'));

alter table kernel.conversation add column thread text not null default '';
alter table kernel.conversation drop constraint conversation_tenant_id_contact_id_channel_id_key;
alter table kernel.conversation add unique (tenant_id, contact_id, channel_id, thread);

-- How far a mailbox was read: IMAP's UIDs hold as long as UIDVALIDITY stays the same (RFC 3501 section 2.3.1.1).
create table kernel.mailbox (
  tenant_id int not null,
  channel_id int not null,
  uid_validity bigint not null check (uid_validity >= 0),
  last_uid bigint not null check (last_uid >= 0),
  read_at timestamptz not null,
  primary key (tenant_id, channel_id),
  foreign key (tenant_id, channel_id) references kernel.channel (tenant_id, id) on delete cascade
);

-- What decides whether a mail belongs to a conversation that it refers to.
create table kernel.mail_thread (
  tenant_id int not null,
  conversation_id bigint not null,
  -- Without Re: and the like, lower case.
  subject text not null,
  -- The conversation a mail referred to that did not fit into it.
  linked_id bigint,
  -- Hashes of the addresses that take part: whoever got a copy may answer.
  participants uuid[] not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade
);

-- Message-IDs of others by their hash; ours name their conversation themselves.
create table kernel.mail_id (
  tenant_id int not null,
  channel_id int not null,
  key uuid not null,
  conversation_id bigint not null,
  primary key (tenant_id, channel_id, key),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade
);
create index mail_id_conversation on kernel.mail_id (tenant_id, conversation_id);

do $$
declare t text;
begin
  foreach t in array array['mailbox','mail_thread','mail_id'] loop
    execute format('alter table kernel.%I enable row level security', t);
    execute format('alter table kernel.%I force row level security', t);
    execute format('create policy own_tenant on kernel.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('create policy message_way on kernel.%I to ah_node using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on kernel.%I to ah_app, ah_node', t);
  end loop;
end $$;
