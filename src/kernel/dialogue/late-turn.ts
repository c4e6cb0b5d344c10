import { sql } from "kysely";
import { jsonText } from "../db/array.ts";
import type { Tx } from "../db/open.ts";
import type { FlowState } from "../db/tables.ts";
import { appendEvents } from "../events/append.ts";
import type { Language } from "../i18n/catalogue.ts";
import { messageId } from "../ids.ts";
import { setTimer } from "../jobs/timer-rows.ts";
import type { Effect, House, Turn } from "../skill.ts";
import { dueAt } from "../tenants/opening-hours.ts";
import { answerLater } from "./answer-later.ts";
import { type Content, isPlain } from "./content.ts";

/**
 * A flow does no I/O: what it wants to know it asks for by a timer (`schedule`), whose work asks outside of any
 * transaction and then applies what follows here, as the turn itself would have.
 */

export interface LatePlace {
  /** bot, waiting, person or closed */
  readonly state: string;
  /** Where the customer is reached, as the channel knows it: what the provider, not the customer, says. */
  readonly replyAddress: string;
  /** The turn that asked, as far as it still stands: its message carries no words. */
  readonly turn: Turn;
}

interface PlaceRow {
  readonly state: string;
  readonly reply_address: string;
  readonly language: Language;
  readonly topic: string | null;
  readonly flow: FlowState | null;
  readonly channel_id: number;
  readonly contact_id: number;
  readonly name: string;
  readonly kind: string;
}

/** Locks the conversation of a message. @returns null when it is gone */
export async function lockTurn<Tables>(
  house: House,
  tx: Tx<Tables>,
  at: { tenantId: number; conversationId: number; messageId: string },
): Promise<LatePlace | null> {
  const { tenantId, conversationId } = at;
  const { rows } = await sql<PlaceRow>`
    select v.state, v.reply_address, v.language, v.topic, v.flow, v.channel_id, v.contact_id, c.name, h.kind
    from kernel.conversation v
    join kernel.contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
    join kernel.channel h on h.tenant_id = v.tenant_id and h.id = v.channel_id
    where v.tenant_id = ${tenantId} and v.id = ${conversationId} for update of v`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const turn: Turn = {
    tenant: await house.profile(tenantId),
    now: house.clock.now(),
    channel: { id: row.channel_id, kind: row.kind },
    contact: { id: row.contact_id, name: row.name },
    conversation: { id: conversationId, language: row.language, flow: row.flow, topic: row.topic },
    message: { id: at.messageId, content: { type: "text", text: "" }, text: "" },
    late: false,
    recent: [],
  };
  return { state: row.state, replyAddress: row.reply_address, turn };
}

export interface LateTurn {
  /** The skill that speaks; its flow is the one that `ask` opens. */
  readonly skill: string;
  readonly purpose: string;
  readonly turn: Turn;
  /** Words stand in `text`; `key` is not looked up here. */
  readonly effects: readonly Effect[];
}

type Words = Extract<Content, { type: "text" }>;

/** Says, keeps or ends the flow, hands over: in the caller's transaction, which has the conversation locked. */
export async function applyLate(house: House, tx: Tx, late: LateTurn): Promise<void> {
  const { turn, skill, purpose } = late;
  // Another skill cannot go on where no turn is: what is done without it is done.
  const effects = late.effects.flatMap((one) => (one.do === "start" ? one.otherwise : [one]));
  const handOver = effects.findLast((effect) => effect.do === "handOver");
  const flow = handOver ? null : flowAfter(skill, effects);
  const topic = effects.findLast((effect) => effect.do === "remember")?.topic ?? turn.conversation.topic;
  await sql`update kernel.conversation set flow = ${flow && jsonText(flow)}::jsonb, topic = ${topic}
    where tenant_id = ${turn.tenant.id} and id = ${turn.conversation.id}`.execute(tx);
  for (const effect of effects)
    if (effect.do === "schedule") await setTimer(tx, { tenantId: turn.tenant.id, ...effect });
  let wasQueued = true;
  for (const content of bubbles(effects)) {
    const { id: tenantId } = turn.tenant;
    const at = { tenantId, conversationId: turn.conversation.id, messageId: turn.message.id };
    wasQueued = (await answerLater(house, tx, { ...at, purpose, content, now: turn.now })) && wasQueued;
  }
  if (handOver) await toPersonLate(tx, turn, handOver);
  // The answer may not leave any more: a person looks at it.
  else if (!wasQueued) await toPersonLate(tx, turn, { reason: "late", summary: "" });
}

/** What is asked, else what was said and may be needed again. */
function flowAfter(skill: string, effects: readonly Effect[]): FlowState | null {
  const ask = effects.findLast((effect) => effect.do === "ask");
  if (ask) return { skill, flow: ask.flow, step: ask.step, data: ask.data ?? {} };
  const keep = effects.findLast((effect) => effect.do === "keep");
  return keep ? { skill, flow: "", step: "", data: keep.data } : null;
}

/** Joined like the bubbles of a turn: only what carries buttons, a picture or a link stands alone. */
function bubbles(effects: readonly Effect[]): Words[] {
  const found: Words[] = [];
  for (const effect of effects) {
    if (effect.do !== "say" && effect.do !== "ask") continue;
    const content: Words = {
      type: "text",
      text: effect.text ?? "",
      ...(effect.options?.length && { options: effect.options }),
      ...(effect.card && { card: effect.card }),
      ...(effect.link && { link: effect.link }),
      ...(effect.imageFileId && { image: { fileId: effect.imageFileId, mime: "image/*" } }),
    };
    const last = found.at(-1);
    if (last && !content.card && isPlain(last))
      found[found.length - 1] = { ...content, text: `${last.text}\n\n${content.text}` };
    else found.push(content);
  }
  return found;
}

type HandingOver = Omit<Extract<Effect, { do: "handOver" }>, "do">;

/** As a turn hands over: the state, and a row of the log that says why. */
export async function toPersonLate(tx: Tx, turn: Turn, effect: HandingOver): Promise<void> {
  const { tenant, conversation, now } = turn;
  const at = new Date(now);
  const detail = jsonText({
    reason: effect.reason,
    confidence: effect.confidence ?? null,
    needed: effect.needed ?? null,
    summary: effect.summary,
    at: at.toISOString(),
  });
  await sql`update kernel.conversation set state = 'waiting', hand_over = ${detail}::jsonb, flow = null,
      unread = greatest(unread, 1), waiting_since = coalesce(waiting_since, ${at}), due_at = coalesce(due_at, ${new Date(dueAt(tenant, now))})
    where tenant_id = ${tenant.id} and id = ${conversation.id}`.execute(tx);
  await logLate(tx, turn, { event: "hand_over", text: "", detail });
}

/** A row of the conversation's log that colleagues read. */
export async function logLate(
  tx: Tx,
  { tenant, conversation, message, now }: Turn,
  row: { event: string; text: string; detail: string },
): Promise<void> {
  const at = new Date(now);
  const id = messageId(now, now);
  const content = jsonText({ type: "system", event: row.event, text: row.text });
  await sql`insert into kernel.message (tenant_id, conversation_id, id, author, content, status, reply_to, language, detail, sent_at, received_at, processed_at)
    values (${tenant.id}, ${conversation.id}, ${id}, 'system', ${content}::jsonb, 'note', ${message.id}, ${conversation.language}, ${row.detail}::jsonb, ${at}, ${at}, ${at})`.execute(
    tx,
  );
  await appendEvents(
    tx,
    tenant.id,
    [
      { type: "message.created", conversationId: conversation.id, messageId: id },
      { type: "conversation.changed", conversationId: conversation.id },
    ],
    now,
  );
}
