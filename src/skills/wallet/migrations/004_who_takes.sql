-- The pump asks for many companies at once whether they take a coin: that, and nothing of it.
create policy wakes on wallet.membership for select to ah_node using (true);
grant select (tenant_id, state) on wallet.membership to ah_node;
