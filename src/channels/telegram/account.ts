import type { ChannelAccount } from "#kernel";
import { type Answer, callApi } from "./client.ts";
import { integerOf, objectOf, wordsOf } from "./json.ts";
import { readKinds } from "./parse.ts";

/** Connecting a bot and asking how it is. */

interface Health {
  ok: boolean;
  text: string;
}

/** How many webhook requests Telegram keeps open at once; the ingest joins them in one commit. */
const MAX_CONNECTIONS = 100;
const secretPattern = /^[A-Za-z0-9_-]{1,256}$/;

/** A refusal or a lost call in few words; no address in it, which would hold the token. */
export function problemOf(answer: Answer & { kind: "refused" | "unreached" | "lost" }): string {
  return answer.kind === "refused" ? `${answer.failure.code} ${answer.failure.description}` : answer.reason;
}

/** getMe says whether the token works, getWebhookInfo whether updates reach us. */
export async function check(account: ChannelAccount): Promise<Health> {
  const me = await callApi(account, "getMe");
  if (me.kind !== "ok") return { ok: false, text: `getMe: ${problemOf(me)}` };
  const name = `@${wordsOf(objectOf(me.result)?.username) ?? "?"}`;
  const answer = await callApi(account, "getWebhookInfo");
  if (answer.kind !== "ok") return { ok: false, text: `${name}: getWebhookInfo: ${problemOf(answer)}` };
  const info = objectOf(answer.result);
  if (wordsOf(info?.url) === null) return { ok: false, text: `${name}: no webhook is set` };
  const pending = integerOf(info?.pending_update_count) ?? 0;
  const fault = wordsOf(info?.last_error_message);
  // The last error stays there after it is over; only with updates that wait does it still hurt.
  if (fault !== null && pending > 0) return { ok: false, text: `${name}: ${pending} updates wait: ${fault}` };
  return { ok: true, text: `${name}: webhook set, ${pending} updates wait` };
}

/** @param webhook.secret 1-256 characters A-Z a-z 0-9 _ -: comes back in every webhook's header. */
export async function connect(
  account: ChannelAccount,
  webhook: { url: string; secret: string },
): Promise<Health> {
  if (!secretPattern.test(webhook.secret))
    return { ok: false, text: "the secret has characters Telegram refuses" };
  const answer = await callApi(account, "setWebhook", {
    url: webhook.url,
    secret_token: webhook.secret,
    allowed_updates: readKinds,
    max_connections: MAX_CONNECTIONS,
  });
  return answer.kind === "ok"
    ? { ok: true, text: "webhook set" }
    : { ok: false, text: `setWebhook: ${problemOf(answer)}` };
}
