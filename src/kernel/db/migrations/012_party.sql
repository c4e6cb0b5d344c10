-- In whose name somebody writes from an address: null = the person's own, privately. A skill that knows companies writes
-- "SKILL:ID" here; the kernel only keeps the two apart, and never shows one in the customer's page of the other.
alter table kernel.contact add column party text check (party ~ '^[a-z][a-z0-9_]{0,30}:[0-9]{1,18}$');
create index contact_party on kernel.contact (tenant_id, party) where party is not null;
