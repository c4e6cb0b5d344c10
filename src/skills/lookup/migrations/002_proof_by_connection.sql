-- A proof holds for one order of one register, not for a number; two addresses may each get a code.

alter table lookup.proof
  -- 0: proved before this was kept; it has to be proved again.
  add column connection_id int not null default 0,
  -- A keyed hash of what proved it: it must be true of the record still. Null where the channel proves it each time anew.
  add column evidence bytea;
alter table lookup.proof alter column connection_id drop default;
alter table lookup.proof drop constraint proof_tenant_id_conversation_id_kind_number_key;
alter table lookup.proof add unique (tenant_id, conversation_id, kind, number, connection_id);

-- Which order a code was for is told by the code that comes back. The address is a mailbox, or a telephone's digits.
alter table lookup.code drop constraint code_pkey;
alter table lookup.code rename column email to address;
alter table lookup.code add primary key (tenant_id, conversation_id, address);

-- Names tried for one day of appointments are counted apart, and the day has a limit of its own.
alter table lookup.attempt drop constraint attempt_scope_check;
alter table lookup.attempt add constraint attempt_scope_check
  check (scope in ('conversation', 'reference', 'day', 'calls', 'codes'));
