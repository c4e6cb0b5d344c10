-- How often a city was written: processes that missed the announcement see that theirs is old.
alter table delivery.city add column version int not null default 0;
