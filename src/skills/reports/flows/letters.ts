import { type Content, type FormOfAddress, type Language, type Option, translate } from "#kernel";
import type { ReportedPlace } from "../rules/duplicate.ts";
import { teamId } from "./option-ids.ts";
import { catalogue } from "./scene.ts";

/** What is written outside of a turn: to field teams, and to those who reported. Pure. */

export interface Addressee {
  language: Language;
  form: FormOfAddress;
}

/** A button's text has 1,024 characters at WhatsApp; the desk shows the whole. */
const TEXT_CHARACTERS = 600;

export interface LetterReport {
  id: number;
  kind: { de: string; en: string };
  text: string;
  place: ReportedPlace;
  photoFileId: string | null;
}

const say = (to: Addressee, key: string, values?: Readonly<Record<string, string | number>>): string =>
  translate(catalogue, to, key, values);

function pictureOf(fileId: string | null) {
  return fileId === null ? {} : { image: { fileId, mime: "image/*" } };
}

/** A new report as its team reads it, with what can be answered. */
export function reportForTeam(to: Addressee, report: LetterReport): Content {
  const { id, place, text } = report;
  const lines = [say(to, "teamReport", { number: id, kind: report.kind[to.language] })];
  if (place.name !== "") lines.push(say(to, "teamPlace", { place: place.name }));
  if (place.latitude !== null && place.longitude !== null)
    lines.push(say(to, "teamPoint", { link: mapLink(place.latitude, place.longitude) }));
  if (text !== "")
    lines.push(text.length <= TEXT_CHARACTERS ? text : `${text.slice(0, TEXT_CHARACTERS - 1)}…`);
  return {
    type: "text",
    text: lines.join("\n"),
    ...pictureOf(report.photoFileId),
    options: [teamOption(to, "accepted", id), teamOption(to, "done", id)],
  };
}

/** Opens in whatever map the phone has; nothing is sent there before somebody taps. */
function mapLink(latitude: number, longitude: number): string {
  const [north, east] = [latitude.toFixed(6), longitude.toFixed(6)];
  return `https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=18/${north}/${east}`;
}

const OPTION_KEYS = {
  accepted: "teamOptionAccepted",
  done: "teamOptionDone",
  no_photo: "teamOptionNoPhoto",
} as const;

export function teamOption(to: Addressee, act: keyof typeof OPTION_KEYS, report: number): Option {
  return { id: teamId(act, report), title: say(to, OPTION_KEYS[act]) };
}

/** An answer to a team. */
export function teamLetter(
  to: Addressee,
  key: string,
  more: { values?: Readonly<Record<string, string | number>>; options?: readonly Option[] } = {},
): Content {
  const text = say(to, key, more.values);
  return { type: "text", text, ...(more.options?.length ? { options: more.options } : {}) };
}

/** One row for each report that a team may mean. */
export function whichReport(
  to: Addressee,
  act: "accepted" | "done",
  reports: readonly { id: number }[],
): readonly Option[] {
  return reports.map(({ id }) => ({ id: teamId(act, id), title: `${id} ${say(to, OPTION_KEYS[act])}` }));
}

export interface Progress {
  report: { id: number; kind: { de: string; en: string }; note: string };
  what: "accepted" | "done" | "rejected";
  resultFileId: string | null;
}

/** What somebody reads who reported. */
export function progressLetter(to: Addressee, { report, what, resultFileId }: Progress): Content {
  const said = say(to, `told_${what}`, { number: report.id, kind: report.kind[to.language] });
  const text = report.note === "" ? said : `${said}\n${report.note}`;
  return { type: "text", text, ...(what === "done" ? pictureOf(resultFileId) : {}) };
}

/** The same by an approved template, whose words the provider has: {{1}} is the number, {{2}} the kind. */
export function progressTemplate(
  to: Addressee,
  name: string,
  progress: Progress,
): Extract<Content, { type: "template" }> {
  const { report } = progress;
  const letter = progressLetter(to, { ...progress, resultFileId: null });
  const parameters = [String(report.id), report.kind[to.language]];
  return {
    type: "template",
    name,
    language: to.language,
    text: "text" in letter ? (letter.text ?? "") : "",
    parameters,
  };
}

/** What somebody reads who reports what is known already. */
export function knownLetter(to: Addressee, known: { id: number; state: string }): Content {
  const state = say(to, `state_${known.state}`);
  return { type: "text", text: say(to, "known", { number: known.id, state }) };
}
