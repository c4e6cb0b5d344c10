-- What the provider bills a message as ("marketing", "utility" …), as its receipt said; null = nothing, or nobody told.
-- Only billed rows stand in the index: a week's bill is read without looking at any other message.
alter table kernel.message add column billed text;
create index message_billed on kernel.message (tenant_id, sent_at) where billed is not null;
