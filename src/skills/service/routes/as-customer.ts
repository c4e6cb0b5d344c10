import { type Effect, type Language, type TenantProfile, type Turn, translate } from "#kernel";
import type { Zone } from "../engine/index.ts";
import { decide } from "../flows/index.ts";
import { catalogue, type Known, type SpokenDecision } from "../flows/scene.ts";
import type { Hours } from "../ports.ts";
import { outcomeOf } from "../store/turns.ts";

/** A question, and the house that it is asked in. Nothing is sent. */
export interface Asked {
  readonly tenant: TenantProfile;
  readonly hours: Hours;
  readonly now: number;
  readonly text: string;
  readonly language: Language;
}

/** What a customer would meet who had just begun with this question. */
export interface Met {
  readonly decision: SpokenDecision;
  /** null for a greeting and the like, which settle nothing. */
  readonly zone: Zone | null;
  /** What the customer would read, buttons included. */
  readonly words: string;
}

/** The same decision as in a conversation, so that what is shown here is what happens there. */
export function ask(known: Known, asked: Asked): Met {
  const decision = decide(turnOf(asked), known, asked.hours);
  const outcome = outcomeOf(decision);
  const zone =
    outcome === null || outcome === "not_helped"
      ? null
      : outcome === "handed_over"
        ? "handover"
        : outcome === "offered"
          ? "choose"
          : "answer";
  return { decision, zone, words: spoken(decision.effects, asked) };
}

function turnOf({ tenant, now, text, language }: Asked): Turn {
  return {
    tenant,
    now,
    channel: { id: 0, kind: "web" },
    contact: { id: 0, name: "" },
    conversation: { id: 0, language, flow: null, topic: null },
    message: { id: "", content: { type: "text", text }, text },
    late: false,
    recent: [],
  };
}

function spoken(
  effects: readonly Effect[],
  { tenant, language }: Pick<Asked, "tenant" | "language">,
): string {
  const choice = { language, form: tenant.formOfAddress };
  return effects
    .flatMap((effect) => {
      // What a register knows of an order is not looked up for a trial: shown is what it begins with.
      if (effect.do === "start") return [spoken(effect.otherwise, { tenant, language })];
      if (effect.do !== "say" && effect.do !== "ask") return [];
      const text = effect.text ?? (effect.key ? translate(catalogue, choice, effect.key, effect.values) : "");
      return [text, effect.link ?? "", ...(effect.options ?? []).map(({ title }) => `[${title}]`)];
    })
    .filter((line) => line !== "")
    .join("\n");
}
