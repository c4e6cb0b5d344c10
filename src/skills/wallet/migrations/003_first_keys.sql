-- A beginning that stopped half-way goes on with the same keys.
alter table wallet.coin
  add column registrar_public bytea check (length(registrar_public) = 32),
  add column exchange_public bytea check (length(exchange_public) = 32);
