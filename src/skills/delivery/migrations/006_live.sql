-- What a customer sees and says of a delivery: a second attempt, the way on a map, the question afterwards.

alter table delivery.city
  -- Of the carrier's own parcels after a vain attempt; a sender's own rule goes before it.
  add column after_failure text not null default 'another_window' check (after_failure in ('another_window', 'collect', 'return')),
  -- So long a parcel waits at the depot for who fetches it.
  add column collect_days int not null default 7 check (collect_days between 1 and 60);

alter table delivery.sender_rule
  add column collect_days int not null default 7 check (collect_days between 1 and 60);

-- The attempt before this one; an attempt is followed by one that stands at most.
alter table delivery.delivery add column former_id bigint;
create unique index delivery_next_attempt on delivery.delivery (tenant_id, former_id)
  where former_id is not null and state not in ('cancelled', 'expired');

-- The owner's map of a city: districts, parks, waters and streets as read from their GeoJSON (api/map-layers.ts).
create table delivery.city_map (
  tenant_id int not null,
  city_id int not null,
  features jsonb not null,
  -- Whose data it is; stands on the map, '' where nothing has to.
  attribution text not null default '' check (length(attribution) <= 200),
  changed_at timestamptz not null,
  primary key (tenant_id, city_id),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);
alter table delivery.city_map enable row level security;
alter table delivery.city_map force row level security;
create policy own_tenant on delivery.city_map to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on delivery.city_map to ah_app;
