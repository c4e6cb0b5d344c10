-- The message way reads for all companies at once: who has somebody drive for them, and what is on its way for whom who writes.
create policy message_way on delivery.sent for select to ah_node using (true);
grant select (tenant_id, carrier_tenant_id, delivery_id, contact_id) on delivery.sent to ah_node;
create policy orders on kernel.agreement for select to ah_node using (purpose = 'delivery.orders');
grant select (id, tenant_id, with_tenant_id, purpose, agreed_at, revoked_at, expires_at) on kernel.agreement to ah_node;
