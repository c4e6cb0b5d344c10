-- What the courier's page needs: pictures as proof, and whom a courier reaches in the evening.

alter table delivery.city
  -- E.164 of the dispatcher, shown to couriers; '' = none
  add column dispatcher_phone text not null default '' check (dispatcher_phone = '' or dispatcher_phone ~ '^\+[1-9][0-9]{4,14}$');

-- A picture as proof of a hand-over. The file stands in kernel.file, without its person: it goes with the exact place.
create table delivery.photo (
  tenant_id int not null,
  -- The phone's own: what is sent twice is one.
  key uuid not null,
  delivery_id bigint not null,
  file_id text not null check (length(file_id) between 1 and 60),
  at timestamptz not null,
  primary key (tenant_id, key),
  foreign key (tenant_id, delivery_id) references delivery.delivery (tenant_id, id) on delete cascade
);
create index photo_delivery on delivery.photo (tenant_id, delivery_id);
create index photo_age on delivery.photo (tenant_id, at);

alter table delivery.photo enable row level security;
alter table delivery.photo force row level security;
create policy own_tenant on delivery.photo to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on delivery.photo to ah_app;

-- Who writes as a courier in a round, and whose words a courier waits for, is looked up for all companies' messages together.
create policy message_way on delivery.courier for select to ah_node using (true);
grant select (tenant_id, id, contact_id, active) on delivery.courier to ah_node;
grant select (courier_id, evening_id, state, earliest_at, latest_at) on delivery.shift to ah_node;
create policy message_way on delivery.happened for select to ah_node using (true);
grant select (tenant_id, evening_id, shift_id, delivery_id, kind, by, at) on delivery.happened to ah_node;
