import type { Tx } from "../db/open.ts";
import type { Content } from "../dialogue/content.ts";
import { previewOf } from "../dialogue/preview.ts";
import { appendEvents } from "../events/append.ts";
import type { Language } from "../i18n/catalogue.ts";
import { messageId } from "../ids.ts";
import type { House } from "../skill.ts";
import { localDate } from "../tenants/local-date.ts";
import { mayContact } from "./gate.ts";
import { type Run, runIn } from "./run.ts";

/** What somebody sent by a form on the company's page, and the one mail that answers it. */
export interface FormAnswer {
  tenantId: number;
  email: string;
  language: Language;
  /** What was asked for, as the desk shows it. */
  asked: string;
  /** The mail; its first line is the subject. */
  answer: string;
  /** What the conversation keeps where it is not what is sent, e.g. a code that nobody else shall read. */
  kept?: string;
  purpose: string;
}

/**
 * A form is a message of whoever filled it in: it stands in a conversation of that address, and the answer leaves on its
 * basis, by the only way out of the house. So a request for a yes (double opt-in) needs no exception from the gate.
 * @returns false when the company has no mailbox, or the address must not be written to
 */
export async function answerForm(house: House, form: FormAnswer): Promise<boolean> {
  const { tenantId } = form;
  const { timeZone } = await house.profile(tenantId);
  return house.db.tenant(tenantId, async (tx) => {
    const now = house.clock.now();
    const channel = await tx
      .selectFrom("kernel.channel")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("kind", "=", "email")
      .where("active", "=", true)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    if (!channel) return false;
    const run = runIn(tx);
    const contact = await contactOf(run, form, now);
    const [askedId, answerId] = [messageId(now, now), messageId(now, now)];
    const gate = mayContact({
      purpose: form.purpose,
      basis: { kind: "customer_message", id: askedId, at: now },
      contact: { stoppedAt: contact.stopped_at?.getTime() ?? null, erasedAt: null },
      channel: { active: true, windowMs: house.limitsOf("email")?.windowMs ?? null },
      isTemplate: false,
      now,
    });
    if (!gate.allowed) return false;
    const day = localDate(now, timeZone);
    const conversationId = await conversationOf(run, form, {
      channelId: channel.id,
      contactId: contact.id,
      day,
      now,
    });
    await store(tx, form, {
      conversationId,
      contactId: contact.id,
      channelId: channel.id,
      askedId,
      answerId,
      now,
    });
    return true;
  });
}

async function contactOf(
  run: Run,
  { tenantId, email, language }: FormAnswer,
  now: number,
): Promise<{ id: number; stopped_at: Date | null }> {
  const value = email.toLowerCase();
  const [known] = await run<{ id: number; stopped_at: Date | null }>(
    `select c.id, c.stopped_at from kernel.identity i join kernel.contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id
      where i.tenant_id = $1 and i.kind = 'email' and i.value = $2`,
    [tenantId, value],
  );
  if (known) return known;
  const [made] = await run<{ id: number }>(
    "insert into kernel.contact (tenant_id, language, first_seen_at) values ($1, $2, $3) returning id",
    [tenantId, language, new Date(now)],
  );
  const { id } = made as { id: number };
  await run(
    `insert into kernel.identity (tenant_id, kind, value, contact_id, first_seen_at, last_seen_at) values ($1, 'email', $2, $3, $4, $4)`,
    [tenantId, value, id, new Date(now)],
  );
  return { id, stopped_at: null };
}

async function conversationOf(
  run: Run,
  { tenantId, email, language, answer, kept = answer }: FormAnswer,
  place: { channelId: number; contactId: number; day: string; now: number },
): Promise<number> {
  const [row] = await run<{ id: number }>(
    `insert into kernel.conversation as c (tenant_id, channel_id, contact_id, reply_address, language, preview, last_message_at, last_day, last_customer_at, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8::date, $7, $7)
      on conflict (tenant_id, contact_id, channel_id, thread) do update
        set preview = excluded.preview, last_message_at = excluded.last_message_at, last_day = excluded.last_day, last_customer_at = excluded.last_customer_at
      returning c.id`,
    [
      tenantId,
      place.channelId,
      place.contactId,
      email.toLowerCase(),
      language,
      previewOf({ type: "text", text: kept }),
      new Date(place.now),
      place.day,
    ],
  );
  return (row as { id: number }).id;
}

async function store(
  tx: Tx,
  form: FormAnswer,
  place: {
    conversationId: number;
    contactId: number;
    channelId: number;
    askedId: string;
    answerId: string;
    now: number;
  },
): Promise<void> {
  const { tenantId, email, language, purpose } = form;
  const { conversationId, askedId, answerId } = place;
  const at = new Date(place.now);
  const asked: Content = { type: "form", text: form.asked, values: null };
  const answer: Content = { type: "text", text: form.answer };
  const kept: Content = { type: "text", text: form.kept ?? form.answer };
  const row = {
    tenant_id: tenantId,
    conversation_id: conversationId,
    language,
    sent_at: at,
    received_at: at,
    processed_at: at,
  };
  const run = runIn(tx);
  const none = { staff_id: null, external_id: null, client_id: null };
  await tx
    .insertInto("kernel.message")
    .values([
      {
        ...row,
        ...none,
        id: askedId,
        author: "customer",
        content: JSON.stringify(asked),
        status: "received",
        reply_to: null,
        purpose: null,
        basis_message: null,
      },
      {
        ...row,
        ...none,
        id: answerId,
        author: "bot",
        content: JSON.stringify(kept),
        status: "queued",
        reply_to: askedId,
        purpose,
        basis_message: askedId,
      },
    ])
    .execute();
  await tx
    .insertInto("kernel.outbox")
    .values({
      tenant_id: tenantId,
      id: answerId,
      conversation_id: conversationId,
      contact_id: place.contactId,
      channel_id: place.channelId,
      reply_address: email.toLowerCase(),
      content: JSON.stringify(answer),
      reply_to_external: null,
      priority: 1,
      purpose,
      basis_kind: "customer_message",
      basis_id: askedId,
      basis_at: at,
      due_at: at,
      lease_epoch: null,
    })
    .execute();
  await run("select pg_notify('ah', 'outbox')", []);
  await appendEvents(
    tx,
    tenantId,
    [askedId, answerId].map((messageId) => ({ type: "message.created", conversationId, messageId })),
    place.now,
  );
}
