-- Codes that were said at a door and are not the customer's: few are heard, then people look at it.

alter table delivery.delivery
  add column wrong_codes text[] not null default '{}' check (cardinality(wrong_codes) <= 5);
alter table delivery.happened drop constraint happened_kind_check;
alter table delivery.happened add constraint happened_kind_check check (kind in ('accepted', 'declined', 'scanned', 'left', 'arrived',
  'done', 'not_there', 'refused', 'undone', 'back', 'delay', 'told', 'late_said', 'replanned', 'moved', 'dropped', 'wrote', 'chose',
  'frozen', 'begun', 'over', 'photo_erased', 'code_locked'));
