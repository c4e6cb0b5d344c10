import type { ChannelAdapter } from "#kernel";
import { check } from "./check.ts";
import { inspect } from "./inspect.ts";
import { listen } from "./listen.ts";
import { mediaIn, parse } from "./parse.ts";
import { send } from "./send.ts";
import { CONNECTIONS } from "./transport.ts";

/** E-mail: read from a mailbox by IMAP, sent by SMTP, with any provider. */
export const email: ChannelAdapter = {
  kind: "email",
  limits: {
    perAccountPerSecond: 5,
    pairIntervalMs: 1_000,
    pairBurst: 5,
    windowMs: null,
    textMax: 100_000,
    // A bounce says that a mail failed; nothing says that it came.
    hasReceipts: false,
    concurrency: CONNECTIONS,
  },
  // Mails come by `listen` alone: whoever posts one to the door is sent away.
  verify: () => null,
  addressOf: () => null,
  looksBroken: () => false,
  parse: (raw, _app, receivedAt) => parse(raw, receivedAt),
  mediaIn,
  send,
  listen,
  check,
  inspect: (account) => inspect(account),
};
