-- A template belongs to notices or to the advocate's warnings; the provider's news reach both by name and language.
alter table notices.template add column serves text not null default 'notice' check (serves in ('notice', 'warning'));
