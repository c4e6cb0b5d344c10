import { setTimeout as sleep } from "node:timers/promises";
import { type Kernel, queueNotices, withdrawConsent } from "#kernel";
import { besideNode } from "../../../src/cli/beside.ts";
import { claimOutbox } from "../../../src/kernel/dialogue/outbox.ts";
import type { Bench, Figure, Reading } from "../dialogue/figure.ts";
import { seeded } from "../machine/random.ts";
import { type Audience, makeAudience } from "./audience.ts";

const INTERLEAVINGS = 10_000;
const AT_ONCE = 100;
/** One sender holds a number, by its lease. */
const CLAIMERS = 1;
/** Withdrawals and claims begin at random within it. */
const SPREAD_MS = 40;
const LEASE = { name: "bench-withdrawal", epoch: 1 };
const FIRST_ID = 50_000_000;

/** Withdrawals against claims of the same rows, begun at random moments, on connections of their own. */
export const withdrawal: Figure = {
  name: "withdrawal",
  title: "sends claimed after a withdrawal's commit",
  goal: `0 in ${INTERLEAVINGS.toLocaleString("en")} random interleavings`,
  measure,
};

interface Tally {
  claimedBefore: number;
  refused: number;
  claimedAfter: number;
}

async function measure(bench: Bench): Promise<Reading> {
  const wanted = bench.times(INTERLEAVINGS);
  const installation = await bench.installation("empty");
  const audience = await makeAudience(installation, { persons: wanted, alerted: wanted, firstId: FIRST_ID });
  await installation.sql.query(
    "insert into kernel.lease (name, epoch) values ($1, $2) on conflict (name) do update set epoch = excluded.epoch",
    [LEASE.name, LEASE.epoch],
  );
  const worker = installation.node.workerPid();
  process.kill(worker, "SIGSTOP");
  const tally: Tally = { claimedBefore: 0, refused: 0, claimedAfter: 0 };
  try {
    await besideNode({ dataDir: installation.dataDir, mayMake: false }, async (kernel) => {
      const random = seeded(20261122);
      for (let from = 0; from < wanted; from += AT_ONCE)
        await round(kernel, audience, { from, count: Math.min(AT_ONCE, wanted - from), random, tally });
    });
  } finally {
    process.kill(worker, "SIGCONT");
  }
  const seen = tally.claimedBefore + tally.refused + tally.claimedAfter;
  return {
    measured: `${tally.claimedAfter} in ${seen.toLocaleString("en")}`,
    meets: tally.claimedAfter === 0 && seen === wanted && tally.claimedBefore > 0 && tally.refused > 0,
    values: { ...tally },
    notes: [
      `${tally.claimedBefore} claimed before their withdrawal's commit, ${tally.refused} refused at the claim because of it; the sender stands still, a claimer takes its place`,
    ],
  };
}

interface Round {
  from: number;
  count: number;
  random: () => number;
  tally: Tally;
}

async function round(
  kernel: Kernel,
  audience: Audience,
  { from, count, random, tally }: Round,
): Promise<void> {
  const { tenantId, channelId } = audience;
  const ids = Array.from({ length: count }, (_, n) => FIRST_ID + from + n);
  await kernel.db.tenant(tenantId, (tx) =>
    queueNotices(kernel, tx, {
      tenantId,
      notices: ids.map((id) => ({
        reference: `bench.withdrawal.${id}`,
        grantId: id,
        content: {
          type: "template",
          name: "line_alert",
          language: "de",
          text: "Hinweis",
          parameters: ["Hinweis"],
        },
        expiresAt: null,
      })),
      now: Date.now(),
    }),
  );
  const withdrawnAt = new Map<number, number>();
  const withdrawals = ids.map(async (id) => {
    await sleep(random() * SPREAD_MS);
    await kernel.db.tenant(tenantId, (tx) =>
      withdrawConsent(tx, { tenantId, contactIds: [id], how: "bench", now: Date.now() }),
    );
    withdrawnAt.set(id, performance.now());
  });
  const claims: { id: number; begunAt: number; isAllowed: boolean }[] = [];
  const claimer = async (): Promise<void> => {
    while (claims.length < count) {
      await sleep(random() * SPREAD_MS * 0.1);
      const begunAt = performance.now();
      const rows = await claimOutbox(kernel.db.node, {
        lease: { ...LEASE, release: async () => {}, lost: new Promise(() => {}) },
        limit: 1_000,
        quotas: [{ channelId, quota: 8, notices: 8 }],
        busyConversations: [],
        now: Date.now(),
      });
      for (const { basis, contactId } of rows)
        claims.push({
          id: contactId,
          begunAt,
          isAllowed: basis.kind === "grant" && basis.withdrawnAt === null,
        });
    }
  };
  await Promise.all([...withdrawals, ...Array.from({ length: CLAIMERS }, claimer)]);
  for (const { id, begunAt, isAllowed } of claims) {
    if (!isAllowed) tally.refused += 1;
    else if (begunAt > (withdrawnAt.get(id) ?? Number.POSITIVE_INFINITY)) tally.claimedAfter += 1;
    else tally.claimedBefore += 1;
  }
}
