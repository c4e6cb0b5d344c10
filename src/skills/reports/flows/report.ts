import type { Effect, Option } from "#kernel";
import { type KnownKind, namedKind } from "../rules/settings.ts";
import { FILE } from "../rules/timer-kinds.ts";
import { isQuestion, readStart, wantsOut, wantsPerson } from "../rules/wishes.ts";
import { absorb, type Draft, EMPTY, type Missing, missing, readDraft } from "./draft.ts";
import { kindId, NO_PHOTO_ID, OTHER_ID } from "./option-ids.ts";
import { askForProgress } from "./progress.ts";
import { inLanguage, type Scene, words } from "./scene.ts";

/** Takes a report from a customer: kind, place, words or a picture, in whatever order they come. */

export const REPORT = "report";
const MOST_TRIES = 2;
/** One row of every channel's list is left for "something else". */
const MOST_KINDS_OFFERED = 9;

/** @returns null when this message begins no report */
export function startReport(scene: Scene): readonly Effect[] | null {
  const { settings, text, turn } = scene;
  const { content } = turn.message;
  if (settings.kinds.length === 0 || turn.late) return null;
  const told = absorb(EMPTY, turn.message, { asked: null, settings });
  // Nobody has said yet that this is a report: the kind is asked, and "something else" leads to a person.
  if (content.type === "location" || (content.type === "image" && text === ""))
    return ask(scene, told, "kind");
  if (content.type !== "text" && content.type !== "image") return null;
  const named = namedKind(settings, text);
  if (named && !isQuestion(text)) {
    const language = named.language ?? scene.language;
    return goOn({ ...scene, language }, told);
  }
  const language = readStart(text);
  if (!language) return null;
  const only = settings.kinds.length === 1 ? settings.kinds[0] : undefined;
  return goOn({ ...scene, language }, { ...EMPTY, photo: told.photo, kind: only?.id ?? null });
}

/** @returns null when the message is no answer: other skills may know what it means */
export function continueReport(scene: Scene): readonly Effect[] | null {
  const { settings, text, turn } = scene;
  const { flow } = turn.conversation;
  const told = flow?.flow === REPORT ? readDraft(flow.data) : null;
  if (!flow || !told) return null;
  const { content } = turn.message;
  if (content.type === "choice" && content.id === OTHER_ID) return toPerson(scene, told);
  if (wantsOut(text)) return [{ do: "say", text: words(scene, "cancelled") }, { do: "endFlow" }];
  if (content.type !== "choice" && (wantsPerson(text) || isQuestion(text))) return null;
  const asked = flow.step as Missing;
  const next = absorb(told, turn.message, { asked, settings });
  const isSame = missing(next, kindOf(scene, next)) === asked;
  // A location or a picture out of turn is an answer too, only not to what was asked.
  const tries = isSame && JSON.stringify(next) === JSON.stringify(told) ? told.tries + 1 : 0;
  if (tries > MOST_TRIES) return toPerson(scene, told);
  return goOn(scene, { ...next, tries });
}

function kindOf({ settings }: Scene, { kind }: Draft): KnownKind | undefined {
  return settings.kinds.find(({ id }) => id === kind);
}

function goOn(scene: Scene, told: Draft): readonly Effect[] {
  const kind = kindOf(scene, told);
  const next = missing(told, kind);
  return next || !kind ? ask(scene, told, next ?? "kind") : complete(scene, told, kind);
}

const QUESTIONS: Readonly<Record<Missing, string>> = {
  kind: "askKind",
  place: "askPlace",
  text: "askText",
  photo: "askPhoto",
};

function ask(scene: Scene, told: Draft, step: Missing): readonly Effect[] {
  const kind = kindOf(scene, told)?.name[scene.language] ?? "";
  const again = told.tries > 0 ? "Again" : "";
  const question: Effect = {
    do: "ask",
    flow: REPORT,
    step,
    data: { ...told },
    text: words(scene, `${QUESTIONS[step]}${again}`, { kind }),
    options: optionsOf(scene, step),
  };
  return inLanguage(scene, [question]);
}

function optionsOf(scene: Scene, step: Missing): Option[] {
  if (step === "photo") return [{ id: NO_PHOTO_ID, title: words(scene, "optionNoPhoto") }];
  if (step !== "kind") return [];
  return [
    ...scene.settings.kinds
      .slice(0, MOST_KINDS_OFFERED)
      .map(({ id, name }) => ({ id: kindId(id), title: name[scene.language] })),
    { id: OTHER_ID, title: words(scene, "optionOther") },
  ];
}

function complete(scene: Scene, told: Draft, kind: KnownKind): readonly Effect[] {
  const { language, turn } = scene;
  const file: Effect = {
    do: "schedule",
    kind: FILE,
    key: turn.message.id,
    dueAt: turn.now,
    payload: {
      kindId: kind.id,
      conversationId: turn.conversation.id,
      contactId: turn.contact.id,
      messageId: turn.message.id,
      language,
      text: told.text,
      place: told.place,
      photo: told.photo,
      saidAt: turn.now,
    },
  };
  const taken: Effect = { do: "say", text: words(scene, "taken", { kind: kind.name[language] }) };
  const progress = scene.hasWindow && kind.hasTemplate[language] ? askForProgress(scene) : [];
  return inLanguage(scene, [file, taken, ...progress, ...(progress.length > 0 ? [] : [END])]);
}

const END: Effect = { do: "endFlow" };

function toPerson(scene: Scene, told: Draft): readonly Effect[] {
  const summary = [told.text, told.place?.name].filter(Boolean).join(" · ") || scene.text;
  return [
    { do: "say", text: words(scene, "toPerson") },
    { do: "handOver", reason: told.photo ? "media" : "flow", summary },
  ];
}
