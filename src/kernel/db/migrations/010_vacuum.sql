-- Vacuum where it earns its cost. A partition of the raw inbox is dropped whole within days, so to mark its pages visible
-- wrote each of them a second time, into the log too. The tables that grow are cleaned gently (a thousand pages a second),
-- because nobody waits for it; the queues are cleaned at once, because everybody does.
create or replace function kernel.inbox_partition(from_id bigint, to_id bigint) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare name text := 'inbox_' || from_id;
begin
  execute format('create table if not exists kernel.%I partition of kernel.inbox for values from (%s) to (%s) with (autovacuum_enabled = false, toast.autovacuum_enabled = false)', name, from_id, to_id);
  execute format('create unique index if not exists %I on kernel.%I (id)', name || '_id', name);
end $$;
do $$
declare t text;
begin
  for t in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'kernel.inbox'::regclass loop
    execute format('alter table kernel.%I set (autovacuum_enabled = false, toast.autovacuum_enabled = false)', t);
  end loop;
  foreach t in array array['message', 'conversation', 'contact', 'identity', 'seen', 'event'] loop
    execute format('alter table kernel.%I set (autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 10)', t);
  end loop;
  -- To give the end of a queue's file back would lock everybody out, for space that is needed again at once.
  foreach t in array array['inbox_queue', 'outbox'] loop
    execute format('alter table kernel.%I set (autovacuum_vacuum_cost_limit = 2000, vacuum_truncate = false)', t);
  end loop;
end $$;
