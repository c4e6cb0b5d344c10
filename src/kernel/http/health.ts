import type { FastifyInstance, FastifyRequest } from "fastify";
import { heldSince } from "../backup/hold.ts";
import { type BackupState, readBackupState } from "../backup/runs.ts";
import { inboxIdAt } from "../ids.ts";
import type { Kernel } from "../kernel.ts";
import { allFigures, gauge, metrics } from "../observe.ts";

/** Backlogs are counted up to this many rows: the answer stays quick when it matters most. */
const COUNT_LIMIT = 10_000;
/** Inbox ids per ms, see ids.ts. */
const IDS_PER_MS = inboxIdAt(1) - inboxIdAt(0);

export interface Health {
  status: "ok" | "busy";
  version: string;
  database: "ok" | "away";
  /** Age of the oldest webhook that waits for the pump. */
  pumpLagSeconds: number | null;
  outboxBacklog: number | null;
  parked: number | null;
  channels: Record<"ok" | "warn" | "bad" | "off", number> | null;
  /** Age of the last good backup and of its last proof; null = there was none. */
  backup: { ageSeconds: number | null; drillAgeSeconds: number | null; isFailing: boolean } | null;
}

const lag = gauge("ah_inbox_oldest_seconds", "Age of the oldest webhook that waits for the pump");
const backlog = gauge("ah_outbox_rows", `Messages that wait to be sent, counted up to ${COUNT_LIMIT}`);
const parked = gauge("ah_parked_rows", `Webhooks put aside for a person, counted up to ${COUNT_LIMIT}`);

const backupAge = gauge("ah_backup_age_seconds", "Age of the last good backup; NaN when there is none");
const drillAge = gauge(
  "ah_backup_drill_age_seconds",
  "Age of the last restore drill that went well; NaN when there is none",
);
const backupFailing = gauge("ah_backup_failing", "1 when the last backup or the last drill failed");
const held = gauge("ah_restore_held", "1 while messages are held after a restore");

/** GET /health for people and load balancers; GET /metrics for Prometheus, from this machine or with a manager's key. */
export function registerHealth(app: FastifyInstance, kernel: Kernel, version: string): void {
  app.get("/health", async (_request, reply) => {
    const health = await readHealth(kernel, version);
    reply.header("cache-control", "no-store");
    return reply.code(health.database === "ok" ? 200 : 503).send(health);
  });
  app.get("/metrics", async (request, reply) => {
    if (!isLocal(request)) await app.actorOf(request, "manager");
    const health = await readHealth(kernel, version);
    lag.set(health.pumpLagSeconds ?? Number.NaN);
    backlog.set(health.outboxBacklog ?? Number.NaN);
    parked.set(health.parked ?? Number.NaN);
    backupAge.set(health.backup?.ageSeconds ?? Number.NaN);
    drillAge.set(health.backup?.drillAgeSeconds ?? Number.NaN);
    backupFailing.set(health.backup?.isFailing ? 1 : 0);
    held.set((await heldSince(kernel.db.node).catch(() => null)) === null ? 0 : 1);
    reply.header("content-type", metrics.contentType);
    return reply.send(await allFigures());
  });
}

/** From this machine itself; a proxy on it speaks for somebody else. */
function isLocal(request: FastifyRequest): boolean {
  const isLoopback = /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? "");
  return (
    isLoopback && request.headers["x-forwarded-for"] === undefined && request.headers.forwarded === undefined
  );
}

const FIGURES = `
  select
    (select min(id) from (select id from kernel.inbox_queue limit ${COUNT_LIMIT}) q)::float8 as oldest,
    (select count(*) from (select 1 from kernel.outbox limit ${COUNT_LIMIT}) o)::int as outbox,
    (select count(*) from (select 1 from kernel.parked where settled_at is null limit ${COUNT_LIMIT}) p)::int as parked`;

async function readHealth(kernel: Kernel, version: string): Promise<Health> {
  try {
    const { rows } = await kernel.db.node.query<{ oldest: number | null; outbox: number; parked: number }>(
      FIGURES,
    );
    const lights = await kernel.db.node.query<{ light: "ok" | "warn" | "bad" | "off"; n: number }>(
      "select health_light as light, count(*)::int as n from kernel.channel where active group by 1",
    );
    const row = rows[0];
    const channels = { ok: 0, warn: 0, bad: 0, off: 0 };
    for (const { light, n } of lights.rows) channels[light] = n;
    return {
      status: "ok",
      version,
      database: "ok",
      pumpLagSeconds: row?.oldest ? ageSeconds(row.oldest, kernel.clock.now()) : 0,
      outboxBacklog: row?.outbox ?? 0,
      parked: row?.parked ?? 0,
      channels,
      backup: backupHealth(await readBackupState(kernel.db.node), kernel.clock.now()),
    };
  } catch {
    return {
      status: "busy",
      version,
      database: "away",
      pumpLagSeconds: null,
      outboxBacklog: null,
      parked: null,
      channels: null,
      backup: null,
    };
  }
}

function backupHealth(state: BackupState, now: number): NonNullable<Health["backup"]> {
  const age = (at: number | undefined): number | null =>
    at === undefined ? null : Math.max(0, Math.round((now - at) / 1_000));
  return {
    ageSeconds: age(state.lastBackup?.begunAt),
    drillAgeSeconds: age(state.lastDrill?.begunAt),
    isFailing: state.failedBackup !== null || state.failedDrill !== null,
  };
}

function ageSeconds(id: number, now: number): number {
  return Math.max(0, Math.round(now - (id - inboxIdAt(0)) / IDS_PER_MS) / 1_000);
}
