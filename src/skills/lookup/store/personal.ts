import { sql } from "kysely";
import type { Purpose, Tx } from "#kernel";
import { DAY_MS, KEEP_DAYS } from "../rules/limits.ts";
import { forgetAttempts } from "./attempts.ts";
import type { LookupTx } from "./tx.ts";

/** What this skill holds about persons, why, and for how long. */

export const ANSWER = "lookup.answer";
export const CODE = "lookup.code";

export const lookupPurposes: readonly Purpose[] = [
  {
    id: ANSWER,
    legalBasis: "contract",
    text: {
      de: "Wenn Sie nach Ihrer Bestellung fragen, sehen wir im Shop nach und merken uns, was wir Ihnen dazu gesagt haben.",
      en: "When you ask about your order, we look into the shop and keep what we told you about it.",
    },
    keepDays: KEEP_DAYS,
  },
  {
    id: CODE,
    legalBasis: "contract",
    text: {
      de: "Bevor wir Beträge nennen, senden wir einen Code an die E-Mail-Adresse oder die WhatsApp-Nummer der Bestellung.",
      en: "Before we name amounts, we send a code to the e-mail address or the WhatsApp number of the order.",
    },
    keepDays: 1,
  },
];

export async function exportLookups(tx: Tx, contactIds: readonly number[]): Promise<Record<string, unknown>> {
  const { rows } = await sql`
    select kind, number, proof, shown, connection_name as "from", proven_at as "provenAt", expires_at as "provenUntil"
    from lookup.proof where contact_id = any(${[...contactIds]}::bigint[]) order by id`.execute(tx);
  return { lookups: rows };
}

/** Counts of tries carry no name; they end by themselves within a day. */
export async function eraseLookups(tx: Tx, contactIds: readonly number[]): Promise<void> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  await sql`delete from lookup.proof where contact_id = any(${ids})`.execute(tx);
  await sql`delete from lookup.code where conversation_id in (select id from kernel.conversation where contact_id = any(${ids}))`.execute(
    tx,
  );
}

/** @returns when something is to be forgotten next, ms; null = nothing is kept */
export async function forgetOld(tx: LookupTx, tenantId: number, now: number): Promise<number | null> {
  await forgetAttempts(tx, tenantId, now);
  await sql`delete from lookup.code where tenant_id = ${tenantId} and expires_at <= ${new Date(now)}`.execute(
    tx,
  );
  const border = new Date(now - KEEP_DAYS * DAY_MS);
  await sql`delete from lookup.proof where tenant_id = ${tenantId} and proven_at <= ${border}`.execute(tx);
  const { rows } = await sql<{ kept: boolean }>`
    select exists (select from lookup.proof where tenant_id = ${tenantId}) or exists (select from lookup.attempt where tenant_id = ${tenantId})
      or exists (select from lookup.code where tenant_id = ${tenantId}) as kept`.execute(tx);
  return rows[0]?.kept ? now + DAY_MS : null;
}
