-- Address lists of cities. A row a street within one postcode and district; its houses are packed, because nobody asks for
-- one without the others: 300,000 houses are some 9,000 rows.
create table delivery.address_list (
  tenant_id int not null,
  city_id int not null,
  -- Counts on with every import, so that every process knows whether what it holds is old.
  revision int not null default 1,
  -- The file's name as the operator gave it.
  source text not null check (length(source) <= 200),
  -- Stands where results are shown; '' where nothing has to.
  attribution text not null default '' check (length(attribution) <= 200),
  streets int not null,
  houses int not null,
  -- What was left out, and why.
  report jsonb not null,
  imported_at timestamptz not null,
  primary key (tenant_id, city_id),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

create table delivery.street (
  tenant_id int not null,
  city_id int not null,
  n int not null,
  name text not null check (length(name) between 1 and 120),
  postcode text not null default '' check (postcode ~ '^([0-9]{4,5})?$'),
  locality text not null default '' check (length(locality) <= 120),
  district text not null default '' check (length(district) <= 120),
  -- Its middle house, and how far the others are from it.
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  radius_m int not null,
  house_count int not null,
  -- See places/houses.ts.
  houses bytea not null,
  primary key (tenant_id, city_id, n),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

-- How long ways take from part to part of a city: barriers, learned factors, what a service said. A row stays as it is, and an
-- evening names the one that it counts with: a plan that is built again counts as it did before.
create table delivery.travel_table (
  tenant_id int not null,
  city_id int not null,
  version int not null,
  -- {"west", "south", "east", "north"} in metres of the city's grid, and the lines that part its cells, {"x", "y"} each.
  extent jsonb not null,
  lines jsonb not null,
  -- Getting in and out.
  leg_s int not null check (leg_s between 0 and 900),
  maker text not null check (maker in ('embedded', 'osrm', 'valhalla', 'openrouteservice')),
  -- See travel/pack-table.ts.
  pairs bytea not null,
  made_at timestamptz not null,
  primary key (tenant_id, city_id, version),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);
-- Null: it counts by distance alone.
alter table delivery.evening add column travel_version int;
alter table delivery.evening add foreign key (tenant_id, city_id, travel_version)
  references delivery.travel_table (tenant_id, city_id, version);

do $$
declare t text;
begin
  foreach t in array array['address_list','street','travel_table'] loop
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format('create policy own_tenant on delivery.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on delivery.%I to ah_app', t);
  end loop;
end $$;
