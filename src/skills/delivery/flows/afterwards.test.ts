import { expect, test } from "vitest";
import type { Effect, TenantProfile, Turn } from "#kernel";
import { questionWords, type Vain, vainWords } from "./after-words.ts";
import { answerEffects } from "./afterwards.ts";
import { arrivalCard } from "./cards.ts";
import { doorNote } from "./door-notes.ts";
import { decide } from "./index.ts";
import { FLOW, type Step, type Talk, type TalkCall, talkCall } from "./talk.ts";
import type { Speaking } from "./words.ts";

const TENANT = {
  id: 7,
  name: "Hansekontor",
  language: "de",
  timeZone: "Europe/Berlin",
  formOfAddress: "sie",
  teamFormOfAddress: "sie",
} as unknown as TenantProfile;
const GERMAN: Speaking = { tenant: TENANT, language: "de", timeZone: "Europe/Berlin" };
const at = (local: string) => Date.parse(`${local}:00+01:00`);
const WINDOW = { eveningId: 4, earliestAt: at("2026-11-26T19:00"), latestAt: at("2026-11-26T21:00") };
const VAIN: Vain = {
  id: 41,
  outcome: "not_there",
  endedAt: at("2026-11-24T19:42"),
  next: "another_window",
  depotName: "Altona",
  collectUntil: at("2026-12-01T19:42"),
  senderName: "Hansekontor",
  windows: [],
};

function turn(text: string, step: Step | null, choice?: string): Turn {
  const content = choice ? { type: "choice" as const, id: choice, text } : { type: "text" as const, text };
  const talk: Talk = { language: "de", question: "", tries: 0, deliveryId: 41 };
  const flow = step && { skill: "delivery", flow: FLOW, step, data: { ...talk } };
  return {
    tenant: TENANT,
    now: at("2026-11-25T09:05"),
    channel: { id: 1, kind: "whatsapp" },
    contact: { id: 5, name: "" },
    conversation: { id: 9, language: "de", flow, topic: null },
    message: { id: "m1", content, text },
    late: false,
    recent: [],
  };
}

const KNOWN = { isServed: true, timeZone: "Europe/Berlin", standing: [] };
function act(effects: readonly Effect[] | null): TalkCall["act"] | undefined {
  const timer = effects?.find((one) => one.do === "schedule");
  return timer && talkCall.parse(timer.payload).act;
}
const decided = (...given: Parameters<typeof turn>) => decide(turn(...given), KNOWN, () => undefined);

test("a tap and a word answer the question alike", () => {
  const good = { do: "answer", deliveryId: 41, answer: "good", words: "" };
  expect(act(decided("Ja", null, "delivery:good:41"))).toEqual(good);
  expect(act(decided("ja, danke", "well"))).toEqual(good);
  expect(act(decided("Nein, der Karton war nass", "well"))).toEqual({
    ...good,
    answer: "bad",
    words: "der Karton war nass",
  });
  expect(act(decided("Er hat nicht geklingelt.", "complaint"))).toEqual({
    ...good,
    answer: "bad",
    words: "Er hat nicht geklingelt.",
  });
});

test("what is no answer is left to whoever understands it", () => {
  expect(act(decided("Wann können Sie wieder liefern?", "well"))).toMatchObject({ do: "look" });
  expect(decided("Wo finde ich die Rechnung?", "well")).toBeNull();
});

test("who says no is asked for one sentence, then a person has it", () => {
  const talk: Talk = { language: "de", question: "", tries: 0 };
  const bad = { answer: "bad", words: "", isKnown: false, summary: "S", deliveryId: 41 } as const;
  expect(answerEffects(GERMAN, talk, bad)).toMatchObject([{ do: "ask", step: "complaint" }]);
  expect(answerEffects(GERMAN, talk, { ...bad, words: "Nass." })).toMatchObject([
    { do: "say" },
    { do: "handOver", summary: "S" },
  ]);
  expect(answerEffects(GERMAN, talk, { ...bad, isKnown: true })).toMatchObject([
    { do: "say" },
    { do: "endFlow" },
  ]);
});

test("after a vain attempt the sender's rule says what follows", () => {
  const offered = { ...WINDOW, priceMinor: 190, currency: "EUR", cost_s: 60 };
  const again = vainWords(GERMAN, { ...VAIN, windows: [offered] });
  expect(again.text).toBe("Um 19:42 Uhr hat niemand geöffnet. Wann dürfen wir noch einmal kommen?");
  expect(again.options).toEqual([
    {
      id: `delivery:window:41:4:${WINDOW.earliestAt / 60_000}:${WINDOW.latestAt / 60_000}`,
      title: "Do 26.11., 19–21 Uhr",
      description: "1,90\u00a0€",
    },
  ]);
  expect(vainWords(GERMAN, VAIN).text).toContain("Ein neues Fenster kann ich gerade nicht versprechen.");
  expect(vainWords(GERMAN, { ...VAIN, next: "collect" }).text).toBe(
    "Um 19:42 Uhr hat niemand geöffnet. Sie können die Lieferung bis Dienstag, 1. Dezember abholen: Altona.",
  );
  expect(vainWords(GERMAN, { ...VAIN, outcome: "refused", next: "return", windows: [offered] })).toEqual({
    text: "Sie haben die Lieferung um 19:42 Uhr nicht angenommen. Die Lieferung geht zurück an Hansekontor.",
    options: [],
  });
});

test("the question has two answers, in both forms of address", () => {
  expect(questionWords(GERMAN, 41)).toEqual({
    text: "Hat mit Ihrer Lieferung alles geklappt?",
    options: [
      { id: "delivery:good:41", title: "Ja" },
      { id: "delivery:bad:41", title: "Nein" },
    ],
  });
  const du: Speaking = { ...GERMAN, tenant: { ...TENANT, formOfAddress: "du" } };
  expect(questionWords(du, 41).text).toBe("Hat mit deiner Lieferung alles geklappt?");
});

test("the card says the half-hour and the promise, and draws both on one line", () => {
  const card = arrivalCard(GERMAN, {
    kind: "coming",
    earliestAt: at("2026-11-24T19:00"),
    latestAt: at("2026-11-24T21:00"),
    told: { from: at("2026-11-24T19:30"), until: at("2026-11-24T20:00") },
    code: "0471",
  });
  expect(card.heading).toBe("In 30 Minuten bei Ihnen");
  expect(card.lines).toEqual([
    "Voraussichtlich 19:30 bis 20 Uhr",
    "Versprochen ist 19 bis 21 Uhr",
    "Code für die Tür: 0471",
  ]);
  expect(card.line?.ticks.map(({ label }) => label)).toEqual(["18", "19", "20", "21", "22"]);
  expect([card.line?.promised, card.line?.expected]).toEqual([
    [0.25, 0.75],
    [0.375, 0.5],
  ]);
});

test("what is chosen is one line at the door, and takes the place of the choice before", () => {
  const { line, kinds } = doorNote(TENANT, "neighbour", "Familie  Weiß\n3. Stock");
  expect(line).toBe("Nachbar: Familie Weiß 3. Stock");
  expect(kinds.some((kind) => doorNote(TENANT, "not_home", "").line.startsWith(kind))).toBe(true);
  expect(kinds.some((kind) => "Klingel defekt".startsWith(kind))).toBe(false);
});
