import { type Entity, findEntities } from "../rules/index.ts";
import { memoryOf } from "./memory.ts";
import { type Scene, teamWords } from "./scene.ts";
import { spokenTime } from "./spoken-time.ts";

const KEYS = {
  postcode: "summaryPostcode",
  email: "summaryEmail",
  phone: "summaryPhone",
  line: "summaryLine",
  amount: "summaryAmount",
} as const;
const MOST_FACTS = 6;

/**
 * What a customer's texts name and named before, in the team's words, each once: order, time, amount, place, line, how to reach them. Of an
 * IBAN the last four signs: a summary is shown in lists, the message itself holds the whole.
 * @param said.isCall a promised call has its number beside the summary
 * @param said.order an order number that was confirmed; it stands for what the texts name
 */
export function namedFacts(
  scene: Scene,
  { texts, order, isCall }: { texts: readonly string[]; order: string | undefined; isCall: boolean },
): string[] {
  const { turn, knowledge } = scene;
  const context = {
    now: new Date(turn.now),
    timeZone: turn.tenant.timeZone,
    orderStyle: knowledge.orderStyle,
  };
  const entities = texts.flatMap((text) => findEntities(text, context));
  const found = entities.filter(({ kind }) => kind !== "order" || order === undefined);
  const said = memoryOf(scene);
  const known = order ?? said.order;
  const facts = [
    ...(order === undefined ? [] : [teamWords(scene, "summaryOrder", { number: order })]),
    ...found.map((entity) => describe(scene, entity)),
    ...(known === undefined ? [] : [teamWords(scene, "summaryOrder", { number: known })]),
    ...(said.phone === undefined || isCall ? [] : [teamWords(scene, "summaryPhone", { value: said.phone })]),
  ];
  return [...new Set(facts)].slice(0, MOST_FACTS);
}

function describe(scene: Scene, entity: Entity): string {
  const { tenant, now } = scene.turn;
  if (entity.kind === "order") return teamWords(scene, "summaryOrder", { number: entity.value });
  if (entity.kind === "iban") return teamWords(scene, "summaryIban", { value: entity.value.slice(-4) });
  if (entity.kind !== "dateTime") return teamWords(scene, KEYS[entity.kind], { value: entity.value });
  const place = { language: tenant.language, timeZone: tenant.timeZone, now };
  return teamWords(scene, "summaryTime", {
    value: spokenTime(entity.time.at.getTime(), place, entity.time.hasTime),
  });
}
