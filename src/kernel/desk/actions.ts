import { randomUUID } from "node:crypto";
import type { Conversation } from "../api/conversations.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents, type NewEvent } from "../events/append.ts";
import type { Actor } from "../http/route.ts";
import { messageId } from "../ids.ts";
import type { Kernel } from "../kernel.ts";
import type { Closing } from "../skill.ts";
import { dueAt } from "../tenants/opening-hours.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import { type LockedConversation, lockConversation } from "./conversation-lock.ts";
import { conversationRows } from "./rows.ts";

/** What a person does with a conversation as a whole. */

type Change = Partial<
  Pick<
    LockedConversation,
    "state" | "assignee_id" | "department_id" | "waiting_since" | "due_at" | "unread" | "hand_over"
  >
> & { closed_at?: Date | null; flow?: null };

interface Moment {
  tx: Tx;
  actor: Actor;
  now: number;
  profile: TenantProfile;
}

/**
 * Locks the conversation, changes it as `decide` says, tells everybody.
 * @param decide pure or reading: the change, null for none; further events may be added
 */
async function change(
  kernel: Kernel,
  actor: Actor,
  id: number,
  decide: (
    conversation: LockedConversation,
    moment: Moment,
  ) => Promise<{ change: Change | null; events?: NewEvent[] }>,
): Promise<Conversation> {
  const profile = await kernel.profile(actor.tenantId);
  return kernel.db.tenant(actor.tenantId, async (tx) => {
    const now = kernel.clock.now();
    const conversation = await lockConversation(tx, actor.tenantId, id);
    const decision = await decide(conversation, { tx, actor, now, profile });
    if (decision.change) {
      const { hand_over: handOver, ...columns } = decision.change;
      await tx
        .updateTable("kernel.conversation")
        .set({
          ...columns,
          ...(handOver === undefined ? {} : { hand_over: handOver && JSON.stringify(handOver) }),
        })
        .where("tenant_id", "=", actor.tenantId)
        .where("id", "=", id)
        .execute();
      const events: NewEvent[] = [
        ...(decision.events ?? []),
        { type: "conversation.changed", conversationId: id },
      ];
      await appendEvents(tx, actor.tenantId, events, now);
    }
    const [row] = await conversationRows({ tx, kernel, tenantId: actor.tenantId }, [id]);
    if (!row) throw new AppError("not_found");
    return row;
  });
}

/** It is mine; the bot is silent. A customer who waits still waits, so the due time stays. */
export function take(kernel: Kernel, actor: Actor, id: number): Promise<Conversation> {
  return change(kernel, actor, id, async () => ({
    change: { state: "person", assignee_id: actor.staffId, closed_at: null, flow: null },
  }));
}

export interface Assignment {
  staffId?: string | null | undefined;
  departmentId?: number | null | undefined;
  note?: string | undefined;
}

/** To a person, to a department, or (nothing given) back into the queue. What is not named stays as it is. */
export function assign(kernel: Kernel, actor: Actor, id: number, to: Assignment): Promise<Conversation> {
  return change(kernel, actor, id, async (conversation, moment) => {
    await checkAssignment(moment.tx, actor.tenantId, to);
    const departmentId = to.departmentId === undefined ? conversation.department_id : to.departmentId;
    // A department takes over from a person, unless the person is named as well.
    const staffId =
      to.staffId === undefined
        ? to.departmentId === undefined
          ? conversation.assignee_id
          : null
        : to.staffId;
    const since = conversation.waiting_since ?? (staffId === null ? new Date(moment.now) : null);
    const due =
      conversation.due_at ?? (staffId === null ? new Date(dueAt(moment.profile, moment.now)) : null);
    return {
      change: {
        state: staffId === null ? "waiting" : "person",
        assignee_id: staffId,
        department_id: departmentId,
        waiting_since: since,
        due_at: due,
        closed_at: null,
        flow: null,
      },
      events: to.note ? [await leaveNote(moment, conversation, to.note)] : [],
    };
  });
}

async function checkAssignment(tx: Tx, tenantId: number, to: Assignment): Promise<void> {
  if (to.staffId) {
    const staff = await tx
      .selectFrom("kernel.staff")
      .select("user_id")
      .where("tenant_id", "=", tenantId)
      .where("user_id", "=", to.staffId)
      .where("active", "=", true)
      .executeTakeFirst();
    if (!staff)
      throw new AppError("bad_request", undefined, [{ path: "staffId", message: "not on the staff" }]);
  }
  if (to.departmentId) {
    const department = await tx
      .selectFrom("kernel.department")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", to.departmentId)
      .executeTakeFirst();
    if (!department)
      throw new AppError("bad_request", undefined, [{ path: "departmentId", message: "no such department" }]);
  }
}

/** A note of the actor inside the running transaction; the conversation is locked. @returns its event */
export async function leaveNote(
  moment: Pick<Moment, "tx" | "actor" | "now">,
  conversation: Pick<LockedConversation, "id" | "language">,
  text: string,
): Promise<NewEvent> {
  const id = messageId(moment.now, moment.now);
  const at = new Date(moment.now);
  await moment.tx
    .insertInto("kernel.message")
    .values({
      tenant_id: moment.actor.tenantId,
      conversation_id: conversation.id,
      id,
      author: "agent",
      staff_id: moment.actor.staffId,
      content: JSON.stringify({ type: "text", text }),
      status: "note",
      external_id: null,
      client_id: randomUUID(),
      reply_to: null,
      language: conversation.language,
      sent_at: at,
      received_at: at,
      processed_at: at,
    })
    .execute();
  return { type: "message.created", conversationId: conversation.id, messageId: id };
}

/** Back to automatic answers. */
export function giveBack(kernel: Kernel, actor: Actor, id: number): Promise<Conversation> {
  return change(kernel, actor, id, async () => ({
    change: {
      state: "bot",
      assignee_id: null,
      department_id: null,
      hand_over: null,
      waiting_since: null,
      due_at: null,
      unread: 0,
      closed_at: null,
      flow: null,
    },
  }));
}

/**
 * Done. Who had it is kept, so that closing can be undone.
 * @param closing what rooms have to say about it, e.g. that a question to a colleague is open
 */
export function close(
  kernel: Kernel,
  actor: Actor,
  id: number,
  closing: readonly Closing[],
): Promise<Conversation> {
  return change(kernel, actor, id, async (_, { tx, now }) => {
    const events: NewEvent[] = [];
    for (const say of closing)
      events.push(...(await say(tx, { tenantId: actor.tenantId, conversationId: id, now })));
    return {
      events,
      change: {
        state: "closed",
        waiting_since: null,
        due_at: null,
        unread: 0,
        closed_at: new Date(now),
        flow: null,
      },
    };
  });
}

export function reopen(kernel: Kernel, actor: Actor, id: number): Promise<Conversation> {
  return change(kernel, actor, id, async (conversation) => {
    if (conversation.state !== "closed") return { change: null };
    const state = conversation.assignee_id
      ? "person"
      : conversation.hand_over || conversation.department_id
        ? "waiting"
        : "bot";
    return { change: { state, closed_at: null } };
  });
}

/** Read by somebody who can act. Says nothing when nothing was unread: this is the chattiest call of a desk. */
export async function markRead(kernel: Kernel, actor: Actor, id: number): Promise<void> {
  await kernel.db.tenant(actor.tenantId, async (tx) => {
    const changed = await tx
      .updateTable("kernel.conversation")
      .set({ unread: 0 })
      .where("tenant_id", "=", actor.tenantId)
      .where("id", "=", id)
      .where("unread", ">", 0)
      .returning("id")
      .execute();
    if (changed.length > 0)
      return appendEvents(
        tx,
        actor.tenantId,
        [{ type: "conversation.changed", conversationId: id }],
        kernel.clock.now(),
      );
    const known = await tx
      .selectFrom("kernel.conversation")
      .select("id")
      .where("tenant_id", "=", actor.tenantId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!known) throw new AppError("not_found");
  });
}
