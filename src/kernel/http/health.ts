import type { FastifyInstance, FastifyRequest } from "fastify";
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
}

const lag = gauge("ah_inbox_oldest_seconds", "Age of the oldest webhook that waits for the pump");
const backlog = gauge("ah_outbox_rows", `Messages that wait to be sent, counted up to ${COUNT_LIMIT}`);
const parked = gauge("ah_parked_rows", `Webhooks put aside for a person, counted up to ${COUNT_LIMIT}`);

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
    };
  }
}

function ageSeconds(id: number, now: number): number {
  return Math.max(0, Math.round(now - (id - inboxIdAt(0)) / IDS_PER_MS) / 1_000);
}
