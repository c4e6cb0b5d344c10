import { sql } from "kysely";
import { grantConsent, type Language } from "#kernel";
import { ARRIVAL, purposes } from "../rules/purposes.ts";
import type { DeliveryTx } from "./tx.ts";

/** Customers as staff name them at the counter: by a number or an address, because that is how they write later. */

export interface NamedCustomer {
  readonly name: string;
  /** E.164 */
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly language: Language;
}

/** @returns the contact that has this number or address, or a new one; null without either */
export async function customerFor(
  tx: DeliveryTx,
  tenantId: number,
  { name, phone, email, language }: NamedCustomer,
  now: number,
): Promise<number | null> {
  const identities = [
    ...(phone
      ? [
          { kind: "wa_id", value: phone.slice(1) },
          { kind: "phone", value: phone },
        ]
      : []),
    ...(email ? [{ kind: "email", value: email.toLowerCase() }] : []),
  ];
  if (identities.length === 0) return null;
  const kinds = identities.map(({ kind }) => kind);
  const values = identities.map(({ value }) => value);
  const known = await contactOf(tx, tenantId, { kinds, values });
  if (known !== null) return known;
  const made = await sql<{ id: number }>`
    insert into kernel.contact (tenant_id, name, language, first_seen_at)
    values (${tenantId}, ${name}, ${language}, ${new Date(now)}) returning id`.execute(tx);
  const { id } = made.rows[0] as { id: number };
  const { rows } =
    await sql`insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
    select ${tenantId}, t.kind, t.value, ${id}, ${new Date(now)}, ${new Date(now)}
    from unnest(${kinds}::text[], ${values}::text[]) t(kind, value) on conflict do nothing returning value`.execute(
      tx,
    );
  if (rows.length > 0) return id;
  // Somebody else named the same person at this moment: theirs has the number, ours would be nobody.
  await sql`delete from kernel.contact where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  return contactOf(tx, tenantId, { kinds, values });
}

async function contactOf(
  tx: DeliveryTx,
  tenantId: number,
  { kinds, values }: { readonly kinds: readonly string[]; readonly values: readonly string[] },
): Promise<number | null> {
  const { rows } = await sql<{ contact_id: number }>`
    select i.contact_id from unnest(${[...kinds]}::text[], ${[...values]}::text[]) with ordinality w(kind, value, n)
    join kernel.identity i on i.tenant_id = ${tenantId} and i.kind = w.kind and i.value = w.value
    join kernel.contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id and c.erased_at is null
    order by w.n limit 1`.execute(tx);
  return rows[0]?.contact_id ?? null;
}

/** The exact words that a customer agrees to. */
export function arrivalWords(): Readonly<Record<Language, string>> {
  const found = purposes.find(({ id }) => id === ARRIVAL);
  if (!found) throw new Error("The purpose of messages about an arrival is missing.");
  return found.text;
}

export interface Agreed {
  readonly contactId: number;
  readonly conversationId?: number | undefined;
  readonly language: Language;
  /** Who wrote it down, and where and how the customer said it. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * The customer agreed to be told before the courier comes, by the channel of the conversation or the one that reaches them.
 * @returns the grant, or null where no channel of this company reaches them
 */
export async function grantArrival(
  tx: DeliveryTx,
  tenantId: number,
  { contactId, conversationId, language, evidence }: Agreed,
  now: number,
): Promise<number | null> {
  const { rows } = await sql<{ channel_id: number }>`
    select h.id as channel_id from kernel.channel h
    left join kernel.conversation v on v.tenant_id = h.tenant_id and v.channel_id = h.id and v.id = ${conversationId ?? null}::bigint
    where h.tenant_id = ${tenantId} and h.active
      and (v.id is not null or exists (select from kernel.identity i where i.tenant_id = h.tenant_id and i.contact_id = ${contactId}
        and i.kind = case h.kind when 'whatsapp' then 'wa_id' when 'email' then 'email' end))
    order by v.id is null, h.kind = 'email', h.id limit 1`.execute(tx);
  const [channel] = rows;
  if (!channel) return null;
  const grant = {
    contactId,
    channelId: channel.channel_id,
    purpose: ARRIVAL,
    topic: "",
    language,
    text: arrivalWords()[language],
    how: "staff" as const,
    evidence,
    expiresAt: null,
  };
  const [id] = await grantConsent(tx, { tenantId, grants: [grant], now });
  return id ?? null;
}
