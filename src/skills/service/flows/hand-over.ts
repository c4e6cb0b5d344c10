import type { Effect, HandOver } from "#kernel";
import { findOrder } from "../rules/index.ts";
import { titleOf } from "./knowledge.ts";
import { type Decision, type Scene, teamWords, words } from "./scene.ts";
import { spokenDeadline, spokenStart } from "./spoken-time.ts";

export interface Reason {
  readonly reason: HandOver["reason"];
  /** The sentence that says why and what happens now. */
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** What the classifier held likeliest, 0 to 1, and what an answer would have needed. */
  readonly guess?: { readonly intent: string; readonly confidence: number };
  readonly needed?: number;
  /** Questions of earlier turns that belong to this one. */
  readonly earlier?: readonly string[];
}

const SUMMARY_CHARACTERS = 600;
const QUOTE_CHARACTERS = 240;
const LAST_TEXTS = 3;

/** Gives the conversation to the team and tells the customer what happens now and when people are there. */
export function handOver(scene: Scene, why: Reason): Decision {
  const { guess } = why;
  const effects: Effect[] = [
    { do: "say", text: `${words(scene, why.key, why.values)} ${whenPeopleAnswer(scene)}` },
    {
      do: "handOver",
      reason: why.reason,
      summary: summarise(scene, why),
      ...(guess && { confidence: guess.confidence }),
      ...(why.needed !== undefined && { needed: why.needed }),
    },
  ];
  return { effects, ...(guess && { asked: guess.intent }) };
}

function whenPeopleAnswer(scene: Scene): string {
  const { turn, hours, language } = scene;
  const { tenant, now } = turn;
  const place = { language, timeZone: tenant.timeZone, now };
  if (hours.isOpen(tenant, now)) {
    return words(scene, "peopleHere", { due: spokenDeadline(hours.dueAt(tenant, now), place) });
  }
  const opens = hours.nextOpening(tenant, now);
  return opens === null
    ? words(scene, "people")
    : words(scene, "peopleLater", { opens: spokenStart(opens, place) });
}

/** What a colleague reads first: the customer's last words, then what the automaton made of them. */
function summarise(scene: Scene, why: Reason): string {
  const { turn, knowledge, text } = scene;
  const said = [...(why.earlier ?? []), ...turn.recent, text].filter((one) => one.trim() !== "");
  const last = said.filter((one, place) => said.lastIndexOf(one) === place).slice(-LAST_TEXTS);
  const order = findOrder(last.join("\n"), knowledge.orderStyle)?.order;
  const language = turn.tenant.language;
  const nameOf = (intent: string) => {
    const topic = knowledge.topics.get(intent);
    return topic ? titleOf(topic, language) : intent;
  };
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const facts = [
    ...last.map((one) => `„${cut(one, QUOTE_CHARACTERS)}“`),
    last.length === 0 && teamWords(scene, "summaryMedia", { what: turn.message.content.type }),
    order && !why.values?.number && teamWords(scene, "summaryOrder", { number: order }),
    why.values?.number && teamWords(scene, "summaryOrder", { number: why.values.number }),
    why.guess &&
      teamWords(scene, "summaryGuess", {
        topic: nameOf(why.guess.intent),
        confidence: percent(why.guess.confidence),
        needed: percent(why.needed ?? 1),
      }),
    !why.guess &&
      turn.conversation.topic &&
      teamWords(scene, "summaryTopic", { topic: nameOf(turn.conversation.topic) }),
  ];
  return cut(facts.filter((fact) => typeof fact === "string" && fact !== "").join(" · "), SUMMARY_CHARACTERS);
}

function cut(text: string, characters: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length <= characters ? flat : `${flat.slice(0, characters - 1).trimEnd()}…`;
}
