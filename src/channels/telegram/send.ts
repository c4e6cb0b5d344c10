import type { ChannelAccount, OutboundMessage, SendResult } from "#kernel";
import { BRIEF_TIMEOUT_MS, callApi } from "./client.ts";
import { fateOf } from "./fate.ts";
import { UPLOAD_MAX_BYTES } from "./file-rules.ts";
import { pressOf } from "./ids.ts";
import { type Call, render } from "./render.ts";

/** Hands one message to Telegram; the answer to a press also ends the waiting of its button. */
export async function send(message: OutboundMessage, account: ChannelAccount): Promise<SendResult> {
  const rendered = render(message);
  if ("refused" in rendered) {
    return { outcome: "failed", action: "never", error: { code: 400, title: rendered.refused } };
  }
  const acknowledged = message.replyTo === undefined ? undefined : acknowledge(account, message.replyTo);
  const result = await sendCall(rendered.call, message, account);
  if (result.outcome === "accepted" && rendered.after) await sendCall(rendered.after, message, account);
  await acknowledged;
  return result;
}

async function sendCall(call: Call, message: OutboundMessage, account: ChannelAccount): Promise<SendResult> {
  const params = call.upload === undefined ? call.params : await formOf(call, call.upload, message);
  if ("problem" in params) {
    return { outcome: "failed", action: "media", error: { code: 400, title: params.problem } };
  }
  const answer = await callApi(account, call.method, params);
  return fateOf(answer, Number(call.params.chat_id));
}

/** Multipart: the file's bytes, everything else as text, objects as JSON. */
async function formOf(
  call: Call,
  upload: NonNullable<Call["upload"]>,
  message: OutboundMessage,
): Promise<FormData | { problem: string }> {
  const file = await message.readFile?.(upload.fileId).catch(() => undefined);
  if (file === undefined) return { problem: "the file could not be read" };
  if (file.bytes.length > UPLOAD_MAX_BYTES) return { problem: "file is too big: 50 MB at most" };
  const form = new FormData();
  for (const [name, value] of Object.entries(call.params)) {
    if (name === upload.field || value === undefined) continue;
    form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  form.set(upload.field, new Blob([new Uint8Array(file.bytes)], { type: file.mime }), file.name);
  return form;
}

/** Ends the spinner on a pressed button; Telegram takes it within seconds only, and a second time does no harm. */
export async function acknowledge(account: ChannelAccount, externalId: string): Promise<void> {
  const press = pressOf(externalId);
  if (press === null) return;
  await callApi(account, "answerCallbackQuery", { callback_query_id: press }, BRIEF_TIMEOUT_MS);
}

/** Shows "writing" for five seconds. @param lastExternalId the customer's last message: a press is acknowledged too. */
export async function typing(
  account: ChannelAccount,
  to: string,
  lastExternalId: string | null,
): Promise<void> {
  const action = { chat_id: Number(to), action: "typing" };
  const calls = [callApi(account, "sendChatAction", action, BRIEF_TIMEOUT_MS)];
  await Promise.all(lastExternalId === null ? calls : [...calls, acknowledge(account, lastExternalId)]);
}
