-- What a council is asked to sign; the ledger knows only what k of n have signed.
create table wallet.proposal (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  client_key text not null check (length(client_key) between 1 and 100),
  council text not null check (council in ('governors', 'attestors')),
  what jsonb not null,
  note text not null default '' check (length(note) <= 500),
  -- Hides the reason that the ledger has only a hash of.
  salt bytea not null check (length(salt) = 16),
  body bytea not null,
  tx_id bytea not null check (length(tx_id) = 16),
  state text not null default 'open' check (state in ('open', 'applied', 'refused', 'expired', 'withdrawn')),
  result text not null default '',
  height bigint,
  proposed_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, client_key)
);
create table wallet.approval (
  tenant_id int not null,
  proposal_id bigint not null,
  -- Place among the signers.
  n int not null check (n between 0 and 7),
  account bytea not null check (length(account) = 16),
  signature bytea check (length(signature) = 64),
  signed_at timestamptz,
  primary key (tenant_id, proposal_id, n),
  foreign key (tenant_id, proposal_id) references wallet.proposal (tenant_id, id) on delete cascade
);

-- Euro that became coins: at the counter, or through a payment request.
create table wallet.purchase (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  client_key text not null check (length(client_key) between 1 and 100),
  account bytea not null check (length(account) = 16),
  amount_minor bigint not null check (amount_minor > 0),
  paid_by text not null check (paid_by in ('cash', 'transfer', 'card', 'request')),
  is_identified boolean not null default false,
  -- Of pay, where it was asked for there.
  pay_reference text,
  pay_url text not null default '',
  state text not null check (state in ('asked', 'waiting', 'done', 'failed', 'cancelled')),
  result text not null default '',
  job_id bytea check (length(job_id) = 16),
  made_by text not null,
  made_at timestamptz not null,
  done_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, client_key)
);
create index purchase_done on wallet.purchase (tenant_id, done_at) where state = 'done';

-- Coins that a merchant handed back, in the merchant's rows.
create table wallet.redemption (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  client_key text not null check (length(client_key) between 1 and 100),
  membership_id bigint not null,
  amount_minor bigint not null check (amount_minor > 0),
  state text not null check (state in ('asked', 'accepted', 'ordered', 'paid', 'returned')),
  result text not null default '',
  holder text not null,
  iban text not null,
  job_id bytea not null check (length(job_id) = 16),
  made_by text not null,
  made_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, client_key),
  foreign key (tenant_id, membership_id) references wallet.membership (tenant_id, id)
);
-- The same, in the issuer's rows: what the reserve pays out, and the coins that end for it.
create table wallet.payout (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  merchant_id bigint not null,
  member_tenant_id int not null,
  redemption_id bigint not null,
  amount_minor bigint not null check (amount_minor > 0),
  holder text not null,
  iban text not null,
  state text not null check (state in ('accepted', 'ordered', 'paid', 'returned')),
  preburn_id bytea check (length(preburn_id) = 16),
  file_id bigint,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, member_tenant_id, redemption_id),
  foreign key (tenant_id, merchant_id) references wallet.merchant (tenant_id, id)
);
create table wallet.payout_file (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  name text not null,
  xml text not null,
  transfers int not null,
  sum_minor bigint not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (tenant_id, id)
);

-- How supply and reserve stood, for the public page.
create table wallet.reserve_point (
  tenant_id int not null references kernel.tenant(id),
  height bigint not null,
  at timestamptz not null,
  supply bigint not null check (supply >= 0),
  reserve_minor bigint not null check (reserve_minor >= 0),
  -- The root of what is owed, where it was published in this block.
  root bytea check (length(root) = 32),
  primary key (tenant_id, height)
);

-- A new device asks for an account; every group of recoverers that is enough has its own bytes to sign.
create table wallet.recovery (
  tenant_id int not null references kernel.tenant(id),
  id bytea not null check (length(id) = 16),
  -- Hash of the key that the new device has.
  key_hash bytea not null check (length(key_hash) = 32),
  account bytea not null check (length(account) = 16),
  new_key bytea not null check (length(new_key) = 33),
  label text not null default '' check (length(label) <= 60),
  needed int not null check (needed > 0),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'expired')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index recovery_account on wallet.recovery (tenant_id, account);
create table wallet.recovery_group (
  tenant_id int not null,
  recovery_id bytea not null,
  n int not null,
  body bytea not null,
  tx_id bytea not null check (length(tx_id) = 16),
  primary key (tenant_id, recovery_id, n),
  foreign key (tenant_id, recovery_id) references wallet.recovery (tenant_id, id) on delete cascade
);
create table wallet.recovery_signature (
  tenant_id int not null,
  recovery_id bytea not null,
  n int not null,
  -- Place among the signers of this group.
  signer int not null,
  account bytea not null check (length(account) = 16),
  signature bytea check (length(signature) = 64),
  primary key (tenant_id, recovery_id, n, signer),
  foreign key (tenant_id, recovery_id, n) references wallet.recovery_group (tenant_id, recovery_id, n) on delete cascade
);
create index recovery_signature_account on wallet.recovery_signature (tenant_id, account);

do $$
declare t text;
begin
  foreach t in array array['proposal','approval','purchase','redemption','payout','payout_file','reserve_point','recovery','recovery_group','recovery_signature'] loop
    execute format('alter table wallet.%I enable row level security', t);
    execute format('alter table wallet.%I force row level security', t);
    execute format('create policy own_tenant on wallet.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on wallet.%I to ah_app', t);
  end loop;
  grant usage on all sequences in schema wallet to ah_app;
end $$;
