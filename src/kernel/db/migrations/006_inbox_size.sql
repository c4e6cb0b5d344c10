-- Bytes of the body, so that a claim knows what it takes without reading the bodies first. 0 = from before this column.
alter table kernel.inbox_queue add column size int not null default 0;
