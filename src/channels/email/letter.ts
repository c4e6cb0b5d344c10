import type { Media } from "#kernel";
import { textOfHtml } from "./html-text.ts";
import { firstOf } from "./mime/charset.ts";
import { leavesOf, type Part } from "./mime/part.ts";
import { readTnef } from "./tnef.ts";

/** What a mail says, and the files in it. */
export interface Letter {
  text: string;
  files: readonly LetterFile[];
}

export interface LetterFile {
  media: Media & { providerId: string };
  bytes(): Buffer;
}

const FILES_MAX = 20;
/** Signatures and invitations that programs add by themselves; nobody sends them as a file. */
const NO_FILES = new Set([
  "application/pgp-signature",
  "application/pkcs7-signature",
  "application/x-pkcs7-signature",
]);
const EXTENSIONS: Readonly<Record<string, string>> = {
  "message/rfc822": "eml",
  "text/calendar": "ics",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "application/pdf": "pdf",
};

/** @param mail as `readMail` gives it */
export function readLetter(mail: Part): Letter {
  const leaves = leavesOf(mail);
  const plain: string[] = [];
  const html: string[] = [];
  const files: LetterFile[] = [];
  for (const [n, leaf] of leaves.entries()) {
    const isWords = !leaf.isAttachment && leaf.name === "";
    if (isWords && leaf.type === "text/plain") plain.push(leaf.text());
    else if (isWords && leaf.type === "text/html") html.push(textOfHtml(leaf.text()));
    else if (isTnef(leaf)) {
      const wrapped = readTnef(leaf.bytes());
      if (wrapped.body !== "") plain.push(wrapped.body);
      for (const [m, file] of wrapped.files.entries())
        files.push(fileOf(`${n}.${m}`, { type: "application/octet-stream", ...file }, () => file.bytes));
    } else if (isFile(leaf)) files.push(fileOf(String(n), leaf, leaf.bytes));
  }
  const words = plain.join("\n").trim();
  return { text: words === "" ? html.join("\n").trim() : words, files: files.slice(0, FILES_MAX) };
}

function isTnef({ type, name }: Part): boolean {
  return (
    type === "application/ms-tnef" ||
    type === "application/vnd.ms-tnef" ||
    name.toLowerCase() === "winmail.dat"
  );
}

/** A part without a name that is neither attached nor a picture belongs to the transport. */
function isFile({ type, name, isAttachment, parts }: Part): boolean {
  if (parts.length > 0 || NO_FILES.has(type) || type.startsWith("multipart/")) return false;
  return (
    isAttachment ||
    name !== "" ||
    type.startsWith("image/") ||
    type === "message/rfc822" ||
    type === "text/calendar"
  );
}

function fileOf(place: string, file: { type: string; name: string }, bytes: () => Buffer): LetterFile {
  const extension = EXTENSIONS[file.type];
  const name = file.name || (extension ? `${file.type.split("/")[0]}.${extension}` : "file");
  return {
    media: {
      providerId: `part:${place}`,
      mime: file.type,
      name: firstOf(name.replace(/[\\/\r\n\0]/g, "_"), 150),
      size: bytes().length,
    },
    bytes,
  };
}
