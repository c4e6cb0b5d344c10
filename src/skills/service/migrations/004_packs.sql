-- Starter packs that a company applied, and the facts that it filled in. No customer's data.
create table service.pack (
  tenant_id int not null references kernel.tenant(id),
  name text not null check (name ~ '^[a-z][a-z0-9-]{0,59}$'),
  languages text[] not null check (languages <@ array['de', 'en'] and cardinality(languages) > 0),
  -- What the pack wrote, so that whatever the company changed since is left alone.
  written jsonb not null,
  applied_at timestamptz not null,
  primary key (tenant_id, name)
);

create table service.pack_value (
  tenant_id int not null references kernel.tenant(id),
  name text not null check (name ~ '^[a-z][a-z0-9_]{0,59}$'),
  language text not null check (language in ('de', 'en')),
  value text not null check (length(value) between 1 and 500),
  primary key (tenant_id, name, language)
);

do $$
declare t text;
begin
  foreach t in array array['pack','pack_value'] loop
    execute format('alter table service.%I enable row level security', t);
    execute format('alter table service.%I force row level security', t);
    execute format('create policy own_tenant on service.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on service.%I to ah_app', t);
  end loop;
end $$;
