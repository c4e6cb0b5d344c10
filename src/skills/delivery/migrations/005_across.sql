-- A sender's customers are the sender's: whom a delivery is for stays with it, and so do the messages about it. The carrier says what
-- happened, the sender says it in its own conversation.
create table delivery.sent (
  -- The sender
  tenant_id int not null references kernel.tenant(id),
  carrier_tenant_id int not null references kernel.tenant(id),
  -- At the carrier
  delivery_id bigint not null,
  contact_id bigint,
  conversation_id bigint,
  created_at timestamptz not null,
  primary key (tenant_id, carrier_tenant_id, delivery_id),
  check (carrier_tenant_id <> tenant_id)
);
create index sent_contact on delivery.sent (tenant_id, contact_id) where contact_id is not null;
create index sent_age on delivery.sent (tenant_id, created_at);

-- What was said already: an answer has no reference of its own.
create table delivery.said_across (
  tenant_id int not null references kernel.tenant(id),
  reference text not null check (length(reference) between 1 and 200),
  at timestamptz not null,
  primary key (tenant_id, reference)
);
create index said_across_age on delivery.said_across (tenant_id, at);

do $$
declare t text;
begin
  foreach t in array array['sent','said_across'] loop
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format('create policy own_tenant on delivery.%I to ah_app using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int)) with check (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::int))', t);
    execute format('grant select, insert, update, delete on delivery.%I to ah_app', t);
  end loop;
end $$;
