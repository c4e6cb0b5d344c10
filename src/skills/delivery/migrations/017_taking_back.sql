-- What a customer gives back when the courier comes: asked for before, taken along or not, brought to the depot, handed to its sender.

alter table delivery.city
  add column takes_back boolean not null default false,
  -- What, and how big
  add column takes_back_words text not null default '' check (length(takes_back_words) <= 200);
alter table delivery.sender_rule
  add column takes_back boolean not null default false,
  add column takes_back_words text not null default '' check (length(takes_back_words) <= 200);
alter table delivery.delivery
  -- In the customer's words; '' = nothing
  add column take_back text not null default '' check (length(take_back) <= 200),
  add column take_back_state text check (take_back_state in ('asked', 'taken', 'not_taken', 'at_depot', 'returned')),
  -- Why it was not taken
  add column take_back_why text not null default '' check (length(take_back_why) <= 200);
alter table delivery.webhook_message
  add column take_back_state text,
  drop constraint webhook_message_type_check;
alter table delivery.webhook_message add constraint webhook_message_type_check check (type in ('delivery.booked', 'delivery.changed',
  'delivery.loaded', 'delivery.under_way', 'delivery.expected', 'delivery.done', 'delivery.failed', 'delivery.cancelled',
  'delivery.take_back'));
alter table delivery.happened drop constraint happened_kind_check;
alter table delivery.happened add constraint happened_kind_check check (kind in ('accepted', 'declined', 'scanned', 'left', 'arrived',
  'done', 'not_there', 'refused', 'undone', 'back', 'delay', 'told', 'late_said', 'replanned', 'moved', 'dropped', 'wrote', 'chose',
  'frozen', 'begun', 'over', 'photo_erased', 'code_locked', 'taken_along', 'not_taken_along'));
