import { sql } from "kysely";
import { z } from "zod";
import { withdrawConsent } from "../consent/grants.ts";
import { erasePerson } from "../contacts/erase.ts";
import type { PersonalRoom } from "../contacts/personal-data.ts";
import type { Kernel } from "../kernel.ts";

/**
 * What persons took back: erasures, STOP, and consents. A restore would bring all of it back, so the node keeps this
 * list beside its backups, numbers and times only, and a restore takes it back again.
 */
const schema = z.object({
  /** ISO 8601 */
  until: z.string(),
  erased: z.array(z.object({ tenantId: z.number().int(), contactId: z.number().int(), at: z.string() })),
  stopped: z.array(z.object({ tenantId: z.number().int(), contactId: z.number().int(), at: z.string() })),
  withdrawn: z.array(
    z.object({
      tenantId: z.number().int(),
      contactId: z.number().int(),
      purpose: z.string(),
      topic: z.string(),
      channelId: z.number().int(),
      at: z.string(),
    }),
  ),
});

export type Takebacks = z.output<typeof schema>;

export const TAKEBACKS_FILE = "augenhoehe-takebacks.json";
/** As old as a backup that is still worth restoring. */
export const TAKEBACKS_DAYS = 100;
const ROWS_MAX = 200_000;

/** @throws Error when the text is no such list */
export function parseTakebacks(text: string): Takebacks {
  return schema.parse(JSON.parse(text));
}

/**
 * Both lists as one, without what is older than `since`. A node that was restored from an older copy knows nothing of what
 * was taken back after it: what the list beside the backups says stays there.
 */
export function mergeTakebacks(own: Takebacks, kept: Takebacks, since: number): Takebacks {
  const merge = <Row extends { at: string }>(mine: readonly Row[], others: readonly Row[]): Row[] => {
    const keyOf = ({ at: _, ...row }: Row) => JSON.stringify(Object.entries(row).sort());
    const known = new Map(others.filter(({ at }) => Date.parse(at) >= since).map((row) => [keyOf(row), row]));
    for (const row of mine) known.set(keyOf(row), row);
    return [...known.values()];
  };
  return {
    until: own.until,
    erased: merge(own.erased, kept.erased),
    stopped: merge(own.stopped, kept.stopped),
    withdrawn: merge(own.withdrawn, kept.withdrawn),
  };
}

export async function readTakebacks(
  pool: Pick<Kernel["db"]["node"], "query">,
  parts: { since: number; now: number },
): Promise<Takebacks> {
  const since = new Date(parts.since);
  const { rows: erased } = await pool.query(
    `select tenant_id as "tenantId", id as "contactId", erased_at as at from kernel.contact where erased_at >= $1 order by erased_at desc limit ${ROWS_MAX}`,
    [since],
  );
  const { rows: stopped } = await pool.query(
    `select tenant_id as "tenantId", id as "contactId", stopped_at as at from kernel.contact where stopped_at >= $1 order by stopped_at desc limit ${ROWS_MAX}`,
    [since],
  );
  const { rows: withdrawn } = await pool.query(
    `select tenant_id as "tenantId", contact_id as "contactId", purpose, topic, channel_id as "channelId", withdrawn_at as at
      from kernel.consent_grant where withdrawn_at >= $1 order by withdrawn_at desc limit ${ROWS_MAX}`,
    [since],
  );
  const iso = (row: { at: Date }) => ({ ...row, at: row.at.toISOString() });
  return schema.parse({
    until: new Date(parts.now).toISOString(),
    erased: erased.map(iso),
    stopped: stopped.map(iso),
    withdrawn: withdrawn.map(iso),
  });
}

/** Takes back again what was taken back after the backup. @returns how many of each, in this database */
export async function applyTakebacks(
  kernel: Pick<Kernel, "db">,
  parts: { list: Takebacks; since: number; rooms: readonly PersonalRoom[]; now: number },
): Promise<{ erased: number; stopped: number; withdrawn: number }> {
  const { list, rooms, now } = parts;
  const isAfter = ({ at }: { at: string }): boolean => Date.parse(at) >= parts.since;
  const done = { erased: 0, stopped: 0, withdrawn: 0 };
  for (const { tenantId, contactId, at, ...grant } of list.withdrawn.filter(isAfter))
    done.withdrawn += await kernel.db.tenant(tenantId, (tx) =>
      withdrawConsent(tx, {
        tenantId,
        contactIds: [contactId],
        ...grant,
        how: "restore",
        now: Date.parse(at),
      }),
    );
  for (const { tenantId, contactId, at } of list.stopped.filter(isAfter))
    done.stopped += await kernel.db.tenant(tenantId, async (tx) => {
      const result = await sql`update kernel.contact set stopped_at = ${new Date(at)}
        where tenant_id = ${tenantId} and id = ${contactId} and stopped_at is null and erased_at is null`.execute(
        tx,
      );
      return Number(result.numAffectedRows ?? 0n);
    });
  for (const { tenantId, contactId } of list.erased.filter(isAfter))
    done.erased += await kernel.db.tenant(tenantId, async (tx) => {
      const { rows } =
        await sql`select 1 from kernel.contact where tenant_id = ${tenantId} and id = ${contactId} and erased_at is null`.execute(
          tx,
        );
      if (rows.length === 0) return 0;
      await erasePerson(tx, { tenantId, contactIds: [contactId], rooms, now });
      return 1;
    });
  return done;
}
