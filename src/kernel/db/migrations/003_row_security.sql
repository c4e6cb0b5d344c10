-- Row security of every kernel table, what each role may do, and the two functions that keep the raw inbox's partitions.
do $$
declare t text;
begin
  foreach t in array array['tenant_seq','channel','department','staff','api_key','text_block','contact','identity','contact_merge',
      'conversation','message','seen','parked','outbox','event','timer','file','callback','access_log','inbox_queue'] loop
    execute format('alter table kernel.%I enable row level security', t);
    execute format('alter table kernel.%I force row level security', t);
    execute format('create policy own_tenant on kernel.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on kernel.%I to ah_app', t);
  end loop;
  alter table kernel.tenant enable row level security;
  alter table kernel.tenant force row level security;
  create policy own_tenant on kernel.tenant to ah_app using (id = (select nullif(current_setting('app.tenant', true), '')::int));
  grant select, update on kernel.tenant to ah_app;
  -- The message's way and the registry, for many tenants at once.
  foreach t in array array['tenant','tenant_seq','channel','staff','api_key','contact','identity','contact_merge','conversation','message',
      'seen','parked','outbox','event','timer','file','callback','inbox_queue'] loop
    execute format('create policy message_way on kernel.%I to ah_node using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on kernel.%I to ah_node', t);
  end loop;
  grant select, insert, update, delete on kernel.inbox, kernel.lease, kernel.provider_app to ah_node;
  grant usage on all sequences in schema kernel to ah_app, ah_node;
end $$;

-- inbox_drop below runs as the owner, who must see every waiting row: row security is forced on owners too.
do $$ begin
  execute format('create policy housekeeping on kernel.inbox_queue for select to %I using (true)', current_user);
end $$;

-- Partitions of the raw inbox are made and dropped by the node itself; it is no owner, so two narrow functions do it.
create function kernel.inbox_partition(from_id bigint, to_id bigint) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('create table if not exists kernel.%I partition of kernel.inbox for values from (%s) to (%s)', 'inbox_' || from_id, from_id, to_id);
  execute format('create unique index if not exists %I on kernel.%I (id)', 'inbox_' || from_id || '_id', 'inbox_' || from_id);
end $$;
create function kernel.inbox_drop(before_id bigint) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare p record; n int := 0;
begin
  for p in select c.relname, substr(c.relname, 7)::bigint as from_id, split_part(pg_get_expr(c.relpartbound, c.oid), '''', 4)::bigint as to_id
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'kernel.inbox'::regclass order by 2 loop
    -- A partition goes only when nothing in it waits any more.
    continue when p.to_id > before_id or exists (select 1 from kernel.inbox_queue q where q.id >= p.from_id and q.id < p.to_id);
    execute format('drop table kernel.%I', p.relname);
    n := n + 1;
  end loop;
  return n;
end $$;
revoke all on function kernel.inbox_partition(bigint, bigint), kernel.inbox_drop(bigint) from public;
grant execute on function kernel.inbox_partition(bigint, bigint), kernel.inbox_drop(bigint) to ah_node;
