import { sql } from "kysely";
import { hashPassword, insertStaff } from "../auth/accounts.ts";
import type { Database } from "../db/open.ts";
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
 * A company and its first owner in one transaction, for programs beside a node: the running processes learn of it at
 * the commit, because a short-lived program has no wire that would still be open when it ends.
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
    const topics = ["registry", "staff"].map((topic) => `announce:${topic}:${id}`);
    await sql`select pg_notify('ah', t) from unnest(${topics}::text[]) t`.execute(tx);
    return { id, slug, oneTimePassword: isOwnerNew ? password : null };
  });
}
