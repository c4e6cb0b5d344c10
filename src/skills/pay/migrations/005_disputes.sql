-- The customer, or their bank, says that it is not right: nobody is reminded until a person ends it.
alter table pay.request add column disputed_at timestamptz;
-- Taken back by the payer's bank and not given back by us; it stands in the books like a refund.
alter table pay.refund add column is_dispute boolean not null default false;
-- A right reference books an entry, in small steps after its statement is stored; null = nothing is to be booked (any more).
alter table pay.entry add column book_to bigint;
create index entry_book on pay.entry (tenant_id, statement_id, book_to) where book_to is not null;
-- A receipt whose money was taken back is cancelled by another with a number of its own, and does not vanish.
alter table pay.receipt drop constraint receipt_pkey;
alter table pay.receipt drop constraint receipt_tenant_id_number_key;
alter table pay.receipt add primary key (tenant_id, number);
-- The number of the receipt that this one cancels; null = it is none of these.
alter table pay.receipt add column cancels text;
alter table pay.receipt add column cancelled_by text;
alter table pay.receipt add foreign key (tenant_id, cancels) references pay.receipt (tenant_id, number);
create unique index receipt_true on pay.receipt (tenant_id, request_id) where cancels is null and cancelled_by is null;
create index receipt_request on pay.receipt (tenant_id, request_id);
