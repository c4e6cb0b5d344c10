import { sql } from "kysely";
import { besideNode } from "../../../src/cli/beside.ts";
import { mayContact } from "../../../src/kernel/consent/gate.ts";
import { hits } from "../../../src/skills/notices/store/match.ts";
import { inTenant } from "../../../src/skills/notices/store/tx.ts";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { Latencies, median } from "../machine/latencies.ts";
import { type Audience, makeAudience } from "./audience.ts";

const PERSONS = 200_000;
const PER_SECOND = 50_000;
const SINGLE_P99_MS = 1;
const SINGLES = 5_000;

/** Grant, person and channel looked up and judged: for a whole topic at once, and for one person. */
export const gate: Figure = {
  name: "gate",
  title: "gate: checks a second set-wise; one check alone",
  goal: `>= ${PER_SECOND.toLocaleString("en")}/s; p99 <= ${SINGLE_P99_MS} ms`,
  measure,
};

async function measure(bench: Bench): Promise<Reading> {
  const installation = await bench.installation("empty");
  const audience = await makeAudience(installation, { persons: PERSONS, alerted: PERSONS });
  const { rows } = await installation.sql.query<{ id: number; first: string }>(
    "select t.id, (select min(g.id) from kernel.consent_grant g where g.tenant_id = t.tenant_id) as first from notices.topic t where t.tenant_id = $1",
    [audience.tenantId],
  );
  const topicId = rows[0]?.id ?? 0;
  const first = Number(rows[0]?.first);
  return besideNode({ dataDir: installation.dataDir, mayMake: false }, async (kernel) => {
    const rates: number[] = [];
    for (let n = 0; n < bench.times(5); n++) {
      const begun = performance.now();
      const allowed = await inTenant(kernel, audience.tenantId, (tx) => countAllowed(tx, audience, topicId));
      if (allowed !== PERSONS) throw new Error(`${allowed} of ${PERSONS} were allowed.`);
      rates.push((PERSONS / (performance.now() - begun)) * 1000);
    }
    const singles = new Latencies();
    for (let n = 0; n < SINGLES; n++) {
      const begun = performance.now();
      if (!(await checkOne(kernel.db.node, audience.tenantId, first + ((n * 7_919) % PERSONS))))
        throw new Error("Refused.");
      if (n >= SINGLES / 10) singles.add(performance.now() - begun);
    }
    const single = singles.summary();
    const rate = median(rates);
    return {
      measured: `${Math.round(rate).toLocaleString("en")}/s; p99 ${single.p99} ms`,
      meets: rate >= PER_SECOND && single.p99 <= SINGLE_P99_MS,
      values: { rates, single },
      notes: [
        `set-wise as a notice does it, ${PERSONS.toLocaleString("en")} persons, median of ${rates.length}; alone: one round trip and the rule, p50 ${single.p50} ms`,
      ],
    };
  });
}

type NoticesTx = Parameters<Parameters<typeof inTenant>[2]>[0];

async function countAllowed(tx: NoticesTx, { tenantId }: Audience, topicId: number): Promise<number> {
  const found = hits({
    tenantId,
    topic: { id: topicId, slug: "lines", kind: "service", isUrgent: false },
    keyParameter: "line",
    values: {},
    now: Date.now(),
  });
  const { rows } = await sql<{ persons: number }>`select count(*)::int as persons from (${found}) h`.execute(
    tx,
  );
  return rows[0]?.persons ?? 0;
}

interface Facts {
  purpose: string;
  granted_at: Date;
  withdrawn_at: Date | null;
  expires_at: Date | null;
  stopped_at: Date | null;
  erased_at: Date | null;
  active: boolean;
}

async function checkOne(
  pool: {
    query<Row extends object>(query: {
      name: string;
      text: string;
      values: unknown[];
    }): Promise<{ rows: Row[] }>;
  },
  tenantId: number,
  grantId: number,
): Promise<boolean> {
  const { rows } = await pool.query<Facts>({
    name: "bench-gate-one",
    text: `select g.purpose, g.granted_at, g.withdrawn_at, g.expires_at, c.stopped_at, c.erased_at, h.active from kernel.consent_grant g
      join kernel.contact c on c.tenant_id = g.tenant_id and c.id = g.contact_id
      join kernel.channel h on h.tenant_id = g.tenant_id and h.id = g.channel_id where g.tenant_id = $1 and g.id = $2`,
    values: [tenantId, grantId],
  });
  const [facts] = rows;
  if (!facts) return false;
  return mayContact({
    purpose: facts.purpose,
    basis: {
      kind: "grant",
      id: String(grantId),
      at: facts.granted_at.getTime(),
      withdrawnAt: facts.withdrawn_at?.getTime() ?? null,
      expiresAt: facts.expires_at?.getTime() ?? null,
      lastCustomerAt: null,
    },
    contact: { stoppedAt: facts.stopped_at?.getTime() ?? null, erasedAt: facts.erased_at?.getTime() ?? null },
    channel: { active: facts.active, windowMs: null },
    isTemplate: true,
    now: Date.now(),
  }).allowed;
}
