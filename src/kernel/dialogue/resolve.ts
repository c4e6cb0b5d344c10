import type pg from "pg";
import type { IdentityKey } from "../channel.ts";
import { pgArray } from "../db/array.ts";
import type { Language } from "../i18n/catalogue.ts";
import type { RegisteredAccount } from "../tenants/registry.ts";
import type { ContactState, ConversationState } from "./state.ts";

/** Finds, or makes, the person and the conversation of each incoming item, set-wise. */

export interface Person {
  account: RegisteredAccount;
  identities: readonly IdentityKey[];
  replyAddress: string;
  profileName: string | undefined;
  receivedAt: number;
  language: Language;
  /** "" where a channel has one conversation for each person. */
  thread: string;
}

export interface Resolved {
  contact: ContactState;
  conversation: ConversationState;
}

export interface NewIdentity {
  tenantId: number;
  kind: string;
  value: string;
  contactId: number;
  at: number;
}

export interface Resolution {
  /** Same order as the persons given. */
  resolved: Resolved[];
  contacts: ContactState[];
  conversations: ConversationState[];
  newIdentities: NewIdentity[];
}

const identityId = (tenantId: number, key: IdentityKey): string => `${tenantId} ${key.kind} ${key.value}`;

interface ContactRow {
  tenant_id: number;
  kind: string;
  value: string;
  id: number;
  name: string;
  stopped_at: Date | null;
  erased_at: Date | null;
}

/** @param client inside the pump's transaction; conversations come back locked, in (tenant, id) order */
export async function resolvePersons(client: pg.PoolClient, persons: readonly Person[]): Promise<Resolution> {
  const byIdentity = await findContacts(client, persons);
  const resolution: Resolution = { resolved: [], contacts: [], conversations: [], newIdentities: [] };
  const contacts: ContactState[] = persons.map((person) => contactOf(person, byIdentity, resolution));
  await giveIds(
    client,
    "kernel.contact",
    resolution.contacts.filter((c) => c.isNew),
  );
  for (const [n, person] of persons.entries()) {
    const contact = contacts[n] as ContactState;
    for (const key of person.identities) {
      const known = byIdentity.get(identityId(person.account.tenantId, key));
      if (known?.isStored) continue;
      byIdentity.set(identityId(person.account.tenantId, key), { contact, isStored: true });
      resolution.newIdentities.push({
        tenantId: person.account.tenantId,
        ...key,
        contactId: contact.id,
        at: person.receivedAt,
      });
    }
  }
  await resolveConversations(client, persons, contacts, resolution);
  return resolution;
}

type Known = Map<string, { contact: ContactState; isStored: boolean }>;

async function findContacts(client: pg.PoolClient, persons: readonly Person[]): Promise<Known> {
  const keys = new Map<string, { tenantId: number; key: IdentityKey }>();
  for (const person of persons)
    for (const key of person.identities)
      keys.set(identityId(person.account.tenantId, key), { tenantId: person.account.tenantId, key });
  const wanted = [...keys.values()];
  const { rows } = await client.query<ContactRow>({
    name: "find-contacts",
    text: `select i.tenant_id, i.kind, i.value, c.id, c.name, c.stopped_at, c.erased_at
      from unnest($1::int[], $2::text[], $3::text[]) k(tenant_id, kind, value)
      join kernel.identity i on i.tenant_id = k.tenant_id and i.kind = k.kind and i.value = k.value
      join kernel.contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id`,
    values: [
      pgArray.int4(wanted.map((w) => w.tenantId)),
      pgArray.text(wanted.map((w) => w.key.kind)),
      pgArray.text(wanted.map((w) => w.key.value)),
    ],
  });
  const states = new Map<string, ContactState>();
  const known: Known = new Map();
  for (const row of rows) {
    const id = `${row.tenant_id} ${row.id}`;
    const contact = states.get(id) ?? {
      tenantId: row.tenant_id,
      id: row.id,
      name: row.name,
      stoppedAt: row.stopped_at?.getTime() ?? null,
      erasedAt: row.erased_at?.getTime() ?? null,
      isNew: false,
      changed: false,
    };
    states.set(id, contact);
    known.set(`${row.tenant_id} ${row.kind} ${row.value}`, { contact, isStored: true });
  }
  return known;
}

/** The strongest identity that is known decides; a provider may give a person a second one later. */
function contactOf(person: Person, known: Known, resolution: Resolution): ContactState {
  const { tenantId } = person.account;
  for (const key of person.identities) {
    const found = known.get(identityId(tenantId, key));
    if (!found) continue;
    if (!found.contact.name && person.profileName) {
      found.contact.name = person.profileName;
      found.contact.changed = true;
    }
    if (!resolution.contacts.includes(found.contact) && found.contact.changed)
      resolution.contacts.push(found.contact);
    // Weaker ones of the same message belong to the same person from now on.
    for (const other of person.identities) {
      const id = identityId(tenantId, other);
      if (!known.has(id)) known.set(id, { contact: found.contact, isStored: false });
    }
    return found.contact;
  }
  const contact: ContactState = {
    tenantId,
    id: 0,
    name: person.profileName ?? "",
    stoppedAt: null,
    erasedAt: null,
    isNew: true,
    changed: true,
  };
  resolution.contacts.push(contact);
  for (const key of person.identities) known.set(identityId(tenantId, key), { contact, isStored: false });
  return contact;
}

/** Ids are drawn before the insert, so that everything can be written in one go. */
async function giveIds(
  client: pg.PoolClient,
  table: "kernel.contact" | "kernel.conversation",
  rows: readonly { id: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const result = await client.query<{ id: number }>({
    name: `ids-${table}`,
    text: `select nextval(pg_get_serial_sequence('${table}', 'id')) as id from generate_series(1, $1)`,
    values: [rows.length],
  });
  for (const [n, row] of rows.entries()) row.id = (result.rows[n] as { id: number }).id;
}

/** What a conversation is unique by. */
interface Place {
  tenantId: number;
  contactId: number;
  channelId: number;
  thread: string;
}

function placeOf({ account, thread }: Person, contact: ContactState): Place {
  return { tenantId: contact.tenantId, contactId: contact.id, channelId: account.id, thread };
}

function keyOf({ tenantId, contactId, channelId, thread }: Place): string {
  return `${tenantId} ${contactId} ${channelId} ${thread}`;
}

async function resolveConversations(
  client: pg.PoolClient,
  persons: readonly Person[],
  contacts: readonly ContactState[],
  resolution: Resolution,
): Promise<void> {
  const wanted = new Map<string, Place>();
  for (const [n, person] of persons.entries()) {
    const contact = contacts[n] as ContactState;
    if (!contact.isNew) {
      const place = placeOf(person, contact);
      wanted.set(keyOf(place), place);
    }
  }
  const found = new Map<string, ConversationState>();
  if (wanted.size > 0) {
    for (const row of await lockConversations(client, [...wanted.values()])) {
      found.set(keyOf(row), row);
      resolution.conversations.push(row);
    }
  }
  for (const [n, person] of persons.entries()) {
    const contact = contacts[n] as ContactState;
    const id = keyOf(placeOf(person, contact));
    let conversation = found.get(id);
    if (!conversation) {
      conversation = newConversation(person, contact);
      found.set(id, conversation);
      resolution.conversations.push(conversation);
    }
    resolution.resolved.push({ contact, conversation });
  }
  await giveIds(
    client,
    "kernel.conversation",
    resolution.conversations.filter((c) => c.isNew),
  );
}

function newConversation(person: Person, contact: ContactState): ConversationState {
  return {
    tenantId: contact.tenantId,
    id: 0,
    channelId: person.account.id,
    contactId: contact.id,
    thread: person.thread,
    replyAddress: person.replyAddress,
    state: "bot",
    language: person.language,
    topic: null,
    assigneeId: null,
    departmentId: null,
    flow: null,
    handOver: null,
    preview: "",
    lastMessageAt: 0,
    lastCustomerAt: null,
    lastTurn: null,
    waitingSince: null,
    dueAt: null,
    unread: 0,
    isNew: true,
    changed: true,
  };
}

interface ConversationRow {
  tenant_id: number;
  id: number;
  channel_id: number;
  contact_id: number;
  thread: string;
  reply_address: string;
  state: ConversationState["state"];
  language: Language;
  topic: string | null;
  assignee_id: string | null;
  department_id: number | null;
  flow: ConversationState["flow"];
  hand_over: ConversationState["handOver"];
  preview: string;
  last_message_at: Date;
  last_customer_at: Date | null;
  last_turn: string | null;
  waiting_since: Date | null;
  due_at: Date | null;
  unread: number;
}

async function lockConversations(
  client: pg.PoolClient,
  keys: readonly Place[],
): Promise<ConversationState[]> {
  const { rows } = await client.query<ConversationRow>({
    name: "lock-conversations",
    text: `select c.tenant_id, c.id, c.channel_id, c.contact_id, c.thread, c.reply_address, c.state, c.language, c.topic, c.assignee_id, c.department_id,
        c.flow, c.hand_over, c.preview, c.last_message_at, c.last_customer_at, c.last_turn, c.waiting_since, c.due_at, c.unread
      from unnest($1::int[], $2::bigint[], $3::int[], $4::text[]) k(tenant_id, contact_id, channel_id, thread)
      join kernel.conversation c on c.tenant_id = k.tenant_id and c.contact_id = k.contact_id and c.channel_id = k.channel_id and c.thread = k.thread
      order by c.tenant_id, c.id for no key update of c`,
    values: [
      pgArray.int4(keys.map((k) => k.tenantId)),
      pgArray.int8(keys.map((k) => k.contactId)),
      pgArray.int4(keys.map((k) => k.channelId)),
      pgArray.text(keys.map((k) => k.thread)),
    ],
  });
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    channelId: row.channel_id,
    contactId: row.contact_id,
    thread: row.thread,
    replyAddress: row.reply_address,
    state: row.state,
    language: row.language,
    topic: row.topic,
    assigneeId: row.assignee_id,
    departmentId: row.department_id,
    flow: row.flow,
    handOver: row.hand_over,
    preview: row.preview,
    lastMessageAt: row.last_message_at.getTime(),
    lastCustomerAt: row.last_customer_at?.getTime() ?? null,
    lastTurn: row.last_turn,
    waitingSince: row.waiting_since?.getTime() ?? null,
    dueAt: row.due_at?.getTime() ?? null,
    unread: row.unread,
    isNew: false,
    changed: false,
  }));
}
