import { machineNote } from "../machine/effort.ts";
import type { Installation } from "../node/installation.ts";
import { openLoop } from "../traffic/open-loop.ts";
import { LOADED, RECEIPTS } from "./end-to-end.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { DialogueLoad } from "./load.ts";
import { countEffort } from "./parties.ts";

const PER_SECOND = 1_040;
const KEEP_MINUTES = 4;
const SAMPLE_MS = 15_000;
const GOAL_BYTES = 2 * 2 ** 30;

/** What stays on disk of a million answered messages once raw webhooks are dropped as fast as they come. */
export const diskGrowth: Figure = {
  name: "disk-growth",
  title: "growth of disk per million answered messages, inbox emptied by partition",
  goal: "<= 2 GB, inbox flat after its keep time",
  measure,
};

interface Sizes {
  second: number;
  answered: number;
  inbox: number;
  /** Everything else of the database. */
  rest: number;
  wal: number;
  tables: Record<string, number>;
}

async function sizesOf({ sql }: Installation): Promise<Omit<Sizes, "second" | "answered">> {
  const { rows } = await sql.query<{ name: string; bytes: string }>(
    `select n.nspname || '.' || c.relname as name, pg_total_relation_size(c.oid) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and pg_total_relation_size(c.oid) > 0`,
  );
  const other = await sql.query<{ wal: string; all: string }>(
    "select (select sum(size) from pg_ls_waldir()) as wal, pg_database_size(current_database()) as all",
  );
  const tables: Record<string, number> = {};
  let inbox = 0;
  for (const { name, bytes } of rows) {
    if (name.startsWith("kernel.inbox_") && name !== "kernel.inbox_queue") inbox += Number(bytes);
    else tables[name] = Number(bytes);
  }
  return { inbox, rest: Number(other.rows[0]?.all) - inbox, wal: Number(other.rows[0]?.wal), tables };
}

async function measure(bench: Bench): Promise<Reading> {
  const seconds = bench.seconds(600);
  const installation = await bench.installation("loaded", {
    ...LOADED,
    INBOX_KEEP_MINUTES: String(KEEP_MINUTES),
  });
  await installation.simulator.receipts(RECEIPTS);
  const load = new DialogueLoad(installation);
  await load.start();
  const samples: Sizes[] = [];
  const begun = performance.now();
  const sample = async (): Promise<void> => {
    const sizes = await sizesOf(installation);
    samples.push({
      second: Math.round((performance.now() - begun) / 1000),
      answered: load.answered.count,
      ...sizes,
    });
  };
  await sample();
  const timer = setInterval(() => void sample().catch(() => {}), SAMPLE_MS);
  const stop = countEffort(installation);
  await openLoop({ perSecond: PER_SECOND, seconds }, (_, dueAt) => load.write(dueAt));
  const effort = stop();
  clearInterval(timer);
  await load.settle(60_000);
  await sample();
  await load.close();
  return reading(samples, { seconds, effort });
}

function reading(
  samples: readonly Sizes[],
  run: { seconds: number; effort: Parameters<typeof machineNote>[0] },
): Reading {
  const first = samples[0] as Sizes;
  const last = samples.at(-1) as Sizes;
  const answered = Math.max(1, last.answered - first.answered);
  const perMillion = ((last.rest - first.rest) / answered) * 1e6;
  // A partition is an eighth of the keep time wide, so a row lies at most 9/8 of it, plus the look every 15 s.
  const keptSeconds = KEEP_MINUTES * 60 * (9 / 8) + 20;
  const steady = samples.filter((s) => s.second > keptSeconds).map((s) => s.inbox);
  const isFlat = steady.length > 1 ? Math.max(...steady) <= 1.3 * (steady[0] as number) : null;
  const mega = (bytes: number): number => Math.round(bytes / 2 ** 20);
  const grown = Object.entries(last.tables)
    .map(([name, bytes]) => ({
      name,
      perMessage: Math.round((bytes - (first.tables[name] ?? 0)) / answered),
    }))
    .filter((table) => table.perMessage > 0)
    .sort((a, b) => b.perMessage - a.perMessage);
  return {
    measured: `${(perMillion / 2 ** 30).toFixed(2)} GB; inbox ${isFlat === null ? "not watched long enough" : isFlat ? "flat" : "not flat"} (${mega(last.inbox)} MB)`,
    meets: perMillion <= GOAL_BYTES && isFlat !== false ? (isFlat === null ? null : true) : false,
    values: {
      bytesPerMillion: Math.round(perMillion),
      answered,
      isFlat,
      inboxMegabytes: samples.map((s) => [s.second, mega(s.inbox)]),
      walMegabytes: mega(last.wal),
      bytesPerAnsweredMessage: grown,
      ...run,
    },
    notes: [
      `bytes per answered message: ${grown
        .slice(0, 8)
        .map((t) => `${t.name} ${t.perMessage}`)
        .join(", ")}; log ${mega(last.wal)} MB, bounded by max_wal_size; keep time ${KEEP_MINUTES} min`,
      machineNote(run.effort),
    ],
  };
}
