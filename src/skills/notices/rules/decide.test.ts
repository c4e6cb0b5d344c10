import { describe, expect, test } from "vitest";
import { type Due, decide, type Frame, type Sending } from "./decide.ts";
import type { Template } from "./message.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOUR_MS = 3_600_000;
const LIMITS = {
  perAccountPerSecond: 80,
  pairIntervalMs: 6_000,
  pairBurst: 45,
  windowMs: 24 * HOUR_MS,
  textMax: 4_096,
  hasReceipts: true,
  concurrency: 32,
};
const TEMPLATE: Template = {
  id: 7,
  name: "alert",
  language: "de",
  category: "utility",
  body: "{{1}}",
  variables: ["text"],
  state: "approved",
};
const due: Due = {
  noticeId: 1,
  personId: 2,
  rootId: 2,
  isDouble: false,
  channelKind: "whatsapp",
  language: "de",
  lastCustomerAt: null,
  recent: [],
  isOff: false,
};
const sending: Sending = {
  words: {
    title: "U3 gesperrt",
    topicTitle: { de: "Störungen", en: "Disruptions" },
    texts: { de: "Die U3\n\nfährt nicht.", en: null },
    channelTexts: [{ channelKind: "telegram", language: "de", text: "U3: nichts geht." }],
    link: null,
    values: { line: ["U3"] },
    until: { de: "", en: "" },
  },
  kind: "service",
  isCapped: true,
  chosen: { de: null, en: null },
  expiresAt: NOW + 2 * HOUR_MS,
};
const frame: Frame = {
  limits: LIMITS,
  templates: [TEMPLATE],
  capPerDay: 3,
  portfolio: null,
  vetoes: new Map(),
  now: NOW,
};
const decided = (more: { due?: Partial<Due>; sending?: Partial<Sending>; frame?: Partial<Frame> }) =>
  decide({ ...due, ...more.due }, { ...sending, ...more.sending }, { ...frame, ...more.frame });

describe("words and window", () => {
  test("inside the window free text, outside a template without line breaks", () => {
    expect(decided({ due: { lastCustomerAt: NOW - HOUR_MS } })).toMatchObject({
      do: "send",
      isTemplate: false,
      content: { type: "text", text: "Die U3\n\nfährt nicht." },
    });
    expect(decided({})).toMatchObject({
      do: "send",
      isTemplate: true,
      content: { parameters: ["Die U3 fährt nicht."] },
    });
  });

  test("a window that closes within minutes counts as closed", () => {
    const closing = NOW - 24 * HOUR_MS + 60_000;
    expect(decided({ due: { lastCustomerAt: closing } })).toMatchObject({ isTemplate: true });
  });

  test("a channel has its own words; who reads the other language gets the one there is", () => {
    const telegram = { channelKind: "telegram", language: "en" as const };
    expect(decided({ due: telegram, frame: { limits: { ...LIMITS, windowMs: null } } })).toMatchObject({
      content: { text: "U3: nichts geht." },
    });
  });

  test.each([
    [{ state: "paused" as const }, "template_paused"],
    [{ category: "marketing" as const }, "no_template"],
  ])("a template that the provider changed to %j goes elsewhere", (change, reason) => {
    expect(decided({ frame: { templates: [{ ...TEMPLATE, ...change }] } })).toEqual({
      do: "elsewhere",
      reason,
    });
  });

  test("one chosen by hand that was recategorised is not sent as what it is not", () => {
    const templates = [{ ...TEMPLATE, category: "marketing" as const }];
    expect(decided({ sending: { chosen: { de: 7, en: null } }, frame: { templates } })).toEqual({
      do: "elsewhere",
      reason: "template_category",
    });
  });
});

describe("who does not get it, or later", () => {
  const three = [NOW - 23 * HOUR_MS, NOW - 2 * HOUR_MS, NOW - HOUR_MS];
  test("the cap waits until the oldest is a day old, or drops what is of no use then", () => {
    expect(decided({ due: { recent: three } })).toEqual({ do: "wait", until: NOW + HOUR_MS });
    expect(decided({ due: { recent: three }, sending: { expiresAt: NOW + 60_000 } })).toEqual({
      do: "drop",
      reason: "cap",
    });
    expect(decided({ due: { recent: three }, sending: { isCapped: false } })).toMatchObject({ do: "send" });
  });

  test("the portfolio counts only what leaves by template", () => {
    const portfolio = { room: 0, nextAt: NOW + HOUR_MS };
    expect(decided({ frame: { portfolio } })).toEqual({ do: "wait", until: NOW + HOUR_MS });
    expect(decided({ due: { lastCustomerAt: NOW - HOUR_MS }, frame: { portfolio } })).toMatchObject({
      do: "send",
    });
  });

  test.each([
    [{ due: { isDouble: true } }, "merged"],
    [{ due: { isOff: true } }, "unsubscribed"],
    [
      { frame: { vetoes: new Map([[2, { rule: "recall", until: "2026-12-01", subjects: ["kettle"] }]]) } },
      "vetoed",
    ],
    [{ sending: { expiresAt: NOW } }, "expired"],
  ])("%j is dropped as %s", (more, reason) => expect(decided(more)).toEqual({ do: "drop", reason }));
});
