-- Contacts are listed by name; "C" makes the order the same on every machine.
create index contact_name on kernel.contact (tenant_id, ((name = '')::int), lower(name) collate "C", id)
  where merged_into is null and erased_at is null;
-- A telephone number is found by its beginning.
create index identity_value on kernel.identity (tenant_id, value text_pattern_ops);
