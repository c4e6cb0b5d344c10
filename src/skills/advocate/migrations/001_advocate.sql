-- What companies tell their customers' advocate, what it warned of, and what came of it.
create schema advocate;
grant usage on schema advocate to ah_app;

create table advocate.fact (
  tenant_id int not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('purchase', 'loan', 'contract', 'warranty', 'appointment', 'consumption')),
  -- The company's own id: writing twice is writing once.
  reference text not null check (length(reference) between 1 and 120),
  contact_id bigint not null,
  title text not null check (length(title) between 1 and 120),
  gtin text check (gtin ~ '^[0-9]{14}$'),
  data jsonb not null,
  -- The next day on which a rule has to look at it; null = nothing can become due. Text, because a day has no zone.
  next_on text check (next_on ~ '^\d{4}-\d\d-\d\d$'),
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, reference),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id),
  check ((kind = 'purchase') = (gtin is not null))
) with (fillfactor = 80);
create index fact_due on advocate.fact (tenant_id, next_on) where next_on is not null;
create index fact_contact on advocate.fact (tenant_id, contact_id);
create index fact_gtin on advocate.fact (tenant_id, gtin) where gtin is not null;
create index fact_use on advocate.fact (tenant_id, (data ->> 'contract')) where kind = 'consumption';
create index fact_age on advocate.fact (tenant_id, recorded_at);

create table advocate.price (
  tenant_id int not null references kernel.tenant(id),
  gtin text not null check (gtin ~ '^[0-9]{14}$'),
  price_cents bigint not null check (price_cents >= 0),
  changed_at timestamptz not null,
  primary key (tenant_id, gtin)
);

create table advocate.recall (
  tenant_id int not null references kernel.tenant(id),
  reference text not null,
  gtin text not null check (gtin ~ '^[0-9]{14}$'),
  -- '' = every batch.
  batch text not null,
  text_de text not null,
  text_en text not null,
  published_at timestamptz not null,
  primary key (tenant_id, reference)
);
create index recall_gtin on advocate.recall (tenant_id, gtin);

create table advocate.tariff (
  tenant_id int not null references kernel.tenant(id),
  reference text not null,
  title text not null,
  unit text not null,
  base_cents bigint not null check (base_cents >= 0),
  -- Thousandths of a cent.
  unit_milli_cents bigint not null check (unit_milli_cents >= 0),
  yearly_from bigint not null,
  yearly_to bigint,
  open boolean not null,
  primary key (tenant_id, reference)
);

create table advocate.warning (
  tenant_id int not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  fact_id bigint not null,
  rule text not null,
  step text not null,
  reference text not null,
  -- What it is about; a promotion of the same is not sent to this person until vetoes_until.
  subjects text[] not null,
  last_day text check (last_day ~ '^\d{4}-\d\d-\d\d$'),
  vetoes_until text not null check (vetoes_until ~ '^\d{4}-\d\d-\d\d$'),
  -- What following the warning may cost the company.
  cents bigint not null,
  decision_id bigint not null,
  conversation_id bigint not null,
  message_id uuid not null,
  made_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id),
  foreign key (tenant_id, fact_id) references advocate.fact (tenant_id, id) on delete cascade
);
create index warning_fact on advocate.warning (tenant_id, fact_id);
create index warning_contact on advocate.warning (tenant_id, contact_id);
create index warning_age on advocate.warning (tenant_id, made_at);

-- A notice of termination: the contract's name is kept here, for it must be proved when the fact is gone.
create table advocate.cancellation (
  tenant_id int not null,
  id bigint generated always as identity,
  fact_id bigint not null,
  contact_id bigint not null,
  contract text not null,
  term_end text not null check (term_end ~ '^\d{4}-\d\d-\d\d$'),
  text text not null,
  said_at timestamptz not null,
  confirmed_at timestamptz,
  confirmed_by text,
  primary key (tenant_id, id),
  unique (tenant_id, fact_id, term_end),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id),
  check ((confirmed_at is null) = (confirmed_by is null))
);
create index cancellation_contact on advocate.cancellation (tenant_id, contact_id);

create table advocate.order_check (
  tenant_id int not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  order_reference text not null,
  gtin text not null,
  price_cents bigint not null,
  answer text not null check (answer in ('ok', 'ask')),
  reason text not null,
  bought_on text,
  decision_id bigint not null,
  made_at timestamptz not null,
  outcome text check (outcome in ('placed', 'dropped')),
  primary key (tenant_id, id),
  unique (tenant_id, order_reference, gtin),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id)
);
create index order_check_contact on advocate.order_check (tenant_id, contact_id);

-- What honesty cost (< 0) and earned (> 0). No person stands here.
create table advocate.outcome (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  rule text not null,
  -- Rule, number of the fact and term: once removed, the number points to nobody.
  reference text not null,
  outcome text not null,
  cents bigint not null,
  happened_on text not null check (happened_on ~ '^\d{4}-\d\d-\d\d$'),
  primary key (tenant_id, id),
  unique (tenant_id, reference)
);
create index outcome_day on advocate.outcome (tenant_id, happened_on);

do $$
declare t text;
begin
  foreach t in array array['fact','price','recall','tariff','warning','cancellation','order_check','outcome'] loop
    execute format('alter table advocate.%I enable row level security', t);
    execute format('alter table advocate.%I force row level security', t);
    execute format('create policy own_tenant on advocate.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on advocate.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema advocate to ah_app;
end $$;
