import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { embeddedAddress, openDatabase } from "#kernel";
import { startEmbedded } from "../../../src/kernel/db/embedded.ts";
import type { StoredEvening } from "../../../src/skills/delivery/plan/stored-evening.ts";
import { readStoredEvening } from "../../../src/skills/delivery/store/plan-rows.ts";
import type { DeliveryTx } from "../../../src/skills/delivery/store/tx.ts";
import { type InstalledCity, installCity } from "./installed-city.ts";
import type { HammerOrder, HammerReport } from "./over-promises-process.ts";
import { faultsOfEvening } from "./round-judge.ts";

/** The same through PostgreSQL: processes of customers, one with the timers, one of them killed in the middle of it. */

const PROCESSES = 3;
const OPERATIONS = 1_500;
/** Holds of a minute end within seconds. */
const CLOCK_TIMES = 20;
const KILL_AFTER = 300;
const STOP_LIMIT_MS = 20_000;

interface Customers {
  readonly child: ChildProcess;
  last: HammerReport | null;
  readonly over: Promise<void>;
}

export interface DatabaseHammered {
  readonly operations: number;
  readonly held: number;
  readonly faults: readonly string[];
  readonly note: string;
}

export async function hammerDatabase(wishes: {
  readonly seed: number;
  say(sentence: string): void;
}): Promise<DatabaseHammered> {
  wishes.say("The same through the database.");
  const city = await installCity({
    evenings: 3,
    stops: 0,
    couriers: 10,
    capacity: 25,
    keys: 0,
    holdSeconds: 60,
  });
  const server = await startEmbedded({ dataDir: city.dataDir, endsWithProcess: true });
  const clock = { fromMs: Date.now(), times: CLOCK_TIMES };
  const order = (more: Pick<HammerOrder, "work" | "seed">): HammerOrder => ({
    database: server.connection(),
    dataDir: city.dataDir,
    tenantId: city.tenantId,
    cityId: city.cityId,
    operations: OPERATIONS,
    clock,
    ...more,
  });
  const timers = start(order({ work: "timers", seed: 0 }));
  try {
    const groups = Array.from({ length: PROCESSES }, (_, n) =>
      customersOf(order({ work: "customers", seed: 1_000 * wishes.seed + n })),
    );
    const [victim] = groups;
    const killed = (victim?.last?.done ?? 0) >= KILL_AFTER ? null : await killInTheMiddle(victim);
    // The killed one's customers come again and repeat everything with the keys of before.
    const again = customersOf(order({ work: "customers", seed: 1_000 * wishes.seed }));
    await Promise.all([...groups.slice(1), again].map(({ over }) => over));
    // Holds that end while somebody counts would be counted wrongly.
    await end(timers);
    return await judge(city, { server: server.connection(), groups: [...groups, again], killed });
  } finally {
    timers.kill("SIGKILL");
    await server.stop();
    city.remove();
  }
}

function start(order: HammerOrder): ChildProcess {
  const child = fork(new URL("./over-promises-process.ts", import.meta.url), [], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.send(order);
  return child;
}

/** Lets it finish what the optimiser is at; after a while no more. */
async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.send("stop");
  const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await gone;
  clearTimeout(limit);
}

function customersOf(order: HammerOrder): Customers {
  const child = start(order);
  const over = new Promise<void>((done) => child.once("exit", () => done()));
  const customers: Customers = { child, last: null, over };
  child.on("message", (report: HammerReport) => {
    customers.last = report;
  });
  return customers;
}

/** @returns after how many operations */
async function killInTheMiddle(victim: Customers | undefined): Promise<number> {
  while ((victim?.last?.done ?? 0) < KILL_AFTER) await sleep(5);
  victim?.child.kill("SIGKILL");
  await victim?.over;
  return victim?.last?.done ?? 0;
}

interface Hammered {
  readonly server: HammerOrder["database"];
  readonly groups: readonly Customers[];
  readonly killed: number | null;
}

async function judge(
  { tenantId, evenings }: InstalledCity,
  { server, groups, killed }: Hammered,
): Promise<DatabaseHammered> {
  const db = openDatabase(embeddedAddress(server), { app: 2, node: 1 });
  const superuser = new pg.Client(server);
  await superuser.connect();
  try {
    const { rows } = await superuser.query<{ id: number; evening_id: number; state: string }>(
      "select id::int, evening_id, state from delivery.delivery",
    );
    const faults: string[] = [];
    for (const { id } of evenings) {
      const stored: StoredEvening = await db.tenant(tenantId, (tx) =>
        readStoredEvening(tx as DeliveryTx, tenantId, id),
      );
      const promised = rows.filter((row) => row.evening_id === id && ["held", "booked"].includes(row.state));
      faults.push(
        ...faultsOfEvening(
          stored,
          promised.map((row) => row.id),
        ),
      );
    }
    const stateOf = new Map(rows.map((row) => [row.id, row.state]));
    const reports = groups.flatMap(({ last }) => (last ? [last] : []));
    for (const id of reports.filter(({ isOver }) => isOver).flatMap(({ booked }) => booked))
      if (stateOf.get(id) !== "booked") faults.push(`${id} was said to be booked and is ${stateOf.get(id)}`);
    const errors = reports.flatMap((report) => report.errors);
    const sum = (measure: (report: HammerReport) => number) =>
      reports.reduce((total, report) => total + measure(report), 0);
    const count = (state: string) => rows.filter((row) => row.state === state).length;
    return {
      operations: sum(({ done }) => done),
      held: sum(({ held }) => held),
      faults: [...faults, ...errors],
      note: `through the database: ${PROCESSES} processes of 4 customers at once and one with timers and optimiser; ${sum(({ held }) => held)} held, ${sum(({ gone }) => gone)} gone when chosen, ${sum(({ full }) => full)} asked when nothing was free; in the end ${count("booked")} booked, ${count("held")} held, ${count("cancelled")} taken back, ${count("expired")} expired; one process killed after ${killed} operations and its customers repeated`,
    };
  } finally {
    await superuser.end();
    await db.close();
  }
}
