import { NAME_CHARACTERS } from "./limits.ts";

/** Control characters, path separators, and marks that turn the reading direction ("gpj.exe" shown as "exe.jpg"). */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/gu;

/** A name as people may see it and as a download may carry it. Never a path; the stored file has a random name. */
export function cleanName(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(UNWANTED, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+/, "")
    .trim();
  return cut(plain) || "file";
}

/** Too long: the middle goes, the ending stays. */
function cut(name: string): string {
  const letters = [...name];
  if (letters.length <= NAME_CHARACTERS) return name;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? "";
  return letters.slice(0, NAME_CHARACTERS - ending.length).join("") + ending;
}

/**
 * Content-Disposition with the name in both forms, RFC 6266 and RFC 5987.
 * @param isInline shown in place instead of saved
 */
export function disposition(name: string, isInline: boolean): string {
  const ascii = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]/g, "_")
    .replace(/["\\%]/g, "_");
  const full = encodeURIComponent(name).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isInline ? "inline" : "attachment"}; filename="${ascii}"; filename*=UTF-8''${full}`;
}
