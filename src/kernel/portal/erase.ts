import { sql } from "kysely";
import type { portalErase } from "../api/portal.ts";
import { erasePerson } from "../contacts/erase.ts";
import type { ReplyOf } from "../http/contract.ts";
import { purposesOf, type Visit } from "./room.ts";

type Erased = ReplyOf<typeof portalErase>;

const DAY_MS = 86_400_000;

/**
 * Erases the person everywhere and says what stays: the proof of consent until its time is over (GDPR Art. 17 (3) e),
 * and what names nobody. The link ends with its conversation.
 */
export async function eraseAndTell(visit: Visit): Promise<Erased> {
  const { tx, link, contactIds, rooms, kernel, now } = visit;
  const { tenantId } = link;
  const events = await countEvents(visit);
  await erasePerson(tx, { tenantId, contactIds, rooms, now });
  const { proofs, until, readers } = await countKept(visit);
  const kept: Erased["kept"] = [];
  if (proofs > 0) {
    kept.push({ kind: "proof", count: proofs, until: until?.toISOString() ?? null });
    kept.push({ kind: "ledger", count: proofs, until: null });
  }
  const longest = Math.max(0, ...purposesOf(rooms).map(({ keepDays }) => keepDays));
  const readersUntil = longest > 0 ? new Date(now + longest * DAY_MS).toISOString() : null;
  if (readers > 0) kept.push({ kind: "readers", count: readers, until: readersUntil });
  if (events > 0) kept.push({ kind: "events", count: events, until: null });
  const rawUntil = new Date(now + kernel.config.inboxKeepMinutes * 60_000).toISOString();
  kept.push({ kind: "raw", count: null, until: rawUntil });
  return { erasedAt: new Date(now).toISOString(), kept };
}

async function countEvents({ tx, link, contactIds }: Visit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from kernel.event e join kernel.conversation c on c.tenant_id = e.tenant_id and c.id = e.conversation_id
    where e.tenant_id = ${link.tenantId} and c.contact_id = any(${[...contactIds]}::bigint[])`.execute(tx);
  return rows[0]?.count ?? 0;
}

async function countKept({
  tx,
  link,
  contactIds,
}: Visit): Promise<{ proofs: number; until: Date | null; readers: number }> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const { rows } = await sql<{ proofs: number; until: Date | null; readers: number }>`
    select (select count(*) from kernel.consent_proof where tenant_id = ${link.tenantId} and contact_id = any(${ids})) as proofs,
      (select max(keep_until) from kernel.consent_proof where tenant_id = ${link.tenantId} and contact_id = any(${ids})) as until,
      (select count(*) from kernel.access_log where tenant_id = ${link.tenantId} and contact_id = any(${ids})) as readers`.execute(
    tx,
  );
  return rows[0] ?? { proofs: 0, until: null, readers: 0 };
}
