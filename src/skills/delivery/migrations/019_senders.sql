-- What only the sender knows of a parcel that another company brings: the name for its label.
alter table delivery.sent add column recipient text not null default '' check (length(recipient) <= 120);

-- The sender's share of the price by the rule of the day of booking; null = booked before it was kept.
alter table delivery.delivery add column pays_percent int check (pays_percent between 0 and 100);

-- Whether somebody must be at the door, for what its customer may say of it.
grant select (proof) on delivery.delivery to ah_node;
