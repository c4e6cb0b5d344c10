import type { Option, TenantProfile } from "#kernel";
import type { Zone } from "../engine/index.ts";
import { titleOf } from "../flows/knowledge.ts";
import { TOPIC_ID } from "../flows/option-ids.ts";
import type { Decision, Known } from "../flows/scene.ts";
import type { Hours } from "../ports.ts";
import type { PastMessage } from "../store/figures.ts";
import { ask } from "./as-customer.ts";

/** The house that both versions answer in. */
export interface Place {
  readonly tenant: TenantProfile;
  readonly hours: Hours;
  readonly now: number;
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

/** Messages between two pauses; about 10 ms. */
const BITE = 20;

/**
 * Lets both versions answer messages of the past; nothing is sent. Other work of the process goes on meanwhile.
 * @returns zones of all, and every message that would be answered differently, what customers notice most first
 */
export async function compareVersions(
  versions: { live: Known; draft: Known },
  messages: readonly PastMessage[],
  place: Place,
): Promise<Comparison> {
  const zones = { live: { answer: 0, choose: 0, handover: 0 }, draft: { answer: 0, choose: 0, handover: 0 } };
  const differences: Difference[] = [];
  for (const [nth, message] of messages.entries()) {
    const sides = {
      live: judge(versions.live, message, place),
      draft: judge(versions.draft, message, place),
    };
    zones.live[sides.live.zone]++;
    zones.draft[sides.draft.zone]++;
    const kind = differenceOf(sides.live, sides.draft);
    if (kind) differences.push({ message, kind, ...sides });
    if (nth % BITE === BITE - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return { zones, differences: differences.sort((a, b) => rankOf(a) - rankOf(b)) };
}

function differenceOf(live: Side, draft: Side): Difference["kind"] | null {
  if (live.zone !== draft.zone) return "zone";
  if (live.topics.join("\n") !== draft.topics.join("\n")) return live.zone === "handover" ? null : "topic";
  return live.text === draft.text ? null : "words";
}

function judge(known: Known, { text, language }: PastMessage, place: Place): Side {
  const { decision, zone, words } = ask(known, { ...place, text, language });
  const title = (intent: string) => {
    const topic = known.knowledge.topics.get(intent);
    return topic ? [titleOf(topic, language)] : [];
  };
  // The order of choices is no other answer, and when people are there is none of the knowledge's.
  if (zone === "choose") return { zone, topics: offeredIn(decision).flatMap(title).sort(), text: "" };
  if (zone === "handover") return { zone, topics: [], text: "" };
  return { zone: "answer", topics: title(decision.answered ?? decision.asked ?? ""), text: words };
}

function offeredIn({ effects }: Decision): string[] {
  const options = effects.flatMap((effect): readonly Option[] =>
    effect.do === "ask" ? (effect.options ?? []) : [],
  );
  return options.filter(({ id }) => id.startsWith(TOPIC_ID)).map(({ id }) => id.slice(TOPIC_ID.length));
}
