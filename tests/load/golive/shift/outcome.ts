import type { TenantProfile } from "#kernel";
import { predict } from "../../../../src/skills/service/engine/index.ts";
import type { Known } from "../../../../src/skills/service/flows/scene.ts";
import { ask } from "../../../../src/skills/service/routes/as-customer.ts";

/** A message with what its writer wanted, which the engine never saw. */
export interface Labelled {
  readonly text: string;
  readonly language: "de" | "en";
  /** null = no business of the company */
  readonly intent: string | null;
}

/** What an agent has to do for a case. */
export type Kind = "question" | "status" | "casework" | "stranger";

/** How the first level met a message: measured, not assumed. */
export interface Outcome {
  readonly kind: Kind;
  /**
   * answered: with the right topic. wrong: with another one. offered: a choice in which the right one stands.
   * missed: a choice without it. handed: to a person.
   */
  readonly met: "answered" | "wrong" | "offered" | "missed" | "handed";
  /** The right topic is among the three most probable, which an agent is shown. */
  readonly isSuggested: boolean;
  /** The topic that it was answered with. */
  readonly topic?: string | undefined;
}

export interface Desk {
  readonly known: Known;
  /** A register of orders is connected, so that a flow `lookup_...` tells the truth instead of asking. */
  readonly hasRegister: boolean;
}

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOURS = { isOpen: () => true, nextOpening: (_: TenantProfile, at: number) => at, dueAt: () => NOW };
const SUGGESTED = 3;
const TOPIC = "topic:";

/** Asks the same decision as a conversation does. */
export function meet({ known, hasRegister }: Desk, tenant: TenantProfile, message: Labelled): Outcome {
  const { text, language, intent } = message;
  const { decision, zone } = ask(known, { tenant, hours: HOURS, now: NOW, text, language });
  const kind = kindOf({ known, hasRegister }, message);
  const guesses = known.model ? predict(known.model, text).candidates.slice(0, SUGGESTED) : [];
  const isSuggested = guesses.some((guess) => guess.intent === intent);
  // A callback is begun, not answered: its flow takes the turn.
  const begun = decision.effects.some((effect) => effect.do === "ask" && effect.flow === "callback");
  const answered = begun ? "callback" : decision.answered;
  const offered = decision.effects.flatMap((effect) =>
    effect.do === "ask" ? (effect.options ?? []).map(({ id }) => id) : [],
  );
  return { kind, met: metBy(zone, { intent, answered, offered }), isSuggested, topic: answered };
}

function metBy(
  zone: ReturnType<typeof ask>["zone"],
  {
    intent,
    answered,
    offered,
  }: { intent: string | null; answered: string | undefined; offered: readonly string[] },
): Outcome["met"] {
  if (zone === "answer") return answered === intent ? "answered" : "wrong";
  if (zone === "handover") return "handed";
  // Without a zone it was taken for a courtesy: whoever wanted something says it once more.
  return offered.includes(`${TOPIC}${intent}`) ? "offered" : "missed";
}

/** Answers that ask the customer for something, or name a person, leave work to a person. */
const LEAVES_WORK = {
  de: /\bMensch\b|Kolleg|\b(?:schreiben|schicken|nennen|sagen) Sie (?:uns|ihr|bitte)|sehen (?:wir|gern) (?:gern )?nach|\bwir (?:melden|rufen)|meldet sich/i,
  en: /\bperson\b|colleague|\b(?:write|send|tell|give) us\b|\bwe (?:will )?(?:check|call|look)|gets? in touch/i,
} as const;

/** By what the topic is, whether or not the engine found it. */
function kindOf({ known, hasRegister }: Desk, { intent, language }: Labelled): Kind {
  if (intent === null) return "stranger";
  const topic = known.knowledge.topics.get(intent);
  if (!topic) throw new Error(`The list names ${intent}, which is no topic.`);
  if (hasRegister && topic.flow.startsWith("lookup_")) return "status";
  const isFlow = topic.flow !== "" || known.flows?.ofTopic(intent) !== undefined;
  return isFlow || LEAVES_WORK[language].test(topic.answers[language]?.text ?? "") ? "casework" : "question";
}

const MET = ["answered", "wrong", "offered", "missed", "handed"] as const;

/** Shares of each way, for the table; of strangers by themselves. */
export function rates(outcomes: readonly Outcome[]): Record<string, number> {
  const own = outcomes.filter(({ kind }) => kind !== "stranger");
  const strangers = outcomes.filter(({ kind }) => kind === "stranger");
  const share = (all: readonly Outcome[], is: (one: Outcome) => boolean) =>
    all.length === 0 ? 0 : all.filter(is).length / all.length;
  return {
    messages: outcomes.length,
    ...Object.fromEntries(MET.map((met) => [met, share(own, (one) => one.met === met)])),
    wrongOfAnswered: share(
      own.filter(({ met }) => met === "answered" || met === "wrong"),
      ({ met }) => met === "wrong",
    ),
    suggested: share(own, ({ isSuggested }) => isSuggested),
    casework: share(own, ({ kind }) => kind === "casework"),
    strangers: share(outcomes, ({ kind }) => kind === "stranger"),
    strangersAnswered: share(strangers, ({ met }) => met === "wrong" || met === "answered"),
  };
}
