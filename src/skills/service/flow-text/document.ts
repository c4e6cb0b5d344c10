/** A flow as its text says it: what the parser makes, the formatter prints and the runner follows. */

/** Where something stands in the text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The same words in both languages; a missing one is a fault that the validator names. */
export interface Texts {
  readonly de?: string;
  readonly en?: string;
}

/** Steps that every flow has: done, and on to a person. */
export const END = "end";
export const PERSON = "person";

export interface Target extends Place {
  readonly step: string;
}

interface Part extends Place {
  /** Comment lines that stand above it, without the sign. */
  readonly comments: readonly string[];
}

export const SLOT_TYPES = [
  "order",
  "date",
  "time",
  "amount",
  "iban",
  "postcode",
  "email",
  "phone",
  "line",
  "number",
  "text",
  "photo",
] as const;
export type SlotType = (typeof SLOT_TYPES)[number];

export interface Slot extends Part {
  readonly name: string;
  readonly type: SlotType;
  /** For order numbers: how the company writes them, such as HK-20417. */
  readonly like: string | null;
  /** Asked even when an earlier message seems to name it. */
  readonly alwaysAsked: boolean;
}

export type Comparison = "is" | "is not" | "over" | "under" | "before" | "after" | "known" | "missing";

export type Condition =
  | (Place & {
      readonly kind: "slot";
      readonly slot: string;
      readonly test: Comparison;
      readonly value: string;
    })
  /** Is somebody of the team there now? */
  | (Place & { readonly kind: "hours"; readonly open: boolean });

export interface Option extends Part {
  readonly key: string;
  readonly texts: Texts;
  readonly to: Target | null;
}

/** What a question has beside its words. */
interface Asking {
  readonly texts: Texts;
  /** Said when the answer was not understood; the question itself where nothing is written. */
  readonly again: Texts | null;
  /** Answers that may be misunderstood before `otherwise`. */
  readonly tries: number;
  readonly otherwise: Target | null;
}

export interface Read extends Place {
  /** Dotted way into the service's JSON: `items.0.name`. */
  readonly path: string;
  readonly slot: string;
}

export interface Call extends Part {
  readonly kind: "call";
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly timeoutMs: number;
  readonly retries: number;
  /** Slots that the body carries. */
  readonly send: readonly string[];
  readonly reads: readonly Read[];
  readonly on: readonly { readonly status: number; readonly to: Target }[];
  readonly failed: Target | null;
}

export type Statement =
  | (Part & { readonly kind: "say"; readonly texts: Texts; readonly link: string | null })
  /** The answer of the topic that began the flow; nothing where a phrase did. */
  | (Part & { readonly kind: "sayTopic" })
  | (Part & Asking & { readonly kind: "ask"; readonly slot: string })
  | (Part &
      Asking & { readonly kind: "choose"; readonly slot: string | null; readonly options: readonly Option[] })
  | (Part & { readonly kind: "if"; readonly conditions: readonly Condition[]; readonly to: Target })
  | (Part & { readonly kind: "go"; readonly to: Target })
  | (Part & { readonly kind: "set"; readonly slot: string; readonly value: string })
  | (Part & { readonly kind: "forget"; readonly slots: readonly string[] })
  | Call
  | (Part & { readonly kind: "handOver"; readonly texts: Texts | null; readonly summary: string | null })
  /** Another flow of the company, or one of the house's own, see HOUSE_FLOWS. */
  | (Part & { readonly kind: "start"; readonly flow: string })
  | (Part & { readonly kind: "answer"; readonly intent: string })
  /** Ends with buttons; what they say is what the customer says next, to whatever skill takes words that were tapped. */
  | (Part & { readonly kind: "offer"; readonly texts: Texts; readonly words: readonly Texts[] });

export interface Step extends Part {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** One line of an example dialogue. */
export type Line = Place &
  (
    | { readonly kind: "customer"; readonly text: string; readonly photo: boolean }
    | { readonly kind: "bot"; readonly text: string }
    /** What the service answers; null = nothing in time. */
    | { readonly kind: "service"; readonly status: number | null; readonly body: string }
    | { readonly kind: "step"; readonly step: string }
    | { readonly kind: "ends"; readonly how: "done" | "person" | "open" }
  );

export interface Example extends Part {
  readonly name: string;
  readonly language: "de" | "en";
  /** The day on which it is played, 2026-11-24, at ten in the morning; null = when it is played. */
  readonly today: string | null;
  /** Played while nobody of the team is there; otherwise somebody is, whatever the hour. */
  readonly isClosed: boolean;
  readonly lines: readonly Line[];
}

export interface FlowDocument {
  readonly comments: readonly string[];
  /** "" when the text names none. */
  readonly name: string;
  readonly title: Texts;
  readonly starts: readonly Texts[];
  readonly topics: readonly (Place & { readonly intent: string })[];
  readonly slots: readonly Slot[];
  readonly steps: readonly Step[];
  readonly examples: readonly Example[];
  /** Comments after everything else. */
  readonly trailing: readonly string[];
}

/** Limits of one text; what is beyond them is named as a fault. */
export const LIMITS = {
  characters: 100_000,
  /** Of a line outside a block of words: reading is then linear in the text, whatever stands in it. */
  lineCharacters: 1_200,
  steps: 1_000,
  statements: 4_000,
  slots: 50,
  examples: 100,
  /** Of all examples: they are played while somebody types. */
  exampleLines: 1_000,
  /** Statements that all examples together may run, for the same reason. */
  exampleStatements: 20_000,
  /** WhatsApp shows ten rows. */
  options: 10,
  optionCharacters: 40,
  /** What WhatsApp takes beside buttons. */
  textCharacters: 1_024,
  /** A sentence with its slots filled; more fits in no message of WhatsApp. */
  filledCharacters: 4_096,
  topics: 10,
  starts: 20,
  depth: 4,
  faults: 50,
  timeoutMs: 20_000,
  retries: 3,
  tries: 5,
} as const;

/** A request of a shop's service is answered in well under this, or the customer has gone. */
export const DEFAULT_TIMEOUT_MS = 5_000;
export const DEFAULT_TRIES = 2;
