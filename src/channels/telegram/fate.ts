import type { FailAction, SendResult } from "#kernel";
import type { Answer, ApiFailure } from "./client.ts";
import { messageKey } from "./ids.ts";
import { integerOf, objectOf } from "./json.ts";

/**
 * What an answer means for the message, as data. Telegram's error_code is an HTTP status and says little; the
 * description says more but may change, so each row names only the words it needs. First match counts.
 */

interface Row {
  code: number;
  /** Looked for in the description; left out: any. */
  words?: RegExp;
  action: FailAction;
}

export const failures: readonly Row[] = [
  { code: 401, action: "red" },
  // A token that never was: the whole path is unknown.
  { code: 404, action: "red" },
  // Another program took the bot (getUpdates, or a second webhook).
  { code: 409, action: "red" },
  { code: 403, action: "blocked" },
  { code: 413, action: "media" },
  {
    code: 400,
    words:
      /wrong (remote )?file|file (is too big|identifier|reference)|PHOTO_|IMAGE_|VIDEO_|VOICE_|STICKER_|http url|can't use file|type of file/i,
    action: "media",
  },
  {
    code: 400,
    words: /bot was (blocked|kicked)|user is deactivated|VOICE_MESSAGES_FORBIDDEN/i,
    action: "blocked",
  },
  { code: 400, action: "never" },
];

/** When nothing says how long: a lost connection, a provider at rest. */
const PAUSE_MS = 5_000;
/** A week: what Telegram says is obeyed, but a timer has an end. */
const PAUSE_MAX_S = 7 * 86_400;

/**
 * @param chatId where the message went, as sent
 * @returns accepted with `<chat_id>:<message_id>`
 */
export function fateOf(answer: Answer, chatId: number): SendResult {
  switch (answer.kind) {
    case "ok": {
      const messageId = integerOf(objectOf(answer.result)?.message_id);
      if (messageId !== null) return { outcome: "accepted", externalId: messageKey(chatId, messageId) };
      return { outcome: "uncertain", error: { code: 200, title: "Accepted without a message id" } };
    }
    case "refused":
      return refusal(answer.failure);
    case "unreached":
      return {
        outcome: "retry",
        afterMs: PAUSE_MS,
        scope: "account",
        error: { code: 0, title: `Not reached: ${answer.reason}` },
      };
    case "lost":
      return { outcome: "uncertain", error: { code: 0, title: `No answer: ${answer.reason}` } };
  }
}

/**
 * 429 does not say whose limit it was; sending on during a flood wait makes it longer, so the account stands still.
 * 503 means that the request was not handled (RFC 9110, 15.6.4): it is repeated. Any other 5xx can come from a
 * gateway whose backend has already sent the message. Telegram has no idempotency key and no receipt that would
 * tell, so that is uncertain and never repeated by itself.
 */
function refusal(failure: ApiFailure): SendResult {
  const { code, status, description, retryAfterS, hasMigrated } = failure;
  const error = { code, title: description };
  if (retryAfterS !== undefined || code === 429 || status === 429) {
    const pauseS = Math.min(retryAfterS ?? PAUSE_MS / 1000, PAUSE_MAX_S);
    return { outcome: "retry", afterMs: Math.max(1, pauseS) * 1000, scope: "account", error };
  }
  if (hasMigrated) return { outcome: "failed", action: "never", error };
  if (status === 503) return { outcome: "retry", afterMs: PAUSE_MS, scope: "account", error };
  if (status >= 500 || code >= 500) return { outcome: "uncertain", error };
  const row = failures.find((each) => each.code === code && (each.words?.test(description) ?? true));
  return { outcome: "failed", action: row?.action ?? "never", error };
}
