import { createHash } from "node:crypto";
import { sql } from "kysely";
import { pgArray } from "../db/array.ts";
import type { Tx } from "../db/open.ts";
import { appendEvents } from "../events/append.ts";
import type { Language } from "../i18n/catalogue.ts";
import { appendLedger, type LedgerEntry } from "./ledger.ts";
import { type Run, runIn } from "./run.ts";

/** How somebody said yes. */
export type ConsentHow = "message" | "form" | "double_opt_in" | "link" | "staff" | "import";

export interface NewGrant {
  contactId: number;
  channelId: number;
  /** A purpose that a skill declares with the legal basis "consent". */
  purpose: string;
  /** "" = the whole purpose. */
  topic: string;
  language: Language;
  /** The exact words that were agreed to. */
  text: string;
  how: ConsentHow;
  /** What proves it: the message's id, the form's address, the row of the import. */
  evidence: Readonly<Record<string, unknown>>;
  /** ms; null = until withdrawn */
  expiresAt: number | null;
}

export interface Grant {
  id: number;
  contactId: number;
  channelId: number;
  purpose: string;
  topic: string;
  language: Language;
  text: string;
  how: ConsentHow;
  grantedAt: number;
  expiresAt: number | null;
  withdrawnAt: number | null;
  withdrawnHow: string | null;
}

/** Proof that consent was given is needed as long as somebody may ask for it: three years to the claim's end (BGB section 195). */
export const PROOF_KEEP_DAYS = 1_095;
const DAY_MS = 86_400_000;

function textHash(language: Language, text: string): Buffer {
  return createHash("sha256").update(`${language}\n${text}`).digest();
}

const keyOf = (row: { contactId: number; purpose: string; topic: string; channelId: number }): string =>
  `${row.contactId} ${row.channelId} ${row.purpose} ${row.topic}`;

/**
 * Records that persons agreed. An open grant for the same contact, purpose, topic and channel is returned, not doubled.
 * @returns the grants' ids in the order given
 */
export async function grantConsent(
  tx: Tx,
  parts: { tenantId: number; grants: readonly NewGrant[]; now: number },
): Promise<number[]> {
  const { tenantId, grants, now } = parts;
  if (grants.length === 0) return [];
  const run = runIn(tx);
  await storeTexts(run, tenantId, grants, now);
  const wanted = [...new Map(grants.map((grant) => [keyOf(grant), grant])).values()];
  const made = await run<GrantKey>(
    `insert into kernel.consent_grant (tenant_id, contact_id, channel_id, purpose, topic, text_hash, how, granted_at, expires_at)
      select $1, t.contact_id, t.channel_id, t.purpose, t.topic, t.text_hash, t.how, $2, t.expires_at
      from unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::timestamptz[])
        t(contact_id, channel_id, purpose, topic, text_hash, how, expires_at)
      on conflict (tenant_id, contact_id, purpose, topic, channel_id) where withdrawn_at is null do nothing
      returning id, contact_id, channel_id, purpose, topic`,
    [
      tenantId,
      new Date(now),
      pgArray.int8(wanted.map((grant) => grant.contactId)),
      pgArray.int4(wanted.map((grant) => grant.channelId)),
      pgArray.text(wanted.map((grant) => grant.purpose)),
      pgArray.text(wanted.map((grant) => grant.topic)),
      pgArray.bytea(wanted.map((grant) => textHash(grant.language, grant.text))),
      pgArray.text(wanted.map((grant) => grant.how)),
      pgArray.timestamptz(wanted.map((grant) => grant.expiresAt)),
    ],
  );
  const ids = new Map(made.map((row) => [keyOf(fromKey(row)), row.id]));
  const entries: LedgerEntry[] = [];
  for (const grant of wanted) {
    const grantId = ids.get(keyOf(grant));
    if (grantId === undefined) continue;
    const { contactId, channelId, purpose, topic, language, text, how, evidence, expiresAt } = grant;
    const personal = { contactId, channelId, language, text, how, evidence, expiresAt };
    entries.push({ act: "grant", grantId, contactId, purpose, topic, personal, keepUntil: null });
  }
  await appendLedger(run, tenantId, entries, now);
  if (ids.size < wanted.length)
    for (const row of await openGrants(run, tenantId, wanted)) ids.set(keyOf(fromKey(row)), row.id);
  await tellOf(
    tx,
    tenantId,
    entries.map((entry) => entry.contactId),
    now,
  );
  return grants.map((grant) => ids.get(keyOf(grant)) as number);
}

interface GrantKey {
  id: number;
  contact_id: number;
  channel_id: number;
  purpose: string;
  topic: string;
}

const fromKey = (row: GrantKey) => ({
  contactId: row.contact_id,
  channelId: row.channel_id,
  purpose: row.purpose,
  topic: row.topic,
});

function openGrants(run: Run, tenantId: number, wanted: readonly NewGrant[]): Promise<GrantKey[]> {
  return run<GrantKey>(
    `select g.id, g.contact_id, g.channel_id, g.purpose, g.topic
      from unnest($2::bigint[], $3::int[], $4::text[], $5::text[]) t(contact_id, channel_id, purpose, topic)
      join kernel.consent_grant g on g.tenant_id = $1 and g.contact_id = t.contact_id and g.channel_id = t.channel_id
        and g.purpose = t.purpose and g.topic = t.topic and g.withdrawn_at is null`,
    [
      tenantId,
      pgArray.int8(wanted.map((grant) => grant.contactId)),
      pgArray.int4(wanted.map((grant) => grant.channelId)),
      pgArray.text(wanted.map((grant) => grant.purpose)),
      pgArray.text(wanted.map((grant) => grant.topic)),
    ],
  );
}

async function storeTexts(run: Run, tenantId: number, grants: readonly NewGrant[], now: number) {
  const texts = new Map(grants.map((grant) => [`${grant.language}\n${grant.text}`, grant]));
  await run(
    `insert into kernel.consent_text (tenant_id, hash, language, text, first_used_at)
      select $1, t.hash, t.language, t.text, $2 from unnest($3::bytea[], $4::text[], $5::text[]) t(hash, language, text)
      on conflict do nothing`,
    [
      tenantId,
      new Date(now),
      pgArray.bytea([...texts.values()].map((grant) => textHash(grant.language, grant.text))),
      pgArray.text([...texts.values()].map((grant) => grant.language)),
      pgArray.text([...texts.values()].map((grant) => grant.text)),
    ],
  );
}

/** What is withdrawn: everything of these contacts, or only a purpose, a topic, a channel. */
export interface Withdrawal {
  tenantId: number;
  contactIds: readonly number[];
  purpose?: string | undefined;
  topic?: string | undefined;
  channelId?: number | undefined;
  /** message, portal, link, provider, bounce, staff, erased, … */
  how: string;
}

/** From its commit on nothing is claimed under these grants. @returns how many were open */
export async function withdrawConsent(tx: Tx, parts: Withdrawal & { now: number }): Promise<number> {
  const withdrawn = await withdrawGrants(runIn(tx), parts, parts.now);
  await tellOf(tx, parts.tenantId, withdrawn, parts.now);
  return withdrawn.length;
}

/** The same for the message path, whose caller writes the events. @returns the contacts of the grants that were open */
export async function withdrawGrants(run: Run, parts: Withdrawal, now: number): Promise<number[]> {
  const { tenantId } = parts;
  const rows = await run<GrantKey>(
    `update kernel.consent_grant set withdrawn_at = $3, withdrawn_how = $4
      where tenant_id = $1 and contact_id = any($2::bigint[]) and withdrawn_at is null
        and ($5::text is null or purpose = $5) and ($6::text is null or topic = $6) and ($7::int is null or channel_id = $7)
      returning id, contact_id, channel_id, purpose, topic`,
    [
      tenantId,
      pgArray.int8(parts.contactIds),
      new Date(now),
      parts.how,
      parts.purpose ?? null,
      parts.topic ?? null,
      parts.channelId ?? null,
    ],
  );
  if (rows.length === 0) return [];
  rows.sort((a, b) => a.id - b.id);
  const keepUntil = now + PROOF_KEEP_DAYS * DAY_MS;
  await appendLedger(
    run,
    tenantId,
    rows.map((row) => ({
      act: "withdraw",
      grantId: row.id,
      contactId: row.contact_id,
      purpose: row.purpose,
      topic: row.topic,
      personal: { contactId: row.contact_id, channelId: row.channel_id, how: parts.how },
      keepUntil,
    })),
    now,
  );
  await run(
    `update kernel.consent_proof p set keep_until = $3 from kernel.consent_ledger l
      where l.tenant_id = $1 and l.grant_id = any($2::bigint[]) and p.tenant_id = l.tenant_id and p.seq = l.seq and p.contact_id = any($4::bigint[])`,
    [
      tenantId,
      pgArray.int8(rows.map((row) => row.id)),
      new Date(keepUntil),
      pgArray.int8(rows.map((r) => r.contact_id)),
    ],
  );
  return rows.map((row) => row.contact_id);
}

/** Every grant of these contacts, also withdrawn ones, newest first. */
export async function listGrants(
  tx: Tx,
  parts: { tenantId: number; contactIds: readonly number[] },
): Promise<Grant[]> {
  const { rows } = await sql<{
    id: number;
    contact_id: number;
    channel_id: number;
    purpose: string;
    topic: string;
    language: Language;
    text: string;
    how: ConsentHow;
    granted_at: Date;
    expires_at: Date | null;
    withdrawn_at: Date | null;
    withdrawn_how: string | null;
  }>`select g.id, g.contact_id, g.channel_id, g.purpose, g.topic, t.language, t.text, g.how, g.granted_at, g.expires_at, g.withdrawn_at, g.withdrawn_how
    from kernel.consent_grant g join kernel.consent_text t on t.tenant_id = g.tenant_id and t.hash = g.text_hash
    where g.tenant_id = ${parts.tenantId} and g.contact_id = any(${[...parts.contactIds]}::bigint[])
    order by g.granted_at desc, g.id desc`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    contactId: row.contact_id,
    channelId: row.channel_id,
    purpose: row.purpose,
    topic: row.topic,
    language: row.language,
    text: row.text,
    how: row.how,
    grantedAt: row.granted_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    withdrawnHow: row.withdrawn_how,
  }));
}

async function tellOf(tx: Tx, tenantId: number, contactIds: readonly number[], now: number): Promise<void> {
  const events = [...new Set(contactIds)].map((id) => ({ type: "contact.changed", ref: String(id) }));
  await appendEvents(tx, tenantId, events, now);
}
