import type { ChannelAdapter } from "#kernel";
import { inspect } from "./inspect.ts";
import { parse } from "./parse.ts";

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * The chat on a web page. There is no provider: the visitor API (kernel/visitor) writes the inbox itself, and an
 * answer is delivered by the live feed as soon as the sender has passed the consent gate and marked it as sent.
 * The browser's "seen" is the receipt; a message shown twice is one row, so a second send does no harm.
 */
export const web: ChannelAdapter = {
  kind: "web",
  limits: {
    perAccountPerSecond: 1_000,
    pairIntervalMs: 50,
    pairBurst: 100,
    windowMs: null,
    textMax: 4096,
    hasReceipts: false,
    resendIsHarmless: true,
    concurrency: 256,
  },
  /** Nobody may post a webhook for this channel. */
  verify: () => null,
  addressOf: () => null,
  looksBroken: (raw) => raw[0] !== OPEN_BRACE || raw.at(-1) !== CLOSE_BRACE,
  parse: (raw, _app, receivedAt) => parse(raw, receivedAt),
  inspect: (account, plan) => inspect(account, plan),
  send: async ({ correlation }) => ({ outcome: "accepted", externalId: correlation }),
};
