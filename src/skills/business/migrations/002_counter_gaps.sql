-- Numbers that a restore left out, because they may have been given after the backup: [{"from","to","at"}], oldest first.
alter table business.counter add column gaps jsonb not null default '[]';
