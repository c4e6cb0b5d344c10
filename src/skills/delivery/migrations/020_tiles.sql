-- A map with streets and names in one file (PMTiles), drawn instead of the owner's geometry where there is one.
alter table delivery.city_map
  add column tiles_file_id text,
  add column tiles_attribution text not null default '' check (length(tiles_attribution) <= 200);
