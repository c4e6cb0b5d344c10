-- A template belongs to notices or to the advocate's warnings; the provider's news reach both by name and language.
alter table notices.template add column serves text not null default 'notice' check (serves in ('notice', 'warning'));
-- When the provider last spoke of its state and of its category: news arrive late and out of order.
alter table notices.template add column state_told_at timestamptz;
alter table notices.template add column category_told_at timestamptz;
