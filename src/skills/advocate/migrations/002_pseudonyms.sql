-- How each fact came, so that whoever looks at it knows whom to ask.
alter table advocate.fact add column came text not null default 'api' check (came in ('api', 'csv', 'desk'));

-- What is derived about somebody stands under a pseudonym of its purpose (#kernel, pseudonyms), not beside the person.
create table advocate.stake (
  tenant_id int not null references kernel.tenant(id),
  -- Of a warning's reference.
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{32}$'),
  -- What following the warning may cost the company.
  cents bigint not null,
  made_at timestamptz not null,
  primary key (tenant_id, pseudonym)
);
create index stake_age on advocate.stake (tenant_id, made_at);
alter table advocate.stake enable row level security;
alter table advocate.stake force row level security;
create policy own_tenant on advocate.stake to ah_app using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on advocate.stake to ah_app;

alter table advocate.warning drop column cents;

-- A reference named a fact, and with it a person as long as the fact stood. The key is not in the reach of SQL, so
-- references of before are replaced by values of the same shape that nothing leads back to.
alter table advocate.outcome rename column reference to pseudonym;
update advocate.outcome set pseudonym = left(encode(sha256(convert_to(gen_random_uuid() || pseudonym, 'UTF8')), 'hex'), 32);
alter table advocate.outcome add check (pseudonym ~ '^[0-9a-f]{32}$');
