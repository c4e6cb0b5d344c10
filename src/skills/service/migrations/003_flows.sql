-- Flows that a company writes: the draft, and every version that was live. No customer's data.
create table service.flow (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (name ~ '^[a-z][a-z0-9_]{0,59}$'),
  draft text not null check (length(draft) <= 100000),
  -- What the list shows of the draft: title, number of faults and of examples, topics. Made when it is saved.
  summary jsonb not null,
  -- Rises with every save of the draft: who saves on an older one is told.
  revision int not null default 1,
  changed_at timestamptz not null,
  -- null = not live
  live_version int,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table service.flow_version (
  tenant_id int not null,
  flow_id int not null,
  version int not null check (version > 0),
  text text not null check (length(text) <= 100000),
  made_at timestamptz not null,
  live_at timestamptz not null,
  -- When another took its place; a conversation that began in it ends in it.
  retired_at timestamptz,
  primary key (tenant_id, flow_id, version),
  foreign key (tenant_id, flow_id) references service.flow (tenant_id, id) on delete cascade
);
alter table service.flow add foreign key (tenant_id, id, live_version)
  references service.flow_version (tenant_id, flow_id, version) deferrable initially deferred;

-- Rises with every change of what is live: a process that missed the announcement finds it.
create table service.flow_head (
  tenant_id int primary key references kernel.tenant(id),
  revision bigint not null
);

do $$
declare t text;
begin
  foreach t in array array['flow','flow_version','flow_head'] loop
    execute format('alter table service.%I enable row level security', t);
    execute format('alter table service.%I force row level security', t);
    execute format('create policy own_tenant on service.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on service.%I to ah_app', t);
    -- The pump reads the live ones of many tenants at once.
    execute format('create policy message_way on service.%I for select to ah_node using (true)', t);
    execute format('grant select on service.%I to ah_node', t);
  end loop;
  grant usage on all sequences in schema service to ah_app, ah_node;
end $$;
