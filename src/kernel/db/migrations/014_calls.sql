-- The telephone as a channel of its own: its conversations hold what was said there. Nothing can be sent in them.
alter table kernel.channel drop constraint channel_kind_check;
alter table kernel.channel add constraint channel_kind_check check (kind in ('web', 'whatsapp', 'telegram', 'email', 'phone'));

-- A promised call is one person's at a time, may be tried more than once, and may be taken back by who asked for it.
alter table kernel.callback
  -- The end of the wished time; null = a moment, not a span.
  add column until_at timestamptz,
  add column taken_by text,
  add column taken_at timestamptz,
  add column tries int not null default 0 check (tries >= 0),
  add column tried_at timestamptz,
  -- Since when the customer knows that we tried in vain.
  add column told_at timestamptz,
  add column withdrawn_at timestamptz,
  add constraint callback_span check (until_at is null or until_at > promised_at),
  add constraint callback_taken check ((taken_by is null) = (taken_at is null));
