import { type Model, type Prediction, predict, type Zone } from "../engine/index.ts";
import { type Knowledge, titleOf } from "../flows/knowledge.ts";
import type { PastMessage } from "../store/figures.ts";

/** A version as it would answer. */
export interface Answering {
  readonly model: Model | null;
  readonly knowledge: Knowledge;
}

/** What one version makes of a message. */
export interface Side {
  readonly zone: Zone;
  readonly topics: string[];
  readonly text: string;
}

export interface Difference {
  readonly message: PastMessage;
  readonly kind: "topic" | "zone" | "words";
  readonly live: Side;
  readonly draft: Side;
}

export interface Comparison {
  readonly zones: { readonly live: Record<Zone, number>; readonly draft: Record<Zone, number> };
  readonly differences: readonly Difference[];
}

/** What a customer would notice most comes first. */
const RANKS = { answered: 0, way: 1, handedOver: 2, choices: 3 } as const;

function rankOf({ kind, live, draft }: Difference): number {
  if (kind === "zone")
    return live.zone === "answer" || draft.zone === "answer" ? RANKS.way : RANKS.handedOver;
  return live.zone === "answer" ? RANKS.answered : RANKS.choices;
}

/** Predictions between two pauses; about 10 ms. */
const BITE = 100;

/**
 * Lets both versions answer messages of the past; nothing is sent. Other work of the process goes on meanwhile.
 * @returns zones of all, and every message that would be answered differently, what customers notice most first
 */
export async function compareVersions(
  live: Answering,
  draft: Answering,
  messages: readonly PastMessage[],
): Promise<Comparison> {
  const zones = { live: { answer: 0, choose: 0, handover: 0 }, draft: { answer: 0, choose: 0, handover: 0 } };
  const differences: Difference[] = [];
  for (const [place, message] of messages.entries()) {
    const sides = { live: judge(live, message), draft: judge(draft, message) };
    zones.live[sides.live.zone]++;
    zones.draft[sides.draft.zone]++;
    const kind = differenceOf(sides.live, sides.draft);
    if (kind) differences.push({ message, kind, ...sides });
    if (place % BITE === BITE - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return { zones, differences: differences.sort((a, b) => rankOf(a) - rankOf(b)) };
}

function differenceOf(live: Side, draft: Side): Difference["kind"] | null {
  if (live.zone !== draft.zone) return "zone";
  if (live.topics.join("\n") !== draft.topics.join("\n")) return live.zone === "handover" ? null : "topic";
  return live.text === draft.text ? null : "words";
}

function judge({ model, knowledge }: Answering, { text, language }: PastMessage): Side {
  const prediction: Pick<Prediction, "zone" | "candidates" | "choices"> | null =
    model && predict(model, text, (intent) => knowledge.topics.has(intent));
  const titles = (intents: readonly string[]) =>
    intents.flatMap((intent) => {
      const topic = knowledge.topics.get(intent);
      return topic ? [titleOf(topic, language)] : [];
    });
  if (!prediction || prediction.zone === "handover") return { zone: "handover", topics: [], text: "" };
  if (prediction.zone === "choose") {
    // The order of choices is no other answer.
    return { zone: "choose", topics: titles(prediction.choices).sort(), text: "" };
  }
  const intent = prediction.candidates[0]?.intent ?? "";
  const topic = knowledge.topics.get(intent);
  const answer = topic?.answers[language] ?? topic?.answers[language === "de" ? "en" : "de"];
  return { zone: "answer", topics: titles([intent]), text: answer?.text ?? "" };
}
