-- Another skill that asked for money, by a reference of its own; it is told by its own timer.
create table pay.asker (
  tenant_id int not null,
  request_id bigint not null,
  timer text not null check (timer ~ '^[a-z][a-z_]{1,39}$'),
  reference text not null check (length(reference) between 1 and 50),
  told text not null default 'nothing' check (told in ('nothing', 'paid', 'taken_back')),
  primary key (tenant_id, request_id),
  unique (tenant_id, timer, reference),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade
);
alter table pay.asker enable row level security;
alter table pay.asker force row level security;
create policy own_tenant on pay.asker to ah_app using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on pay.asker to ah_app;
