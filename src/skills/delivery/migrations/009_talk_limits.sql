-- Limits of conversations and senders, stated where two processes meet; what a key was used for; where an address may lie.

-- Of a conversation's holds the newest stays. The places of the others are driven by until an improved plan does without them.
alter table delivery.delivery no force row level security;
update delivery.delivery d set state = 'expired', hold_until = null, ended_at = d.changed_at
  where d.state = 'held' and exists (select from delivery.delivery o
    where o.tenant_id = d.tenant_id and o.conversation_id = d.conversation_id and o.state = 'held' and o.id > d.id);
alter table delivery.delivery force row level security;
create unique index delivery_one_hold on delivery.delivery (tenant_id, conversation_id)
  where state = 'held' and conversation_id is not null;
create index delivery_sender_holds on delivery.delivery (tenant_id, sender_tenant_id)
  where state = 'held' and sender_tenant_id is not null;
create index delivery_sender_ref on delivery.delivery (tenant_id, sender_ref) where sender_ref <> '';

-- SHA-256 of what was asked for, so that the same key with something else is refused; '' = not kept, or no more.
alter table delivery.action add column digest text not null default '' check (digest ~ '^([0-9a-f]{64})?$');

-- Which of a company's cities an address may lie in.
create index street_postcode on delivery.street (tenant_id, city_id, postcode);
create index street_locality on delivery.street (tenant_id, city_id, lower(locality));
create index street_name on delivery.street (tenant_id, city_id, lower(name));

-- Whether an evening has begun, for what its customers may still say.
grant select (state) on delivery.evening to ah_node;
grant select (evening_id, earliest_at, state) on delivery.shift to ah_node;
