import { hash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { decodeSigned } from "../engine/decode.ts";
import { RESULTS, type ResultName, resultName } from "../engine/faults.ts";
import { faultsOf } from "../engine/invariants.fixture.ts";
import { association, type Person, T0 } from "../engine/ledger.fixture.ts";
import { Oracle } from "../engine/oracle.fixture.ts";
import { chance, RandomAsks } from "../engine/random-asks.fixture.ts";
import { type Engine, type Outcome, openEngine } from "./engine.ts";
import { type Fate, PowerCut, SimulatedDisk } from "./simulated-disk.fixture.ts";
import { writeSnapshot } from "./snapshots.ts";
import { Town } from "./town.fixture.ts";
import type { Verifier } from "./verifier.ts";

/**
 * The engine on a disk and behind a net of chance, all of it from one seed: messages are dropped, doubled and overtaken, writes
 * fail or lose their answers, and the power goes between any two writes. Whatever was acknowledged must be in the blocks, with that
 * result, once; and an oracle that shares no code must come to the same by the same blocks.
 */

const ASKS = 400;

class Simulation {
  readonly random: () => number;
  readonly disk: SimulatedDisk;
  readonly #town = new Town({ signs: false });
  readonly #asks: RandomAsks;
  readonly #opening: Uint8Array[];
  readonly #asked = new Map<string, Uint8Array>();
  /** By the bytes: all results that were ever acknowledged. */
  readonly acknowledged = new Map<string, Set<string>>();
  readonly counts = { cuts: 0, failures: 0, dropped: 0, doubled: 0, known: 0, snapshots: 0 };
  time = T0;
  #engine: Engine | null = null;
  #steps: (() => void)[] = [];
  #isCalm = true;

  constructor(seed: number) {
    this.random = chance(seed);
    this.disk = new SimulatedDisk(this.#town.genesis, () => this.#fate());
    this.disk.onCut = () => {
      this.counts.cuts++;
      this.#engine = null;
      this.#steps = [];
    };
    const { all } = this.#town;
    this.#opening = this.#town.opening(8, 100);
    this.#asks = new RandomAsks(seed, { ...all, people: [...this.#town.people, all.exchange as Person] });
  }

  get genesis() {
    return this.#town.genesis;
  }

  #fate(): Fate {
    if (this.#isCalm) return "done";
    const pick = this.random();
    if (pick < 0.02) return "cut_before";
    if (pick < 0.04) return "cut_after";
    if (pick < 0.06) return "fails";
    if (pick < 0.08) return "answer_lost";
    return "done";
  }

  /** Writes and reads wait here until chance lets one go on. */
  readonly #step = (): Promise<void> => new Promise((resolve) => void this.#steps.push(resolve));

  async run(): Promise<Engine> {
    await this.#turn();
    const opened = this.#opening.map((bytes) => this.#heard(this.#engine as Engine, bytes));
    while (this.acknowledged.size < opened.length) await this.#turn();
    this.#isCalm = false;
    for (let n = 0; n < ASKS; n++) {
      this.time += this.random() < 0.01 ? 30 * 3_600_000 : Math.floor(this.random() * 800);
      const transaction = this.#asks.next(this.time);
      const bytes = this.#town.signed(transaction, []);
      this.#asked.set(Buffer.from(bytes).toString("base64"), bytes);
      // What is only sent is nothing done: chance learns of holds and accounts when they are acknowledged.
      const outcome = this.#send(bytes);
      void outcome.then((one) => one && this.#asks.learn(transaction, one.result));
      for (let turns = Math.floor(this.random() * 3); turns > 0; turns--) await this.#turn();
      if (this.random() < 0.3) void this.#send(this.#someBefore());
      if (this.random() < 0.02) void this.#snapshot();
    }
    this.#isCalm = true;
    for (let n = 0; n < 400 || this.#steps.length > 0; n++) await this.#turn();
    return this.#engine as Engine;
  }

  /** One turn of the world: a step of the disk, of those that wait, or a start where nothing runs. */
  async #turn(): Promise<void> {
    if (!this.#engine || this.#engine.phase === "ended") await this.#boot();
    // The connection's own order holds; only the moments are chance.
    this.#steps.shift()?.();
    for (let n = 0; n < 4; n++) await nextTurn();
  }

  async #boot(): Promise<void> {
    this.#engine = null;
    this.#steps = [];
    while (!this.#engine) {
      const going = openEngine({
        store: this.disk.connect(this.#step),
        verifier: unsigned,
        now: () => this.time,
        soon: (work) => void nextTurn().then(work),
        wait: () => nextTurn().then(() => {}),
        limits: { blockMost: 7 },
      }).then(
        (engine) => {
          this.#engine = engine;
        },
        () => {
          this.counts.failures++;
          this.#steps = [];
        },
      );
      let isOver = false;
      void going.then(() => {
        isOver = true;
      });
      while (!isOver) {
        this.#steps.shift()?.();
        await nextTurn();
      }
    }
  }

  /** Over a net that loses one in ten each way. */
  async #send(bytes: Uint8Array): Promise<Outcome | null> {
    const engine = this.#engine;
    if (!engine || this.random() < 0.1) {
      this.counts.dropped++;
      return null;
    }
    if (this.random() < 0.1) {
      this.counts.doubled++;
      void this.#heard(engine, bytes);
    }
    const outcome = await this.#heard(engine, bytes);
    return this.random() < 0.1 ? null : outcome;
  }

  async #heard(engine: Engine, bytes: Uint8Array): Promise<Outcome | null> {
    try {
      const outcome = await engine.submit(bytes);
      if (outcome.isKnown) this.counts.known++;
      const name = Buffer.from(bytes).toString("base64");
      if (RESULTS[outcome.result] === 0 || RESULTS[outcome.result] >= 20)
        this.acknowledged.set(name, (this.acknowledged.get(name) ?? new Set()).add(outcome.result));
      return outcome;
    } catch {
      return null;
    }
  }

  #someBefore(): Uint8Array {
    const all = [...this.#asked.values()];
    return all[Math.floor(this.random() * all.length)] as Uint8Array;
  }

  async #snapshot(): Promise<void> {
    const store = this.disk.connectBeside(this.#step);
    const written = await writeSnapshot(store).catch((error: Error) => {
      if (error instanceof PowerCut || /device|connection|snapshot/.test(error.message)) return null;
      throw error;
    });
    if (written !== null) this.counts.snapshots++;
  }
}

const unsigned: Verifier = {
  places: 3,
  check: async (batch) =>
    batch.map((bytes) => ({
      verdict: "good" as const,
      digest: hash("sha256", decodeSigned(bytes).body, "buffer"),
    })),
  close: async () => {},
};

/** The blocks as they lie on the disk, told to the oracle. @returns what is wrong, in words */
function judge(simulation: Simulation): { faults: string[]; results: Map<string, string> } {
  const oracle = new Oracle(association("issuer").genesis);
  const faults: string[] = [];
  const results = new Map<string, string>();
  for (const { height, time, bytes, lengths, codes } of simulation.disk.blocks) {
    oracle.block(time);
    let end = 0;
    for (const [n, length] of lengths.entries()) {
      end += length;
      const signed = bytes.subarray(end - length, end);
      const { transaction, body } = decodeSigned(signed);
      const result: ResultName = resultName(codes[n] as number);
      const expected = oracle.apply(transaction, hash("sha256", body, "buffer"));
      if (expected !== result) faults.push(`block ${height}: ${result}, the oracle says ${expected}`);
      const name = Buffer.from(signed).toString("base64");
      if (results.has(name)) faults.push(`block ${height}: done twice`);
      results.set(name, result);
    }
  }
  return { faults, results };
}

test.each(Array.from({ length: 20 }, (_, n) => n + 1))(
  "seed %i: drops, duplicates, failing writes and power cuts lose nothing and do nothing twice",
  async (seed) => {
    const simulation = new Simulation(seed);
    const engine = await simulation.run();
    const { faults, results } = judge(simulation);
    expect(faults).toEqual([]);
    for (const [name, heard] of simulation.acknowledged) {
      expect([...heard], "the same request was answered in two ways").toHaveLength(1);
      expect(results.get(name), "acknowledged and not there").toBe([...heard][0]);
    }
    expect(engine.phase).toBe("open");
    expect(engine.state.height).toBe(simulation.disk.blocks.length);
    expect(faultsOf(engine.state)).toEqual([]);
    // A run in which nothing happens would say little.
    expect([...results.values()].filter((result) => result === "applied").length).toBeGreaterThan(ASKS / 8);
    expect(simulation.disk.blocks.some(({ codes }) => codes.length > 1)).toBe(true);
    expect(simulation.acknowledged.size).toBeGreaterThan(ASKS / 4);
    expect(simulation.counts.cuts).toBeGreaterThan(2);
  },
);
