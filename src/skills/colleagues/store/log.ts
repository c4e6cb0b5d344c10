import { sql } from "kysely";
import { type Content, type House, messageId, type NewEvent, type SideAnswer, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";
import { cutAt } from "../rules/excerpt.ts";
import type { Verdict } from "../rules/judge.ts";
import type { Place } from "./place.ts";
import type { OwnTx } from "./tx.ts";

/** Rows of a conversation's log that only the desk sees. The conversation is locked. */

interface Row {
  tenantId: number;
  place: Pick<Place, "id" | "language">;
  author: "agent" | "system";
  content: Content;
  detail: Readonly<Record<string, unknown>>;
  now: number;
}

/** @returns the message's id and the event that tells of it */
async function write(tx: OwnTx, row: Row): Promise<{ id: string; event: NewEvent }> {
  const { place, now } = row;
  const id = messageId(now, now);
  const at = new Date(now);
  await tx
    .insertInto("kernel.message")
    .values({
      tenant_id: row.tenantId,
      conversation_id: place.id,
      id,
      author: row.author,
      staff_id: null,
      content: JSON.stringify(row.content),
      status: "note",
      external_id: null,
      client_id: null,
      reply_to: null,
      language: place.language,
      detail: JSON.stringify(row.detail),
      sent_at: at,
      received_at: at,
      processed_at: at,
    })
    .execute();
  return { id, event: { type: "message.created", conversationId: place.id, messageId: id } };
}

/** A line of what happened, in the company's own language. */
export async function line(
  house: House,
  tx: OwnTx,
  at: { tenantId: number; place: Pick<Place, "id" | "language">; questionId: number; now: number },
  says: { key: string; values: Readonly<Record<string, string>> },
): Promise<NewEvent> {
  const profile = await house.profile(at.tenantId);
  const speech = { language: profile.language, form: profile.teamFormOfAddress };
  const text = translate(catalogue, speech, says.key, says.values);
  const event = `colleague_${says.key}`;
  const written = await write(tx, {
    ...at,
    place: { id: at.place.id, language: profile.language },
    author: "system",
    content: { type: "system", event, text },
    detail: { event, questionId: at.questionId },
  });
  return written.event;
}

const NOTE_CHARACTERS = 20_000;
const FILES_MAX = 20;

export interface Arrived {
  tenantId: number;
  place: Place;
  /** null = it is not kept any more, so nobody knows who was asked. */
  question: { id: number; name: string } | null;
  mail: SideAnswer;
  verdict: Verdict;
  /** Said where the mail says nothing. */
  nothing: string;
  now: number;
}

/**
 * What came back, as notes: the words, then each file. Files of somebody else than was asked are named, not taken in.
 * @returns the note's id and the events
 */
export async function noteArrival(tx: OwnTx, arrived: Arrived): Promise<{ id: string; events: NewEvent[] }> {
  const { tenantId, place, question, mail, verdict, now } = arrived;
  const takesFiles = question !== null && !["stranger", "unproven", "automatic"].includes(verdict);
  const name = question?.name ?? mail.from;
  const about = { kind: verdict, ...(question && { questionId: question.id }), name };
  const own = { tenantId, place, now, author: "agent" as const };
  const words = await write(tx, {
    ...own,
    content: { type: "text", text: cutAt(mail.text, NOTE_CHARACTERS) || arrived.nothing },
    detail: {
      // Whoever cannot be told to be the colleague does not speak in their name.
      author: ["stranger", "unproven"].includes(verdict) ? mail.from : name,
      colleague: {
        ...about,
        ...(verdict === "stranger" && { from: mail.from }),
        ...(!takesFiles && mail.files.length > 0 && { leftFiles: mail.files.map(({ name }) => name) }),
      },
      ...(mail.whole !== "" && { mail: { whole: cutAt(mail.whole, NOTE_CHARACTERS) } }),
    },
  });
  const events = [words.event];
  for (const file of takesFiles ? mail.files.slice(0, FILES_MAX) : []) {
    const type = file.mime.startsWith("image/") ? "image" : "document";
    const content: Content = { type, media: { ...file } };
    const note = await write(tx, {
      ...own,
      content,
      detail: { author: name, colleague: { ...about, kind: "file" } },
    });
    await fetchLater(tx, { tenantId, conversationId: place.id, messageId: note.id, mail, now });
    events.push(note.event);
  }
  return { id: words.id, events };
}

/** The kernel takes the file out of the mail, as it does with a customer's. */
async function fetchLater(
  tx: OwnTx,
  at: { tenantId: number; conversationId: number; messageId: string; mail: SideAnswer; now: number },
): Promise<void> {
  const { conversationId, messageId, mail } = at;
  const payload = { conversationId, messageId, inboxId: mail.inboxId, channelId: mail.channelId };
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at, payload)
    values (${at.tenantId}, 'media_fetch', ${messageId}, ${new Date(at.now)}, ${JSON.stringify(payload)})
    on conflict do nothing`.execute(tx);
}
