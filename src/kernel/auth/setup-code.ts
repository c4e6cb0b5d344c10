import { createHash, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Database, Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { randomToken } from "../ids.ts";

/**
 * A node that the world can reach must not belong to its first visitor: `setup` and `start` make a code that the
 * first owner brings along. Only its hash is stored; a new one replaces the old.
 */

const NAME = "setup-code";
/** 120 bits: nobody guesses it within its days. */
const CODE_BYTES = 15;
const DAYS = 7;
const DAY_MS = 86_400_000;

const hashOf = (code: string): string => createHash("sha256").update(code).digest("hex");

/**
 * @param now ms since the epoch
 * @returns the code for the link; null when the node has an owner
 */
export async function makeSetupCode(db: Database, now: number): Promise<string | null> {
  return db.registry(async (tx) => {
    const some = await tx.selectFrom("kernel.staff").select("user_id").limit(1).execute();
    if (some.length > 0) return null;
    const code = randomToken(CODE_BYTES);
    const value = `${hashOf(code)}.${now + DAYS * DAY_MS}`;
    await sql`insert into auth.secret (name, value) values (${NAME}, ${value})
      on conflict (name) do update set value = excluded.value`.execute(tx);
    return code;
  });
}

/** The part of the address behind the desk that opens the first owner's page; a fragment stays in the browser. */
export function setupLink(base: string, code: string): string {
  return `${base}/desk/setup#code=${code}`;
}

async function stored(tx: Tx): Promise<{ hash: string; until: number } | null> {
  const { rows } = await sql<{ value: string }>`select value from auth.secret where name = ${NAME}`.execute(
    tx,
  );
  const [hash = "", until = ""] = rows[0]?.value.split(".") ?? [];
  return hash ? { hash, until: Number(until) } : null;
}

/** Is there a code, be it run out? Then nobody becomes owner without one. */
export async function isCodeNeeded(db: Database): Promise<boolean> {
  return (await db.registry(stored)) !== null;
}

/** Uses the code up. @throws AppError forbidden when one is needed and this is not it, or it ran out */
export async function spendSetupCode(tx: Tx, given: string | undefined, now: number): Promise<void> {
  const wanted = await stored(tx);
  if (!wanted) return;
  if (wanted.until < now)
    throw new AppError("forbidden", "The link has run out: augenhoehe setup prints a new one.");
  if (!given || !timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(wanted.hash)))
    throw new AppError("forbidden", "Open the link that augenhoehe setup printed; it holds the code.");
  await sql`delete from auth.secret where name = ${NAME}`.execute(tx);
}
