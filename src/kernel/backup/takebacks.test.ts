import { expect, test } from "vitest";
import { mergeTakebacks } from "./takebacks.ts";

test("what a restored node knows nothing of stays in the list, until no backup is as old", () => {
  const row = (contactId: number, at: string) => ({ tenantId: 1, contactId, at });
  const withdrawn = { ...row(7, "2026-11-20T00:00:00.000Z"), purpose: "p", topic: "t", channelId: 3 };
  const own = {
    until: "2026-11-22T00:00:00.000Z",
    erased: [row(1, "2026-11-21T00:00:00.000Z")],
    stopped: [],
    withdrawn: [],
  };
  const kept = {
    until: "2026-11-21T12:00:00.000Z",
    erased: [row(1, "2026-11-20T00:00:00.000Z"), row(2, "2026-11-19T00:00:00.000Z")],
    stopped: [row(3, "2026-01-01T00:00:00.000Z")],
    withdrawn: [withdrawn],
  };
  expect(mergeTakebacks(own, kept, Date.parse("2026-11-01T00:00:00Z"))).toEqual({
    until: own.until,
    erased: [row(1, "2026-11-21T00:00:00.000Z"), row(2, "2026-11-19T00:00:00.000Z")],
    stopped: [],
    withdrawn: [withdrawn],
  });
});
