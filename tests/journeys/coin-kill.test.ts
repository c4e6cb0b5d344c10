import { expect, test } from "vitest";
import { chance } from "../../src/skills/coin/engine/random-asks.fixture.ts";
import { killRounds } from "../load/coin/kill-rounds.ts";

test("kill -9 of the node, of PostgreSQL and of the node again under load: all that was acknowledged is there, once", async () => {
  const report = await killRounds(3, { random: chance(7), payments: 600 });
  expect(report).toMatchObject({ kills: { node: 2, postgres: 1 }, lost: 0, twice: 0, faults: [] });
  // The customers' opening and what was asked in three rounds.
  expect(report.acknowledged).toBe(2 + 2 * 100 + 3 * 600);
});
