import { expect, test } from "vitest";
import { chance } from "../engine/random-asks.fixture.ts";
import { type AbciBlock, type Crash, runNode } from "./abci.fixture.ts";
import { openEngine } from "./engine.ts";
import { SimulatedDisk } from "./simulated-disk.fixture.ts";
import { Town } from "./town.fixture.ts";
import { verifierHere } from "./verifier.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("the blocks of one node give four validators the same hashes and results, wherever they crash and replay", async () => {
  const town = new Town();
  const disk = new SimulatedDisk(town.genesis, () => "done");
  const engine = await openEngine({
    store: disk.connect(async () => {}),
    verifier: verifierHere(),
    now: () => town.time,
    limits: { blockMost: 5 },
  });
  const asked = [...town.opening(6, 10), ...Array.from({ length: 40 }, (_, n) => town.nthPayment(n))];
  // A payment beyond what is there, and one to oneself: refused, and refused alike.
  const [a, b] = town.people as [(typeof town.people)[0], (typeof town.people)[0]];
  asked.push(town.pays(a, b, 900_000_000), town.pays(a, a, 5));
  await Promise.all(asked.map((bytes) => engine.submit(bytes)));
  await engine.close();
  expect(new Set(disk.blocks.flatMap(({ codes }) => codes))).toEqual(new Set([0, 25, 23]));

  const blocks = disk.blocks.map(({ height, time, bytes, lengths }): AbciBlock => {
    let end = 0;
    const txs = lengths.map((length) => {
      end += length;
      return bytes.subarray(end - length, end);
    });
    return { height, time, txs };
  });
  expect(blocks.length).toBeGreaterThan(10);
  const moments: readonly Crash[] = ["before_finalize", "between", "after_commit"];
  for (const validator of [0, 1, 2, 3]) {
    const random = chance(validator);
    const crashed = new Set<string>();
    const { appHashes, codes, restarts } = runNode(town.genesis, blocks, (height) => {
      // Each moment once at most, or a node would crash at the same block for ever.
      const moment = moments[Math.floor(random() * 3)] as "between";
      if (validator === 0 || random() > 0.6 || crashed.has(`${height} ${moment}`)) return null;
      crashed.add(`${height} ${moment}`);
      return moment;
    });
    expect(appHashes.map(hex)).toEqual(disk.blocks.map(({ chainHash }) => hex(chainHash)));
    expect(codes).toEqual(disk.blocks.map((block) => [...block.codes]));
    expect(restarts > 0).toBe(validator !== 0);
  }
});
