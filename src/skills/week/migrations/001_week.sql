-- The owner's week: counts of weeks that are over, what things are assumed to cost, and who wants it by mail.
-- Nothing here is about a customer, and no figure is about a member of staff.
create schema week;
grant usage on schema week to ah_app;

-- Counted once and kept: the page reads two rows, however many messages there were.
create table week.summary (
  tenant_id int not null references kernel.tenant(id),
  -- The Monday it begins with, where the company is.
  monday date not null,
  -- rules/figures.ts, WeekCounts
  counts jsonb not null,
  -- Counted after its last case could be judged; until then it is counted again.
  is_final boolean not null,
  counted_at timestamptz not null,
  primary key (tenant_id, monday)
);

-- What the company changed of the assumptions in api/costs.ts.
create table week.cost (
  tenant_id int primary key references kernel.tenant(id),
  assumptions jsonb not null,
  revision int not null default 1,
  changed_at timestamptz not null
);

-- Owners who want the week by mail.
create table week.reader (
  tenant_id int not null,
  user_id text not null,
  language text not null check (language in ('de', 'en')),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references kernel.staff (tenant_id, user_id) on delete cascade
);

-- One mail a reader and week. "sending" is written before the server is spoken to: who was killed there does not send a
-- second one.
create table week.mail (
  tenant_id int not null,
  monday date not null,
  user_id text not null,
  state text not null check (state in ('sending', 'sent')),
  at timestamptz not null,
  primary key (tenant_id, monday, user_id)
);

do $$
declare t text;
begin
  foreach t in array array['summary','cost','reader','mail'] loop
    execute format('alter table week.%I enable row level security', t);
    execute format('alter table week.%I force row level security', t);
    execute format('create policy own_tenant on week.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on week.%I to ah_app', t);
  end loop;
end $$;
