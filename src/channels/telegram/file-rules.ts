import type { Media, MediaType } from "#kernel";

/**
 * Which method takes which kind of file. Telegram refuses or mangles a file that comes by the wrong one (a GIF sent
 * as photo stands still), and a document takes anything: so it is what remains. Source: Bot API 10.1, "sendPhoto",
 * "sendAudio", "sendVoice", "sendVideo", "sendAnimation", "sendSticker".
 */

const MB = 1024 * 1024;

/** Uploads by multipart; sendPhoto takes less. */
export const UPLOAD_MAX_BYTES = 50 * MB;
const PHOTO_MAX_BYTES = 10 * MB;

type FileMethod =
  | "sendPhoto"
  | "sendAnimation"
  | "sendVideo"
  | "sendAudio"
  | "sendVoice"
  | "sendSticker"
  | "sendDocument";

export interface FileRule {
  method: FileMethod;
  /** The parameter that takes the file. */
  field: string;
}

interface Condition extends FileRule {
  type: MediaType;
  mimes: readonly string[];
  isVoice?: true;
  maxBytes?: number;
}

const rules: readonly Condition[] = [
  { type: "image", method: "sendAnimation", field: "animation", mimes: ["image/gif"] },
  {
    type: "image",
    method: "sendPhoto",
    field: "photo",
    mimes: ["image/jpeg", "image/png", "image/webp"],
    maxBytes: PHOTO_MAX_BYTES,
  },
  { type: "video", method: "sendVideo", field: "video", mimes: ["video/mp4"] },
  {
    type: "audio",
    method: "sendVoice",
    field: "voice",
    mimes: ["audio/ogg", "audio/mpeg", "audio/mp4"],
    isVoice: true,
  },
  { type: "audio", method: "sendAudio", field: "audio", mimes: ["audio/mpeg", "audio/mp4", "audio/x-m4a"] },
  {
    type: "sticker",
    method: "sendSticker",
    field: "sticker",
    mimes: ["image/webp", "video/webm", "application/x-tgsticker"],
  },
];

const anyFile: FileRule = { method: "sendDocument", field: "document" };

export function fileRule(type: MediaType, media: Media): FileRule {
  const mime = (media.mime.split(";")[0] ?? "").trim().toLowerCase();
  const fits = (rule: Condition) =>
    rule.type === type &&
    rule.mimes.includes(mime) &&
    (rule.isVoice === undefined || media.voice === true) &&
    (rule.maxBytes === undefined || (media.size ?? 0) <= rule.maxBytes);
  return rules.find(fits) ?? anyFile;
}
