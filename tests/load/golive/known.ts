import { readFileSync } from "node:fs";
import type { TenantProfile } from "#kernel";
import { readPacks } from "../../../src/skills/service/adapters/pack-files.ts";
import { train } from "../../../src/skills/service/engine/index.ts";
import { type KnownTopic, makeKnowledge } from "../../../src/skills/service/flows/knowledge.ts";
import type { Known } from "../../../src/skills/service/flows/scene.ts";
import { makeStoredFlows } from "../../../src/skills/service/flows/stored-flows.ts";
import {
  PACK_LANGUAGES,
  type Pack,
  packLesson,
  wantedTopics,
} from "../../../src/skills/service/rules/packs/index.ts";
import { planImport } from "../../../src/skills/service/store/import-plan.ts";

/** What answers customers of a company that took the pack, with the example facts filled in. */
export function knowPack(pack: Pack): Known {
  const { examples, options } = packLesson(pack);
  return {
    knowledge: makeKnowledge(topicsOf(pack)),
    model: train(examples, options),
    flows: flowsOf(pack),
  };
}

function topicsOf(pack: Pack): KnownTopic[] {
  const facts = new Map(pack.placeholders.map(({ name, example }) => [name, example]));
  return wantedTopics(pack, PACK_LANGUAGES, facts).map(({ intent, title, flow, answers }) => ({
    intent,
    label: intent,
    title,
    flow,
    mostAsked: null,
    answers: Object.fromEntries(
      Object.entries(answers).map(([language, { text, options: buttons }]) => [
        language,
        { text, link: null, fileId: null, options: buttons },
      ]),
    ),
  }));
}

function flowsOf(pack: Pack) {
  const flows = pack.flows.map(({ name, text }, place) => ({ id: place + 1, name, version: 1, text }));
  return makeStoredFlows(flows, () => undefined);
}

const LUEDERS = new URL("../../../demo/lueders/", import.meta.url);

/** The second demo company: the pack of its trade, and over it what only it is asked. Its facts change no decision. */
export async function knowLueders(): Promise<Known> {
  const pack = (await readPacks()).packs.get("machine-maker");
  if (!pack) throw new Error("The pack machine-maker is missing.");
  const read = (name: string) => readFileSync(new URL(name, LUEDERS), "utf8");
  const plan = planImport({ language: "de", examples: read("examples.csv"), answers: read("topics.csv") });
  const topics = new Map(topicsOf(pack).map((topic) => [topic.intent, topic]));
  for (const { intent, label, title, flow = "" } of plan.topics) {
    const own = plan.answers.filter((answer) => answer.intent === intent);
    topics.set(intent, {
      intent,
      label,
      flow,
      title: { de: title.de ?? "", en: title.en ?? "" },
      mostAsked: null,
      answers: Object.fromEntries(own.map((answer) => [answer.language, { ...answer, fileId: null }])),
    });
  }
  const { examples, options } = packLesson(pack);
  const hints = plan.answers.map(({ text, intent }) => ({ text, intent }));
  return {
    knowledge: makeKnowledge([...topics.values()]),
    model: train([...examples, ...plan.examples], {
      ...options,
      hints: [...(options.hints ?? []), ...hints],
    }),
    flows: flowsOf(pack),
  };
}

/** Settings that say nothing special. */
export const anyCompany: TenantProfile = {
  id: 1,
  name: "Bench",
  slug: "bench",
  isDemo: false,
  timeZone: "Europe/Berlin",
  language: "de",
  openingHours: [],
  holidayRegion: "",
  closedDays: [],
  formOfAddress: "sie",
  teamFormOfAddress: "sie",
  greeting: { de: "", en: "" },
  accent: "#000000",
  logo: null,
  answerMinutes: 30,
  legal: { imprint: "", privacy: "" },
};
