import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import type { ChannelAdapter } from "../channel.ts";
import { testClock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { openDatabase } from "../db/open.ts";
import { type Ingest, openIngest } from "../dialogue/ingest.ts";
import { openWire } from "../events/wire.ts";
import { createKernel, type Kernel } from "../kernel.ts";
import { openRegistry } from "../tenants/registry.ts";
import { startWorker, type Worker, type WorkerParts } from "../worker.ts";
import { cloneDatabase } from "./database.ts";

/** A company of the test world, with the settings most tests want. */
export interface TestTenant {
  id: number;
  name: string;
}

/** A world of its own: database, clock, kernel. `settle()` runs the node until nothing is left to do. */
export interface World {
  kernel: Kernel;
  clock: ReturnType<typeof testClock>;
  ingest: Ingest;
  tenant(options?: { name?: string; settings?: Record<string, unknown> }): Promise<TestTenant>;
  channel(
    tenantId: number,
    options: {
      kind: "web" | "whatsapp" | "telegram" | "email";
      address: string;
      appId?: string;
      apiBase?: string;
      settings?: Record<string, unknown>;
      secret?: string;
      token?: string;
    },
  ): Promise<number>;
  /** Starts the worker once; later calls give the same one. */
  worker(): Worker;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  adapters?: readonly ChannelAdapter[];
  /** The worker's parts may need the kernel that is made here. */
  parts?: (kernel: Kernel) => Partial<WorkerParts>;
  startMs?: number;
}

const TUESDAY_TEN = Date.parse("2026-11-24T09:00:00Z");

export const testSettings = {
  timeZone: "Europe/Berlin",
  language: "de",
  openingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: "08:00", to: "18:00" })),
  holidayRegion: "DE-HH",
  closedDays: [],
  formOfAddress: "sie",
  teamFormOfAddress: "sie",
  greeting: { de: "Moin.", en: "Hello." },
  accent: "#0b5a6e",
  logo: null,
  answerMinutes: 30,
  legal: { imprint: "", privacy: "" },
};

export async function world(options: WorldOptions = {}): Promise<World> {
  const database = await cloneDatabase();
  const clock = testClock(options.startMs ?? TUESDAY_TEN);
  const log = pino({ level: process.env.LOG_LEVEL ?? "silent" });
  const dataDir = await mkdtemp(join(tmpdir(), "ah-world-"));
  const db = openDatabase(database.address, { app: 4, node: 4 });
  const wire = openWire(database.address, log);
  const registry = await openRegistry(db, wire, log);
  const kernel = createKernel({
    config: readConfig({ dataDir }, {}),
    db,
    clock,
    log,
    wire,
    registry,
    adapters: options.adapters ?? [],
  });
  const ingest = openIngest({
    address: database.address,
    clock,
    wire,
    keepMinutes: kernel.config.inboxKeepMinutes,
  });
  let worker: Worker | null = null;
  const self: World = {
    kernel,
    clock,
    ingest,
    tenant: ({ name = "Testkontor", settings = {} } = {}) =>
      makeTenant(kernel, clock.now(), { name, settings: { ...testSettings, ...settings } }),
    channel: (tenantId, channel) => makeChannel(kernel, clock.now(), tenantId, channel),
    worker() {
      worker ??= startWorker(kernel, {
        flows: [],
        timers: {},
        readFile: () => Promise.reject(new Error("no files in this world")),
        ...options.parts?.(kernel),
      });
      return worker;
    },
    settle: () => self.worker().settle(),
    async close() {
      await worker?.stop();
      await ingest.close();
      registry.close();
      await wire.close();
      await db.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}

async function makeTenant(
  kernel: Kernel,
  now: number,
  tenant: { name: string; settings: Record<string, unknown> },
): Promise<TestTenant> {
  const { rows } = await kernel.db.node.query<{ id: number }>(
    "insert into kernel.tenant (slug, name, settings, created_at) values ('t-' || substr(md5(random()::text), 1, 12), $1, $2, $3) returning id",
    [tenant.name, JSON.stringify(tenant.settings), new Date(now)],
  );
  const id = (rows[0] as { id: number }).id;
  await kernel.db.node.query("insert into kernel.tenant_seq (tenant_id) values ($1)", [id]);
  await kernel.registry.reload();
  return { id, name: tenant.name };
}

async function makeChannel(
  kernel: Kernel,
  now: number,
  tenantId: number,
  channel: Parameters<World["channel"]>[1],
): Promise<number> {
  const appId = channel.appId ?? null;
  if (appId) {
    await kernel.db.node.query(
      "insert into kernel.provider_app (id, kind, secret, verify_token, created_at) values ($1, $2, $3, 'verify', $4) on conflict (id) do nothing",
      [appId, channel.kind, channel.secret ?? "secret", new Date(now)],
    );
  }
  const { rows } = await kernel.db.node.query<{ id: number }>(
    `insert into kernel.channel (tenant_id, kind, app_id, address, name, api_base, token, settings, created_at)
      values ($1, $2, $3, $4, $2, $5, $6, $7, $8) returning id`,
    [
      tenantId,
      channel.kind,
      appId,
      channel.address,
      channel.apiBase ?? "",
      channel.token ?? "token",
      JSON.stringify(channel.settings ?? {}),
      new Date(now),
    ],
  );
  await kernel.registry.reload();
  return (rows[0] as { id: number }).id;
}
