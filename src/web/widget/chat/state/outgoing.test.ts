import { describe, expect, it } from "vitest";
import { keepQueue, keptQueue, type Outgoing } from "./outgoing.ts";
import type { Keep } from "./storage.ts";

function memory(): Keep & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => kept.set(name, value),
    remove: (name) => kept.delete(name),
  };
}

function entry(clientId: string, over: Partial<Outgoing> = {}): Outgoing {
  const at = "2026-11-19T17:42:00.000Z";
  return {
    clientId,
    text: "Hallo",
    choice: null,
    file: null,
    fileId: null,
    at,
    state: "waiting",
    reason: null,
    ...over,
  };
}

describe("the kept queue", () => {
  it("gives back what waits, in its order and with its ids", () => {
    const keep = memory();
    keepQueue(keep, [entry("a"), entry("b", { state: "sending" }), entry("c", { state: "sent" })]);
    expect(keptQueue(keep).map(({ clientId, state }) => [clientId, state])).toEqual([
      ["a", "waiting"],
      ["b", "waiting"],
    ]);
  });

  it("leaves nothing in the browser when nothing waits", () => {
    const keep = memory();
    keepQueue(keep, [entry("a")]);
    keepQueue(keep, [entry("a", { state: "sent" })]);
    expect(keep.kept.size).toBe(0);
  });

  it("keeps no text whose file could not be kept, but one whose file is uploaded", () => {
    const file = new File(["x"], "x.txt");
    const keep = memory();
    keepQueue(keep, [entry("a", { file }), entry("b", { file, fileId: "f1" })]);
    expect(keptQueue(keep)).toEqual([entry("b", { file: null, fileId: "f1" })]);
  });

  it("survives whatever else stands in the storage", () => {
    for (const broken of ["", "{", "null", "7", '[{"text":1}]', '{"clientId":"a"}']) {
      const keep = memory();
      keep.set("queue", broken);
      expect(keptQueue(keep)).toEqual([]);
    }
  });
});
