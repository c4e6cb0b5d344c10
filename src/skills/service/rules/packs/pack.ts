import type { Language } from "#kernel";
import type { AnswerOption } from "../../tables.ts";

/** A starter pack: what companies of one trade are asked, with answers in which only their own facts are missing. */
export interface Pack {
  /** The folder's name, e.g. retail. */
  readonly name: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly description: Readonly<Record<Language, string>>;
  readonly placeholders: readonly Placeholder[];
  readonly topics: readonly PackTopic[];
  /** Questions that people ask such a company, and that it cannot answer. */
  readonly outOfScope: readonly PackExample[];
  /** What somebody else wrote for the same topics: never learnt, only to find out how far what was learnt can be trusted. */
  readonly messages: readonly PackMessage[];
  /** Texts of flows (docs/guide/flows.md), in the order in which they go live. */
  readonly flows: readonly PackFlow[];
}

/** `text` is written once a language; every other kind is the same in all. */
export type PlaceholderKind = "text" | "phone" | "email" | "link" | "amount" | "number";
export const PLACEHOLDER_KINDS: readonly PlaceholderKind[] = [
  "text",
  "phone",
  "email",
  "link",
  "amount",
  "number",
];

/** A fact that only the company knows; `{{name}}` in answers. */
export interface Placeholder {
  readonly name: string;
  readonly kind: PlaceholderKind;
  /** What the owner is asked. */
  readonly question: Readonly<Record<Language, string>>;
  readonly example: Readonly<Record<Language, string>>;
}

export interface PackExample {
  readonly language: Language;
  readonly text: string;
}

export interface PackMessage extends PackExample {
  /** Of a topic of the pack, or {@link OUT_OF_SCOPE}. */
  readonly intent: string;
}

export interface PackTopic {
  readonly intent: string;
  /** How much dearer a wrong answer is than elsewhere, 1 to 20. */
  readonly cost: number;
  /** A flow of the house that the topic opens: "", collect_order or callback. */
  readonly flow: string;
  readonly words: Readonly<Record<Language, TopicWords>>;
}

export interface TopicWords {
  readonly title: string;
  /** With placeholders. */
  readonly answer: string;
  readonly options: readonly AnswerOption[];
  /** The question on the opening screen; null = not shown there. */
  readonly question: string | null;
  readonly examples: readonly string[];
}

export interface PackFlow {
  readonly name: string;
  readonly text: string;
}

/** What is wrong with a pack's files, and where. */
export interface PackFault {
  readonly file: string;
  /** From 1; 0 = the file as a whole. */
  readonly line: number;
  readonly message: string;
}

/** The files of a folder below packs/, as texts. */
export interface PackFiles {
  readonly name: string;
  readonly settings: string;
  readonly words: Readonly<Record<Language, string>>;
  /** CSV with the header language,text,intent; "" = none. */
  readonly messages: string;
  readonly flows: readonly PackFlow[];
}
