-- Whoever is named in a transaction must sign it, so every group of a council that is enough has bytes of its own, made of what
-- stands here: the same id in each, so that one of them is ever applied.
alter table wallet.proposal drop column body;
alter table wallet.proposal add column operations jsonb not null;
alter table wallet.proposal add column needed int not null check (needed between 1 and 8);
alter table wallet.approval drop column signature;
alter table wallet.approval add column name text not null;
alter table wallet.approval add column key bytea not null check (length(key) = 33);
alter table wallet.approval add column nonce bigint not null check (nonce >= 0);
-- One for each group that names the member, in the groups' order.
alter table wallet.approval add column signatures bytea check (length(signatures) % 64 = 0);
-- The next number of the member's account that no proposal has.
alter table wallet.council_member add column next_nonce bigint not null default 0;
create index proposal_open on wallet.proposal (tenant_id, id) where state = 'open';
