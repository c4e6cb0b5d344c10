import { createHash } from "node:crypto";
import { sql } from "kysely";
import { AppError, type Language } from "#kernel";
import type { Plan } from "../rules/choice.ts";
import { subscribe } from "./subscriptions.ts";
import { readTopic } from "./topics.ts";
import type { NoticesTx } from "./tx.ts";

/** Subscriptions by form: nothing is sent before the address has said yes itself. */

export const REQUEST_LIFE_MS = 2 * 86_400_000;
/** A stranger's address is asked this often in two days, no more. */
const REQUESTS_MOST = 3;

export interface FormRequest {
  token: string;
  topicId: number;
  email: string;
  language: Language;
  plan: Plan;
  expiresAt: number | null;
  /** The words that the yes will agree to. */
  text: string;
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** @returns false when this address was asked often enough */
export async function keepRequest(
  tx: NoticesTx,
  tenantId: number,
  request: FormRequest,
  now: number,
): Promise<boolean> {
  const email = request.email.toLowerCase();
  const { count } = await tx
    .selectFrom("notices.request")
    .where("tenant_id", "=", tenantId)
    .where("email", "=", email)
    .where("asked_at", ">", new Date(now - REQUEST_LIFE_MS))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  if (count >= REQUESTS_MOST) return false;
  await tx
    .insertInto("notices.request")
    .values({
      tenant_id: tenantId,
      token_hash: hashOf(request.token),
      topic_id: request.topicId,
      email,
      language: request.language,
      choice: JSON.stringify({ plan: request.plan, expiresAt: request.expiresAt }),
      text: request.text,
      asked_at: new Date(now),
    })
    .execute();
  return true;
}

/**
 * The yes: person, grant and subscription at once. The token works once.
 * @returns the topic's title
 * @throws AppError not_found for a token that is unknown, used or older than two days
 */
export async function confirmRequest(
  tx: NoticesTx,
  tenantId: number,
  one: { token: string; channelId: number; now: number },
): Promise<{ de: string; en: string }> {
  const row = await tx
    .deleteFrom("notices.request")
    .where("tenant_id", "=", tenantId)
    .where("token_hash", "=", hashOf(one.token))
    .returningAll()
    .executeTakeFirst();
  if (!row || row.asked_at.getTime() <= one.now - REQUEST_LIFE_MS)
    throw new AppError("not_found", "This link was used already or is older than two days.");
  const topic = await readTopic(tx, tenantId, row.topic_id);
  const { plan, expiresAt } = row.choice as { plan: Plan; expiresAt: number | null };
  await subscribe(tx, {
    tenantId,
    contactId: await contactOf(tx, tenantId, row.email, one.now),
    channelId: one.channelId,
    topic,
    plan,
    language: row.language,
    text: row.text,
    how: "double_opt_in",
    evidence: {
      email: row.email,
      askedAt: row.asked_at.toISOString(),
      confirmedAt: new Date(one.now).toISOString(),
    },
    expiresAt,
    now: one.now,
  });
  return topic.title;
}

/** Who has this address, or somebody new. */
async function contactOf(tx: NoticesTx, tenantId: number, email: string, now: number): Promise<number> {
  const at = new Date(now);
  const known = await tx
    .selectFrom("kernel.identity")
    .select("contact_id")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", "email")
    .where("value", "=", email)
    .executeTakeFirst();
  if (known) return known.contact_id;
  const { id } = await tx
    .insertInto("kernel.contact")
    .values({ tenant_id: tenantId, first_seen_at: at, language: null, merged_into: null })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ contact_id: number }>`
    insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at)
    values (${tenantId}, 'email', ${email}, ${id}, ${at}, ${at})
    on conflict (tenant_id, kind, value) do update set last_seen_at = excluded.last_seen_at returning contact_id`.execute(
    tx,
  );
  return rows[0]?.contact_id ?? id;
}
