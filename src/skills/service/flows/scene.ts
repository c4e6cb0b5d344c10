import { type Catalogue, type Effect, type Language, type Turn, translate } from "#kernel";
import type { Model } from "../engine/index.ts";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import type { Hours } from "../ports.ts";
import {
  type CutText,
  cutText,
  detectLanguage,
  fold,
  type Request,
  readRequest,
  tokens,
} from "../rules/index.ts";
import type { Knowledge } from "./knowledge.ts";
import { NO_ID, YES_ID } from "./option-ids.ts";
import type { StoredFlows } from "./stored-flows.ts";

export const catalogue: Catalogue = { de, en };

/** What answers one company's customers. Without a model only titles, choices and people are understood. */
export interface Known {
  readonly knowledge: Knowledge;
  readonly model: Model | null;
  /** Flows that the company wrote. */
  readonly flows?: StoredFlows;
  /** Vectors by the service that made those of the model; undefined for a text that has none. */
  vectorOf?(text: string): Float32Array | undefined;
}

/** Everything a step of a conversation decides from. */
export interface Scene {
  readonly turn: Turn;
  readonly knowledge: Knowledge;
  readonly model: Model | null;
  readonly flows?: StoredFlows;
  vectorOf?(text: string): Float32Array | undefined;
  readonly hours: Hours;
  /** Language of this message. */
  readonly language: Language;
  readonly text: string;
  readonly bare: string;
  /** Without greeting, signature and quotations, and part by part. */
  readonly cut: CutText;
  readonly request: Request | undefined;
}

/** What is done in a turn, and what is counted of it. */
export interface Decision {
  readonly effects: readonly Effect[];
  /** The topic that was most probably meant. */
  readonly asked?: string;
  /** The topic whose answer was given; the first one where two were. */
  readonly answered?: string;
  /** How sure the classifier was of its first candidate when it decided this turn, 0 to 1. */
  readonly confidence?: number;
  /** A flow came to its end: what it was about is answered. */
  readonly settled?: true;
  /** The customer said that the last answer did not help: the case counts as not resolved. */
  readonly notHelped?: true;
  /** The question went to a person because nothing was sure. */
  readonly unanswered?: {
    readonly question: string;
    readonly guess: string | null;
    readonly confidence: number | null;
  };
}

/** A decision with the language of the message it answers. */
export interface SpokenDecision extends Decision {
  readonly language: Language;
}

export function readScene(turn: Turn, known: Known, hours: Hours): Scene {
  const text = turn.message.text.trim();
  // Folded and divided into words once; everything below reads these.
  const folded = tokens(fold(text));
  const bare = folded.join(" ");
  const cut = cutText(text);
  return {
    turn,
    ...known,
    hours,
    text,
    bare,
    cut,
    language: languageOf(turn, known.knowledge, { text, bare, folded }),
    request: requestOf(turn, { text, folded }, cut.own),
  };
}

/** A tapped topic is that topic, whatever words its title has. */
function requestOf(
  { message }: Turn,
  { text, folded }: { text: string; folded: readonly string[] },
  own: string,
): Request | undefined {
  const { content } = message;
  if (content.type !== "choice")
    return text === ""
      ? undefined
      : (readRequest(text, folded) ?? (own === text ? undefined : readRequest(own)));
  return content.id === YES_ID || content.id === NO_ID ? content.id : undefined;
}

/** One or two words decide nothing elsewhere; a conversation that begins with "hello" is English all the same. */
const COURTESY: Readonly<Record<Language, RegExp>> = {
  de: /^(?:hallo|moin(?: moin)?|servus|guten (?:tag|morgen|abend)|danke(?: schoen| sehr)?|vielen dank)(?: zusammen)?$/,
  en: /^(?:hello|good (?:morning|afternoon|evening)|thanks(?: a lot)?|thank you|cheers)(?: there| everyone)?$/,
};

/** A title of the company's own says its language better than its one or two words do. */
function languageOf(
  turn: Turn,
  knowledge: Knowledge,
  said: { text: string; bare: string; folded: readonly string[] },
): Language {
  const { language } = turn.conversation;
  if (said.bare === "") return language;
  const [german, english] = [knowledge.titles.de.has(said.bare), knowledge.titles.en.has(said.bare)];
  if (german !== english) return german ? "de" : "en";
  if (COURTESY.de.test(said.bare)) return "de";
  if (COURTESY.en.test(said.bare)) return "en";
  return detectLanguage(said.text, language, said.folded);
}

/** A sentence of this skill in the language of the message. */
export function words(scene: Scene, key: string, values?: Readonly<Record<string, string | number>>): string {
  const { language, turn } = scene;
  return translate(catalogue, { language, form: turn.tenant.formOfAddress }, key, values);
}

/** A sentence for colleagues, in the company's own language. */
export function teamWords(
  scene: Scene,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  const { tenant } = scene.turn;
  return translate(catalogue, { language: tenant.language, form: tenant.teamFormOfAddress }, key, values);
}

/** What the customer said before in this matter, oldest first: the question of the open choice, and the batch's texts. */
export function heard({ turn }: Scene): readonly string[] {
  const question = turn.conversation.flow?.data.question;
  return [...(typeof question === "string" && question !== "" ? [question] : []), ...turn.recent];
}
