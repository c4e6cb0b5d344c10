-- The evening itself: what couriers did, what customers were told, and what became of each promise.

alter table delivery.city
  -- The owner's buffer counts as it is; otherwise what finished evenings taught, where they did.
  add column is_buffer_fixed boolean not null default false,
  -- Where the owner says so, wages and ways; a report counts with them.
  add column hour_minor int not null default 0 check (hour_minor between 0 and 100000),
  add column kilometre_minor int not null default 0 check (kilometre_minor between 0 and 10000),
  -- Owed to whom a promise is broken; a sender's own rule goes before it.
  add column compensation_minor int not null default 0 check (compensation_minor between 0 and 100000),
  -- How the carrier's own hand-overs are proved.
  add column proof text not null default 'none' check (proof in ('none', 'code', 'photo', 'signature')),
  add column tries int not null default 2 check (tries between 1 and 5);

-- What a sender wants of its parcels; without a row the city's.
create table delivery.sender_rule (
  tenant_id int not null references kernel.tenant(id),
  sender_tenant_id int not null references kernel.tenant(id),
  proof text not null default 'none' check (proof in ('none', 'code', 'photo', 'signature')),
  -- After a vain attempt: the customer chooses another window, fetches it at the depot, or it goes back.
  after_failure text not null default 'another_window' check (after_failure in ('another_window', 'collect', 'return')),
  compensation_minor int not null default 0 check (compensation_minor between 0 and 100000),
  -- Pays the customer's price, in whole percent.
  pays_percent int not null default 100 check (pays_percent between 0 and 100),
  tries int not null default 2 check (tries between 1 and 5),
  primary key (tenant_id, sender_tenant_id)
);

alter table delivery.courier
  -- SHA-256 of the key of the courier's page
  add column key_hash bytea check (octet_length(key_hash) = 32),
  add column language text not null default 'de' check (language in ('de', 'en'));
create index courier_key on delivery.courier (tenant_id, key_hash) where key_hash is not null;

alter table delivery.evening
  add column begun_at timestamptz,
  add column over_at timestamptz;

alter table delivery.shift
  add column accepted_at timestamptz,
  add column left_at timestamptz,
  add column back_at timestamptz,
  -- Of the courier, the phone's time
  add column heard_at timestamptz,
  -- Where the last event happened: at the depot (null) or at a delivery's door, and whether service goes on there.
  add column at_delivery_id bigint,
  add column is_serving boolean not null default false,
  add column since timestamptz,
  -- Stops to come that the dispatcher holds as they are, beside those that were told.
  add column held_stops int not null default 0 check (held_stops >= 0),
  -- Parcels to be fetched from where another courier stopped: [{latitude, longitude, deliveryIds, fetchedAt}]
  add column fetches jsonb not null default '[]',
  add column replanned_at timestamptz,
  -- Counted by the evening's end: along the stops, by the travel times' ways.
  add column distance_m int;

alter table delivery.delivery
  add column parcels int not null default 1 check (parcels between 1 and 200),
  add column proof text not null default 'none' check (proof in ('none', 'code', 'photo', 'signature')),
  -- Told to the customer, asked at the door.
  add column code text check (code ~ '^[0-9]{4}$'),
  -- Of the customer's live page, hexadecimal
  add column live_key text check (live_key ~ '^[0-9a-f]{32}$'),
  add column attempt int not null default 1 check (attempt between 1 and 5),
  add column outcome text check (outcome in ('handed_over', 'neighbour', 'left_there', 'not_there', 'refused', 'not_recorded')),
  add column outcome_words text not null default '' check (length(outcome_words) <= 200),
  add column proof_file_id text,
  add column signature text check (length(signature) <= 20000),
  -- The half-hour that was told first and last, and what was expected then
  add column told_first_from timestamptz,
  add column told_first_expected_at timestamptz,
  add column told_from timestamptz,
  add column told_until timestamptz,
  add column told_expected_at timestamptz,
  add column told_at timestamptz,
  add column late_said_at timestamptz,
  -- Why the last message that was due could not be sent
  add column untold_reason text,
  -- A promise that was broken, and what is owed for it
  add column broken_at timestamptz,
  add column compensation_minor int not null default 0 check (compensation_minor >= 0),
  -- What the customer chose for this evening; the door note has the words.
  add column choice text check (choice in ('home', 'neighbour', 'leave', 'not_home')),
  -- The question afterwards, and its answer
  add column asked_at timestamptz,
  add column answer text check (answer in ('good', 'bad')),
  add column answer_words text not null default '' check (length(answer_words) <= 500),
  -- Allows the messages about it to be begun; null = only answers can be given
  add column grant_id bigint,
  add constraint delivery_outcome check (outcome is null or state in ('done', 'failed'));
create index delivery_live on delivery.delivery (tenant_id, live_key) where live_key is not null;

-- What happened, in the order in which it was heard; `at` is when it happened.
create table delivery.happened (
  tenant_id int not null,
  id bigint generated always as identity,
  evening_id int not null,
  shift_id int,
  delivery_id bigint,
  kind text not null check (kind in ('accepted', 'declined', 'scanned', 'left', 'arrived', 'done', 'not_there', 'refused', 'undone', 'back',
    'delay', 'told', 'late_said', 'replanned', 'moved', 'dropped', 'wrote', 'chose', 'frozen', 'begun', 'over')),
  by text not null check (by in ('courier', 'dispatcher', 'automatic', 'customer')),
  at timestamptz not null,
  heard_at timestamptz not null,
  -- The phone's own: what is told twice is one.
  key uuid,
  words text not null default '' check (length(words) <= 1000),
  -- Of a hand-over
  outcome text check (outcome in ('handed_over', 'neighbour', 'left_there')),
  -- Of a change: the order of the round's deliveries from now on
  route bigint[],
  minutes int,
  primary key (tenant_id, id),
  foreign key (tenant_id, evening_id) references delivery.evening (tenant_id, id) on delete cascade
);
create unique index happened_key on delivery.happened (tenant_id, key) where key is not null;
create index happened_evening on delivery.happened (tenant_id, evening_id, id);
create index happened_delivery on delivery.happened (tenant_id, delivery_id) where delivery_id is not null;
create index happened_age on delivery.happened (tenant_id, heard_at);

-- Where a courier was; 24 hours.
create table delivery.courier_place (
  tenant_id int not null,
  shift_id int not null,
  at timestamptz not null,
  latitude double precision not null check (latitude between -80 and 80),
  longitude double precision not null check (longitude between -180 and 180),
  primary key (tenant_id, shift_id, at),
  foreign key (tenant_id, shift_id) references delivery.shift (tenant_id, id) on delete cascade
);
create index courier_place_age on delivery.courier_place (tenant_id, at);

-- What finished stops taught: sums over planned and real times, by courier (null = all of the city); see engine/evening/pace.ts.
create table delivery.pace (
  tenant_id int not null,
  city_id int not null,
  -- 0 = all
  courier_id int not null,
  tally jsonb not null,
  changed_at timestamptz not null,
  primary key (tenant_id, city_id, courier_id),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

-- The buffer that would have kept the wished share of promises; zone 0 = the whole city.
create table delivery.buffer (
  tenant_id int not null,
  city_id int not null,
  zone_id int not null,
  hour int not null check (hour between 0 and 23),
  buffer_s int not null check (buffer_s between 0 and 7200),
  promises int not null,
  changed_at timestamptz not null,
  primary key (tenant_id, city_id, zone_id, hour),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['sender_rule','happened','courier_place','pace','buffer'] loop
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format('create policy own_tenant on delivery.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on delivery.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema delivery to ah_app;
end $$;
