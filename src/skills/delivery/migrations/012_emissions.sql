-- Grams of CO2 for each kilometre, by vehicle: the owner's own, or the averages that api/emissions.ts names with their source.

alter table delivery.city
  add column bicycle_grams_km int not null default 0 check (bicycle_grams_km between 0 and 1000),
  add column cargo_bike_grams_km int not null default 0 check (cargo_bike_grams_km between 0 and 1000),
  add column car_grams_km int not null default 141 check (car_grams_km between 0 and 1000),
  add column van_grams_km int not null default 254 check (van_grams_km between 0 and 1000);
