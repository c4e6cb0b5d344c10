import { describe, expect, it } from "vitest";
import { type ContactRequest, mayContact } from "./gate.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 12);

const request = (change: Partial<ContactRequest> = {}): ContactRequest => ({
  purpose: "service.answer",
  basis: { kind: "customer_message", id: "m1", at: NOW - 1000 },
  contact: { stoppedAt: null, erasedAt: null },
  channel: { active: true, windowMs: 24 * HOUR },
  isTemplate: false,
  now: NOW,
  ...change,
});

describe("the gate", () => {
  it("allows an answer to what the customer just asked", () => {
    expect(mayContact(request())).toEqual({ allowed: true });
  });

  it("closes with the 24-hour window, but not for a template and not where there is no window", () => {
    const late = { basis: { kind: "customer_message" as const, id: "m1", at: NOW - 24 * HOUR } };
    expect(mayContact(request(late))).toEqual({ allowed: false, reason: "window_closed" });
    expect(mayContact(request({ ...late, isTemplate: true }))).toEqual({ allowed: true });
    expect(mayContact(request({ ...late, channel: { active: true, windowMs: null } }))).toEqual({
      allowed: true,
    });
  });

  it("stops after a stop, until the customer writes again", () => {
    expect(mayContact(request({ contact: { stoppedAt: NOW - 500, erasedAt: null } }))).toEqual({
      allowed: false,
      reason: "stopped",
    });
    expect(mayContact(request({ contact: { stoppedAt: NOW - 5000, erasedAt: null } }))).toEqual({
      allowed: true,
    });
  });

  it("never writes to an erased person nor by a channel that is off", () => {
    expect(mayContact(request({ contact: { stoppedAt: null, erasedAt: NOW } }))).toEqual({
      allowed: false,
      reason: "erased",
    });
    expect(mayContact(request({ channel: { active: false, windowMs: null } }))).toEqual({
      allowed: false,
      reason: "channel_off",
    });
  });
});
