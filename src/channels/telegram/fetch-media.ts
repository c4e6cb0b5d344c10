import { request } from "undici";
import { AppError, type ChannelAccount } from "#kernel";
import { callApi } from "./client.ts";
import { integerOf, objectOf, wordsOf } from "./json.ts";

/** Bots may download files up to 20 MB. */
export const DOWNLOAD_MAX_BYTES = 20 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

/** Telegram serves every file as octet-stream; its path's ending says more. */
const mimes: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  wav: "audio/wav",
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/csv",
  tgs: "application/x-tgsticker",
};

interface Fetched {
  bytes: Buffer;
  mime: string;
  name: string;
}

/**
 * getFile, then the download; the address is valid for an hour and holds the token, so it is never kept.
 * @throws AppError media_unavailable: gone, larger than 20 MB, or Telegram does not answer
 */
export async function fetchMedia(account: ChannelAccount, providerId: string): Promise<Fetched> {
  const answer = await callApi(account, "getFile", { file_id: providerId });
  if (answer.kind === "refused") throw new AppError("media_unavailable", answer.failure.description);
  if (answer.kind !== "ok") throw new AppError("media_unavailable", answer.reason);
  const file = objectOf(answer.result);
  const path = wordsOf(file?.file_path);
  if (path === null) throw new AppError("media_unavailable", "no path; larger than 20 MB?");
  if ((integerOf(file?.file_size) ?? 0) > DOWNLOAD_MAX_BYTES)
    throw new AppError("media_unavailable", "larger than 20 MB");
  const bytes = await download(account, path);
  const name = path.split("/").at(-1) ?? path;
  const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
  return {
    bytes,
    mime: (Object.hasOwn(mimes, ending) ? mimes[ending] : null) ?? "application/octet-stream",
    name,
  };
}

async function download(account: ChannelAccount, path: string): Promise<Buffer> {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const parts: Buffer[] = [];
  let size = 0;
  try {
    const { statusCode, body } = await request(`${account.apiBase}/file/bot${account.token}/${encoded}`, {
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new AppError("media_unavailable", `HTTP ${statusCode}`);
    }
    for await (const part of body as AsyncIterable<Buffer>) {
      size += part.length;
      // What Telegram says about the size may be missing or wrong.
      if (size > DOWNLOAD_MAX_BYTES) throw new AppError("media_unavailable", "larger than 20 MB");
      parts.push(part);
    }
  } catch (error) {
    // Another error's message could hold the address and with it the token.
    throw error instanceof AppError ? error : new AppError("media_unavailable", "the connection broke");
  }
  return Buffer.concat(parts);
}
