-- How long stops took on earlier evenings, as a share of what was planned. An evening keeps the share of the moment when it was planned, as it
-- keeps its travel's numbers: what is promised on it must stay possible.
alter table delivery.evening
  add column service_percent int not null default 100 check (service_percent between 50 and 200);
