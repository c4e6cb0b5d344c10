import type { ChannelAdapter } from "#kernel";
import { check, connect } from "./account.ts";
import { looksBroken, verify } from "./door.ts";
import { fetchMedia } from "./fetch-media.ts";
import { inspect } from "./inspect.ts";
import { parse } from "./parse.ts";
import { TEXT_MAX } from "./render.ts";
import { acknowledge, send, typing } from "./send.ts";

/**
 * Telegram by bot: one bot, one provider app, one account. Limits from the Bot FAQ (about 30 messages a second for
 * a bot, one a second for a chat); the exact ones are unknown, retry_after counts.
 */
export const telegram: ChannelAdapter = {
  kind: "telegram",
  limits: {
    perAccountPerSecond: 30,
    pairIntervalMs: 1000,
    pairBurst: 3,
    windowMs: null,
    textMax: TEXT_MAX,
    hasReceipts: false,
    concurrency: 16,
  },
  verify,
  addressOf: (_raw, app) => app.id,
  looksBroken,
  parse,
  send,
  typing,
  acknowledge,
  connect,
  fetchMedia,
  check,
  inspect,
};
