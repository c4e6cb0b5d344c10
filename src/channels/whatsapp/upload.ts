import { FormData } from "undici";
import type { ChannelAccount, Media, OutboundMessage, SendResult } from "#kernel";
import type { Door } from "./door.ts";
import { fieldsOf, idOf } from "./fields.ts";
import { bodyOf, outcomeOf, outcomeOfFailure } from "./outcome.ts";

/**
 * POST /{phone_number_id}/media. Meta keeps an upload for 30 days, so a picture that stands in an answer is
 * uploaded once and not for every customer. Files never change under their id.
 */

const KEEP_MS = 24 * 3_600_000;
const KEPT_MAX = 2_000;

export interface UploadJob {
  media: Media;
  message: OutboundMessage;
  account: ChannelAccount;
  attempt: number;
}

export type Upload = (job: UploadJob) => Promise<{ mediaId: string } | SendResult>;

/** @param now ms since the epoch. */
export function openUpload(door: Door, now: () => number): Upload {
  const kept = new Map<string, { mediaId: string; until: number }>();
  return async (job) => {
    const key = `${job.account.apiBase} ${job.account.address} ${job.media.fileId}`;
    const known = kept.get(key);
    if (known && known.until > now()) return { mediaId: known.mediaId };
    const result = await uploadOnce(job, door);
    if ("mediaId" in result) {
      // the oldest goes first: a Map keeps the order of insertion
      if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? "");
      kept.delete(key);
      kept.set(key, { mediaId: result.mediaId, until: now() + KEEP_MS });
    }
    return result;
  };
}

async function uploadOnce(job: UploadJob, door: Door): Promise<{ mediaId: string } | SendResult> {
  const { account, attempt } = job;
  const form = await formOf(job);
  if (form === null) {
    return { outcome: "failed", error: { code: 131053, title: "the file cannot be read" }, action: "media" };
  }
  try {
    const url = `${account.apiBase}/${encodeURIComponent(account.address)}/media`;
    const answer = await door({ method: "POST", url, token: account.token, body: form });
    const mediaId = answer.status < 300 ? idOf(fieldsOf(bodyOf(answer.bytes)).id) : "";
    if (mediaId) return { mediaId };
    return withoutDoubt(outcomeOf(answer, attempt), attempt);
  } catch (error) {
    return withoutDoubt(outcomeOfFailure(error, attempt), attempt);
  }
}

async function formOf(job: UploadJob): Promise<FormData | null> {
  const { media, message } = job;
  if (!media.fileId || !message.readFile) return null;
  try {
    const file = await message.readFile(media.fileId);
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("type", file.mime);
    form.set("file", new Blob([new Uint8Array(file.bytes)], { type: file.mime }), file.name);
    return form;
  } catch {
    return null;
  }
}

const UPLOAD_TRIES = 5;
const UPLOAD_RETRY_MS = 2_000;

/** An upload without an answer reached no customer: it is simply done again. */
function withoutDoubt(result: SendResult, attempt: number): SendResult {
  if (result.outcome !== "uncertain") return result;
  if (attempt >= UPLOAD_TRIES) return { outcome: "failed", error: result.error, action: "media" };
  return { outcome: "retry", afterMs: UPLOAD_RETRY_MS * attempt, scope: "pair", error: result.error };
}
