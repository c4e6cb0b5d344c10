-- The ledger of a coin: random account ids, keys and amounts, nothing else. It belongs to a role of its own: the roles that know
-- persons (ah_app, ah_node) cannot read it, and ah_coin reads nothing but it (docs/decisions/0037).
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'ah_coin') then create role ah_coin login; end if;
exception when duplicate_object or unique_violation then null; -- two databases migrate at the same moment
end $$;
do $$ begin
  execute format('grant ah_coin to %I', current_user);
exception when others then null;
end $$;

create schema coin;
grant usage on schema coin to ah_coin;

-- One row a company: who may write (epoch), and how far it is written. Every block moves it on, so it must stay a HOT update.
create table coin.ledger (
  tenant_id int primary key references kernel.tenant(id),
  genesis bytea not null,
  epoch bigint not null default 0 check (epoch >= 0),
  height bigint not null default 0 check (height >= 0),
  chain_hash bytea not null check (length(chain_hash) = 32),
  created_at timestamptz not null
) with (fillfactor = 10);

-- A block is a row: what was decided in it, the signed transactions one behind the other. Never changed, never removed.
create table coin.block (
  tenant_id int not null references coin.ledger(tenant_id),
  height bigint not null check (height > 0),
  -- ms of the block, as the rules saw it
  time_ms bigint not null,
  chain_hash bytea not null check (length(chain_hash) = 32),
  lengths int[] not null,
  codes smallint[] not null,
  bytes bytea not null,
  primary key (tenant_id, height),
  check (cardinality(lengths) = cardinality(codes))
);
-- Signatures and random ids do not compress, so it is not tried.
alter table coin.block alter column bytes set storage external, alter column lengths set storage external,
  alter column codes set storage external;

-- The same, a row a transaction; for whoever reads with SQL.
create view coin.transaction with (security_invoker = true) as
  select b.tenant_id, b.height, u.n::int as n, b.time_ms, u.code,
    substring(b.bytes from (1 + u.before)::int for u.length) as bytes
  from coin.block b cross join lateral (
    select p.n, p.code, p.length, sum(p.length) over (order by p.n) - p.length as before
    from unnest(b.lengths, b.codes) with ordinality p(length, code, n)) u;

-- A copy of the whole state, written piece by piece; it counts from the moment that its hash stands there.
create table coin.snapshot (
  tenant_id int not null references coin.ledger(tenant_id),
  height bigint not null,
  state_hash bytea check (length(state_hash) = 32),
  pieces int not null default 0,
  begun_at timestamptz not null,
  primary key (tenant_id, height)
);
create table coin.snapshot_piece (
  tenant_id int not null,
  height bigint not null,
  n int not null,
  bytes bytea not null,
  primary key (tenant_id, height, n),
  foreign key (tenant_id, height) references coin.snapshot (tenant_id, height) on delete cascade
);
alter table coin.snapshot_piece alter column bytes set storage external;

do $$ declare t text; begin
  foreach t in array array['ledger','block','snapshot','snapshot_piece'] loop
    execute format('alter table coin.%I enable row level security', t);
    execute format('alter table coin.%I force row level security', t);
    execute format('create policy own_tenant on coin.%I to ah_coin using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
  end loop;
end $$;
-- Not even the engine can change what was decided: there is no update and no delete of a block.
grant select, insert, update on coin.ledger to ah_coin;
grant select, insert on coin.block to ah_coin;
grant select on coin.transaction to ah_coin;
grant select, insert, update, delete on coin.snapshot, coin.snapshot_piece to ah_coin;
