import type { ChannelLimits } from "#kernel";

/** Meta's limits of one message, in characters; counted in UTF-16 units, which never allows more than Meta does. */
export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;
export const BUTTON_BODY_MAX = 1024;
export const LIST_BODY_MAX = 4096;
export const BUTTONS_MAX = 3;
export const BUTTON_TITLE_MAX = 20;
export const BUTTON_ID_MAX = 256;
export const ROWS_MAX = 10;
export const ROW_TITLE_MAX = 24;
export const ROW_DESCRIPTION_MAX = 72;
export const ROW_ID_MAX = 200;
export const LIST_LABEL_MAX = 20;
export const CORRELATION_MAX = 512;

const HOUR_MS = 3_600_000;

/** 80 messages a second and number; one in 6 s to one person, 45 of them may be borrowed; a 24-hour window. */
export const limits: ChannelLimits = {
  perAccountPerSecond: 80,
  pairIntervalMs: 6000,
  pairBurst: 45,
  windowMs: 24 * HOUR_MS,
  textMax: TEXT_MAX,
  hasReceipts: true,
  // 80 a second at 150-300 ms each are 12-24 in flight
  concurrency: 32,
};
