import { expect, test } from "vitest";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { FETCH_FAULTS, healthOf, type SourceState } from "../rules/feeds/health.ts";
import { PROBLEM_CODES } from "../rules/feeds/item.ts";

const fine: SourceState = {
  isActive: true,
  fault: null,
  failures: 0,
  succeededAt: 1,
  problems: [],
  liveItems: 3,
  isFetched: true,
  nextAt: 1,
  hasTopicEnded: false,
  namesFault: null,
};
const HOUR_MS = 3_600_000;
const light = (more: Partial<SourceState>, now = 1) => healthOf({ ...fine, ...more }, now).light;

test("every state of a source has a sentence in both languages", () => {
  const states: Partial<SourceState>[] = [
    {},
    { isActive: false },
    { succeededAt: null },
    { succeededAt: null, isFetched: false, nextAt: null },
    { hasTopicEnded: true },
    { nextAt: -2 * HOUR_MS },
    { namesFault: "too_slow" },
    ...[...FETCH_FAULTS, "unreadable" as const, "internal" as const].map((fault) => ({ fault, failures: 1 })),
    ...PROBLEM_CODES.map((code) => ({ problems: [{ code, place: "7" }] })),
  ];
  for (const state of states) {
    const { key } = healthOf({ ...fine, ...state }, 1);
    expect([key, key in de, key in en]).toEqual([key, true, true]);
  }
});

test("the light is green when all is well, yellow when waiting may help, red when somebody must act", () => {
  expect(light({})).toBe("ok");
  expect(light({ fault: "too_slow", failures: 1 })).toBe("warn");
  expect(light({ fault: "too_slow", failures: 3 })).toBe("bad");
  expect(light({ fault: "private_address", failures: 1 })).toBe("bad");
  expect(light({ fault: "server_error", failures: 1, succeededAt: null })).toBe("bad");
  expect(light({ problems: [{ code: "stale", place: "" }] })).toBe("warn");
  expect(light({ namesFault: "not_found" })).toBe("warn");
  expect(light({}, 1 + HOUR_MS)).toBe("ok");
  expect(light({}, 2 + HOUR_MS)).toBe("bad");
  expect(light({ succeededAt: null })).toBe("off");
});
