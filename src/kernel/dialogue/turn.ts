import { consentMessages } from "../consent/messages.ts";
import { isStop } from "../consent/stop-words.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import { messageId, orderMsOf } from "../ids.ts";
import { type Effect, type Flow, START_STEP, type Turn } from "../skill.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import { Applied, startWaiting } from "./apply-effects.ts";
import { textOf } from "./content.ts";
import { previewOf } from "./preview.ts";
import { addEvent, type ConversationState, type Incoming, type Outcome } from "./state.ts";
import { isTapOn } from "./tap.ts";

/** A skill's flow with the words it speaks. */
export interface SpeakingFlow {
  skill: string;
  flow: Flow;
  catalogue: Catalogue;
  /** Heard before all others and while a person has the conversation; leaves an open flow open. */
  always?: true;
}

export interface TurnParts {
  flows: readonly SpeakingFlow[];
  profile: TenantProfile;
  windowMs: number | null;
  now: number;
  recent: readonly string[];
}

/** What the company wrote in another client of the provider: no message of ours, so without a reason of ours. */
export const OTHER_CLIENT = "other_client";
/** Kinds that are an act of the customer but no question. */
const SILENT = new Set(["reaction", "system"]);

/** Takes one incoming message through its conversation: stored, answered by a flow or left to the person. */
export function takeTurn(incoming: Incoming, outcome: Outcome, parts: TurnParts): void {
  const { conversation } = incoming;
  const id = messageId(incoming.sentAt, parts.now);
  storeIncoming(incoming, id, outcome);
  if (incoming.fromBusiness || incoming.takesNoTurn || SILENT.has(incoming.content.type)) return;
  const isLate = conversation.lastTurn !== null && orderMsOf(id) < orderMsOf(conversation.lastTurn);
  if (!isLate) conversation.lastTurn = id;
  conversation.lastCustomerAt = Math.max(conversation.lastCustomerAt ?? 0, incoming.sentAt);
  conversation.unread += 1;
  if (isStop(textOf(incoming.content))) {
    stop(incoming, { id, isLate }, outcome, parts);
    return;
  }
  if (conversation.state === "closed") reopen(conversation);
  const isAnswered = answer(incoming, { id, isLate }, outcome, parts);
  if (!isAnswered && conversation.waitingSince === null)
    startWaiting(conversation, parts, incoming.receivedAt);
}

function storeIncoming(incoming: Incoming, id: string, outcome: Outcome): void {
  const { conversation, account } = incoming;
  outcome.messages.push({
    tenantId: account.tenantId,
    conversationId: conversation.id,
    id,
    author: incoming.fromBusiness ? "agent" : incoming.content.type === "system" ? "system" : "customer",
    content: incoming.content,
    status: incoming.fromBusiness ? "sent" : "received",
    externalId: incoming.externalId,
    replyTo: null,
    language: conversation.language,
    detail: detailOf(incoming),
    error: incoming.errors ?? null,
    ...(incoming.fromBusiness ? { purpose: OTHER_CLIENT } : {}),
    sentAt: incoming.sentAt,
    receivedAt: incoming.receivedAt,
  });
  conversation.changed = true;
  conversation.replyAddress = incoming.fromBusiness ? conversation.replyAddress : incoming.replyAddress;
  if (incoming.sentAt >= conversation.lastMessageAt) {
    conversation.lastMessageAt = incoming.sentAt;
    conversation.preview = previewOf(incoming.content);
  }
  addEvent(outcome, account.tenantId, {
    type: "message.created",
    conversationId: conversation.id,
    messageId: id,
  });
  const media = "media" in incoming.content ? incoming.content.media : undefined;
  if (media?.providerId && !media.fileId) {
    outcome.timers.push({
      tenantId: account.tenantId,
      kind: "media_fetch",
      key: id,
      dueAt: incoming.receivedAt,
      payload: { conversationId: conversation.id, messageId: id, inboxId: incoming.inboxId },
    });
  }
}

function detailOf({ replyTo, detail }: Incoming): Record<string, unknown> | null {
  return replyTo || detail ? { ...(replyTo ? { quotes: replyTo } : {}), ...detail } : null;
}

/** Withdrawn in the same transaction that stores the word; who has the conversation keeps it. */
function stop(
  incoming: Incoming,
  message: { id: string; isLate: boolean },
  outcome: Outcome,
  parts: TurnParts,
): void {
  const { account, contact, conversation } = incoming;
  outcome.withdrawals.push({ tenantId: account.tenantId, contactIds: [contact.id], how: "message" });
  const speaker: SpeakingFlow = { skill: "consent", flow: { turn: () => null }, catalogue: consentMessages };
  const applied = new Applied({ incoming, message, outcome, parts, speaker });
  applied.apply({ do: "say", key: "stopped" });
  applied.finish();
  if (conversation.state === "closed") conversation.unread = 0;
}

function reopen(conversation: ConversationState): void {
  conversation.state = "bot";
  conversation.assigneeId = null;
  conversation.departmentId = null;
  conversation.handOver = null;
  conversation.flow = null;
}

/** @returns false when it is left to the person who has, or will have, the conversation */
function answer(
  incoming: Incoming,
  message: { id: string; isLate: boolean },
  outcome: Outcome,
  parts: TurnParts,
): boolean {
  const { conversation } = incoming;
  const turn: Turn = {
    tenant: parts.profile,
    now: parts.now,
    channel: { id: incoming.account.id, kind: incoming.account.kind },
    contact: {
      id: incoming.contact.id,
      name: incoming.contact.name,
      ...(incoming.phone !== undefined && { phone: incoming.phone }),
    },
    conversation: {
      id: conversation.id,
      language: conversation.language,
      flow: message.isLate ? null : conversation.flow,
      topic: conversation.topic,
      ...(conversation.state === "waiting" && { isWaiting: true as const }),
      ...(conversation.state === "person" && { isHeld: true as const }),
    },
    message: { id: message.id, content: incoming.content, text: textOf(incoming.content) },
    late: message.isLate,
    recent: parts.recent,
  };
  const isBot = conversation.state === "bot";
  const flows = parts.flows.filter(
    (one) =>
      isBot ||
      one.always ||
      isTapOn(turn, one.skill) ||
      (turn.conversation.isWaiting && one.flow.whileWaiting) ||
      (turn.conversation.isHeld && one.flow.whileHeld),
  );
  const speaker = incoming.isGuarded ? null : speakerOf(turn, flows);
  if (!speaker && !isBot) return false;
  const applied = new Applied({ incoming, message, outcome, parts, speaker: speaker?.flow ?? null });
  if (speaker) applyAll(applied, speaker.effects, { turn, flows });
  else applied.handOver({ do: "handOver", reason: "unknown", summary: turn.message.text });
  applied.finish();
  return true;
}

/** The effects of a turn, up to the one that passes it on to another skill, and then those of that one. */
function applyAll(
  applied: Applied,
  effects: readonly Effect[],
  parts: { turn: Turn; flows: readonly SpeakingFlow[] },
): void {
  for (const effect of effects) {
    if (effect.do !== "start") {
      applied.apply(effect);
      continue;
    }
    const next = startedBy(effect, parts);
    if (next) applied.passTo(next.flow);
    // Passed on once: a skill that is started starts no other.
    for (const one of next?.effects ?? effect.otherwise) if (one.do !== "start") applied.apply(one);
    return;
  }
}

function startedBy(
  { skill, flow, data = {} }: Extract<Effect, { do: "start" }>,
  { turn, flows }: { turn: Turn; flows: readonly SpeakingFlow[] },
): { flow: SpeakingFlow; effects: readonly Effect[] } | null {
  const speaker = turn.late ? undefined : flows.find((one) => one.skill === skill);
  const open = { skill, flow, step: START_STEP, data };
  const effects = speaker?.flow.turn({ ...turn, conversation: { ...turn.conversation, flow: open } });
  return speaker && effects ? { flow: speaker, effects } : null;
}

/** The skill whose flow is open speaks first, then the skills in their order. */
function speakerOf(
  turn: Turn,
  flows: readonly SpeakingFlow[],
): { flow: SpeakingFlow; effects: readonly Effect[] } | null {
  const { flow: kept } = turn.conversation;
  // A flow without a name waits for nothing: it only keeps what was said.
  const open = kept?.flow === "" ? undefined : kept?.skill;
  const rank = (one: SpeakingFlow) =>
    isTapOn(turn, one.skill) ? 0 : one.always ? 1 : one.skill === open ? 2 : 3;
  for (const flow of [...flows].sort((a, b) => rank(a) - rank(b))) {
    const effects = flow.flow.turn(turn);
    if (effects) return { flow, effects };
  }
  return null;
}
