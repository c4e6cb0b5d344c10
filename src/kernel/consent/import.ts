import { readCsv, type SkippedLine } from "../csv.ts";
import { pgArray } from "../db/array.ts";
import type { Tx } from "../db/open.ts";
import type { Language } from "../i18n/catalogue.ts";
import { grantConsent } from "./grants.ts";
import { runIn } from "./run.ts";

/** Columns in any order; all but name, topic and given_at must be filled. */
const COLUMNS = [
  "channel_id",
  "address",
  "name",
  "purpose",
  "topic",
  "language",
  "text",
  "given_at",
  "evidence",
] as const;
type Column = (typeof COLUMNS)[number];
type Row = Record<Column, string> & { line: number };

/** How an address is written as identity, by kind of channel. The web chat has no address to import. */
const IDENTITY: Readonly<Record<string, { kind: string; read(address: string): string | null }>> = {
  whatsapp: { kind: "wa_id", read: (address) => digitsOf(address) },
  telegram: { kind: "telegram", read: (address) => (/^\d{3,20}$/.test(address) ? address : null) },
  email: {
    kind: "email",
    read: (address) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? address.toLowerCase() : null),
  },
};

function digitsOf(address: string): string | null {
  const digits = address.replace(/[\s()/.-]/g, "").replace(/^(\+|00)/, "");
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

interface Readable {
  row: Row;
  channelId: number;
  identity: { kind: string; value: string };
}

/**
 * Takes over consents that were given elsewhere. Each row needs its evidence; what lacks something is refused by its
 * line, the rest is stored in the caller's transaction.
 */
export async function importConsents(
  tx: Tx,
  parts: { tenantId: number; csv: string; purposes: readonly string[]; now: number },
): Promise<{ accepted: number; refused: SkippedLine[] }> {
  const { tenantId, now } = parts;
  const { rows, refused } = readRows(parts.csv);
  const channels = new Map(
    (
      await tx.selectFrom("kernel.channel").select(["id", "kind"]).where("tenant_id", "=", tenantId).execute()
    ).map(({ id, kind }) => [id, kind as string]),
  );
  const readable: Readable[] = [];
  for (const row of rows) {
    const fault = faultOf(row, { channels, purposes: parts.purposes, now });
    const rule = IDENTITY[channels.get(Number(row.channel_id)) ?? ""];
    const value = rule?.read(row.address.trim());
    if (fault || !rule || !value)
      refused.push({ line: row.line, reason: fault ?? "address is not one of this channel" });
    else readable.push({ row, channelId: Number(row.channel_id), identity: { kind: rule.kind, value } });
  }
  const contacts = await contactsOf(tx, tenantId, readable, now);
  await grantConsent(tx, {
    tenantId,
    grants: readable.map(({ row, channelId, identity }) => ({
      contactId: contacts.get(`${identity.kind} ${identity.value}`) as number,
      channelId,
      purpose: row.purpose,
      topic: row.topic,
      language: row.language as Language,
      text: row.text,
      how: "import",
      evidence: { evidence: row.evidence, givenAt: row.given_at || null, line: row.line },
      expiresAt: null,
    })),
    now,
  });
  refused.sort((a, b) => a.line - b.line);
  return { accepted: readable.length, refused };
}

function readRows(csv: string): { rows: Row[]; refused: SkippedLine[] } {
  const { records, skipped } = readCsv(csv);
  const refused = [...skipped];
  const [head, ...body] = records;
  const columns = head?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const missing = COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return { rows: [], refused: [{ line: 1, reason: `columns are missing: ${missing.join(", ")}` }] };
  const rows = body.map(({ line, fields }) => {
    const values = Object.fromEntries(
      COLUMNS.map((name) => [name, fields[columns.indexOf(name)]?.trim() ?? ""]),
    ) as Record<Column, string>;
    return { ...values, line };
  });
  return { rows, refused };
}

function faultOf(
  row: Row,
  known: { channels: ReadonlyMap<number, string>; purposes: readonly string[]; now: number },
): string | null {
  if (!row.evidence) return "evidence is missing";
  if (!known.channels.has(Number(row.channel_id))) return "channel_id is no channel of this company";
  if (!known.purposes.includes(row.purpose)) return "purpose is none that rests on consent";
  if (row.language !== "de" && row.language !== "en") return "language is neither de nor en";
  if (!row.text || row.text.length > 4_000) return "text is missing or longer than 4000 characters";
  if (row.given_at && !(Date.parse(row.given_at) <= known.now)) return "given_at is no date of the past";
  return null;
}

/** Finds or makes a contact for each address. @returns "kind value" -> contact id */
async function contactsOf(
  tx: Tx,
  tenantId: number,
  readable: readonly Readable[],
  now: number,
): Promise<Map<string, number>> {
  const run = runIn(tx);
  const wanted = new Map(readable.map((one) => [`${one.identity.kind} ${one.identity.value}`, one]));
  const keys = [...wanted.values()];
  const found = await run<{ kind: string; value: string; contact_id: number }>(
    `select i.kind, i.value, i.contact_id from unnest($2::text[], $3::text[]) k(kind, value)
      join kernel.identity i on i.tenant_id = $1 and i.kind = k.kind and i.value = k.value`,
    [
      tenantId,
      pgArray.text(keys.map(({ identity }) => identity.kind)),
      pgArray.text(keys.map(({ identity }) => identity.value)),
    ],
  );
  const ids = new Map(found.map((row) => [`${row.kind} ${row.value}`, row.contact_id]));
  const fresh = keys.filter(({ identity }) => !ids.has(`${identity.kind} ${identity.value}`));
  if (fresh.length === 0) return ids;
  const made = await run<{ id: number }>(
    `insert into kernel.contact (tenant_id, name, first_seen_at) select $1, t.name, $2 from unnest($3::text[]) t(name) returning id`,
    [tenantId, new Date(now), pgArray.text(fresh.map(({ row }) => row.name.slice(0, 200)))],
  );
  await run(
    `insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
      select $1, t.kind, t.value, t.contact_id, $2, $2 from unnest($3::text[], $4::text[], $5::bigint[]) t(kind, value, contact_id)`,
    [
      tenantId,
      new Date(now),
      pgArray.text(fresh.map(({ identity }) => identity.kind)),
      pgArray.text(fresh.map(({ identity }) => identity.value)),
      pgArray.int8(made.map(({ id }) => id)),
    ],
  );
  for (const [n, { identity }] of fresh.entries())
    ids.set(`${identity.kind} ${identity.value}`, (made[n] as { id: number }).id);
  return ids;
}
