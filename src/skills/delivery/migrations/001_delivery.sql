-- Promises of a day and a window, and the plans that hold them. tenant_id is the carrier's: the company that drives.
create schema delivery;
grant usage on schema delivery to ah_app, ah_node;

create table delivery.city (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 80),
  time_zone text not null check (length(time_zone) between 1 and 64),
  -- The middle of the local grid that plans are counted on.
  latitude double precision not null check (latitude between -80 and 80),
  longitude double precision not null check (longitude between -180 and 180),
  -- Served without zones: so far round the middle. With zones, they say it.
  radius_m int not null default 15000 check (radius_m between 100 and 100000),
  -- Of evenings that are made from now on; an evening keeps what it was made with.
  circuity_percent int not null default 134 check (circuity_percent between 100 and 300),
  speed_kmh int not null default 20 check (speed_kmh between 3 and 120),
  leg_s int not null default 25 check (leg_s between 1 and 900),
  -- Seconds before a window's end at which the plan is there.
  buffer_s int not null default 900 check (buffer_s between 0 and 7200),
  -- So long a chosen window is held for who has not confirmed it yet.
  hold_s int not null default 600 check (hold_s between 60 and 86400),
  -- At the door, where nothing else is said.
  service_s int not null default 150 check (service_s between 0 and 3600),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table delivery.depot (
  tenant_id int not null,
  id int generated always as identity,
  city_id int not null,
  name text not null check (length(name) between 1 and 80),
  latitude double precision not null check (latitude between -80 and 80),
  longitude double precision not null check (longitude between -180 and 180),
  primary key (tenant_id, id),
  unique (tenant_id, city_id, name),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

create table delivery.zone (
  tenant_id int not null,
  id int generated always as identity,
  city_id int not null,
  name text not null check (length(name) between 1 and 80),
  -- GeoJSON Polygon, [longitude, latitude]; the first ring is the border, the others are holes.
  polygon jsonb not null,
  -- On top of the city's.
  buffer_s int not null default 0 check (buffer_s between 0 and 7200),
  price_minor int not null default 0 check (price_minor between 0 and 1000000),
  primary key (tenant_id, id),
  unique (tenant_id, city_id, name),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

create table delivery.window_rule (
  tenant_id int not null,
  id int generated always as identity,
  city_id int not null,
  -- 1 = Monday ... 7 = Sunday
  weekdays smallint[] not null check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'),
  -- Minutes of the city's clock since midnight of the evening's day; 1440 and more is the next morning.
  from_minute int not null check (from_minute between 0 and 1800),
  to_minute int not null check (to_minute <= 1860),
  -- So long before it begins it is offered last.
  cutoff_minutes int not null default 120 check (cutoff_minutes between 0 and 10080),
  price_minor int not null default 0 check (price_minor between 0 and 1000000),
  primary key (tenant_id, id),
  check (to_minute - from_minute between 30 and 720),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

create table delivery.courier (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 80),
  -- E.164; '' = none
  phone text not null default '' check (phone = '' or phone ~ '^\+[1-9][0-9]{4,14}$'),
  vehicle text not null default 'bicycle' check (vehicle in ('foot', 'bicycle', 'cargo_bike', 'car', 'van')),
  capacity int not null default 40 check (capacity between 1 and 10000),
  -- Bits: 1 cold, 2 age check, 4 fragile
  skills int not null default 0 check (skills between 0 and 7),
  -- Who writes to us as this courier; null = nobody
  contact_id bigint,
  active boolean not null default true,
  created_at timestamptz not null,
  left_at timestamptz,
  primary key (tenant_id, id)
);
create index courier_contact on delivery.courier (tenant_id, contact_id) where contact_id is not null;

-- A city and a day: one plan. Whoever changes the plan holds this row's lock and counts its version on.
create table delivery.evening (
  tenant_id int not null,
  id int generated always as identity,
  city_id int not null,
  service_date date not null,
  version int not null default 0,
  state text not null default 'planned' check (state in ('planned', 'running', 'over')),
  -- How travel was counted when it was made: what is promised must stay possible when the city's numbers change.
  circuity_percent int not null,
  speed_kmh int not null,
  leg_s int not null,
  -- The version that the optimiser looked at last.
  improved_version int not null default -1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, city_id, service_date),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id)
);

create table delivery.shift (
  tenant_id int not null,
  id int generated always as identity,
  evening_id int not null,
  -- Null: somebody will drive it
  courier_id int,
  start_depot_id int not null,
  end_depot_id int not null,
  earliest_at timestamptz not null,
  latest_at timestamptz not null,
  capacity int not null check (capacity between 1 and 10000),
  skills int not null default 0 check (skills between 0 and 7),
  state text not null default 'planned' check (state in ('planned', 'accepted', 'out', 'done', 'dropped')),
  -- Ids of deliveries in the order of the round.
  route bigint[] not null default '{}',
  -- So many of its first stops stay as they are: done, next, or told to the customer.
  frozen int not null default 0 check (frozen >= 0),
  primary key (tenant_id, id),
  check (frozen <= cardinality(route)),
  check (latest_at > earliest_at and latest_at <= earliest_at + interval '16 hours'),
  foreign key (tenant_id, evening_id) references delivery.evening (tenant_id, id) on delete cascade,
  foreign key (tenant_id, courier_id) references delivery.courier (tenant_id, id),
  foreign key (tenant_id, start_depot_id) references delivery.depot (tenant_id, id),
  foreign key (tenant_id, end_depot_id) references delivery.depot (tenant_id, id)
);
create index shift_evening on delivery.shift (tenant_id, evening_id);
create index shift_courier on delivery.shift (tenant_id, courier_id, earliest_at);

create table delivery.delivery (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  -- Null: the carrier's own
  sender_tenant_id int references kernel.tenant(id),
  -- How the sender calls it, e.g. the order's number
  sender_ref text not null default '' check (length(sender_ref) <= 120),
  contact_id bigint,
  conversation_id bigint,
  evening_id int not null,
  -- What the customer was told; the plan is there by due_at, which leaves the buffer free.
  earliest_at timestamptz not null,
  latest_at timestamptz not null,
  due_at timestamptz not null,
  latitude double precision not null,
  longitude double precision not null,
  address text not null default '' check (length(address) <= 300),
  door_note text not null default '' check (length(door_note) <= 500),
  service_s int not null check (service_s between 0 and 3600),
  demand int not null check (demand between 0 and 10000),
  -- Bits: 1 cold, 2 age check, 4 fragile
  skills int not null default 0 check (skills between 0 and 7),
  state text not null check (state in
    ('held', 'booked', 'loaded', 'under_way', 'done', 'failed', 'cancelled', 'expired')),
  -- Of a hold that nobody has confirmed yet
  hold_until timestamptz,
  -- The round that carries it; null once it is in no plan
  shift_id int,
  price_minor int not null check (price_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  arrived_at timestamptz,
  ended_at timestamptz,
  -- Address and place were made coarse, because nobody needs them any more.
  coarse_at timestamptz,
  primary key (tenant_id, id),
  check (due_at >= earliest_at and due_at <= latest_at),
  check ((state = 'held') = (hold_until is not null)),
  foreign key (tenant_id, evening_id) references delivery.evening (tenant_id, id),
  foreign key (tenant_id, shift_id) references delivery.shift (tenant_id, id)
);
create index delivery_evening on delivery.delivery (tenant_id, evening_id) where shift_id is not null;
create index delivery_contact on delivery.delivery (tenant_id, contact_id, earliest_at desc) where contact_id is not null;
create index delivery_conversation on delivery.delivery (tenant_id, conversation_id, earliest_at desc) where conversation_id is not null;
create index delivery_sender on delivery.delivery (tenant_id, sender_tenant_id, id);
create index delivery_age on delivery.delivery (tenant_id, latest_at);

-- What was asked once and done once: the same key again is told the same.
create table delivery.action (
  tenant_id int not null,
  key text not null check (length(key) between 1 and 200),
  kind text not null check (kind in ('hold', 'book', 'change', 'cancel')),
  delivery_id bigint not null,
  at timestamptz not null,
  primary key (tenant_id, key),
  foreign key (tenant_id, delivery_id) references delivery.delivery (tenant_id, id) on delete cascade
);
create index action_delivery on delivery.action (tenant_id, delivery_id);
create index action_age on delivery.action (tenant_id, at);

do $$
declare t text;
begin
  foreach t in array array['city','depot','zone','window_rule','courier','evening','shift','delivery','action'] loop
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format('create policy own_tenant on delivery.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on delivery.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema delivery to ah_app;
end $$;
