-- Where a parcel lies, if not at the depot: a sender's counter, fetched on the round that brings it. All of it, or none.
alter table delivery.delivery
  add column pickup_name text check (length(pickup_name) between 1 and 120),
  add column pickup_latitude double precision,
  add column pickup_longitude double precision,
  -- When the counter is open, minutes of the city's clock; another evening has other moments.
  add column pickup_from_minute int check (pickup_from_minute between 0 and 1800),
  add column pickup_to_minute int check (pickup_to_minute <= 1860),
  add column pickup_earliest_at timestamptz,
  add column pickup_latest_at timestamptz,
  add column pickup_service_s int check (pickup_service_s between 0 and 3600),
  -- When the courier had it.
  add column picked_up_at timestamptz,
  add check (num_nulls(pickup_name, pickup_latitude, pickup_longitude, pickup_from_minute, pickup_to_minute,
    pickup_earliest_at, pickup_latest_at, pickup_service_s) in (0, 8)),
  add check (pickup_to_minute > pickup_from_minute),
  add check (pickup_latest_at >= pickup_earliest_at),
  add check (picked_up_at is null or pickup_name is not null);
comment on column delivery.shift.route is 'Deliveries in the order of the round; a negative number is where that delivery is picked up on the way.';
