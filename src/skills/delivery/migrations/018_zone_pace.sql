-- How fast the zones of a city are, learned from finished stops, and what a table of ways counts with of it.

create table delivery.zone_pace (
  tenant_id int not null,
  city_id int not null,
  -- 0 = outside of every zone
  zone_id int not null,
  -- A way there takes so many hundredths of what distance and speed say, beside the city's mean
  factor_percent int not null check (factor_percent between 60 and 250),
  -- It was learned from so many ways
  legs int not null check (legs >= 0),
  changed_at timestamptz not null,
  primary key (tenant_id, city_id, zone_id),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);
alter table delivery.zone_pace enable row level security;
alter table delivery.zone_pace force row level security;
create policy own_tenant on delivery.zone_pace to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on delivery.zone_pace to ah_app;

alter table delivery.travel_table
  -- Hundredths by zone; what is left out counts as 100
  add column zone_factors jsonb not null default '{}',
  -- Of a table that was made because zones were learned: the city's numbers at that time; null = somebody had it made
  add column basis text;
