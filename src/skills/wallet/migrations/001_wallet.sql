-- Everything around the coin's ledger: who issues it, who takes it, wallets, what is asked for, and what the node signs itself. The
-- ledger knows accounts and amounts and no person; who is behind an account stands in account_place and nowhere else.
create schema wallet;
grant usage on schema wallet to ah_app, ah_node;

-- The company's own coin. Keys of the node are sealed with a secret of the node.
create table wallet.coin (
  tenant_id int primary key references kernel.tenant(id),
  name text not null check (length(name) between 1 and 60),
  symbol text not null check (symbol ~ '^[A-Z]{2,6}$'),
  legal text not null default 'play' check (legal in ('play', 'voucher', 'issuer')),
  state text not null default 'draft' check (state in ('draft', 'open')),
  -- Whose account the reserve is.
  holder text not null default '',
  iban text not null default '',
  governors_needed int not null check (governors_needed between 1 and 8),
  attestors_needed int not null check (attestors_needed between 1 and 8),
  chain_id bigint check (chain_id > 0),
  registrar_account bytea check (length(registrar_account) = 16),
  registrar_key text not null default '',
  exchange_account bytea check (length(exchange_account) = 16),
  exchange_key text not null default '',
  begun_at timestamptz,
  revision int not null default 1,
  check (state = 'draft' or (chain_id is not null and registrar_account is not null and exchange_account is not null and begun_at is not null))
);

-- Whose signature counts: keys are made in their browsers and stay there.
create table wallet.council_member (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  council text not null check (council in ('governors', 'attestors')),
  staff_id text not null,
  name text not null check (length(name) between 1 and 60),
  account bytea not null check (length(account) = 16),
  key bytea not null check (length(key) = 33),
  secret bytea not null check (length(secret) = 16),
  joined_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, account),
  unique (tenant_id, key)
);

-- Who takes the coin, as its issuer sees it.
create table wallet.merchant (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  name text not null check (length(name) between 1 and 100),
  member_tenant_id int references kernel.tenant(id),
  account bytea check (length(account) = 16),
  invitation text check (invitation ~ '^[0-9a-f]{32}$'),
  state text not null default 'invited' check (state in ('invited', 'open', 'left')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, account),
  unique (tenant_id, member_tenant_id),
  unique (tenant_id, invitation)
);

-- The same, as the merchant sees it.
create table wallet.membership (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  issuer_tenant_id int not null references kernel.tenant(id),
  account bytea not null check (length(account) = 16),
  sealed_key text not null,
  public_key bytea not null check (length(public_key) = 32),
  secret bytea not null check (length(secret) = 16),
  redeem_holder text not null default '',
  redeem_iban text not null default '',
  state text not null default 'invited' check (state in ('invited', 'open', 'left')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, issuer_tenant_id)
);

create table wallet.invitation (
  tenant_id int not null references kernel.tenant(id),
  key text not null check (key ~ '^[0-9a-f]{32}$'),
  label text not null default '' check (length(label) <= 60),
  uses int not null check (uses > 0),
  used int not null default 0 check (used >= 0 and used <= uses),
  -- A second device: of the account that made it.
  made_by_account bytea check (length(made_by_account) = 16),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, key)
);
-- Whom it was sent to; goes with the person.
create table wallet.invitation_place (
  tenant_id int not null,
  key text not null,
  contact_id bigint not null,
  primary key (tenant_id, key),
  foreign key (tenant_id, key) references wallet.invitation (tenant_id, key) on delete cascade
);
create index invitation_place_contact on wallet.invitation_place (tenant_id, contact_id);

-- Customers' accounts, in the issuer's rows. They name nobody.
create table wallet.account (
  tenant_id int not null references kernel.tenant(id),
  account bytea not null check (length(account) = 16),
  -- SHA-256 of the token that reads; null: forgotten.
  token_hash bytea check (length(token_hash) = 32),
  -- Hides the account's leaf in the published tree; null: forgotten.
  secret bytea check (length(secret) = 16),
  -- With which it was opened, so that the same call again gives the same account.
  opened_key bytea not null check (length(opened_key) = 33),
  invitation text not null,
  label text not null default '' check (length(label) <= 60),
  language text not null default 'de' check (language in ('de', 'en')),
  state text not null default 'opening' check (state in ('opening', 'open')),
  -- What the customer calls those who may recover it: {account: label}
  helper_labels jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, account),
  unique (tenant_id, token_hash),
  unique (tenant_id, opened_key)
);

-- Who is behind an account: the only place that joins the two (purpose wallet.account). Goes with the person.
create table wallet.account_place (
  tenant_id int not null references kernel.tenant(id),
  issuer_tenant_id int not null,
  account bytea not null check (length(account) = 16),
  contact_id bigint not null,
  primary key (tenant_id, issuer_tenant_id, account)
);
create index account_place_contact on wallet.account_place (tenant_id, contact_id);

-- What a merchant asks for, in the merchant's rows.
create table wallet.request (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  client_key text not null check (length(client_key) between 1 and 100),
  fingerprint text not null check (length(fingerprint) = 64),
  -- Opens it for a customer; stands in the link.
  key text not null check (key ~ '^[0-9a-f]{32}$'),
  membership_id bigint not null,
  issuer_tenant_id int not null,
  title text not null check (length(title) between 1 and 140),
  -- Base units.
  amount bigint not null check (amount > 0),
  kind text not null check (kind in ('now', 'hold')),
  until timestamptz check ((kind = 'hold') = (until is not null)),
  -- SHA-256(salt | key): what the ledger sees of it. Null: forgotten.
  salt bytea check (length(salt) = 16),
  reference bytea not null check (length(reference) = 32),
  state text not null default 'open' check (state in ('open', 'held', 'paid', 'part_refunded', 'refunded', 'returned', 'expired', 'cancelled')),
  paid_amount bigint not null default 0 check (paid_amount >= 0 and paid_amount <= amount),
  refunded_amount bigint not null default 0 check (refunded_amount >= 0 and refunded_amount <= paid_amount),
  payer bytea check (length(payer) = 16),
  tx_id bytea check (length(tx_id) = 16),
  height bigint,
  paid_at timestamptz,
  -- The transaction that pays it at this moment: a second one is not let in beside it.
  attempt_id bytea check (length(attempt_id) = 16),
  about text not null default '' check (length(about) <= 60),
  is_offline boolean not null default false,
  language text not null default 'de' check (language in ('de', 'en')),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, client_key),
  unique (tenant_id, key),
  unique (tenant_id, reference),
  foreign key (tenant_id, membership_id) references wallet.membership (tenant_id, id)
);
create index request_state on wallet.request (tenant_id, state, id);
create index request_held on wallet.request (until) where state = 'held';
create index request_about on wallet.request (tenant_id, about) where about <> '';

-- Where it was asked. Goes with the conversation or the person.
create table wallet.request_place (
  tenant_id int not null,
  request_id bigint not null,
  conversation_id bigint not null,
  contact_id bigint not null,
  primary key (tenant_id, request_id),
  foreign key (tenant_id, request_id) references wallet.request (tenant_id, id) on delete cascade
);
create index request_place_contact on wallet.request_place (tenant_id, contact_id);
create index request_place_conversation on wallet.request_place (tenant_id, conversation_id);

-- What happened to a request, to the cent; the settlement is counted from it.
create table wallet.entry (
  tenant_id int not null,
  id bigint generated always as identity,
  request_id bigint not null,
  kind text not null check (kind in ('paid', 'held', 'captured', 'returned', 'refunded')),
  amount bigint not null check (amount >= 0),
  state text not null check (state in ('waiting', 'done', 'failed')),
  result text not null default '',
  -- Made by who asks, e.g. of a refund; null: happened once anyway.
  client_key text,
  job_id bytea check (length(job_id) = 16),
  tx_id bytea not null check (length(tx_id) = 16),
  height bigint,
  made_by text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, request_id, client_key),
  unique (tenant_id, tx_id, kind),
  foreign key (tenant_id, request_id) references wallet.request (tenant_id, id) on delete cascade
);
create index entry_request on wallet.entry (tenant_id, request_id);
create index entry_at on wallet.entry (tenant_id, at) where state = 'done';

-- What a wallet shows as its history, in the issuer's rows.
create table wallet.movement (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  account bytea not null check (length(account) = 16),
  at timestamptz not null,
  kind text not null check (kind in ('bought', 'paid', 'held', 'captured', 'returned', 'refunded', 'received', 'redeemed', 'sold')),
  -- Base units, signed.
  amount bigint not null,
  other text not null default '',
  title text not null default '',
  request_key text,
  tx_id bytea not null check (length(tx_id) = 16),
  height bigint not null,
  primary key (tenant_id, id),
  unique (tenant_id, account, tx_id, kind)
);

-- What is to be done on a ledger, in the rows of whoever wants it: stored first, done by the process that has the engine, noted after.
create table wallet.job (
  tenant_id int not null references kernel.tenant(id),
  -- The transaction's id.
  id bytea not null check (length(id) = 16),
  ledger_tenant_id int not null,
  -- By which key: the customer's own bytes, or a key of the node.
  signer text not null check (signer in ('customer', 'council', 'registrar', 'exchange', 'merchant')),
  membership_id bigint,
  -- What the node is to sign; null where the bytes came signed.
  operations jsonb,
  -- Signed; sent again they are done once.
  bytes bytea,
  nonce bigint,
  -- What it is for and about whom, e.g. refund, "12".
  purpose text not null check (length(purpose) <= 30),
  subject text not null default '' check (length(subject) <= 80),
  state text not null default 'waiting' check (state in ('waiting', 'decided', 'done')),
  result text not null default '',
  height bigint,
  tries int not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index job_waiting on wallet.job (next_at) where state <> 'done';
create index job_ended on wallet.job (tenant_id, created_at) where state = 'done';

do $$
declare t text;
begin
  foreach t in array array['coin','council_member','merchant','membership','invitation','invitation_place','account','account_place','request','request_place',
      'entry','movement','job'] loop
    execute format('alter table wallet.%I enable row level security', t);
    execute format('alter table wallet.%I force row level security', t);
    execute format('create policy own_tenant on wallet.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on wallet.%I to ah_app', t);
  end loop;
  -- The process that has the engines asks for all companies at once where something is to be done: that, and nothing of it.
  execute 'create policy wakes on wallet.job for select to ah_node using (true)';
  execute 'grant select (tenant_id, state, next_at) on wallet.job to ah_node';
  execute 'create policy wakes on wallet.request for select to ah_node using (true)';
  execute 'grant select (tenant_id, state, until) on wallet.request to ah_node';
  execute 'create policy wakes on wallet.coin for select to ah_node using (true)';
  execute 'grant select (tenant_id, state) on wallet.coin to ah_node';
  grant usage on all sequences in schema wallet to ah_app;
end $$;
