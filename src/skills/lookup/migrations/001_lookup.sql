-- Which shops and registers a company asks, what somebody has proved, and how often it was tried.
create schema lookup;
grant usage on schema lookup to ah_app, ah_node;

create table lookup.connection (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  kind text not null check (kind in ('woocommerce', 'shopware', 'shopify', 'csv', 'service')),
  name text not null check (length(name) between 1 and 80),
  -- Of the shop or service; '' for a file that is uploaded, the file's name for one that is watched.
  address text not null check (length(address) <= 500),
  -- {"prefix": "HK-", "kinds": ["order"]}
  settings jsonb not null default '{}',
  -- The keys, as the channels' tokens: no route gives them out.
  token text not null default '',
  active boolean not null default true,
  created_at timestamptz not null,
  -- The circuit: faults in a row, and until when it is not asked.
  failures int not null default 0,
  open_until timestamptz,
  fault text not null default '',
  fault_at timestamptz,
  ok_at timestamptz,
  -- Of a file: when it was written, and how it was read.
  file jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

-- The rows of a file, by the bare number (letters and digits) or an appointment's day.
create table lookup.file_row (
  tenant_id int not null,
  connection_id int not null,
  n int not null,
  kind text not null,
  key text not null,
  data jsonb not null,
  primary key (tenant_id, connection_id, n),
  foreign key (tenant_id, connection_id) references lookup.connection (tenant_id, id) on delete cascade
);
create index file_row_key on lookup.file_row (tenant_id, connection_id, kind, key);

-- How often something was tried in the window that began at opened_at; the key says nothing about whom or what.
create table lookup.attempt (
  tenant_id int not null references kernel.tenant(id),
  scope text not null check (scope in ('conversation', 'reference', 'calls', 'codes')),
  key bytea not null,
  opened_at timestamptz not null,
  used int not null,
  primary key (tenant_id, scope, key)
);
create index attempt_age on lookup.attempt (tenant_id, opened_at);

-- A code that was sent, or only said to be: then its hash is of nothing, so that both look alike.
create table lookup.code (
  tenant_id int not null references kernel.tenant(id),
  conversation_id bigint not null,
  kind text not null,
  reference text not null,
  hash bytea not null,
  -- Where it went; '' where it went nowhere.
  email text not null,
  attempts int not null default 0,
  expires_at timestamptz not null,
  primary key (tenant_id, conversation_id)
);

-- What somebody has proved in a conversation, and what was told then.
create table lookup.proof (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  conversation_id bigint not null,
  contact_id bigint not null,
  kind text not null,
  -- As the register writes it, and as it was asked for.
  number text not null,
  reference text not null,
  proof text not null check (proof in ('channel', 'postcode', 'name', 'code')),
  shown jsonb not null,
  connection_name text not null,
  proven_at timestamptz not null,
  -- Until then it need not be proved again.
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, conversation_id, kind, number)
);
create index proof_contact on lookup.proof (tenant_id, contact_id, proven_at desc);
create index proof_age on lookup.proof (tenant_id, proven_at);

do $$
declare t text;
begin
  foreach t in array array['connection','file_row','attempt','code','proof'] loop
    execute format('alter table lookup.%I enable row level security', t);
    execute format('alter table lookup.%I force row level security', t);
    execute format('create policy own_tenant on lookup.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on lookup.%I to ah_app', t);
  end loop;
  -- The pump asks for the settings of many tenants at once.
  execute 'create policy message_way on lookup.connection for select to ah_node using (true)';
  execute 'grant select (tenant_id, id, kind, settings, active) on lookup.connection to ah_node';
  grant usage on all sequences in schema lookup to ah_app;
end $$;
