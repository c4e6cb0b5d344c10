import type { Effect, Turn } from "#kernel";
import type { NamedTime } from "../rules/spoken/choice.ts";
import type { Known, Standing } from "./scene.ts";
import { type Doing, FLOW, type Step, type Talk, type TalkCall, talkCall } from "./talk.ts";

/** Turns of a customer, and what is read from their effects. */

export const NOW = Date.parse("2026-11-23T09:00:00Z");
export const HOUR = 3_600_000;
export const ZONE = "Europe/Berlin";
export const at = (local: string) => Date.parse(`${local}:00+01:00`);
export const windowOf = (local: string) => ({
  eveningId: 3,
  earliestAt: at(local),
  latestAt: at(local) + 2 * HOUR,
});
export const SHOWN = ["2026-11-24T17:00", "2026-11-24T18:00", "2026-11-25T18:00"].map(windowOf);
export const WHERE = {
  cityId: 1,
  place: { lat: 53.57, lon: 9.96 },
  address: "Eppendorfer Weg 87, 20259 Hamburg",
  note: "",
};
export const TALK: Talk = {
  language: "de",
  question: "Wann können Sie liefern?",
  tries: 0,
  where: WHERE,
  shown: SHOWN,
};

export const booked: Standing = {
  id: 41,
  ...windowOf("2026-11-24T18:00"),
  address: WHERE.address,
  state: "booked",
  holdUntil: null,
  priceMinor: 490,
  currency: "EUR",
  timeZone: ZONE,
  isNear: false,
  hasBegun: false,
  isAgeChecked: false,
  isCold: false,
  needsProof: false,
};
/** The evening has begun, the courier is with others. */
export const out: Standing = { ...booked, state: "loaded", hasBegun: true };
export const NONE: Known = { isServed: true, timeZone: ZONE, standing: [] };
export const with_ = (...standing: Standing[]): Known => ({ ...NONE, standing });

/** Understands what these tests say. */
export const TIMES: Readonly<Record<string, NamedTime>> = {
  "morgen abend": { at: at("2026-11-24T18:00"), until: null, hasDay: true, hasTime: true },
  "mittwoch um 18 uhr kann ich leider nicht": {
    at: at("2026-11-25T18:00"),
    until: null,
    hasDay: true,
    hasTime: true,
  },
  "not on wednesday": { at: at("2026-11-25T09:00"), until: null, hasDay: true, hasTime: false },
  "ist ihr laden morgen um 18 uhr offen?": {
    at: at("2026-11-24T18:00"),
    until: null,
    hasDay: true,
    hasTime: true,
  },
  "am freitag bin ich nicht da": { at: at("2026-11-27T09:00"), until: null, hasDay: true, hasTime: false },
  "18 uhr": { at: at("2026-11-23T18:00"), until: null, hasDay: false, hasTime: true },
  "kann ich auf mittwoch verschieben": {
    at: at("2026-11-25T09:00"),
    until: null,
    hasDay: true,
    hasTime: false,
  },
};
export const readTime = (text: string) => TIMES[text.toLowerCase()];

export function turn(text: string, more: Partial<Turn["conversation"]> = {}, choice?: string): Turn {
  const content = choice ? { type: "choice" as const, id: choice, text } : { type: "text" as const, text };
  return {
    tenant: {
      id: 7,
      timeZone: ZONE,
      language: "de",
      formOfAddress: "sie",
      teamFormOfAddress: "sie",
    } as never,
    now: NOW,
    channel: { id: 1, kind: "web" },
    contact: { id: 5, name: "" },
    conversation: { id: 9, language: "de", flow: null, topic: null, ...more },
    message: { id: "m1", content, text },
    late: false,
    recent: [],
  };
}
export const open = (step: Step, talk: Talk = TALK) => ({
  flow: { skill: "delivery", flow: FLOW, step, data: { ...talk } },
});
/** A timer is at work on what was said before. */
export const busy = (act: Doing["act"], talk: Talk = TALK) => ({
  flow: { skill: "delivery", flow: "", step: "", data: { act, talk } },
});
export const said = (effects: readonly Effect[] | null) =>
  effects?.flatMap((one) => ("text" in one && one.text ? [one.text] : [])).join(" ") ?? null;
export const titles = (effects: readonly Effect[] | null) =>
  effects?.flatMap((one) => ("options" in one ? (one.options ?? []).map(({ title }) => title) : []));
/** What the timer will know. */
export function talkIn(effects: readonly Effect[] | null): Talk | undefined {
  const timer = effects?.find((one) => one.do === "schedule");
  return timer && talkCall.parse(timer.payload).talk;
}
/** What the timer will do. */
export function act(effects: readonly Effect[] | null): (TalkCall["act"] & { key?: string }) | undefined {
  const timer = effects?.find((one) => one.do === "schedule");
  return timer && talkCall.parse(timer.payload).act;
}
