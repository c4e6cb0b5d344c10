-- expect: bad.free has no tenant_id NOT NULL
-- expect: bad.free does not force row security
-- expect: bad.free has no policy
-- expect: bad.free(id) is unique across tenants: tenant_id leads every key
-- expect: bad.loose does not force row security
-- expect: bad.loose(name) is unique across tenants: tenant_id leads every key
create schema bad;
create table bad.free (id int primary key, tenant_id int);
create table bad.loose (tenant_id int not null, id int, name text unique, primary key (tenant_id, id));
alter table bad.loose enable row level security;
create policy own_tenant on bad.loose using (tenant_id = 1);
