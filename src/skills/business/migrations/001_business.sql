-- Companies as customers: their people and roles, machines, drawings, quotations and orders.
create schema business;
grant usage on schema business to ah_app, ah_node;

create table business.company (
  tenant_id int not null references kernel.tenant(id),
  id int generated always as identity,
  name text not null check (length(name) between 1 and 200),
  -- As the tenant numbers its customers; '' = none.
  number text not null default '' check (length(number) <= 40),
  street text not null default '',
  postal_code text not null default '',
  city text not null default '',
  country text not null default 'DE' check (country ~ '^[A-Z]{2}$'),
  vat_id text not null default '',
  language text not null check (language in ('de', 'en')),
  note text not null default '' check (length(note) <= 4000),
  revision int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index company_number on business.company (tenant_id, number) where number <> '';

-- Somebody who speaks for the company. The contact is the kernel's; it goes when the person leaves or is erased, the row
-- stays as long as a document names it.
create table business.person (
  tenant_id int not null,
  id bigint generated always as identity,
  company_id int not null,
  contact_id bigint,
  roles text[] not null check (roles <@ array['orderer', 'accounts', 'technician', 'decision_maker']),
  left_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references business.company (tenant_id, id) on delete cascade,
  check (contact_id is not null or left_at is not null)
);
-- A contact speaks for one company; the same person speaks for another one from another address.
create unique index person_contact on business.person (tenant_id, contact_id) where left_at is null;
create index person_company on business.person (tenant_id, company_id);

create table business.machine (
  tenant_id int not null,
  id bigint generated always as identity,
  company_id int not null,
  serial text not null check (length(serial) between 1 and 60),
  -- The serial number without case, blanks and signs: what people type.
  serial_key text not null check (length(serial_key) between 1 and 60),
  model text not null check (length(model) between 1 and 120),
  place text not null default '' check (length(place) <= 200),
  -- The tenant's colleague who looks after it; a user id of kernel.staff.
  technician text,
  revision int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, serial_key),
  foreign key (tenant_id, company_id) references business.company (tenant_id, id) on delete cascade
);
create index machine_company on business.machine (tenant_id, company_id);

-- A drawing, a manual, a contract; each change is a further version.
create table business.drawing (
  tenant_id int not null,
  id bigint generated always as identity,
  company_id int not null,
  machine_id bigint,
  title text not null check (length(title) between 1 and 200),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references business.company (tenant_id, id) on delete cascade,
  foreign key (tenant_id, machine_id) references business.machine (tenant_id, id) on delete cascade
);
create index drawing_company on business.drawing (tenant_id, company_id);
create table business.drawing_version (
  tenant_id int not null,
  drawing_id bigint not null,
  version int not null check (version >= 1),
  file_id text not null,
  sha256 text not null,
  note text not null default '' check (length(note) <= 500),
  added_by text not null,
  added_at timestamptz not null,
  primary key (tenant_id, drawing_id, version),
  unique (tenant_id, file_id),
  foreign key (tenant_id, drawing_id) references business.drawing (tenant_id, id) on delete cascade
);

create table business.quotation (
  tenant_id int not null,
  id bigint generated always as identity,
  company_id int not null,
  -- Given when it is first sent, gapless in its year.
  number text,
  created_at timestamptz not null,
  created_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  -- Documents outlive the address book: a company with quotations cannot be removed.
  foreign key (tenant_id, company_id) references business.company (tenant_id, id)
);
create index quotation_company on business.quotation (tenant_id, company_id);

create table business.quotation_version (
  tenant_id int not null,
  quotation_id bigint not null,
  version int not null check (version >= 1),
  state text not null default 'draft'
    check (state in ('draft', 'sent', 'replaced', 'accepted', 'declined', 'withdrawn', 'expired')),
  language text not null check (language in ('de', 'en')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The last day on which it can be accepted, in the tenant's time zone.
  valid_until date not null,
  -- [{"text","quantityMilli","unit","priceCents","per","discountBp","taxBp"}]
  lines jsonb not null,
  -- {"intro","delivery","terms","taxNote"}
  words jsonb not null,
  net_cents bigint not null check (net_cents >= 0),
  tax_cents bigint not null check (tax_cents >= 0),
  gross_cents bigint not null check (gross_cents = net_cents + tax_cents),
  revision int not null default 1,
  changed_at timestamptz not null,
  -- The document of record; what the customer got is a copy with the same bytes.
  file_id text,
  sha256 text check (length(sha256) = 64),
  sent_at timestamptz,
  ended_at timestamptz,
  reason text not null default '' check (length(reason) <= 1000),
  primary key (tenant_id, quotation_id, version),
  foreign key (tenant_id, quotation_id) references business.quotation (tenant_id, id) on delete cascade,
  check ((state = 'draft') = (sent_at is null)),
  check ((state = 'draft') or (file_id is not null and sha256 is not null)),
  check ((state in ('draft', 'sent')) = (ended_at is null))
);
-- One can be accepted, one can be written, one was accepted: never two.
create unique index quotation_one_draft on business.quotation_version (tenant_id, quotation_id) where state = 'draft';
create unique index quotation_one_sent on business.quotation_version (tenant_id, quotation_id) where state = 'sent';
create unique index quotation_one_order on business.quotation_version (tenant_id, quotation_id) where state = 'accepted';
create index quotation_state on business.quotation_version (tenant_id, state);

-- Where a quotation is spoken of, and to whom it is addressed. Goes with the conversation.
create table business.quotation_place (
  tenant_id int not null,
  quotation_id bigint not null,
  conversation_id bigint,
  person_id bigint,
  primary key (tenant_id, quotation_id),
  foreign key (tenant_id, quotation_id) references business.quotation (tenant_id, id) on delete cascade,
  foreign key (tenant_id, person_id) references business.person (tenant_id, id)
);
create index quotation_place_conversation on business.quotation_place (tenant_id, conversation_id);

-- Who ordered, by which words, and which document they had: one a quotation, so that two who click order once.
create table business.acceptance (
  tenant_id int not null,
  quotation_id bigint not null,
  version int not null,
  person_id bigint not null,
  conversation_id bigint,
  message_id uuid,
  words text not null check (length(words) <= 1000),
  sha256 text not null check (length(sha256) = 64),
  accepted_at timestamptz not null,
  primary key (tenant_id, quotation_id),
  foreign key (tenant_id, quotation_id, version) references business.quotation_version (tenant_id, quotation_id, version) on delete cascade,
  foreign key (tenant_id, person_id) references business.person (tenant_id, id)
);

-- The order confirmation; its document follows the acceptance.
create table business.confirmation (
  tenant_id int not null,
  quotation_id bigint not null,
  number text not null,
  file_id text,
  sha256 text check (length(sha256) = 64),
  issued_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, quotation_id),
  unique (tenant_id, number),
  foreign key (tenant_id, quotation_id) references business.acceptance (tenant_id, quotation_id) on delete cascade,
  check ((file_id is null) = (sha256 is null)),
  check (sent_at is null or file_id is not null)
);

-- The last number given, by kind and year; the row is locked while one is given, so there are no gaps.
create table business.counter (
  tenant_id int not null references kernel.tenant(id),
  kind text not null check (kind in ('quotation', 'confirmation')),
  year int not null,
  last int not null check (last >= 1),
  primary key (tenant_id, kind, year)
);

-- What stands at the head and foot of the tenant's documents.
create table business.letterhead (
  tenant_id int not null references kernel.tenant(id),
  details jsonb not null,
  revision int not null default 1,
  primary key (tenant_id)
);

do $$
declare t text;
begin
  foreach t in array array['company','person','machine','drawing','drawing_version','quotation','quotation_version','quotation_place','acceptance','confirmation','counter','letterhead'] loop
    execute format('alter table business.%I enable row level security', t);
    execute format('alter table business.%I force row level security', t);
    execute format('create policy own_tenant on business.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on business.%I to ah_app', t);
  end loop;
  -- The pump asks for many tenants at once who speaks for whom, what can be ordered and which machines there are.
  foreach t in array array['person','machine','quotation','quotation_version','quotation_place'] loop
    execute format('create policy message_way on business.%I for select to ah_node using (true)', t);
    execute format('grant select on business.%I to ah_node', t);
  end loop;
  grant usage on all sequences in schema business to ah_app;
end $$;
