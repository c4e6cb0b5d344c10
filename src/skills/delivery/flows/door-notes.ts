import type { TenantProfile } from "#kernel";
import type { Choice } from "../tables.ts";
import type { NoteAbout } from "./talk.ts";
import { teamWords } from "./words.ts";

/** What a customer's choice says to the courier at the door. */

const KEYS: Readonly<Record<Choice, string>> = {
  home: "note.home",
  neighbour: "note.neighbour",
  leave: "note.leave",
  not_home: "note.notHome",
};
/** What an earlier word of the same kind begins with, whichever choice it was; "note.absent" came by message. */
const EARLIER = [...Object.values(KEYS), "note.absent"];

/** @param words whose door bell, or where it may lie; without control characters */
export function doorNote(
  tenant: TenantProfile,
  choice: Choice,
  words: string,
): { readonly line: string; readonly kinds: readonly string[] } {
  const line = teamWords(tenant, KEYS[choice], { words: tidy(words) });
  const kinds = EARLIER.map((key) => teamWords(tenant, key, { words: "" }).split(/[:(]/)[0]?.trim() ?? "");
  return { line, kinds: kinds.filter((kind) => kind !== "") };
}

/** What was said in the conversation; who is not there keeps their own words. */
export function spokenNote(
  tenant: TenantProfile,
  about: NoteAbout,
  words: string,
): { readonly choice: Choice; readonly line: string; readonly kinds: readonly string[] } {
  const choice = about === "absent" ? "not_home" : about;
  const note = doorNote(tenant, choice, words);
  if (about !== "absent") return { choice, ...note };
  return { choice, ...note, line: teamWords(tenant, "note.absent", { words: tidy(words) }) };
}

/** What is given back, as the courier and the dispatcher read it. */
export function takeBackNote(
  tenant: TenantProfile,
  what: string,
): { readonly what: string; readonly line: string; readonly kind: string } {
  const said = tidy(what);
  const kind = teamWords(tenant, "note.takeBack", { words: "" }).trim();
  return { what: said, line: teamWords(tenant, "note.takeBack", { words: said }), kind };
}

const tidy = (words: string): string => words.replace(/[\s\p{Cc}]+/gu, " ").trim();
