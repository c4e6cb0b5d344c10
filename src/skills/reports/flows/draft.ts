import { z } from "zod";
import type { Turn } from "#kernel";
import {
  describes,
  type KnownKind,
  type NamedKind,
  namedKind,
  namedPlace,
  type Settings,
} from "../rules/settings.ts";
import { hasNoPhoto } from "../rules/wishes.ts";
import { kindOfOption, NO_PHOTO_ID } from "./option-ids.ts";

/** What somebody has told so far; it stands in the conversation's open step. */
const draft = z.object({
  kind: z.number().nullable(),
  place: z
    .object({
      name: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
    })
    .nullable(),
  text: z.string(),
  /** Id of the message that shows it. */
  photo: z.string().nullable(),
  hasNoPhoto: z.boolean(),
  /** How often the same thing was asked without an answer. */
  tries: z.number(),
});
export type Draft = z.output<typeof draft>;
export type Missing = "kind" | "place" | "text" | "photo";

export const EMPTY: Draft = { kind: null, place: null, text: "", photo: null, hasNoPhoto: false, tries: 0 };
const TEXT_CHARACTERS = 1_000;
const PLACE_CHARACTERS = 200;

/** @returns null for a step that an older version of this flow left behind */
export function readDraft(data: Readonly<Record<string, unknown>>): Draft | null {
  return draft.safeParse(data).data ?? null;
}

/** What is asked for next; a picture says what there is as well as words do. */
export function missing(told: Draft, kind: KnownKind | undefined): Missing | null {
  if (!kind) return "kind";
  if (!told.place) return "place";
  if (told.text === "" && told.photo === null) return "text";
  return kind.wantsPhoto && told.photo === null && !told.hasNoPhoto ? "photo" : null;
}

/** Takes what a message adds, whatever was asked for. @param asked the open step; null = nothing was asked yet */
export function absorb(
  told: Draft,
  message: Turn["message"],
  context: { asked: Missing | null; settings: Settings },
): Draft {
  const { content } = message;
  if (content.type === "choice") return absorbChoice(told, content.id, context.settings);
  if (content.type === "location") {
    const { latitude, longitude } = content;
    const name = cut(content.name ?? content.text ?? "", PLACE_CHARACTERS);
    return isOnEarth(latitude, longitude) ? { ...told, place: { name, latitude, longitude } } : told;
  }
  const seen = content.type === "image" ? { ...told, photo: message.id } : told;
  if (content.type !== "image" && content.type !== "text") return seen;
  return message.text.trim() === "" ? seen : absorbText(seen, message.text.trim(), context);
}

function absorbChoice(told: Draft, id: string, settings: Settings): Draft {
  if (id === NO_PHOTO_ID) return { ...told, hasNoPhoto: true };
  const kind = kindOfOption(id);
  return settings.kinds.some((one) => one.id === kind) ? { ...told, kind } : told;
}

function absorbText(
  told: Draft,
  text: string,
  { asked, settings }: { asked: Missing | null; settings: Settings },
): Draft {
  const named = told.kind === null ? namedKind(settings, text) : null;
  const next: Draft = named ? { ...told, kind: named.kind.id } : told;
  const place = told.place ?? placeIn(text, asked, settings);
  if (asked === "photo") {
    if (hasNoPhoto(text)) return { ...next, hasNoPhoto: true };
    // Who writes on instead of sending a picture has none to send.
    return { ...addText(next, text), hasNoPhoto: true };
  }
  if (asked === "place" && told.place === null) return { ...next, place };
  return saysMore(text, { named, asked, told }) ? { ...addText(next, text), place } : { ...next, place };
}

/** A place of the company's own lends its coordinates to the words as they were written. */
function placeIn(text: string, asked: Missing | null, settings: Settings): Draft["place"] {
  const known = namedPlace(settings, text);
  if (asked === "place") {
    const name = cut(text, PLACE_CHARACTERS);
    return known ? { ...known, name } : { name, latitude: null, longitude: null };
  }
  return known;
}

function saysMore(
  text: string,
  { named, asked, told }: { named: NamedKind | null; asked: Missing | null; told: Draft },
): boolean {
  if (named) return describes(text, named.phrase);
  return asked === "text" || told.kind !== null;
}

function addText(told: Draft, text: string): Draft {
  return { ...told, text: cut(told.text === "" ? text : `${told.text}\n${text}`, TEXT_CHARACTERS) };
}

function isOnEarth(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

function cut(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).trimEnd()}…`;
}
