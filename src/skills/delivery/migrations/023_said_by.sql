-- A dispatcher records what became of a stop whose courier cannot: who said so stands beside it.
alter table delivery.happened
  add column said_by text not null default '' check (length(said_by) <= 120);
