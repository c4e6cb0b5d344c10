-- Payment requests in euro, what the bank and payment services say was paid, refunds and receipts.
create schema pay;
grant usage on schema pay to ah_app, ah_node;

-- Account, accounts of the bookkeeping, rules of reminders: see api/settings.ts.
create table pay.settings (
  tenant_id int not null references kernel.tenant(id),
  details jsonb not null,
  revision int not null default 1,
  primary key (tenant_id)
);

-- A service that takes cards and the like for the company.
create table pay.provider (
  tenant_id int not null references kernel.tenant(id),
  kind text not null check (kind in ('stripe', 'mollie')),
  api_key text not null check (length(api_key) between 1 and 300),
  -- Stripe signs with it; Mollie signs nothing.
  webhook_secret text not null default '' check (length(webhook_secret) <= 300),
  -- The last part of the address at which the service calls.
  hook_key text not null check (hook_key ~ '^[0-9a-f]{32}$'),
  -- "" = the service's own address; a test's simulator otherwise.
  api_base text not null default '',
  active boolean not null default true,
  fault text not null default '' check (length(fault) <= 200),
  fault_at timestamptz,
  revision int not null default 1,
  primary key (tenant_id, kind)
);

-- What is asked for. It names nobody: who is asked stands beside it and goes with the person.
create table pay.request (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  -- Made by who asks; the same one gives the same request.
  key text not null check (length(key) between 1 and 100),
  fingerprint text not null check (length(fingerprint) = 64),
  -- Opens the customer's page.
  page_key text not null check (page_key ~ '^[0-9a-f]{32}$'),
  -- RF creditor reference (ISO 11649); what a transfer is matched by.
  reference text not null check (reference ~ '^RF[0-9]{2}[A-Z0-9]{1,21}$'),
  title text not null check (length(title) between 1 and 140),
  -- [{"text","amountMinor"}], which come to the amount; [] = none were said.
  lines jsonb not null default '[]',
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor > 0),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  refunded_minor bigint not null default 0 check (refunded_minor >= 0 and refunded_minor <= paid_minor),
  state text not null check (state in ('open', 'reminded', 'part_paid', 'paid', 'overpaid', 'cancelled', 'expired', 'refunded')),
  due_on date not null,
  -- The last day on which it can be paid on its page; null = no end.
  expires_on date check (expires_on >= due_on),
  cancelled_at timestamptz,
  expired_at timestamptz,
  reason text not null default '' check (length(reason) <= 500),
  language text not null check (language in ('de', 'en')),
  created_by text not null,
  created_at timestamptz not null,
  -- When nothing was open any more; null = open.
  ended_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  unique (tenant_id, page_key),
  unique (tenant_id, reference)
);
create index request_state on pay.request (tenant_id, state, id);

-- Of whom it is asked, and where. Goes with the conversation or the person.
create table pay.request_place (
  tenant_id int not null,
  request_id bigint not null,
  conversation_id bigint,
  contact_id bigint not null,
  primary key (tenant_id, request_id),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade
);
create index request_place_contact on pay.request_place (tenant_id, contact_id);

create table pay.reminder (
  tenant_id int not null,
  request_id bigint not null,
  sent_at timestamptz not null,
  primary key (tenant_id, request_id, sent_at),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade
);

-- A try to pay at a service.
create table pay.checkout (
  tenant_id int not null,
  id bigint generated always as identity,
  request_id bigint not null,
  provider text not null check (provider in ('stripe', 'mollie')),
  -- The service's own id; null until it has answered.
  external_id text,
  url text,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  state text not null check (state in ('open', 'processing', 'paid', 'expired', 'failed', 'wrong_amount')),
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, provider, external_id),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade
);
create index checkout_request on pay.checkout (tenant_id, request_id);

-- A statement of the company's account, as the bank sent it.
create table pay.statement (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  iban text not null,
  external_id text not null check (length(external_id) between 1 and 70),
  sequence text not null default '',
  from_on date,
  to_on date not null,
  currency text not null,
  opening_minor bigint not null,
  closing_minor bigint not null,
  entries int not null,
  -- Codes of what was noticed, e.g. out_of_order.
  notes text[] not null,
  sha256 text not null check (length(sha256) = 64),
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, iban, external_id)
);
create index statement_day on pay.statement (tenant_id, iban, to_on);

create table pay.entry (
  tenant_id int not null,
  id bigint generated always as identity,
  statement_id bigint not null,
  -- The bank's own reference of the entry, or its place in the statement: an entry comes once.
  key text not null check (length(key) between 1 and 200),
  is_credit boolean not null,
  is_reversal boolean not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  booked_on date not null,
  -- The other side.
  name text not null check (length(name) <= 140),
  iban text not null check (length(iban) <= 34),
  end_to_end text not null check (length(end_to_end) <= 35),
  reference text not null check (length(reference) <= 35),
  words text not null check (length(words) <= 1000),
  state text not null check (state in ('matched', 'proposed', 'unknown', 'dismissed', 'other', 'reversal', 'foreign_currency')),
  -- [{"requestId","why"}], the best first.
  proposals jsonb not null default '[]',
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, statement_id) references pay.statement (tenant_id, id) on delete cascade
);
create index entry_state on pay.entry (tenant_id, state, id);
create index entry_statement on pay.entry (tenant_id, statement_id);

-- Money that came; what was taken back stays, with the time.
create table pay.payment (
  tenant_id int not null,
  id bigint generated always as identity,
  request_id bigint not null,
  source text not null check (source in ('bank', 'stripe', 'mollie', 'hand')),
  -- The entry's key, the service's id of the payment, or the key of who recorded it: booked once.
  external_id text not null check (length(external_id) between 1 and 200),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  payer text not null default '' check (length(payer) <= 140),
  payer_iban text not null default '' check (length(payer_iban) <= 34),
  entry_id bigint,
  checkout_id bigint,
  booked_on date not null,
  made_at timestamptz not null,
  made_by text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade,
  foreign key (tenant_id, entry_id) references pay.entry (tenant_id, id) on delete cascade,
  foreign key (tenant_id, checkout_id) references pay.checkout (tenant_id, id) on delete cascade
);
create unique index payment_once on pay.payment (tenant_id, source, external_id) where undone_at is null;
create index payment_request on pay.payment (tenant_id, request_id);

-- Money that goes back. It counts from the moment it is decided, so that nothing is paid back twice.
create table pay.refund (
  tenant_id int not null,
  id bigint generated always as identity,
  request_id bigint not null,
  payment_id bigint not null,
  key text not null check (length(key) between 1 and 100),
  way text not null check (way in ('bank', 'stripe', 'mollie', 'hand')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  state text not null check (state in ('planned', 'ordered', 'done', 'failed')),
  external_id text,
  -- The SEPA file in which it was ordered.
  file_id bigint,
  reason text not null default '' check (length(reason) <= 140),
  fault text not null default '' check (length(fault) <= 200),
  made_at timestamptz not null,
  made_by text not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  unique (tenant_id, way, external_id),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade,
  foreign key (tenant_id, payment_id) references pay.payment (tenant_id, id) on delete cascade
);
create index refund_request on pay.refund (tenant_id, request_id);

-- A file for the bank (pain.001); kept as it was handed out.
create table pay.transfer_file (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  name text not null,
  xml text not null,
  transfers int not null,
  sum_minor bigint not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (tenant_id, id)
);

-- The receipt of a request that was paid: its facts do not change any more.
create table pay.receipt (
  tenant_id int not null,
  request_id bigint not null,
  number text not null,
  facts jsonb not null,
  issued_at timestamptz not null,
  primary key (tenant_id, request_id),
  unique (tenant_id, number),
  foreign key (tenant_id, request_id) references pay.request (tenant_id, id) on delete cascade
);

-- The last number given; the row is locked while one is given, so there are no gaps but those of a restore.
create table pay.counter (
  tenant_id int not null references kernel.tenant(id),
  kind text not null check (kind in ('receipt')),
  year int not null,
  last int not null check (last >= 1),
  gaps jsonb not null default '[]',
  primary key (tenant_id, kind, year)
);

do $$
declare t text;
begin
  foreach t in array array['settings','provider','request','request_place','reminder','checkout','statement','entry','payment','refund','transfer_file','receipt','counter'] loop
    execute format('alter table pay.%I enable row level security', t);
    execute format('alter table pay.%I force row level security', t);
    execute format('create policy own_tenant on pay.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on pay.%I to ah_app', t);
  end loop;
  -- The pump asks for many tenants at once of whom something is asked; amounts are not its business.
  execute 'create policy message_way on pay.request_place for select to ah_node using (true)';
  execute 'grant select on pay.request_place to ah_node';
  grant usage on all sequences in schema pay to ah_app;
end $$;
