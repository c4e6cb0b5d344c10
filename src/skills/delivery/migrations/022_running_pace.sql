-- What couriers tell is counted in the rounds that it touches; how fast everybody is tonight comes from all rounds, so the minute's look keeps it.

create table delivery.running_pace (
  tenant_id int not null,
  evening_id int not null,
  -- 0 = all of the city; less than nothing: a round without a courier
  courier_id int not null,
  tally jsonb not null,
  primary key (tenant_id, evening_id, courier_id),
  foreign key (tenant_id, evening_id) references delivery.evening (tenant_id, id) on delete cascade
);
alter table delivery.running_pace enable row level security;
alter table delivery.running_pace force row level security;
create policy own_tenant on delivery.running_pace to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on delivery.running_pace to ah_app;

-- A round's stops and its log, without those of the others of its evening.
create index delivery_shift on delivery.delivery (tenant_id, shift_id) where shift_id is not null;
create index happened_shift on delivery.happened (tenant_id, shift_id, id) where shift_id is not null;
