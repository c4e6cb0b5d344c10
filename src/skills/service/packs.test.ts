import { expect, test } from "vitest";
import { readPacks } from "./adapters/pack-files.ts";
import { OUT_OF_SCOPE } from "./engine/index.ts";
import { checkPack } from "./rules/packs/index.ts";

/** A day on which flows' examples are played; any will do. */
const NOW = Date.parse("2026-11-24T09:00:00Z");
const { all, packs, faults } = await readPacks();

test("the packs' files can be read", () => {
  expect(faults).toEqual([]);
});

test.each(all.map((pack) => [pack.name, pack] as const))("the starter pack %s is whole", (_, pack) => {
  expect(checkPack(pack, NOW).map(({ message }) => message)).toEqual([]);
});

test.each([...packs.values()].map((pack) => [pack.name, pack] as const))(
  "the starter pack %s has messages that judge it, in both languages",
  (_, { messages }) => {
    const written = (wanted: string) => messages.filter(({ language }) => language === wanted).length;
    expect(written("de")).toBeGreaterThanOrEqual(100);
    expect(written("en")).toBeGreaterThanOrEqual(60);
    expect(messages.filter(({ intent }) => intent === OUT_OF_SCOPE).length).toBeGreaterThanOrEqual(15);
  },
);
