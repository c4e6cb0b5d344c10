import type pg from "pg";
import { runOn } from "../consent/run.ts";
import { withdrawBatch } from "../consent/withdraw-batch.ts";
import { pgArray } from "../db/array.ts";
import type { Kernel } from "../kernel.ts";
import { keepBusinesses, newsTimers } from "../tenants/template-news.ts";
import { amendMessage, applyReactions, systemRow } from "./amend.ts";
import { textOf } from "./content.ts";
import { type InboxItem, park, removeFromQueue } from "./inbox.ts";
import { openMessageLinks } from "./message-links.ts";
import { needPersonAfter } from "./need-person.ts";
import { mergeReceipts } from "./receipts.ts";
import { type Resolution, resolvePersons } from "./resolve.ts";
import { claimSideMails } from "./side-claim.ts";
import { type Located, type SortedBatch, sortBatch } from "./sort.ts";
import { addEvent, emptyOutcome, type Incoming, type Outcome } from "./state.ts";
import { type Places, placeThreads, writeThreads } from "./threads.ts";
import { OTHER_CLIENT, type SpeakingFlow, takeTurn } from "./turn.ts";
import * as write from "./write.ts";

/** What the pump does after the commit of a batch. */
export interface Processed {
  /** Channels with something to send now. */
  sendingChannels: Set<number>;
  /** Accepted presses to acknowledge at the provider. */
  presses: { channelId: number; externalId: string }[];
  messages: number;
  receipts: number;
  duplicates: number;
  homeless: number;
  /** Companies of which the registry should know more now. */
  learntOf: readonly number[];
}

const PARK_EXCERPT = "The provider sent something we could not read";

/**
 * Handles one batch inside the caller's transaction: everything set-wise, all or nothing.
 * @throws whatever one broken row causes; the pump then tries the rows alone
 */
export async function processBatch(
  client: pg.PoolClient,
  kernel: Kernel,
  items: readonly InboxItem[],
  parts: { flows: readonly SpeakingFlow[]; epoch: number },
): Promise<Processed> {
  const now = kernel.clock.now();
  const sorted = sortBatch(items, kernel);
  const duplicates = await dropSeen(client, sorted);
  const outcome = emptyOutcome();
  await claimSideMails(client, sorted, outcome, { now, links: () => openMessageLinks(kernel) });
  const placed = await placeMails(client, kernel, sorted, now);
  const resolution = await resolvePersons(
    client,
    [...sorted.messages, ...sorted.preferences, ...sorted.amendments].map((located) =>
      personOf(located, kernel, placed),
    ),
  );
  const incoming = sorted.messages.map((located, n) => incomingOf(located, { resolution, placed }, n));
  const orphans = new Set(await applyReactions(client, incoming, outcome));
  const talking = incoming.filter((one) => one.content.type !== "reaction" || orphans.has(one));
  await prepareFlows(parts.flows, talking);
  takeTurns(talking, outcome, { kernel, flows: parts.flows, now });
  applyPreferences(sorted, resolution, outcome, now);
  for (const [n, located] of sorted.amendments.entries()) {
    if (await amendMessage(client, located, outcome, now)) continue;
    keepAmendment(
      located,
      resolution,
      { n: sorted.messages.length + sorted.preferences.length + n, now },
      outcome,
    );
  }
  outcome.receipts = mergeReceipts(sorted.receipts);
  const learntOf = await keepBusinesses(client, [...sorted.messages, ...sorted.receipts]);
  outcome.timers.push(...newsTimers(sorted.templateNews, { registry: kernel.registry, now }));
  await writeAll(client, { kernel, sorted, placed, resolution, outcome, items, now, epoch: parts.epoch });
  return {
    sendingChannels: new Set(outcome.outbox.map((row) => row.conversation.channelId)),
    presses: sorted.messages
      .filter((m) => m.item.content.type === "choice")
      .map((m) => ({ channelId: m.account.id, externalId: m.item.externalId })),
    messages: talking.length,
    receipts: sorted.receipts.length,
    duplicates,
    homeless: sorted.homeless,
    learntOf,
  };
}

/** Removes what is already stored, and doubles within the batch. */
async function dropSeen(client: pg.PoolClient, sorted: SortedBatch): Promise<number> {
  const keyed = [...sorted.messages, ...sorted.preferences, ...sorted.amendments] as Located[];
  if (keyed.length === 0) return 0;
  const { rows } = await client.query<{ tenant_id: number; key: string }>({
    name: "find-seen",
    text: `select s.tenant_id, s.key from unnest($1::int[], $2::uuid[]) k(tenant_id, key)
      join kernel.seen s on s.tenant_id = k.tenant_id and s.key = k.key`,
    values: [pgArray.int4(keyed.map((k) => k.account.tenantId)), pgArray.uuid(keyed.map((k) => k.seenKey))],
  });
  const seen = new Set(rows.map((row) => row.key));
  const isNew = (located: { seenKey: string }): boolean => {
    if (seen.has(located.seenKey)) return false;
    seen.add(located.seenKey);
    return true;
  };
  const before = keyed.length;
  sorted.messages = sorted.messages.filter(isNew);
  sorted.preferences = sorted.preferences.filter(isNew);
  sorted.amendments = sorted.amendments.filter(isNew);
  return before - sorted.messages.length - sorted.preferences.length - sorted.amendments.length;
}

/** Only mail has threads; what belongs to no conversation falls away. */
async function placeMails(
  client: pg.PoolClient,
  kernel: Kernel,
  sorted: SortedBatch,
  now: number,
): Promise<Places> {
  const items = [...sorted.messages, ...sorted.preferences];
  if (!items.some(({ item }) => item.thread)) return new Map();
  const links = await openMessageLinks(kernel);
  const placed = await placeThreads(client, items, { now, readToken: links.conversationOf });
  const isSomewhere = (located: object): boolean => !placed.get(located)?.isNowhere;
  sorted.messages = sorted.messages.filter(isSomewhere);
  sorted.preferences = sorted.preferences.filter(isSomewhere);
  return placed;
}

function personOf(
  located: Located<"message"> | Located<"preference"> | Located<"edit" | "revoke">,
  kernel: Kernel,
  placed: Places,
) {
  const { item, account, inbox } = located;
  const place = placed.get(located);
  const isAnother = place?.identities !== undefined;
  return {
    account,
    thread: place?.thread ?? "",
    identities: place?.identities ?? item.identities,
    receivedAt: inbox.receivedAt,
    replyAddress: item.kind === "message" ? item.replyAddress : (item.identities[0]?.value ?? ""),
    profileName: item.kind === "message" && !isAnother ? item.profileName : undefined,
    language:
      (item.kind === "message" ? item.language : undefined) ??
      kernel.registry.tenant(account.tenantId)?.language ??
      ("de" as const),
  };
}

function incomingOf(
  located: Located<"message">,
  parts: { resolution: Resolution; placed: Places },
  n: number,
): Incoming {
  const { item, account, inbox, seenKey } = located;
  const resolved = parts.resolution.resolved[n];
  const place = parts.placed.get(located);
  const linked = place?.linkedId ? { linkedConversation: place.linkedId } : undefined;
  if (!resolved) throw new Error("A message without a person");
  return {
    account,
    inboxId: inbox.id,
    receivedAt: inbox.receivedAt,
    seenKey,
    externalId: item.externalId,
    sentAt: item.sentAt,
    content: item.content,
    replyTo: item.replyTo,
    replyAddress: item.replyAddress,
    profileName: item.profileName,
    phone: item.identities.find(({ kind }) => kind === "phone")?.value,
    errors: item.errors?.[0],
    fromBusiness: item.fromBusiness ?? false,
    takesNoTurn: item.takesNoTurn ?? false,
    isGuarded: place?.isGuarded ?? false,
    detail: item.detail || linked ? { ...item.detail, ...linked } : undefined,
    ...resolved,
  };
}

async function prepareFlows(flows: readonly SpeakingFlow[], incoming: readonly Incoming[]): Promise<void> {
  const tenants = [...new Set(incoming.map((one) => one.account.tenantId))];
  if (tenants.length === 0) return;
  const open = incoming.flatMap(({ account: { tenantId }, conversation: { flow } }) =>
    flow === null ? [] : [{ tenantId, flow }],
  );
  const said = incoming.map(({ account: { tenantId }, contact, content }) => ({
    tenantId,
    contactId: contact.id,
    text: textOf(content),
  }));
  for (const flow of flows) await flow.flow.prepare?.(tenants, open, said);
}

function takeTurns(
  incoming: readonly Incoming[],
  outcome: Outcome,
  parts: { kernel: Kernel; flows: readonly SpeakingFlow[]; now: number },
): void {
  const { kernel, flows, now } = parts;
  const recent = new Map<number, string[]>();
  for (const one of incoming) {
    const profile = kernel.registry.tenant(one.account.tenantId);
    if (!profile) throw new Error(`Tenant ${one.account.tenantId} is not loaded`);
    const said = recent.get(one.conversation.id) ?? [];
    takeTurn(one, outcome, {
      flows,
      profile,
      windowMs: kernel.adapters.get(one.account.kind)?.limits.windowMs ?? null,
      now,
      recent: said,
    });
    recent.set(one.conversation.id, [...said, textOf(one.content)]);
  }
}

function applyPreferences(sorted: SortedBatch, resolution: Resolution, outcome: Outcome, now: number): void {
  for (const [n, { item, account, inbox }] of sorted.preferences.entries()) {
    const resolved = resolution.resolved[sorted.messages.length + n];
    if (!resolved) continue;
    const { contact, conversation } = resolved;
    if (item.preference === "stop")
      outcome.withdrawals.push({
        tenantId: account.tenantId,
        contactIds: [contact.id],
        ...(item.scope === "all" ? {} : { channelId: account.id }),
        how: "provider",
      });
    if (item.scope === "all") {
      contact.stoppedAt = item.preference === "stop" ? item.sentAt : null;
      contact.isStopChanged = true;
      contact.changed = true;
      if (!resolution.contacts.includes(contact)) resolution.contacts.push(contact);
    }
    const row = systemRow(
      { account, conversation, sentAt: item.sentAt, receivedAt: inbox.receivedAt },
      `${item.preference}_${item.scope}`,
      now,
    );
    touch(conversation, item.sentAt);
    outcome.messages.push(row);
    addEvent(outcome, account.tenantId, {
      type: "message.created",
      conversationId: conversation.id,
      messageId: row.id,
    });
  }
}

/** An edit or a revoke of a message we never had: kept as a row that says so. */
function keepAmendment(
  located: Located<"edit" | "revoke">,
  resolution: Resolution,
  at: { n: number; now: number },
  outcome: Outcome,
): void {
  const resolved = resolution.resolved[at.n];
  if (!resolved) return;
  const { item, account, inbox } = located;
  const row = systemRow(
    { account, conversation: resolved.conversation, sentAt: item.sentAt, receivedAt: inbox.receivedAt },
    item.kind,
    at.now,
  );
  if (item.kind === "edit" && item.content) {
    row.author = item.fromBusiness ? "agent" : "customer";
    row.status = item.fromBusiness ? "sent" : "received";
    if (item.fromBusiness) row.purpose = OTHER_CLIENT;
    row.content = item.content;
  }
  touch(resolved.conversation, item.sentAt);
  outcome.messages.push(row);
  addEvent(outcome, account.tenantId, {
    type: "message.created",
    conversationId: resolved.conversation.id,
    messageId: row.id,
  });
}

function touch(conversation: Incoming["conversation"], at: number): void {
  conversation.changed = true;
  conversation.lastMessageAt = Math.max(conversation.lastMessageAt, at);
}

interface WriteParts {
  kernel: Kernel;
  sorted: SortedBatch;
  placed: Places;
  resolution: Resolution;
  outcome: Outcome;
  items: readonly InboxItem[];
  now: number;
  epoch: number;
}

async function writeAll(client: pg.PoolClient, parts: WriteParts): Promise<void> {
  const { kernel, sorted, resolution, outcome, now } = parts;
  await write.writeContacts(client, resolution.contacts, now);
  await write.writeIdentities(client, resolution.newIdentities);
  await write.writeConversations(client, resolution.conversations, {
    at: now,
    zoneOf: (tenantId) => kernel.registry.tenant(tenantId)?.timeZone ?? "UTC",
  });
  for (const { tenantId, contactId } of await withdrawBatch(runOn(client), outcome.withdrawals, now))
    addEvent(outcome, tenantId, { type: "contact.changed", ref: String(contactId) });
  for (const place of await needPersonAfter(client, outcome.receipts, now))
    addEvent(outcome, place.tenantId, {
      type: "conversation.changed",
      conversationId: place.conversationId,
    });
  await write.writeMessages(client, outcome.messages, now);
  if (parts.placed.size > 0)
    await writeThreads(client, [...sorted.messages, ...sorted.preferences], {
      placed: parts.placed,
      resolution,
    });
  await write.writeSeen(client, seenRows(sorted, outcome), now);
  for (const changed of await write.writeReceipts(client, outcome.receipts))
    addEvent(outcome, changed.tenant_id, {
      type: "message.changed",
      conversationId: changed.conversation_id,
      messageId: changed.id,
    });
  await write.writeOutbox(client, outcome, now);
  await write.settleOutbox(client, outcome.receipts, parts.epoch);
  await write.writeTimers(client, outcome);
  await write.writeCallbacks(client, outcome, now);
  await writeAccountNotices(client, sorted, outcome, now);
  await park(client, sorted.parked, now);
  for (const parked of sorted.parked)
    addEvent(outcome, parked.tenantId, { type: "parked.changed", ref: String(parked.id) });
  await removeFromQueue(client, parts.items);
  await write.writeEvents(client, outcome, now);
}

/** Every dedupe key, with the message it led to where there is one (edits and reactions find it by that). */
function seenRows(sorted: SortedBatch, outcome: Outcome) {
  const byExternal = new Map(
    outcome.messages.filter((m) => m.externalId).map((m) => [`${m.tenantId} ${m.externalId}`, m]),
  );
  const keyed = [...sorted.messages, ...sorted.beside, ...sorted.preferences, ...sorted.amendments];
  return (keyed as Located[]).map((located) => {
    const external = located.item.kind === "message" ? located.item.externalId : "";
    const message = external ? byExternal.get(`${located.account.tenantId} ${external}`) : undefined;
    return {
      tenantId: located.account.tenantId,
      key: located.seenKey,
      conversationId: message?.conversationId ?? null,
      messageId: message?.id ?? null,
    };
  });
}

async function writeAccountNotices(
  client: pg.PoolClient,
  sorted: SortedBatch,
  outcome: Outcome,
  now: number,
): Promise<void> {
  for (const { item, account } of sorted.accountNotices) {
    if (item.health === null) continue;
    await client.query(
      "update kernel.channel set health_light = $3, health_text = $4, health_at = $5 where tenant_id = $1 and id = $2",
      [account.tenantId, account.id, item.health, item.text.slice(0, 300) || PARK_EXCERPT, new Date(now)],
    );
    addEvent(outcome, account.tenantId, { type: "channel.changed", ref: String(account.id) });
  }
}
