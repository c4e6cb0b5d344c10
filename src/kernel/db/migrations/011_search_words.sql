-- What people wrote is sorted into the search index behind the message's way, not on it: the words of a busy minute cost
-- the pump a quarter of its time and twenty thousand index pages at once. They follow the log of events, in bites
-- (kernel/desk/search-words.ts); what a bite has not reached yet is read directly by a search.
drop index if exists kernel.message_search;

create table kernel.message_words (
  tenant_id int not null,
  conversation_id bigint not null,
  message_id uuid not null,
  -- Lexemes that carry the tenant.
  words tsvector not null
);
-- How far the log of events was followed.
create table kernel.search_mark (
  tenant_id int primary key references kernel.tenant(id),
  seq bigint not null
) with (fillfactor = 10);

alter table kernel.message no force row level security;
alter table kernel.conversation no force row level security;
alter table kernel.tenant_seq no force row level security;
set local maintenance_work_mem = '256MB';
insert into kernel.message_words (tenant_id, conversation_id, message_id, words)
  select tenant_id, conversation_id, id, kernel.search_vector(tenant_id, content ->> 'text') from kernel.message
  where author in ('customer', 'agent') and content ->> 'text' <> '';
insert into kernel.search_mark (tenant_id, seq) select tenant_id, last_seq from kernel.tenant_seq;
alter table kernel.message_words
  add primary key (tenant_id, conversation_id, message_id),
  add foreign key (tenant_id, conversation_id) references kernel.conversation (tenant_id, id) on delete cascade;
create index message_words_words on kernel.message_words using gin (words) with (fastupdate = on, gin_pending_list_limit = 65536);
alter table kernel.message force row level security;
alter table kernel.conversation force row level security;
alter table kernel.tenant_seq force row level security;
alter table kernel.message_words set (autovacuum_vacuum_cost_limit = 200, autovacuum_vacuum_cost_delay = 10);

do $$
declare t text;
begin
  foreach t in array array['message_words', 'search_mark'] loop
    execute format('alter table kernel.%I enable row level security', t);
    execute format('alter table kernel.%I force row level security', t);
    execute format('create policy own_tenant on kernel.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('create policy message_way on kernel.%I to ah_node using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on kernel.%I to ah_app, ah_node', t);
  end loop;
end $$;

-- An edit or an erasure of a text reaches its words in the same transaction, whoever makes it. A bite that read the old
-- text at the same time meets this row and leaves it (on conflict do nothing).
create function kernel.message_words_follow() returns trigger language plpgsql as $$
begin
  if new.author not in ('customer', 'agent') or new.content ->> 'text' is not distinct from old.content ->> 'text' then
    return null;
  end if;
  insert into kernel.message_words (tenant_id, conversation_id, message_id, words)
    values (new.tenant_id, new.conversation_id, new.id, kernel.search_vector(new.tenant_id, coalesce(new.content ->> 'text', '')))
    on conflict (tenant_id, conversation_id, message_id) do update set words = excluded.words;
  return null;
end $$;
create trigger message_words_follow after update of content on kernel.message
  for each row execute function kernel.message_words_follow();

-- The node sorts a bite's words in at once, so that no search reads a long waiting list; it is no owner, hence the function.
create or replace function kernel.search_flush() returns bigint
language sql security definer set search_path = pg_catalog as $$
  select gin_clean_pending_list('kernel.message_words_words'::regclass)
$$;
