-- How each fact came, so that whoever looks at it knows whom to ask.
alter table advocate.fact add column came text not null default 'api' check (came in ('api', 'csv', 'desk'));

-- What is derived about somebody stands under a pseudonym of its purpose (#kernel, pseudonyms), not beside the person.
create table advocate.stake (
  tenant_id int not null references kernel.tenant(id),
  -- Of a warning's reference.
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{32}$'),
  -- What following the warning may cost the company.
  cents bigint not null,
  made_at timestamptz not null,
  primary key (tenant_id, pseudonym)
);
create index stake_age on advocate.stake (tenant_id, made_at);

alter table advocate.outcome rename column reference to pseudonym;
-- Whose it is, within its rule and month only: for counting persons. Null = not known, and counts for nobody.
alter table advocate.outcome add column person text;

-- What is stored gets the pseudonyms that the program will ask for: otherwise the same outcome would be noted, and counted,
-- once more. HMAC-SHA256 (RFC 2104) as in src/kernel/consent/pseudonym.ts; the functions go when it is done.
alter table advocate.outcome no force row level security;
alter table advocate.warning no force row level security;
alter table advocate.fact no force row level security;
alter table advocate.order_check no force row level security;
insert into auth.secret (name, value) select 'pseudonyms', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
  where exists (select from advocate.outcome) or exists (select from advocate.warning)
  on conflict (name) do nothing;
create function advocate.hmac(key bytea, words bytea) returns bytea language plpgsql as $$
declare
  short bytea := case when length(key) > 64 then sha256(key) else key end;
  inside bytea := decode(repeat('36', 64), 'hex');
  outside bytea := decode(repeat('5c', 64), 'hex');
begin
  for place in 0 .. length(short) - 1 loop
    inside := set_byte(inside, place, get_byte(short, place) # 54);
    outside := set_byte(outside, place, get_byte(short, place) # 92);
  end loop;
  return sha256(outside || sha256(inside || words));
end $$;
create function advocate.mask(tenant int, subject text) returns text language sql as $$
  select left(encode(advocate.hmac(advocate.hmac(convert_to(value, 'UTF8'), convert_to(tenant || E'\nadvocate.warning', 'UTF8')),
    convert_to(subject, 'UTF8')), 'hex'), 32) from auth.secret where name = 'pseudonyms'
$$;
insert into advocate.stake (tenant_id, pseudonym, cents, made_at)
  select tenant_id, advocate.mask(tenant_id, reference), cents, made_at from advocate.warning;
-- A reference is RULE:FACT:TERM, that of an order duplicate_purchase:CHECK.
update advocate.outcome o set person = advocate.mask(o.tenant_id, o.rule || ':' || left(o.happened_on, 7) || ':' || coalesce(c.merged_into, c.id))
  from (select tenant_id, id, contact_id, false as is_order from advocate.fact
    union all select tenant_id, id, contact_id, true from advocate.order_check) about
  join kernel.contact c on c.tenant_id = about.tenant_id and c.id = about.contact_id
  where about.tenant_id = o.tenant_id and about.is_order = (o.rule = 'duplicate_purchase')
    and about.id::text = split_part(o.pseudonym, ':', 2);
update advocate.outcome set pseudonym = advocate.mask(tenant_id, pseudonym);
drop function advocate.mask(int, text);
drop function advocate.hmac(bytea, bytea);
alter table advocate.outcome force row level security;
alter table advocate.warning force row level security;
alter table advocate.fact force row level security;
alter table advocate.order_check force row level security;
alter table advocate.outcome add check (pseudonym ~ '^[0-9a-f]{32}$'), add check (person ~ '^[0-9a-f]{32}$');
alter table advocate.warning drop column cents;

alter table advocate.stake enable row level security;
alter table advocate.stake force row level security;
create policy own_tenant on advocate.stake to ah_app using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::int));
grant select, insert, update, delete on advocate.stake to ah_app;
