-- A promise that was broken and then put off to another evening: its delivery goes there, the promise counts where it was broken.

create table delivery.past_promise (
  tenant_id int not null,
  delivery_id bigint not null,
  evening_id int not null,
  latest_at timestamptz not null,
  late_said_at timestamptz,
  broken_at timestamptz not null,
  -- of what is owed for the delivery in all
  compensation_minor int not null check (compensation_minor >= 0),
  primary key (tenant_id, delivery_id, broken_at),
  foreign key (tenant_id, delivery_id) references delivery.delivery (tenant_id, id) on delete cascade,
  foreign key (tenant_id, evening_id) references delivery.evening (tenant_id, id) on delete cascade
);
create index past_promise_evening on delivery.past_promise (tenant_id, evening_id);
alter table delivery.past_promise enable row level security;
alter table delivery.past_promise force row level security;
create policy own_tenant on delivery.past_promise to ah_app
  using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int))
  with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, delete on delivery.past_promise to ah_app;
