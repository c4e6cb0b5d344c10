-- How fast ways are through the day: [{fromMinute, percent}] of the city's speed, which is that of the fastest hour; none = alike all day.
alter table delivery.city add column hourly_speeds jsonb not null default '[]' check (jsonb_typeof(hourly_speeds) = 'array');
-- As an evening was made with it: [[second of the plan's clock, percent]].
alter table delivery.evening add column hours jsonb not null default '[]' check (jsonb_typeof(hours) = 'array');
