-- A SEPA file that the bank did not take; null = nobody said so.
alter table pay.transfer_file add column refused_at timestamptz;
