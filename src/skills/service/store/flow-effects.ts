import { sql } from "kysely";
import {
  answerLater,
  appendEvents,
  type Content,
  type Effect,
  type FlowState,
  type House,
  jsonText,
  messageId,
  type Turn,
} from "#kernel";
import type { SpokenDecision } from "../flows/scene.ts";
import type { Hours } from "../ports.ts";
import type { FlowTx } from "./flow-tables.ts";
import { countLate, settleTurn } from "./turns.ts";

/** Applies what a flow wants after its turn: says it, keeps or ends the flow, hands over. In the caller's transaction. */

const PURPOSE = "service.answer";

export interface Late {
  readonly turn: Turn;
  readonly decision: SpokenDecision;
  readonly hours: Hours;
}

type Words = Extract<Content, { type: "text" }>;

export async function applyLater(house: House, tx: FlowTx, late: Late): Promise<void> {
  const { turn, decision } = late;
  const { effects } = decision;
  const ask = effects.findLast((effect) => effect.do === "ask");
  const handOver = effects.findLast((effect) => effect.do === "handOver");
  const flow: FlowState | null =
    ask && !handOver ? { skill: "service", flow: ask.flow, step: ask.step, data: ask.data ?? {} } : null;
  const topic = effects.findLast((effect) => effect.do === "remember")?.topic ?? turn.conversation.topic;
  await sql`update kernel.conversation set flow = ${flow && jsonText(flow)}::jsonb, topic = ${topic}
    where tenant_id = ${turn.tenant.id} and id = ${turn.conversation.id}`.execute(tx);
  for (const effect of effects) if (effect.do === "schedule") await schedule(tx, turn, effect);
  await settleTurn(tx, turn, decision);
  await countLate(tx, turn.tenant.id, decision);
  let wasQueued = true;
  for (const content of bubbles(effects)) wasQueued = (await queue(house, tx, turn, content)) && wasQueued;
  if (handOver) await toPerson(tx, late, handOver);
  // The answer may not leave any more: a person looks at it.
  else if (!wasQueued) await toPerson(tx, late, { do: "handOver", reason: "late", summary: "" });
}

function queue(house: House, tx: FlowTx, turn: Turn, content: Words): Promise<boolean> {
  return answerLater(house, tx, {
    tenantId: turn.tenant.id,
    conversationId: turn.conversation.id,
    messageId: turn.message.id,
    purpose: PURPOSE,
    content,
    now: turn.now,
  });
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
      ...(effect.link && { link: effect.link }),
      ...(effect.imageFileId && { image: { fileId: effect.imageFileId, mime: "image/*" } }),
    };
    const last = found.at(-1);
    if (last && !last.options && !last.image && !last.link)
      found[found.length - 1] = { ...content, text: `${last.text}\n\n${content.text}` };
    else found.push(content);
  }
  return found;
}

async function schedule(tx: FlowTx, turn: Turn, effect: Extract<Effect, { do: "schedule" }>): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${turn.tenant.id}, ${effect.kind}, ${effect.key}, ${new Date(effect.dueAt)}, ${jsonText(effect.payload ?? {})}::jsonb)
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0`.execute(
    tx,
  );
}

/**
 * Tells the team what became of something that was posted after its flow was left: beside the hand-over, and in the log.
 * Where the automaton has the conversation it goes to a person, who alone can say what this means.
 */
export async function tellTeam(
  tx: FlowTx,
  about: Pick<Late, "turn" | "hours"> & { readonly state: string; readonly text: string },
): Promise<void> {
  const { turn, state, text } = about;
  if (state === "bot") return toPerson(tx, about, { do: "handOver", reason: "flow", summary: text });
  await sql`update kernel.conversation set unread = case when state in ('waiting', 'person') then greatest(unread, 1) else unread end,
      hand_over = case when hand_over is null then null
        else jsonb_set(hand_over, '{summary}', to_jsonb(concat_ws(' · ', nullif(hand_over ->> 'summary', ''), ${text}::text))) end
    where tenant_id = ${turn.tenant.id} and id = ${turn.conversation.id}`.execute(tx);
  await logRow(tx, turn, { event: "flow_call", text, detail: jsonText({ event: "flow_call" }) });
}

/** As a turn hands over: the state, and a row of the log that says why. */
async function toPerson(
  tx: FlowTx,
  { turn, hours }: Pick<Late, "turn" | "hours">,
  effect: Extract<Effect, { do: "handOver" }>,
): Promise<void> {
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
      unread = greatest(unread, 1), waiting_since = coalesce(waiting_since, ${at}), due_at = coalesce(due_at, ${new Date(hours.dueAt(tenant, now))})
    where tenant_id = ${tenant.id} and id = ${conversation.id}`.execute(tx);
  await logRow(tx, turn, { event: "hand_over", text: "", detail });
}

async function logRow(
  tx: FlowTx,
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
