import type { TenantProfile } from "#kernel";
import { readPacks } from "../../../src/skills/service/adapters/pack-files.ts";
import type { Known } from "../../../src/skills/service/flows/scene.ts";
import { ask } from "../../../src/skills/service/routes/as-customer.ts";
import { PACK_LANGUAGES } from "../../../src/skills/service/rules/packs/index.ts";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { anyCompany, knowPack } from "./known.ts";
import { meetMessages } from "./pack-messages.ts";
import { type Question, readQuestions } from "./pack-questions.ts";

const GOAL = 0.7;

/**
 * Each trade's pack against questions that were written before it: a company that applied it and filled in its facts.
 * @param trade only this one, with every message that was answered wrongly
 */
export function packsFigure(trade: string | null): Figure {
  return {
    name: "packs",
    title: "starter packs on held-out questions of their trade",
    goal: ">= 70 % of the questions in scope answered or offered, each trade in each language",
    measure: (bench) => measure(bench, trade),
  };
}

async function measure(bench: Bench, trade: string | null): Promise<Reading> {
  const { packs: all } = await readPacks();
  if (trade !== null && !all.has(trade)) throw new Error(`There is no pack ${trade}.`);
  const shares: Record<string, number> = {};
  const met: Record<string, unknown> = {};
  const notes: string[] = [];
  for (const pack of trade === null ? all.values() : [...all.values()].filter(({ name }) => name === trade)) {
    const lists = PACK_LANGUAGES.map((language) => ({
      language,
      questions: readQuestions(pack.name, language),
    }));
    if (lists.every(({ questions }) => questions.length === 0)) {
      notes.push(`${pack.name}: no list of questions`);
      continue;
    }
    bench.say(`${pack.name}: training on ${pack.topics.length} topics`);
    const known = knowPack(pack);
    const messages = meetMessages(pack, known);
    notes.push(`${pack.name}: ${messages?.words ?? "no messages"}`);
    if (trade !== null) notes.push(...(messages?.wrongly ?? []));
    if (messages) met[`${pack.name} messages`] = messages;
    for (const { language, questions } of lists) {
      const counts = count(known, language, questions);
      shares[`${pack.name} ${language}`] = counts.share;
      notes.push(`${pack.name} ${language}: ${counts.words}`);
    }
  }
  const least = Math.min(...Object.values(shares));
  const hasLists = Object.keys(shares).length > 0;
  return {
    measured: hasLists ? `${percent(least)} at least` : "no list of questions",
    meets: hasLists && least >= GOAL,
    values: { ...shares, ...met },
    notes,
  };
}

const NOW = Date.parse("2026-11-24T09:00:00Z");
const hours = { isOpen: () => true, nextOpening: (_: TenantProfile, at: number) => at, dueAt: () => NOW };
function count(known: Known, language: "de" | "en", questions: readonly Question[]) {
  const own = { answered: 0, offered: 0, handedOver: 0, asked: 0, other: 0 };
  let strangers = 0;
  let strangersAnswered = 0;
  for (const { text, isInScope } of questions) {
    const { zone, decision } = ask(known, { tenant: anyCompany, hours, now: NOW, text, language });
    const handOver = decision.effects.find((effect) => effect.do === "handOver");
    if (!isInScope) {
      strangers++;
      if (zone === "answer") strangersAnswered++;
    } else if (
      handOver?.do === "handOver" &&
      (handOver.reason === "asked" || handOver.reason === "complaint")
    ) {
      // A person was wished for, or is what an angry customer needs: neither answered nor missed.
      own.asked++;
    } else if (zone === "answer") own.answered++;
    else if (zone === "choose") own.offered++;
    else if (zone === "handover") own.handedOver++;
    else own.other++;
  }
  const inScope = own.answered + own.offered + own.handedOver + own.other;
  const share = inScope === 0 ? 0 : (own.answered + own.offered) / inScope;
  const part = (one: number) => percent(inScope === 0 ? 0 : one / inScope);
  return {
    share,
    words: [
      `${percent(share)} of ${inScope} answered or offered (answered ${part(own.answered)}, offered ${part(own.offered)}, handed over ${part(own.handedOver + own.other)})`,
      own.asked > 0 ? `${own.asked} wished for a person` : "",
      `${strangersAnswered} of ${strangers} out of scope answered`,
    ]
      .filter(Boolean)
      .join("; "),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
