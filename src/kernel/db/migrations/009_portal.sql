-- Links to the customer's own page. Only the hash of a link's secret is stored; one ends when the next is asked for.
create table kernel.portal_link (
  tenant_id int not null,
  -- SHA-256 of the secret in the link.
  hash bytea not null check (length(hash) = 32),
  contact_id bigint not null,
  conversation_id bigint not null,
  -- The customer's message that asked for it: answered once, however often the timer runs.
  asked_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, hash),
  unique (tenant_id, conversation_id, asked_by),
  foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade,
  check (expires_at > created_at)
);
alter table kernel.portal_link enable row level security;
alter table kernel.portal_link force row level security;
create policy own_tenant on kernel.portal_link to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on kernel.portal_link to ah_app;
