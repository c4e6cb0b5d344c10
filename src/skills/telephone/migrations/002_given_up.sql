-- A list that could not be taken ends, and the next one may come; two never run at once.
alter table telephone.import drop constraint import_state_check;
alter table telephone.import add constraint import_state_check check (state in ('running', 'done', 'failed'));
-- Lists that stand still from before are given up, and of two that run the older one; the numbers that were still to be taken go.
-- Row security is forced on the owner too, and hides every row from a migration.
alter table kernel.timer no force row level security;
alter table telephone.import no force row level security;
alter table telephone.import_row no force row level security;
update telephone.import i set state = 'failed', done_at = i.created_at
  where i.state = 'running'
    and (exists (select from telephone.import n where n.tenant_id = i.tenant_id and n.state = 'running' and n.id > i.id)
      or not exists (select from kernel.timer t where t.tenant_id = i.tenant_id and t.kind = 'telephone_import' and t.key = i.id::text));
delete from telephone.import_row r using telephone.import i
  where i.tenant_id = r.tenant_id and i.id = r.import_id and i.state = 'failed';
alter table kernel.timer force row level security;
alter table telephone.import force row level security;
alter table telephone.import_row force row level security;
create unique index import_running on telephone.import (tenant_id) where state = 'running';
-- The line of the file, so that one that cannot be taken is named; null = of a list from before.
alter table telephone.import_row add column line int;
