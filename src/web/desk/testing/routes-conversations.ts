import {
  assignConversation,
  type Conversation,
  closeConversation,
  countConversations,
  createCallback,
  eraseContact,
  exportContact,
  finishCallback,
  getContact,
  getConversation,
  listCallbacks,
  listContacts,
  listConversations,
  listMessages,
  type Message,
  mergeContacts,
  readConversation,
  reopenConversation,
  returnConversation,
  search,
  sendMessage,
  settleMessage,
  takeCallback,
  takeConversation,
  typeInConversation,
  undoMerge,
  updateContact,
} from "#kernel/api";
import { belongs, compareBy } from "../conversations/live-patch.ts";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { makeMessage, minutesFromNow, type World } from "./world.ts";

const ok = { ok: true as const };
const jana = { id: "jana", name: "Jana Petersen" };
const viewer = { staffId: "jana", departmentId: 1 };
const done = new Map<string, Message>();

function one(world: World, id: number): Conversation {
  const found = world.conversations.get(id);
  if (!found) throw new Refusal(404, "not_found");
  return found;
}

function person(world: World, id: number) {
  const found = world.contacts.get(id);
  if (!found) throw new Refusal(404, "not_found");
  return found;
}

function change(world: World, id: number, part: Partial<Conversation>): Conversation {
  const next = { ...one(world, id), ...part };
  world.conversations.set(id, next);
  world.emit({ type: "conversation", conversation: next });
  return next;
}

/** Adds a message and tells everybody. */
export function addMessage(world: World, message: Message): Message {
  const list = world.messages.get(message.conversationId) ?? [];
  const at = list.findIndex(({ id }) => id === message.id);
  if (at >= 0) list[at] = message;
  else list.push(message);
  world.messages.set(message.conversationId, list);
  const isCustomer = message.author === "customer";
  const before = one(world, message.conversationId);
  const after: Conversation = message.note
    ? before
    : {
        ...before,
        preview: message.text,
        lastMessageAt: message.sentAt,
        turn: isCustomer ? "us" : "customer",
        ...(isCustomer ? {} : { dueAt: null, waitingSince: null }),
      };
  world.conversations.set(before.id, after);
  world.emit({ type: "message", message, conversation: after });
  return message;
}

function count(world: World, view: "mine" | "department" | "unassigned" | "open"): number {
  return [...world.conversations.values()].filter((row) => belongs(row, { view, sort: "due" }, viewer))
    .length;
}

export const conversationRoutes = [
  on(listConversations, (world, { query }) => {
    const from = Number(query.cursor ?? 0);
    const rows = [...world.conversations.values()]
      .filter((row) => belongs(row, query, viewer))
      .sort(compareBy(query.view === "all" || query.view === "closed" ? "newest" : query.sort));
    const next = from + query.limit;
    return { items: rows.slice(from, next), next: next < rows.length ? String(next) : null };
  }),
  on(countConversations, (world) => ({
    mine: count(world, "mine"),
    department: count(world, "department"),
    unassigned: count(world, "unassigned"),
    open: count(world, "open"),
    overdue: [...world.conversations.values()].filter(({ dueAt }) => dueAt && Date.parse(dueAt) < Date.now())
      .length,
    parked: world.parked.length,
  })),
  on(getConversation, (world, { params }) => one(world, params.id)),
  on(listMessages, (world, { params, query }) => {
    const all = world.messages.get(one(world, params.id).id) ?? [];
    const end = query.cursor ? Number(query.cursor) : all.length;
    const begin = Math.max(0, end - query.limit);
    return { items: all.slice(begin, end), next: begin > 0 ? String(begin) : null };
  }),
  on(sendMessage, (world, { params, body }) => {
    const known = done.get(body.clientId);
    if (known) return known;
    const text = body.text ?? body.template?.name ?? "";
    const message = makeMessage(params.id, {
      author: "agent",
      staffId: jana.id,
      authorName: jana.name,
      text,
      note: body.note,
      status: body.note ? "note" : "sent",
      replyTo: body.replyTo ?? null,
      media: body.fileId
        ? {
            fileId: body.fileId,
            url: `/api/v1/files/${body.fileId}`,
            mime: "image/svg+xml",
            name: "Anhang",
            size: 2_000,
            voice: false,
          }
        : null,
    });
    done.set(body.clientId, message);
    if (!body.note)
      world.conversations.set(params.id, { ...one(world, params.id), state: "person", assignee: jana });
    return addMessage(world, message);
  }),
  on(settleMessage, (world, { params, body }) => {
    const found = world.messages.get(body.conversationId)?.find(({ id }) => id === params.id);
    if (!found) throw new Refusal(404, "not_found");
    return addMessage(world, {
      ...found,
      status: body.decision === "arrived" ? "delivered" : "queued",
      error: null,
    });
  }),
  on(takeConversation, (world, { params }) => change(world, params.id, { state: "person", assignee: jana })),
  on(assignConversation, (world, { params, body }) => {
    const member = world.staff.find(({ id }) => id === body.staffId);
    const department = world.departments.find(({ id }) => id === body.departmentId);
    return change(world, params.id, {
      assignee: member ? { id: member.id, name: member.name } : null,
      ...(body.departmentId !== undefined && { department: department ?? null }),
      state: member ? "person" : "waiting",
    });
  }),
  on(returnConversation, (world, { params }) => change(world, params.id, { state: "bot", assignee: null })),
  on(closeConversation, (world, { params }) =>
    change(world, params.id, { state: "closed", turn: "nobody", dueAt: null, waitingSince: null }),
  ),
  on(reopenConversation, (world, { params }) =>
    change(world, params.id, { state: "person", assignee: jana, turn: "us" }),
  ),
  on(readConversation, (world, { params }) => {
    change(world, params.id, { unread: 0 });
    return ok;
  }),
  on(typeInConversation, () => ok),
  on(listCallbacks, (world, { query }) => ({
    items: world.callbacks
      .filter(({ state }) => query.state === "all" || (query.state === "done") === (state === "done"))
      .sort((a, b) => Date.parse(a.promisedAt) - Date.parse(b.promisedAt)),
  })),
  on(createCallback, (world, { params, body }) => {
    const made = {
      id: world.callbacks.length + 1,
      conversationId: params.id,
      contactName: one(world, params.id).contact.name,
      ...body,
      note: "",
      state: "open" as const,
      doneAt: null,
      takenBy: null,
      takenAt: null,
      tries: 0,
      triedAt: null,
      toldAt: null,
      isWithdrawn: false,
    };
    world.callbacks.push(made);
    world.emit({ type: "changed", what: "callback", id: String(made.id) });
    return made;
  }),
  on(takeCallback, (world, { params, body }) => {
    const found = world.callbacks.find(({ id }) => id === params.id);
    if (!found) throw new Refusal(404, "not_found");
    found.takenBy = body.isMine ? jana : null;
    world.emit({ type: "changed", what: "callback", id: String(found.id) });
    return found;
  }),
  on(finishCallback, (world, { params, body }) => {
    const found = world.callbacks.find(({ id }) => id === params.id);
    if (!found) throw new Refusal(404, "not_found");
    Object.assign(found, { state: "done", note: body.note, doneAt: minutesFromNow(0) });
    world.emit({ type: "changed", what: "callback", id: String(found.id) });
    return found;
  }),
  on(getContact, (world, { params }) => person(world, params.id)),
  on(listContacts, (world, { query }) => ({
    items: [...world.contacts.values()]
      .filter(({ name }) => name.toLowerCase().includes((query.q ?? "").toLowerCase()))
      .slice(0, query.limit),
    next: null,
  })),
  on(updateContact, (world, { params, body }) => {
    const next = { ...person(world, params.id), ...body };
    world.contacts.set(params.id, next);
    for (const row of world.conversations.values())
      if (row.contact.id === params.id)
        change(world, row.id, { contact: { id: params.id, name: next.name } });
    return next;
  }),
  on(mergeContacts, (world, { params, body }) => {
    const into = person(world, body.into);
    const other = person(world, params.id);
    const merge = {
      id: 900 + other.id,
      contactId: other.id,
      name: other.name,
      mergedAt: minutesFromNow(0),
      by: jana.name,
    };
    const next = {
      ...into,
      merges: [merge, ...into.merges],
      identities: [...into.identities, ...other.identities],
      conversations: [...into.conversations, ...other.conversations],
    };
    world.contacts.set(into.id, next);
    return next;
  }),
  on(undoMerge, (world, { params }) => {
    const into = [...world.contacts.values()].find(({ merges }) => merges.some(({ id }) => id === params.id));
    if (!into) throw new Refusal(404, "not_found");
    const other = params.id - 900;
    const next = {
      ...into,
      merges: into.merges.filter(({ id }) => id !== params.id),
      identities: into.identities.filter(({ contactId }) => contactId !== other),
      conversations: into.conversations.filter(({ id }) => id !== other),
    };
    world.contacts.set(into.id, next);
    return next;
  }),
  on(exportContact, (world, { params }) => ({ contact: person(world, params.id) })),
  on(eraseContact, (world, { params }) => {
    world.contacts.set(params.id, {
      ...person(world, params.id),
      name: "",
      company: "",
      note: "",
      identities: [],
    });
    return ok;
  }),
  on(search, (world, { query }) => {
    const words = query.q.toLowerCase();
    return {
      contacts: [...world.contacts.values()]
        .filter(({ name }) => name.toLowerCase().includes(words))
        .map(({ id, name, company }) => ({ id, name, hint: company, conversationId: id })),
      messages: [...world.messages.values()]
        .flat()
        .filter(({ text }) => text.toLowerCase().includes(words))
        .slice(0, query.limit)
        .map((found) => ({
          id: found.id,
          conversationId: found.conversationId,
          contactName: one(world, found.conversationId).contact.name,
          author: found.author,
          excerpt: found.text.slice(0, 160),
          sentAt: found.sentAt,
        })),
      cut: false,
    };
  }),
];
