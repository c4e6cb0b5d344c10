-- Consent: what was agreed to (consent_text), who may be written to now (consent_grant), the proof (consent_ledger, append-only
-- and hash-chained, with salted commitments), and the personal values beside it that can be erased (consent_proof).
create table kernel.consent_text (
  tenant_id int not null references kernel.tenant(id),
  -- SHA-256 of language, newline, text.
  hash bytea not null,
  language text not null check (language in ('de', 'en')),
  text text not null check (length(text) between 1 and 4000),
  first_used_at timestamptz not null,
  primary key (tenant_id, hash)
);

create table kernel.consent_grant (
  tenant_id int not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  channel_id int not null,
  purpose text not null,
  -- '' = the whole purpose.
  topic text not null default '',
  text_hash bytea not null,
  how text not null check (how in ('message', 'form', 'double_opt_in', 'link', 'staff', 'import')),
  granted_at timestamptz not null,
  expires_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_how text,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, purpose, id),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id),
  foreign key (tenant_id, channel_id) references kernel.channel (tenant_id, id),
  foreign key (tenant_id, text_hash) references kernel.consent_text (tenant_id, hash),
  check ((withdrawn_at is null) = (withdrawn_how is null))
) with (fillfactor = 90);
create unique index consent_grant_open on kernel.consent_grant (tenant_id, contact_id, purpose, topic, channel_id)
  where withdrawn_at is null;

create table kernel.consent_ledger (
  tenant_id int not null,
  seq bigint not null,
  act text not null check (act in ('grant', 'withdraw')),
  grant_id bigint not null,
  purpose text not null,
  topic text not null,
  at timestamptz not null,
  -- SHA-256 of a random salt and the personal values; says nothing once they are erased.
  commitment bytea not null,
  previous bytea not null,
  hash bytea not null,
  primary key (tenant_id, seq)
);
create table kernel.consent_head (
  tenant_id int primary key references kernel.tenant(id),
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 10);
create table kernel.consent_proof (
  tenant_id int not null,
  seq bigint not null,
  contact_id bigint not null,
  salt bytea not null,
  personal jsonb not null,
  -- null as long as the grant stands.
  keep_until timestamptz,
  primary key (tenant_id, seq)
);
create index consent_proof_contact on kernel.consent_proof (tenant_id, contact_id);
create index consent_proof_end on kernel.consent_proof (keep_until) where keep_until is not null;

create function kernel.consent_ledger_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'the consent ledger is append-only';
end $$;
create trigger consent_ledger_is_final before update or delete on kernel.consent_ledger
  for each row execute function kernel.consent_ledger_is_final();
create trigger consent_ledger_is_kept before truncate on kernel.consent_ledger
  for each statement execute function kernel.consent_ledger_is_final();

-- A decision made without a person: by which rule, from what, why; replayed from here, contested to a person.
create table kernel.decision (
  tenant_id int not null,
  id bigint generated always as identity,
  contact_id bigint not null,
  purpose text not null,
  rule text not null,
  inputs jsonb not null,
  outcome text not null,
  explanation jsonb not null,
  made_at timestamptz not null,
  contested_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references kernel.contact (tenant_id, id)
);
create index decision_contact on kernel.decision (tenant_id, contact_id);
create index decision_age on kernel.decision using brin (made_at);

-- An agreement between two companies: nothing else crosses. The second party agrees before anything does.
create table kernel.agreement (
  tenant_id int not null references kernel.tenant(id),
  id bigint generated always as identity,
  with_tenant_id int not null references kernel.tenant(id),
  purpose text not null,
  fields text[] not null check (cardinality(fields) > 0),
  proposed_at timestamptz not null,
  agreed_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by int,
  primary key (tenant_id, id),
  check (tenant_id <> with_tenant_id),
  check (expires_at > proposed_at)
);
create index agreement_with on kernel.agreement (with_tenant_id);

do $$
declare t text;
begin
  foreach t in array array['consent_text','consent_grant','consent_ledger','consent_head','consent_proof','decision'] loop
    execute format('alter table kernel.%I enable row level security', t);
    execute format('alter table kernel.%I force row level security', t);
    execute format('create policy own_tenant on kernel.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('create policy message_way on kernel.%I to ah_node using (true) with check (true)', t);
    execute format('grant select, insert on kernel.%I to ah_app, ah_node', t);
  end loop;
  grant update on kernel.consent_grant, kernel.consent_head, kernel.consent_proof, kernel.decision to ah_app, ah_node;
  grant delete on kernel.consent_proof, kernel.decision to ah_app, ah_node;
  alter table kernel.agreement enable row level security;
  alter table kernel.agreement force row level security;
  create policy own_tenant on kernel.agreement for select to ah_app
    using ((select nullif(current_setting('app.tenant', true), '')::int) in (tenant_id, with_tenant_id));
  -- A company proposes in its own name only, and cannot agree for the other.
  create policy proposed on kernel.agreement for insert to ah_app
    with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int) and agreed_at is null and revoked_at is null);
  create policy settled on kernel.agreement for update to ah_app
    using ((select nullif(current_setting('app.tenant', true), '')::int) in (tenant_id, with_tenant_id))
    with check (revoked_by is null or revoked_by = (select nullif(current_setting('app.tenant', true), '')::int));
  grant select, insert on kernel.agreement to ah_app;
  grant update (agreed_at, revoked_at, revoked_by) on kernel.agreement to ah_app;
  grant usage on all sequences in schema kernel to ah_app, ah_node;
end $$;

create function kernel.agreement_by_the_other() returns trigger language plpgsql as $$
begin
  if new.agreed_at is distinct from old.agreed_at
    and old.with_tenant_id is distinct from nullif(current_setting('app.tenant', true), '')::int then
    raise exception 'only the other company can agree';
  end if;
  if old.revoked_at is not null then raise exception 'a revoked agreement stays revoked'; end if;
  return new;
end $$;
create trigger agreement_by_the_other before update on kernel.agreement
  for each row execute function kernel.agreement_by_the_other();

-- The only way out of the house: a row without the customer's own message or a grant of this very person for this very
-- purpose cannot be stored.
alter table kernel.outbox drop constraint outbox_basis_kind_check;
alter table kernel.outbox
  add column basis_grant bigint,
  add column expires_at timestamptz,
  add constraint outbox_basis_kind_check check (basis_kind in ('customer_message', 'grant')),
  add constraint outbox_basis check ((basis_kind = 'grant') = (basis_grant is not null)),
  add foreign key (tenant_id, contact_id, purpose, basis_grant) references kernel.consent_grant (tenant_id, contact_id, purpose, id);

-- What was sent keeps its reason. What the company wrote in another client is marked as such, and so are the rows from
-- before this column.
alter table kernel.message
  add column purpose text default 'before_consent',
  add column basis_message uuid,
  add column basis_grant bigint;
alter table kernel.message alter column purpose drop default;
-- "Before" ends with the newest message there is. Row security is forced on the owner too, who has to see them all here.
alter table kernel.message no force row level security;
do $$
declare newest timestamptz;
begin
  select coalesce(max(processed_at), '2026-01-01T00:00:00Z') into newest from kernel.message;
  -- An unknown answer would count as yes, hence coalesce.
  execute format($check$alter table kernel.message add constraint message_basis check (
    author in ('customer', 'system') or status = 'note' or coalesce(case purpose
      when 'before_consent' then processed_at <= %L
      when 'other_client' then staff_id is null
      else purpose is not null and num_nonnulls(basis_message, basis_grant) = 1 end, false))$check$, newest);
end $$;
alter table kernel.message force row level security;
alter table kernel.message add foreign key (tenant_id, basis_grant) references kernel.consent_grant (tenant_id, id);
