import type { Bench, Figure } from "../dialogue/figure.ts";
import { type Cost, costOf, type Driven, drive, type Ledger, median, openTown, payments } from "./drive.ts";
import { type LedgerServer, startLedgerServer } from "./ledger-server.ts";
import { runNaive } from "./naive.ts";

const ROUNDS = 3;
const PAYMENTS = 40_000;
const SIGNED_GOAL = 15_000;
const UNSIGNED_GOAL = 40_000;
const RATIO_GOAL = 8;
const HOT_GOAL = 0.9;

async function withTown<T>(
  bench: Bench,
  signs: boolean,
  work: (ledger: Ledger, server: LedgerServer) => Promise<T>,
): Promise<T> {
  const server = await startLedgerServer();
  try {
    bench.say("opening a town of 10,000 customers");
    const ledger = await openTown(server, { signs });
    try {
      return await work(ledger, server);
    } finally {
      await ledger.close();
    }
  } finally {
    await server.close();
  }
}

/** Signed beforehand, so that only the ledger's own time counts. */
async function rounds(
  bench: Bench,
  { town, engine }: Ledger,
  server: LedgerServer,
): Promise<(Driven & Cost)[]> {
  const all: (Driven & Cost)[] = [];
  for (let n = 0; n < bench.times(ROUNDS); n++) {
    const asked = payments(town, PAYMENTS);
    const one = await costOf(server, PAYMENTS, () => drive(engine, asked));
    bench.say(
      `round ${n + 1}: ${Math.round(one.perSecond)}/s, ${one.nodeUs.toFixed(1)} us node, ${one.postgresUs.toFixed(1)} us PostgreSQL`,
    );
    all.push(one);
  }
  return all;
}

function summed(all: readonly (Driven & Cost)[]) {
  return {
    perSecond: Math.round(median(all.map(({ perSecond }) => perSecond))),
    nodeUs: median(all.map(({ nodeUs }) => nodeUs)),
    postgresUs: median(all.map(({ postgresUs }) => postgresUs)),
    p99Ms: median(all.map(({ p99Ms }) => p99Ms)),
    load: all.at(-1)?.load,
  };
}

/** What stands beside a rate on a machine with others on it. */
const costNote = ({ nodeUs, postgresUs, load }: ReturnType<typeof summed>): string =>
  `${nodeUs.toFixed(1)} us of processor time in Node with its threads and ${postgresUs.toFixed(1)} us in PostgreSQL a payment; load ${load?.[0]?.toFixed(1)}`;

export const signed: Figure = {
  name: "signed",
  title: "signed, durable, idempotent payments between 10,000 accounts, 1,000 waiting",
  goal: `>= ${SIGNED_GOAL}/s`,
  measure: (bench) =>
    withTown(bench, true, async (ledger, server) => {
      const { perSecond: signedPerSecond, ...rest } = summed(await rounds(bench, ledger, server));
      return {
        measured: `${signedPerSecond}/s`,
        meets: signedPerSecond >= SIGNED_GOAL,
        values: { signedPerSecond, ...rest },
        notes: [costNote({ perSecond: signedPerSecond, ...rest })],
      };
    }),
};

export const unsigned: Figure = {
  name: "unsigned",
  title: "the same without checking signatures, as internal batches are",
  goal: `>= ${UNSIGNED_GOAL}/s`,
  measure: (bench) =>
    withTown(bench, false, async (ledger, server) => {
      const { perSecond: unsignedPerSecond, ...rest } = summed(await rounds(bench, ledger, server));
      return {
        measured: `${unsignedPerSecond}/s`,
        meets: unsignedPerSecond >= UNSIGNED_GOAL,
        values: { unsignedPerSecond, ...rest },
        notes: [costNote({ perSecond: unsignedPerSecond, ...rest })],
      };
    }),
};

export const hot: Figure = {
  name: "hot",
  title: "everybody pays one shop, against payments among all (signed, taking turns)",
  goal: `>= ${HOT_GOAL * 100} % of uniform`,
  measure: (bench) =>
    withTown(bench, true, async ({ town, engine }, server) => {
      const turns: { uniform: Driven & Cost; hot: Driven & Cost }[] = [];
      for (let n = 0; n < bench.times(ROUNDS); n++) {
        const run = (isHot: boolean) => {
          const asked = payments(town, PAYMENTS / 2, isHot);
          return costOf(server, asked.length, () => drive(engine, asked));
        };
        turns.push({ uniform: await run(false), hot: await run(true) });
      }
      const hotToUniform = median(turns.map((one) => one.hot.perSecond / one.uniform.perSecond));
      const cost = ({ nodeUs, postgresUs }: Cost): number => nodeUs + postgresUs;
      const byCost = median(turns.map((one) => cost(one.uniform) / cost(one.hot)));
      return {
        measured: `${(hotToUniform * 100).toFixed(0)} %`,
        meets: hotToUniform >= HOT_GOAL,
        values: { hotToUniform, hotToUniformByCost: byCost, load: turns.at(-1)?.hot.load },
        notes: [`by processor time: ${(byCost * 100).toFixed(0)} %`],
      };
    }),
};

export const naive: Figure = {
  name: "naive",
  title: "signed payments against a plain ledger with row locks (16 clients, no signatures), same run",
  goal: `>= ${RATIO_GOAL} x`,
  measure: (bench) =>
    withTown(bench, true, async (ledger, server) => {
      const turns: { ours: Driven & Cost; plain: Driven & Cost }[] = [];
      for (let n = 0; n < bench.times(ROUNDS); n++) {
        const asked = payments(ledger.town, PAYMENTS / 2);
        const ours = await costOf(server, asked.length, () => drive(ledger.engine, asked));
        const count = Math.round(asked.length / 8);
        turns.push({ ours, plain: await costOf(server, count, () => runNaive(server, count)) });
      }
      const ratioToNaive = median(turns.map(({ ours, plain }) => ours.perSecond / plain.perSecond));
      const cost = ({ nodeUs, postgresUs }: Cost): number => nodeUs + postgresUs;
      const byCost = median(turns.map(({ ours, plain }) => cost(plain) / cost(ours)));
      const [signedPerSecond, naivePerSecond] = [
        median(turns.map(({ ours }) => ours.perSecond)),
        median(turns.map(({ plain }) => plain.perSecond)),
      ].map(Math.round);
      return {
        measured: `${ratioToNaive.toFixed(1)} x (${signedPerSecond}/s against ${naivePerSecond}/s)`,
        meets: ratioToNaive >= RATIO_GOAL,
        values: {
          ratioToNaive,
          ratioToNaiveByCost: byCost,
          ratioToFormance: null,
          signedPerSecond,
          naivePerSecond,
          load: turns.at(-1)?.ours.load,
        },
        notes: [
          `by processor time a payment: ${byCost.toFixed(1)} x`,
          "Formance Ledger v2 was not measured: the Go module proxy did not give it out (November 2026)",
        ],
      };
    }),
};
