-- Which table that somebody had made a table goes back to: what zones taught beside other ways does not count beside its own.

-- 0 = made from distances
alter table delivery.travel_table add column root int not null default 0;
update delivery.travel_table set root = version where basis is null and zone_factors = '{}';
update delivery.travel_table t set root = coalesce((select max(r.root) from delivery.travel_table r
  where r.tenant_id = t.tenant_id and r.city_id = t.city_id and r.version < t.version and r.root > 0), t.version)
where t.basis is null and t.zone_factors <> '{}';
