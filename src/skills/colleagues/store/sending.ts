import { type House, type SideMail, type SideResult, type TenantProfile, translate } from "#kernel";
import type { Desk } from "../ports.ts";
import { catalogue } from "../rules/catalogue.ts";
import { bounceEnds } from "../rules/judge.ts";
import { type LetterParts, questionLetter, reminderLetter, subjectOf } from "../rules/letter.ts";
import { KEEP_DAYS } from "../rules/purposes.ts";
import { FORGET, REMIND } from "../rules/timer-kinds.ts";
import { dayIn } from "./drafts.ts";
import { line } from "./log.ts";
import { lockPlace } from "./place.ts";
import { changeQuestion, findQuestion, lockQuestion, type QuestionRow } from "./questions.ts";
import { returnCase } from "./returning.ts";
import { readSettings } from "./settings.ts";
import { inTenant, type OwnTx, schedule, tell } from "./tx.ts";

/** The mail goes out, is reminded of, and ends: each a timer, each repeatable. */

const DAY_MS = 86_400_000;
const HOUR_MINUTES = 60;
/** Tries of one mail: with the timers' waits some four hours. */
const ATTEMPTS_MAX = 11;
/** A reminder may stay away: the question went. */
const REMINDER_ATTEMPTS = 4;

export interface Due {
  tenantId: number;
  questionId: number;
  attempts: number;
}

/** What both letters say. */
export function lettered(row: QuestionRow, profile: TenantProfile): Omit<LetterParts, "excerpt"> {
  return {
    language: row.language,
    form: profile.teamFormOfAddress,
    company: profile.name,
    asker: row.asked_name,
    to: row.to_name,
    question: row.text,
    isDirect: row.is_direct,
    until: dayIn(profile, row.language, row.expires_at.getTime()),
  };
}

function mailOf(
  row: QuestionRow,
  profile: TenantProfile,
  words: { text: string; fileIds: readonly string[] },
): SideMail {
  return {
    tenantId: row.tenant_id,
    channelId: row.channel_id,
    conversationId: row.conversation_id,
    id: row.side_mail_id,
    key: row.side_key,
    expiresAt: row.expires_at.getTime(),
    to: row.to_email,
    subject: subjectOf(row.text, { language: row.language, form: profile.teamFormOfAddress }),
    language: row.language,
    wantedAt: row.asked_at.getTime(),
    ...words,
  };
}

/**
 * Sends a stored question. A send in doubt goes again with the same Message-ID: a colleague who reads a question twice is
 * harmed less than a customer who waits for an answer to one that never left.
 * @throws Error while it may be tried again
 */
export async function sendQuestion(house: House, desk: Desk, due: Due): Promise<void> {
  const { tenantId } = due;
  const row = await inTenant(house, tenantId, (tx) => findQuestion(tx, tenantId, due.questionId));
  if (row?.state !== "queued" || row.excerpt === null) return;
  const profile = await house.profile(tenantId);
  const text = questionLetter({ ...lettered(row, profile), excerpt: row.excerpt });
  const result = await desk.send(house, mailOf(row, profile, { text, fileIds: row.file_ids }));
  if (result.outcome === "accepted") return markSent(house, desk, row);
  const fault = faultOf(result);
  if (fault === "not_reached" && due.attempts < ATTEMPTS_MAX) throw new Error("the mail has not left yet");
  await inTenant(house, tenantId, (tx) =>
    failQuestion(house, tx, desk, { tenantId, questionId: row.id, fault }),
  );
}

export type Fault = "no_address" | "refused" | "not_reached" | "held" | "no_mailbox";

function faultOf(result: Exclude<SideResult, { outcome: "accepted" }>): Fault {
  if (result.outcome === "held" || result.outcome === "no_mailbox") return result.outcome;
  // Our own login that is refused is put right at the channel; the question waits for that.
  if (result.outcome !== "failed" || result.action === "red") return "not_reached";
  return /\b5\.1\.(?:1|2|3|6|10)\b/.test(result.error.details ?? "") ? "no_address" : "refused";
}

async function markSent(house: House, desk: Desk, row: QuestionRow): Promise<void> {
  const { tenant_id: tenantId, conversation_id: conversationId } = row;
  const profile = await house.profile(tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const now = house.clock.now();
    await lockPlace(tx, tenantId, conversationId);
    const locked = await lockQuestion(tx, tenantId, row.id);
    // Withdrawn while it was on its way: it has left all the same, and no excerpt is kept.
    if (locked.state !== "queued") return changeQuestion(tx, row, { excerpt: null, sent_at: new Date(now) });
    await changeQuestion(tx, row, { state: "sent", sent_at: new Date(now), excerpt: null });
    const { remindHours } = await readSettings(tx, tenantId);
    const dueAt = desk.dueAt({ ...profile, answerMinutes: remindHours * HOUR_MINUTES }, now);
    await schedule(tx, { tenantId, kind: REMIND, questionId: row.id, conversationId, dueAt });
    await tell(tx, tenantId, { id: row.id, conversationId }, now);
  });
}

/** The case is back, with the reason. Repeatable: a question fails once, and not after its answer. */
export async function failQuestion(
  house: House,
  tx: OwnTx,
  desk: Desk,
  failed: { tenantId: number; questionId: number; fault: Fault },
): Promise<void> {
  const { tenantId, questionId, fault } = failed;
  const { language, teamFormOfAddress: form } = await house.profile(tenantId);
  const why = translate(catalogue, { language, form }, `failed_${fault}`);
  await endIn(house, tx, desk, {
    tenantId,
    questionId,
    decide: ({ state }) =>
      bounceEnds(state) ? { state: "failed", fault, key: "failed", values: { why } } : null,
  });
}

interface Ending {
  state: "failed" | "unanswered" | "expired";
  fault?: Fault;
  /** The sentence of the log. */
  key: string;
  values?: Record<string, string>;
  /** The case has come back before. */
  stays?: boolean;
}

interface Ended {
  tenantId: number;
  questionId: number;
  /** @returns null = it stands as it is */
  decide(row: QuestionRow): Ending | null;
}

/** Locks, decides, writes, brings the case back and says so. */
async function endIn(house: House, tx: OwnTx, desk: Desk, ended: Ended): Promise<void> {
  const { tenantId, questionId, decide } = ended;
  const now = house.clock.now();
  const known = await findQuestion(tx, tenantId, questionId);
  if (!known) return;
  const place = await lockPlace(tx, tenantId, known.conversation_id);
  const row = await lockQuestion(tx, tenantId, questionId);
  const ending = decide(row);
  if (!ending) return;
  await changeQuestion(tx, row, {
    state: ending.state,
    fault: ending.fault ?? "",
    ended_at: row.ended_at ?? new Date(now),
    excerpt: null,
  });
  const says = { key: ending.key, values: { name: row.to_name, ...ending.values } };
  const told = await line(house, tx, { tenantId, place, questionId, now }, says);
  if (!ending.stays) await returnCase(house, tx, desk, { tenantId, place, askedBy: row.asked_by, now });
  await tell(tx, tenantId, { id: row.id, conversationId: place.id, events: [told] }, now);
}

/** Once; when the time is over again, the case comes back. */
export async function remind(house: House, desk: Desk, due: Due): Promise<void> {
  const { tenantId, questionId } = due;
  const row = await inTenant(house, tenantId, (tx) => findQuestion(tx, tenantId, questionId));
  if (row?.state !== "sent") return;
  if (row.reminded_at !== null)
    return inTenant(house, tenantId, (tx) =>
      endIn(house, tx, desk, {
        tenantId,
        questionId,
        decide: ({ state }) => (state === "sent" ? { state: "unanswered", key: "unanswered" } : null),
      }),
    );
  const profile = await house.profile(tenantId);
  const result = await desk.send(house, reminderOf(row, profile));
  const isGivenUp = due.attempts >= REMINDER_ATTEMPTS || result.outcome === "held";
  if (result.outcome !== "accepted" && !isGivenUp) throw new Error("the reminder has not left yet");
  await inTenant(house, tenantId, async (tx) => {
    const now = house.clock.now();
    const place = await lockPlace(tx, tenantId, row.conversation_id);
    const locked = await lockQuestion(tx, tenantId, questionId);
    if (locked.state !== "sent" || locked.reminded_at !== null) return;
    await changeQuestion(tx, row, { reminded_at: new Date(now) });
    const { remindHours } = await readSettings(tx, tenantId);
    const dueAt = desk.dueAt({ ...profile, answerMinutes: remindHours * HOUR_MINUTES }, now);
    await schedule(tx, { tenantId, kind: REMIND, questionId, conversationId: place.id, dueAt });
    const events =
      result.outcome === "accepted"
        ? [
            await line(
              house,
              tx,
              { tenantId, place, questionId, now },
              { key: "reminded", values: { name: row.to_name } },
            ),
          ]
        : [];
    await tell(tx, tenantId, { id: questionId, conversationId: place.id, events }, now);
  });
}

/** The same question in the same thread, without the conversation; an answer to either counts. */
function reminderOf(row: QuestionRow, profile: TenantProfile): SideMail {
  const mail = mailOf(row, profile, { text: reminderLetter(lettered(row, profile)), fileIds: [] });
  return {
    ...mail,
    id: row.reminder_mail_id,
    key: row.reminder_key,
    follows: row.side_key,
    subject: `Re: ${mail.subject}`,
    isAutomatic: true,
  };
}

/** From now on an answer is shown, and counts no more. */
export async function expireQuestion(house: House, desk: Desk, due: Due): Promise<void> {
  const { tenantId, questionId } = due;
  await inTenant(house, tenantId, async (tx) => {
    await endIn(house, tx, desk, {
      tenantId,
      questionId,
      decide: ({ state }) =>
        ["sent", "queued", "unanswered"].includes(state)
          ? { state: "expired", key: "expired", stays: state === "unanswered" }
          : null,
    });
    const row = await findQuestion(tx, tenantId, questionId);
    if (!row) return;
    const dueAt = row.asked_at.getTime() + KEEP_DAYS * DAY_MS;
    await schedule(tx, { tenantId, kind: FORGET, questionId, conversationId: row.conversation_id, dueAt });
  });
}

/** What was asked leaves; what was said about it in the conversation stays as long as that. */
export async function forgetQuestion(house: House, { tenantId, questionId }: Due): Promise<void> {
  await inTenant(house, tenantId, (tx) =>
    tx
      .deleteFrom("colleagues.question")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", questionId)
      .execute(),
  );
}

/** @throws AppError not_found */
export async function withdrawQuestion(
  house: House,
  of: { tenantId: number; questionId: number; agent: string },
): Promise<QuestionRow> {
  const { tenantId, questionId, agent } = of;
  return inTenant(house, tenantId, async (tx) => {
    const now = house.clock.now();
    const known = await findQuestion(tx, tenantId, questionId);
    // A number of another company is no number here.
    const place = await lockPlace(tx, tenantId, known?.conversation_id ?? 0);
    const row = await lockQuestion(tx, tenantId, questionId);
    if (!["queued", "sent", "unanswered"].includes(row.state)) return row;
    const change = { state: "withdrawn" as const, ended_at: row.ended_at ?? new Date(now), excerpt: null };
    await changeQuestion(tx, row, change);
    const says = { key: "withdrawn", values: { name: row.to_name, agent } };
    const told = await line(house, tx, { tenantId, place, questionId, now }, says);
    await tell(tx, tenantId, { id: row.id, conversationId: place.id, events: [told] }, now);
    return { ...row, ...change };
  });
}
