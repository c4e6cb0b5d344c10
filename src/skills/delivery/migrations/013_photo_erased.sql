-- That a picture of a hand-over was erased on its own, and why, stands in the log.

alter table delivery.happened drop constraint happened_kind_check;
alter table delivery.happened add constraint happened_kind_check check (kind in ('accepted', 'declined', 'scanned', 'left', 'arrived',
  'done', 'not_there', 'refused', 'undone', 'back', 'delay', 'told', 'late_said', 'replanned', 'moved', 'dropped', 'wrote', 'chose',
  'frozen', 'begun', 'over', 'photo_erased'));
