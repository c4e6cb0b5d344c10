-- Planning ahead, and what senders have: the checkout in a shop's page, and what their systems are told.

-- A round as it comes back every week: evenings are planned from these.
create table delivery.weekly_shift (
  tenant_id int not null,
  id int generated always as identity,
  city_id int not null,
  -- 1 = Monday ... 7 = Sunday
  weekday smallint not null check (weekday between 1 and 7),
  -- Null: somebody will drive it
  courier_id int,
  start_depot_id int not null,
  end_depot_id int not null,
  -- Minutes of the city's clock since midnight; 1440 and more is the next morning.
  from_minute int not null check (from_minute between 0 and 1439),
  to_minute int not null check (to_minute > from_minute and to_minute - from_minute <= 960),
  primary key (tenant_id, id),
  foreign key (tenant_id, city_id) references delivery.city (tenant_id, id) on delete cascade,
  foreign key (tenant_id, courier_id) references delivery.courier (tenant_id, id) on delete cascade,
  foreign key (tenant_id, start_depot_id) references delivery.depot (tenant_id, id) on delete cascade,
  foreign key (tenant_id, end_depot_id) references delivery.depot (tenant_id, id) on delete cascade
);
create index weekly_shift_city on delivery.weekly_shift (tenant_id, city_id, weekday);

-- A shop's page may show windows and hold one; tenant_id is the carrier's. The key is public, the origins are the lock.
create table delivery.checkout (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  -- Null: the carrier's own shop
  sender_tenant_id int references kernel.tenant(id),
  name text not null check (length(name) between 1 and 80),
  key text not null check (key ~ '^[0-9a-f]{32}$'),
  origins text[] not null check (cardinality(origins) between 1 and 20),
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

-- Where somebody's system is told what happens to deliveries; tenant_id is the carrier's.
create table delivery.webhook (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  -- Null: the carrier itself, which is told of all deliveries
  sender_tenant_id int references kernel.tenant(id),
  url text not null check (length(url) between 8 and 2000),
  -- Signs what is sent; as Standard Webhooks has it
  secret text not null check (secret ~ '^whsec_[A-Za-z0-9+/=]{32,88}$'),
  created_at timestamptz not null,
  -- Since the first of failures without a success between them
  failing_since timestamptz,
  -- After days of failure nothing is sent until somebody switches it on again.
  stopped_at timestamptz,
  primary key (tenant_id, id)
);

-- What is told, in its order. Holds no personal data.
create table delivery.webhook_message (
  tenant_id int not null,
  id bigint generated always as identity,
  webhook_id int not null,
  delivery_id bigint not null,
  type text not null check (type in ('delivery.booked', 'delivery.changed', 'delivery.loaded', 'delivery.under_way',
    'delivery.expected', 'delivery.done', 'delivery.failed', 'delivery.cancelled')),
  state text not null,
  earliest_at timestamptz not null,
  told_from timestamptz,
  body text not null check (length(body) <= 4000),
  at timestamptz not null,
  attempts int not null default 0,
  -- Null once it arrived or was given up
  due_at timestamptz,
  arrived_at timestamptz,
  -- The last answer: an HTTP status, or 0 and why there was none
  status int,
  fault text not null default '' check (length(fault) <= 100),
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references delivery.webhook (tenant_id, id) on delete cascade
);
create index webhook_message_due on delivery.webhook_message (tenant_id, due_at) where due_at is not null;
create index webhook_message_last on delivery.webhook_message (tenant_id, webhook_id, delivery_id, id desc);
create index webhook_message_age on delivery.webhook_message (tenant_id, at);

do $$
declare t text;
begin
  foreach t in array array['weekly_shift','checkout','webhook','webhook_message'] loop
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format('create policy own_tenant on delivery.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on delivery.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema delivery to ah_app;
end $$;
