import { createHash } from "node:crypto";
import { AppError, type ChannelAccount } from "#kernel";
import { type Answer, AnswerTooLarge, type Call, codeOf, type Door } from "./door.ts";
import { fieldsOf, NAME_MAX_CHARS, numberOf, stringOf } from "./fields.ts";
import { hexOf } from "./inbound-content.ts";
import { bodyOf } from "./outcome.ts";
import { errorOf } from "./provider-errors.ts";

/** Meta allows documents of 100 MB; a file stands in memory while it is fetched, so we take less. */
export const MEDIA_MAX_BYTES = 32 * 1024 * 1024;

export interface FetchedMedia {
  bytes: Buffer;
  mime: string;
  name?: string;
}

/**
 * Two steps: the id gives an address that is good for five minutes, the address gives the bytes; both want the
 * token. The hash is checked, because the file is later served as what the customer sent.
 * @throws AppError media_unavailable
 */
export async function fetchMedia(
  account: ChannelAccount,
  mediaId: string,
  door: Door,
): Promise<FetchedMedia> {
  const own = `${account.apiBase}/${encodeURIComponent(mediaId)}`;
  const known = await ask(door, {
    method: "GET",
    url: `${own}?phone_number_id=${encodeURIComponent(account.address)}`,
    token: account.token,
  });
  const about = fieldsOf(bodyOf(known.bytes));
  const url = trustedUrl(stringOf(about.url), account);
  if ((numberOf(about.file_size) ?? 0) > MEDIA_MAX_BYTES) throw tooLarge();
  const file = await ask(door, { method: "GET", url, token: account.token, maxBytes: MEDIA_MAX_BYTES });
  const expected = hexOf(stringOf(about.sha256, NAME_MAX_CHARS));
  if (expected && createHash("sha256").update(file.bytes).digest("hex") !== expected) {
    throw new AppError("media_unavailable", "the file's hash does not match");
  }
  const mime =
    stringOf(about.mime_type, NAME_MAX_CHARS) || stringOf(file.headers["content-type"], NAME_MAX_CHARS);
  return { bytes: file.bytes, mime: mime || "application/octet-stream" };
}

async function ask(door: Door, call: Call): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await door(call);
  } catch (error) {
    throw error instanceof AnswerTooLarge ? tooLarge() : new AppError("media_unavailable", codeOf(error));
  }
  if (answer.status === 200) return answer;
  const { code, title } = errorOf(bodyOf(answer.bytes)?.error);
  throw new AppError("media_unavailable", `HTTP ${answer.status}, code ${code}, ${title}`);
}

/** The token goes with the request: it must not travel in the clear, unless the API itself is plain (simulator). */
function trustedUrl(url: string, account: ChannelAccount): string {
  const isTrusted =
    URL.canParse(url) &&
    (url.startsWith("https://") || new URL(url).origin === new URL(account.apiBase).origin);
  if (!isTrusted) throw new AppError("media_unavailable", "the provider gave no usable address");
  return url;
}

function tooLarge(): AppError {
  return new AppError("media_unavailable", `the file is larger than ${MEDIA_MAX_BYTES} bytes`);
}
