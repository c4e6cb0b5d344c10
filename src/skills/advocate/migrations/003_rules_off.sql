-- Kinds of warning that a company does not offer (yet). Customers' consents to them stay.
create table advocate.rule_off (
  tenant_id int not null references kernel.tenant(id),
  rule text not null,
  off_since timestamptz not null,
  primary key (tenant_id, rule)
);
alter table advocate.rule_off enable row level security;
alter table advocate.rule_off force row level security;
create policy own_tenant on advocate.rule_off to ah_app using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on advocate.rule_off to ah_app;
-- The pump asks for many companies at once, so that a menu offers only what will be kept.
create policy carry on advocate.rule_off for select to ah_node using (true);
grant usage on schema advocate to ah_node;
grant select on advocate.rule_off to ah_node;
