import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { ProviderError } from "../channel.ts";
import type { Tx } from "../db/open.ts";

/**
 * Mails beside a conversation (docs/decisions/0025): a room writes to somebody who is not the customer, e.g. a colleague
 * without a seat at the desk, and what that person answers comes back to the room and not into a new conversation.
 */

/** A file that lies in the mail; `providerId` finds it there. */
export interface SideFile {
  providerId: string;
  mime: string;
  name: string;
  size: number;
}

/** What came back. */
export interface SideReply {
  /** Of the answered mail, as the room named it. */
  ref: string;
  conversationId: number;
  /** After `expiresAt` of the mail that it answers. */
  isExpired: boolean;
  receivedAt: number;
  mail: SideAnswer | SideBounce;
}

export interface SideAnswer {
  kind: "answer";
  /** The same for the same mail, however often it comes. */
  key: string;
  /** Lower case. */
  from: string;
  fromName: string;
  /** What was said now; "" where there are only files. */
  text: string;
  /** With what it repeats; "" when nothing was cut. */
  whole: string;
  /** What shows that a machine wrote it; null = a person. */
  automatic: string | null;
  /** The mailbox's own server says that the sender is not who it says. */
  isUnproven: boolean;
  files: SideFile[];
  /** Where the mail lies, for its files. */
  inboxId: number;
  channelId: number;
  sentAt: number;
}

export interface SideBounce {
  kind: "bounce";
  /** The address does not exist any more. */
  isGone: boolean;
  error: ProviderError | null;
}

/** kind of the timer that tells a room of an answer; its key is what `takeSideReply` wants. */
export const sideTimer = (room: string): string => `${room}_mail`;

const DAY_MS = 86_400_000;
/** An answer to an old mail is known for one this long after it stopped to count. */
const KNOWN_DAYS = 180;

export interface ExpectedReply {
  tenantId: number;
  /** A skill's id. */
  room: string;
  ref: string;
  conversationId: number;
  /** ms */
  expiresAt: number;
}

/** Before a mail leaves: writes down that answers to it are awaited, and by whom. @returns what `sendSideMail` wants */
export async function expectReply(tx: Tx, expected: ExpectedReply): Promise<{ id: number; key: string }> {
  const key = randomUUID();
  const { id } = await tx
    .insertInto("kernel.side_mail")
    .values({
      tenant_id: expected.tenantId,
      key,
      room: expected.room,
      ref: expected.ref,
      conversation_id: expected.conversationId,
      expires_at: new Date(expected.expiresAt),
      forget_at: new Date(expected.expiresAt + KNOWN_DAYS * DAY_MS),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, key };
}

/** Reads what came back, and removes it here: the caller's transaction keeps it. @returns null when it was taken before */
export async function takeSideReply(
  tx: Tx,
  at: { tenantId: number; room: string; id: number },
): Promise<SideReply | null> {
  const { rows } = await sql<{
    mail: SideReply["mail"];
    received_at: Date;
    ref: string;
    conversation_id: number;
    expires_at: Date;
  }>`
    with taken as (delete from kernel.side_reply where tenant_id = ${at.tenantId} and id = ${at.id} returning *)
    select t.mail, t.received_at, s.ref, s.conversation_id, s.expires_at from taken t
    join kernel.side_mail s on s.tenant_id = t.tenant_id and s.id = t.side_mail_id and s.room = ${at.room}`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return null;
  return {
    ref: row.ref,
    conversationId: row.conversation_id,
    isExpired: row.received_at > row.expires_at,
    receivedAt: row.received_at.getTime(),
    mail: row.mail,
  };
}
