import { sql } from "kysely";
import { hashPassword, insertStaff } from "../auth/accounts.ts";
import type { Database, Tx } from "../db/open.ts";
import { randomToken } from "../ids.ts";
import { createTenant, type NewTenant } from "./create.ts";

export interface Established {
  id: number;
  slug: string;
  /** Shown once. Null without an owner, and for a person who has an account already: its password stays. */
  oneTimePassword: string | null;
}

/** 72 bits, short enough to be typed once. */
const ONE_TIME_BYTES = 9;

/**
 * A company and its first owner in one transaction, for programs beside a node.
 */
export async function establishTenant(
  db: Database,
  wanted: { tenant: NewTenant; owner: { email: string; name: string } | null },
  nowMs: number,
): Promise<Established> {
  const password = randomToken(ONE_TIME_BYTES);
  const passwordHash = wanted.owner ? await hashPassword(password) : "";
  return db.registry(async (tx) => {
    const { id, slug } = await createTenant(tx, wanted.tenant, nowMs);
    let isOwnerNew = false;
    if (wanted.owner) {
      const owner = { tenantId: id, ...wanted.owner, role: "owner" as const, departmentId: null };
      isOwnerNew = (await insertStaff(tx, owner, passwordHash, nowMs)).isNew;
    }
    await announceTenant(tx, id);
    return { id, slug, oneTimePassword: isOwnerNew ? password : null };
  });
}

/**
 * Running processes learn of a company at this transaction's commit. `Kernel.announce` would wait some milliseconds
 * to join announcements, and a short-lived program may have ended by then.
 */
export async function announceTenant(tx: Tx, tenantId: number): Promise<void> {
  const topics = ["registry", "staff"].map((topic) => `announce:${topic}:${tenantId}`);
  await sql`select pg_notify('ah', t) from unnest(${topics}::text[]) t`.execute(tx);
}
