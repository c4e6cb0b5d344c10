-- New words of messages are gathered in the search index's waiting list. Whoever fills it would have to sort it in: with
-- 64 MB the pump would stand still for seconds in the middle of a busy hour, and every search would read the whole list.
-- So the node sorts them in every few seconds on a connection of its own; it is no owner, hence the function.
create function kernel.search_flush() returns bigint
language sql security definer set search_path = pg_catalog as $$
  select gin_clean_pending_list('kernel.message_search'::regclass)
$$;
revoke all on function kernel.search_flush() from public;
grant execute on function kernel.search_flush() to ah_node;
