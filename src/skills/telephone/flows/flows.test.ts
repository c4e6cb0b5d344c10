import { expect, test } from "vitest";
import type { Effect, Turn } from "#kernel";
import type { Understanding } from "../ports.ts";
import { MOVE, WITHDRAW } from "../rules/timer-kinds.ts";
import type { OpenPromise } from "../store/promises.ts";
import { decide } from "./index.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;
const promise: OpenPromise = {
  callbackId: 5,
  phone: "+494066969140",
  promisedAt: NOW + HOUR,
  until: null,
  isTold: false,
};

/** Understands "um N Uhr" as that hour, UTC, today; nobody is there before 8. */
const understanding: Understanding = {
  phone: () => undefined,
  time: (text) => {
    const hour = / um (\d+) Uhr/.exec(` ${text}`)?.[1];
    return hour === undefined
      ? undefined
      : { at: Date.UTC(2026, 10, 24, Number(hour)), until: null, hasTime: true };
  },
  nextOpening: (_profile, at) => Math.min(at, Date.UTC(2026, 10, 24, 17)),
};

function turn(text: string, more: Partial<Turn["conversation"]> = {}): Turn {
  return {
    tenant: { timeZone: "UTC", formOfAddress: "sie" } as never,
    now: NOW,
    channel: { id: 1, kind: "whatsapp" },
    contact: { id: 1, name: "" },
    conversation: { id: 9, language: "de", flow: null, topic: null, ...more },
    message: { id: "m", content: { type: "text", text }, text },
    late: false,
    recent: [],
  };
}
const said = (effects: readonly Effect[] | null) =>
  effects?.flatMap((one) => ("text" in one && one.text ? [one.text] : [])).join(" ");
const timer = (effects: readonly Effect[] | null) => effects?.find((one) => one.do === "schedule");

test("without a promise it has nothing to say, and with one nothing about other things", () => {
  expect(decide(turn("Bitte rufen Sie mich an"), undefined, understanding)).toBeNull();
  expect(decide(turn("Wo ist mein Paket?"), promise, understanding)).toBeNull();
});

test("who asks for a call again is told of the first, and may change it", () => {
  const effects = decide(turn("Bitte rufen Sie mich an"), promise, understanding);
  expect(said(effects)).toBe("Ihr Rückruf steht: Wir rufen Sie heute um 10:00 Uhr unter +49 … 9140 an.");
  expect(effects?.[0]).toMatchObject({ options: [{ id: "telephone:time" }, { id: "telephone:withdraw" }] });
  expect(decide(turn("Bitte rufen Sie mich an", { isHeld: true }), promise, understanding)).toBeNull();
});

test("another time is taken as it is named, or asked for", () => {
  const effects = decide(turn("Rufen Sie lieber um 14 Uhr an"), promise, understanding);
  expect(timer(effects)).toMatchObject({ kind: MOVE, key: "5", payload: { at: Date.UTC(2026, 10, 24, 14) } });
  expect(said(effects)).toContain("Verschoben: Wir rufen Sie heute um 14:00 Uhr");
  const asked = decide(turn("Den Rückruf bitte verschieben"), promise, understanding);
  expect(asked).toMatchObject([{ do: "ask", flow: "time", step: "time" }]);
  const flow = { skill: "telephone", flow: "time", step: "time", data: { tries: 0 } };
  expect(timer(decide(turn("um 15 Uhr", { flow }), promise, understanding))).toBeDefined();
  expect(decide(turn("hm", { flow }), promise, understanding)).toMatchObject([
    { do: "ask", data: { tries: 1 } },
  ]);
  const given = decide(turn("hm", { flow: { ...flow, data: { tries: 1 } } }), promise, understanding);
  expect(said(given)).toContain("Es bleibt dabei");
  expect(said(decide(turn("doch nicht", { flow }), promise, understanding))).toContain("Es bleibt dabei");
});

test("when nobody is there, the next possible time is named", () => {
  const effects = decide(turn("Rufen Sie lieber um 20 Uhr an"), promise, understanding);
  expect(said(effects)).toBe(
    "Zu dieser Zeit ist niemand da. Wir rufen Sie heute um 17:00 Uhr unter +49 … 9140 an.",
  );
});

test("who read that we tried answers with a time alone", () => {
  expect(decide(turn("um 16 Uhr"), promise, understanding)).toBeNull();
  expect(timer(decide(turn("um 16 Uhr"), { ...promise, isTold: true }, understanding))).toMatchObject({
    kind: MOVE,
  });
});

test("it is taken back by words or by a tap, whoever has the conversation", () => {
  const tap = {
    ...turn("Absagen"),
    message: {
      id: "m",
      text: "Absagen",
      content: { type: "choice", id: "telephone:withdraw", text: "Absagen" },
    },
  } as Turn;
  for (const one of [turn("Den Rückruf bitte absagen", { isHeld: true }), tap])
    expect(timer(decide(one, promise, understanding))).toMatchObject({
      kind: WITHDRAW,
      payload: { callbackId: 5, conversationId: 9 },
    });
  expect(said(decide(tap, undefined, understanding))).toContain("kein Rückruf mehr");
});
