import { sql } from "kysely";
import type { House } from "#kernel";
import { CODE_MS, CODE_TRIES } from "../rules/limits.ts";
import type { Question } from "../rules/record.ts";
import type { Place } from "./proofs.ts";
import type { LookupTx } from "./tx.ts";

/** Codes that wait to be typed back, and where one may go. */

/** A code for one address; "" and a hash of nothing for a number that nobody has. */
export interface NewCode {
  readonly address: string;
  readonly hash: Buffer;
}

/** The last codes of a conversation count. */
export async function saveCodes(
  tx: LookupTx,
  place: Place,
  { kind, reference, codes, now }: Question & { codes: readonly NewCode[]; now: number },
): Promise<void> {
  await dropCodes(tx, place);
  const { tenantId: tenant_id, conversationId: conversation_id } = place;
  const row = {
    tenant_id,
    conversation_id,
    kind,
    reference,
    attempts: 0,
    expires_at: new Date(now + CODE_MS),
  };
  await tx
    .insertInto("lookup.code")
    .values(codes.map(({ address, hash }) => ({ ...row, address, hash })))
    .execute();
}

/** Counts one try. @returns the codes that could still be typed */
export async function tryCodes(
  tx: LookupTx,
  { tenantId, conversationId }: Place,
  { kind, reference, now }: Question & { now: number },
): Promise<NewCode[]> {
  return tx
    .updateTable("lookup.code")
    .set((eb) => ({ attempts: eb("attempts", "+", 1) }))
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .where("kind", "=", kind)
    .where("reference", "=", reference)
    .where("expires_at", ">", new Date(now))
    .where("attempts", "<", CODE_TRIES)
    .returning(["hash", "address"])
    .execute();
}

/** A code works once. */
export async function dropCodes(tx: LookupTx, { tenantId, conversationId }: Place): Promise<void> {
  await tx
    .deleteFrom("lookup.code")
    .where("tenant_id", "=", tenantId)
    .where("conversation_id", "=", conversationId)
    .execute();
}

/** By what this company can send a code at all. */
export interface CodeWays {
  readonly mail: boolean;
  readonly whatsapp: boolean;
}

export async function codeWays(tx: LookupTx, tenantId: number): Promise<CodeWays> {
  const { rows } = await sql<CodeWays>`
    select coalesce(bool_or(kind = 'email'), false) as mail, coalesce(bool_or(kind = 'whatsapp'), false) as whatsapp
    from kernel.channel where tenant_id = ${tenantId} and active`.execute(tx);
  return rows[0] ?? { mail: false, whatsapp: false };
}

/** A WhatsApp conversation with this telephone in which the provider lets us write now, without a template. */
export interface OpenTalk {
  readonly phone: string;
  readonly conversationId: number;
  /** The customer's last message there. */
  readonly messageId: string;
}

/** @param phones digits, as barePhone gives them */
export async function openTalks(
  house: House,
  tx: LookupTx,
  tenantId: number,
  phones: readonly string[],
): Promise<OpenTalk[]> {
  const windowMs = house.limitsOf("whatsapp")?.windowMs ?? 0;
  const since = new Date(house.clock.now() - windowMs);
  const { rows } = await sql<OpenTalk>`
    select distinct on (v.reply_address) v.reply_address as phone, v.id as "conversationId", m.id as "messageId"
    from kernel.identity i
    join kernel.conversation v on v.tenant_id = i.tenant_id and v.contact_id = i.contact_id and v.last_customer_at > ${since}
    join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id and h.kind = 'whatsapp' and h.active
    cross join lateral (select m.id from kernel.message m where m.tenant_id = v.tenant_id and m.conversation_id = v.id
      and m.author = 'customer' order by m.id desc limit 1) m
    where i.tenant_id = ${tenantId} and i.kind = 'phone' and i.value = any(${phones.map((one) => `+${one}`)}::text[])
      and v.reply_address = substr(i.value, 2)
    order by v.reply_address, v.last_customer_at desc`.execute(tx);
  return rows;
}
