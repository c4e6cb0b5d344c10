import { OUT_OF_SCOPE, predict } from "../../../src/skills/service/engine/index.ts";
import type { Known } from "../../../src/skills/service/flows/scene.ts";
import type { Pack, PackMessage } from "../../../src/skills/service/rules/packs/index.ts";
import { anyCompany } from "./known.ts";
import { meet, type Outcome } from "./shift/outcome.ts";

/** What the messages that came with a pack, and were never learnt, met. Shares from 0 to 1. */
interface MessagesMet {
  /** Of messages of a topic: it is the most probable one. */
  readonly found: number;
  /** Of the same: answered with it. */
  readonly answered: number;
  /** Of the same: answered with another topic. */
  readonly wrong: number;
  /** Of those that were answered. */
  readonly wrongOfAnswered: number;
  /** Of the same: a choice in which it stands. */
  readonly offered: number;
  /** Of messages that are no business of the company: answered all the same. */
  readonly strangersAnswered: number;
  readonly words: string;
  /** Every message that was answered with a topic which its writer did not mean, or with any though none fits. */
  readonly wrongly: readonly string[];
}

/** @returns null where nobody wrote messages for the pack, or it is too small to be learnt */
export function meetMessages({ messages }: Pack, known: Known): MessagesMet | null {
  const { model } = known;
  if (messages.length === 0 || model === null) return null;
  const desk = { known, hasRegister: false };
  const all = messages.map((message) => ({
    message,
    outcome: meet(desk, anyCompany, { ...message, intent: intentOf(message) }),
  }));
  const own = all.filter(({ outcome }) => outcome.kind !== "stranger");
  const strangers = all.filter(({ outcome }) => outcome.kind === "stranger");
  const met = (way: Outcome["met"]) => own.filter(({ outcome }) => outcome.met === way).length;
  const isWrong = ({ outcome }: (typeof all)[number]) => outcome.met === "wrong";
  const found = own.filter(
    ({ message: { text, intent } }) => predict(model, text).candidates[0]?.intent === intent,
  );
  const shares = {
    found: share(found.length, own.length),
    answered: share(met("answered"), own.length),
    wrong: share(met("wrong"), own.length),
    wrongOfAnswered: share(met("wrong"), met("answered") + met("wrong")),
    offered: share(met("offered"), own.length),
    strangersAnswered: share(strangers.filter(isWrong).length, strangers.length),
  };
  return {
    ...shares,
    words: `${percent(shares.found)} of ${own.length} messages find their topic first; answered rightly ${percent(shares.answered)}, wrongly ${percent(shares.wrong)} (${met("wrong")}, ${percent(shares.wrongOfAnswered)} of answers), offered with the right topic ${percent(shares.offered)}; ${strangers.filter(isWrong).length} of ${strangers.length} that fit no topic answered`,
    wrongly: all
      .filter(isWrong)
      .map(({ message: { text, intent }, outcome }) => `"${text}" is ${intent}, answered ${outcome.topic}`),
  };
}

function intentOf({ intent }: PackMessage): string | null {
  return intent === OUT_OF_SCOPE ? null : intent;
}

function share(some: number, all: number): number {
  return all === 0 ? 0 : some / all;
}

function percent(one: number): string {
  return `${Math.round(one * 1000) / 10} %`;
}
