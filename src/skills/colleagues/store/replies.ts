import { createHash } from "node:crypto";
import {
  type Actor,
  AppError,
  type House,
  inSavepoint,
  type NewEvent,
  type SideAnswer,
  type SideReply,
  takeSideReply,
  translate,
} from "#kernel";
import type { Desk } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { bringsBack, judge, judgeForgotten, mayGoDirectly, type Verdict } from "../rules/judge.ts";
import { ownLines } from "../rules/letter.ts";
import { ROOM } from "../rules/timer-kinds.ts";
import { type Arrived, line, noteArrival } from "./log.ts";
import { isOvertaken, isPlace, lockPlace, type Place } from "./place.ts";
import { changeQuestion, findByClient, lockQuestion, type QuestionRow } from "./questions.ts";
import { returnCase } from "./returning.ts";
import { failQuestion, lettered } from "./sending.ts";
import { readSettings } from "./settings.ts";
import { inTenant, type OwnTx, tell } from "./tx.ts";

/** A mail came back to a question: judged, written down, and the case moves, in one transaction. */

/** @param id of the kernel's row; taken with the commit, so a process that dies here begins again */
export async function takeReply(
  house: House,
  desk: Desk,
  at: { tenantId: number; id: number },
): Promise<void> {
  const { tenantId } = at;
  await inTenant(house, tenantId, async (tx) => {
    const reply = await takeSideReply(tx, { tenantId, room: ROOM, id: at.id });
    const found = reply && (await findByClient(tx, tenantId, reply.ref));
    if (!reply) return;
    const { mail } = reply;
    if (!found) return takeForgotten(house, tx, desk, { tenantId, reply });
    const questionId = found.id;
    if (mail.kind === "answer") return takeAnswer(house, tx, desk, { tenantId, questionId, reply, mail });
    const fault = mail.isGone ? "no_address" : "refused";
    await failQuestion(house, tx, desk, { tenantId, questionId, fault });
  });
}

/** The question is not kept any more: its answer is shown all the same. Of an erased customer nothing of it is kept. */
async function takeForgotten(
  house: House,
  tx: OwnTx,
  desk: Desk,
  { tenantId, reply }: { tenantId: number; reply: SideReply },
): Promise<void> {
  const { mail, conversationId } = reply;
  if (mail.kind !== "answer" || !(await isPlace(tx, tenantId, conversationId))) return;
  const verdict = judgeForgotten({ ...mail, hasFiles: mail.files.length > 0 });
  if (verdict === null) return;
  const now = house.clock.now();
  const place = await lockPlace(tx, tenantId, conversationId);
  const { events } = await note(house, tx, { tenantId, place, question: null, mail, verdict, now });
  // Nobody knows who asked, either: whoever has the case keeps it, otherwise it waits in the list.
  await returnCase(house, tx, desk, { tenantId, place, askedBy: "", now });
  await tell(tx, tenantId, { id: null, conversationId, events }, now);
}

interface Answering {
  tenantId: number;
  questionId: number;
  reply: SideReply;
  mail: SideAnswer;
}

async function takeAnswer(house: House, tx: OwnTx, desk: Desk, came: Answering): Promise<void> {
  const { tenantId, questionId, reply, mail } = came;
  const now = house.clock.now();
  const place = await lockPlace(tx, tenantId, reply.conversationId);
  const row = await lockQuestion(tx, tenantId, questionId);
  if (await isKnown(tx, tenantId, mail.key)) return;
  const verdict = judge(
    { state: row.state, toEmail: row.to_email },
    { ...mail, hasFiles: mail.files.length > 0, isExpired: reply.isExpired },
  );
  const sent = await sendOn(house, tx, desk, { tenantId, place, row, mail, verdict, now });
  const question = { id: row.id, name: row.to_name };
  const noted =
    sent.id === null ? await note(house, tx, { tenantId, place, question, mail, verdict, now }) : null;
  await tx
    .insertInto("colleagues.reply")
    .values({
      tenant_id: tenantId,
      mail_key: mail.key,
      question_id: questionId,
      verdict,
      is_sent_on: sent.id !== null,
      message_id: sent.id ?? noted?.id ?? "",
      at: new Date(now),
    })
    .execute();
  if (verdict === "answer")
    await changeQuestion(tx, row, {
      state: "answered",
      fault: "",
      ended_at: row.ended_at ?? new Date(now),
      excerpt: null,
    });
  // What was sent on moved the case itself; all else that a person should see brings it back.
  if (sent.id === null && bringsBack(verdict))
    await returnCase(house, tx, desk, { tenantId, place, askedBy: row.asked_by, now });
  const events = [...(noted?.events ?? []), ...sent.events];
  await tell(tx, tenantId, { id: questionId, conversationId: place.id, events }, now);
}

/** Idempotent by the mail, whichever mailbox it came in by. */
async function isKnown(tx: OwnTx, tenantId: number, key: string): Promise<boolean> {
  const row = await tx
    .selectFrom("colleagues.reply")
    .select("mail_key")
    .where("tenant_id", "=", tenantId)
    .where("mail_key", "=", key)
    .executeTakeFirst();
  return row !== undefined;
}

interface Judged {
  tenantId: number;
  place: Place;
  row: QuestionRow;
  mail: SideAnswer;
  verdict: Verdict;
  now: number;
}

async function note(house: House, tx: OwnTx, arrived: Omit<Arrived, "nothing">) {
  const { language, teamFormOfAddress: form } = await house.profile(arrived.tenantId);
  const say = (key: string) => translate(catalogue, { language, form }, key);
  return noteArrival(tx, {
    ...arrived,
    nothing: arrived.mail.files.length > 0 ? say("onlyFiles") : say("emptyMail"),
  });
}

/**
 * Directly to the customer, where agent and company allowed it and nothing speaks against it; through the one gate, as the
 * words of who asked, marked as the colleague's.
 */
async function sendOn(
  house: House,
  tx: OwnTx,
  desk: Desk,
  { tenantId, place, row, mail, verdict, now }: Judged,
): Promise<{ id: string | null; events: NewEvent[] }> {
  if (!row.is_direct || verdict !== "answer") return { id: null, events: [] };
  const profile = await house.profile(tenantId);
  const settings = await readSettings(tx, tenantId);
  const say = (key: string) =>
    line(house, tx, { tenantId, place, questionId: row.id, now }, { key, values: { name: row.to_name } });
  const may = mayGoDirectly(
    { verdict, text: mail.text, hasFiles: mail.files.length > 0 },
    {
      isDirect: row.is_direct,
      isAllowed: settings.allowsDirect,
      isClosed: place.state === "closed",
      state: row.state,
      isOvertaken: await isOvertaken(tx, place, row),
      ours: ownLines(lettered(row, profile)),
    },
  );
  if (!may) return { id: null, events: [await say("notSentOn")] };
  const actor: Actor = { tenantId, role: "agent", staffId: row.asked_by, name: row.asked_name };
  const colleague = { kind: "direct", questionId: row.id, name: row.to_name };
  const input = {
    clientId: clientIdOf(mail.key),
    text: mail.text,
    detail: { author: row.to_name, colleague },
  };
  try {
    // What is refused leaves nothing behind, such as a note of the house that this was sent.
    const id = await inSavepoint(tx, () => desk.reply(house, tx, actor, { conversationId: place.id, input }));
    return { id, events: [await say("sentOn")] };
  } catch (error) {
    // The customer's window is closed, or they wish to hear nothing: a person looks at it.
    if (!(error instanceof AppError)) throw error;
    return { id: null, events: [await say("notSentOn")] };
  }
}

/** One id for one mail, so that it is sent on once. */
function clientIdOf(key: string): string {
  const hex = createHash("sha256").update(`colleague ${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
