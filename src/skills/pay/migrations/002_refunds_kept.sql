-- When a refund went into the books: once, whatever becomes of it later. One that fails afterwards is posted back when it ended.
alter table pay.refund add column posted_at timestamptz;
-- Row security is forced on the owner too, and hides every row from a migration.
alter table kernel.timer no force row level security;
alter table pay.refund no force row level security;
alter table pay.checkout no force row level security;
update pay.refund set posted_at = case state when 'done' then coalesce(ended_at, made_at) else made_at end
  where state in ('ordered', 'done') or (state = 'failed' and fault = 'returned');
-- What was given up after an hour of silence is asked for again.
insert into kernel.timer (tenant_id, kind, key, due_at, payload)
  select tenant_id, 'pay_refund', id::text, made_at, jsonb_build_object('refundId', id) from pay.refund
    where state = 'planned' and way in ('stripe', 'mollie')
  union all
  select tenant_id, 'pay_fetch', provider || ' ' || external_id, created_at, jsonb_build_object('provider', provider, 'externalId', external_id)
    from pay.checkout where state in ('open', 'processing') and external_id is not null
  on conflict (tenant_id, kind, key) do nothing;
alter table kernel.timer force row level security;
alter table pay.refund force row level security;
alter table pay.checkout force row level security;
