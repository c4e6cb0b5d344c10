-- The message way reads for all companies at once: who delivers where, and what stands for whom who writes.
create policy message_way on delivery.city for select to ah_node using (true);
grant select (tenant_id, id, name, time_zone, latitude, longitude, radius_m, active) on delivery.city to ah_node;
create policy message_way on delivery.evening for select to ah_node using (true);
grant select (tenant_id, id, city_id) on delivery.evening to ah_node;
create policy message_way on delivery.shift for select to ah_node using (true);
grant select (tenant_id, id, route, frozen) on delivery.shift to ah_node;
create policy message_way on delivery.delivery for select to ah_node using (true);
grant select (tenant_id, id, contact_id, evening_id, earliest_at, latest_at, address, skills, state, hold_until, shift_id, price_minor,
  currency) on delivery.delivery to ah_node;

-- Work that a courier does elsewhere, told by them: the law counts it together with ours.
create table delivery.other_work (
  tenant_id int not null,
  id int generated always as identity,
  courier_id int not null,
  -- 1 = Monday ... 7 = Sunday: the day on which it begins
  weekdays smallint[] not null check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'),
  -- Minutes of the city's clock since midnight; 1440 and more is the next morning.
  from_minute int not null check (from_minute between 0 and 1439),
  to_minute int not null check (to_minute > from_minute and to_minute <= 2160),
  from_day date not null,
  -- Null: until it is changed
  until_day date check (until_day >= from_day),
  primary key (tenant_id, id),
  foreign key (tenant_id, courier_id) references delivery.courier (tenant_id, id) on delete cascade
);
create index other_work_courier on delivery.other_work (tenant_id, courier_id);
alter table delivery.other_work enable row level security;
alter table delivery.other_work force row level security;
create policy own_tenant on delivery.other_work to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on delivery.other_work to ah_app;
grant usage on all sequences in schema delivery to ah_app;
