import { answerLater, applyLate, type House, type LatePlace, type Timer } from "#kernel";
import type { Answered } from "../adapters/asking.ts";
import type { LookupRecord } from "../api/record.ts";
import { effectsOf, type Outcome } from "../flows/outcome.ts";
import { CALL, type Call } from "../flows/wish.ts";
import { DAY_MS } from "../rules/limits.ts";
import { codeAddress, codeHash, mayKnowAmounts, NEEDED, type Proof, proven } from "../rules/proof.ts";
import { answersTo, shownOf } from "../rules/record.ts";
import { type Plan, referenceKey, wasProved } from "./asking.ts";
import { type Counting, countAttempt, giveBackAttempt } from "./attempts.ts";
import { type ConnectionRow, noteOutcome } from "./connections.ts";
import { ANSWER } from "./personal.ts";
import { dropCode, saveCode, saveProof } from "./proofs.ts";
import { dropTimer, hasMailbox, type LookupTx, scheduleIfNone } from "./tx.ts";

/** After the registers were asked: who may know what, what is kept of it, and what is said. In one transaction. */

export const FORGET = "lookup_forget";

/** What one register answered; null where it was left alone because it failed before. */
export interface Result {
  readonly connection: ConnectionRow;
  readonly answer: Answered<readonly LookupRecord[]>;
  readonly wasAsked: boolean;
}

export interface Settling {
  readonly timer: Timer;
  readonly call: Call;
  readonly plan: Plan;
  readonly results: readonly Result[];
  readonly counting: Counting;
  /** Asked before a restore that nobody has released yet. */
  readonly isOld: boolean;
  /** Six digits. */
  readonly newCode: string;
  /** A hash of nothing, for numbers that nobody has. */
  readonly noHash: Buffer;
}

/** A mail that is to leave after the commit. */
export interface CodeMail {
  readonly email: string;
  readonly code: string;
}

interface Found {
  readonly record: LookupRecord;
  readonly proof: Proof;
  readonly connection: ConnectionRow;
  readonly isNew: boolean;
}

export async function settleCall(
  tx: LookupTx,
  place: LatePlace,
  settling: Settling,
): Promise<{ outcome: Outcome; mail: CodeMail | null }> {
  const { results, timer, counting } = settling;
  const { tenantId } = timer;
  for (const { connection, answer, wasAsked } of results) {
    if (!wasAsked) continue;
    const fault = "failed" in answer ? answer.failed : null;
    const retryAfterMs = "failed" in answer ? answer.retryAfterMs : null;
    await noteOutcome(tx, { tenantId, id: connection.id, fault, retryAfterMs, now: counting.now });
  }
  await scheduleIfNone(tx, { tenantId, kind: FORGET, dueAt: counting.now + DAY_MS });
  const found = findProven(settling);
  if (found) return { outcome: await keep(tx, place, { settling, found }), mail: null };
  const broken = results.find(({ answer }) => "failed" in answer);
  if (broken && "failed" in broken.answer) {
    const { name } = broken.connection;
    return { outcome: { is: "down", name, fault: broken.answer.failed }, mail: null };
  }
  if (NEEDED[settling.call.kind] === "amounts") return offerCode(tx, settling);
  const { postcode, name } = settling.call;
  return { outcome: { is: (postcode ?? name) ? "notFound" : "unproven" }, mail: null };
}

/** What a register returned is not believed: it must be what was asked for, and prove it. */
function findProven({ results, call, plan }: Settling): Found | null {
  for (const { connection, answer } of results) {
    if ("failed" in answer) continue;
    const { prefix } = connection.settings;
    const now = proven(answer.got, call, { given: plan.given, prefix });
    if (now) return { ...now, connection, isNew: true };
    const before = wasProved(plan.before, call.reference, connection);
    const [record, another] = answer.got.filter((one) => answersTo(one, call, prefix));
    // Which of two was proved is not known any more.
    if (record && before && !another) return { record, proof: before, connection, isNew: false };
  }
  return null;
}

async function keep(
  tx: LookupTx,
  { turn }: LatePlace,
  { settling, found }: { settling: Settling; found: Found },
): Promise<Outcome> {
  const { call, counting, timer } = settling;
  const { record, proof, connection, isNew } = found;
  const at = { tenantId: timer.tenantId, conversationId: call.conversationId };
  if (call.postcode !== undefined || call.name !== undefined) {
    await giveBackAttempt(tx, counting, "conversation", String(call.conversationId));
    await giveBackAttempt(tx, counting, "reference", referenceKey(call));
  }
  if (call.code !== undefined) await dropCode(tx, at);
  const shown = shownOf(record, mayKnowAmounts(proof) && NEEDED[call.kind] === "amounts");
  await saveProof(tx, at, {
    contactId: turn.contact.id,
    reference: call.reference,
    shown,
    proof,
    connectionName: connection.name,
    now: counting.now,
    isNew,
  });
  return { is: "found", shown };
}

/** Whether the number exists or not: the same words, the same row, the same counting. Only the mail differs. */
async function offerCode(
  tx: LookupTx,
  { call, timer, counting, results, isOld, newCode: code, noHash }: Settling,
): Promise<{ outcome: Outcome; mail: CodeMail | null }> {
  const { tenantId } = timer;
  const { kind, reference, conversationId } = call;
  if (call.code !== undefined) return { outcome: { is: "notFound" }, mail: null };
  if (isOld) return { outcome: { is: "beforeRestore" }, mail: null };
  if (!(await hasMailbox(tx, tenantId))) return { outcome: { is: "noMailbox" }, mail: null };
  if (!(await countAttempt(tx, counting, "codes", referenceKey(call))))
    return { outcome: { is: "blocked" }, mail: null };
  const email =
    results
      .flatMap(({ answer, connection }) =>
        "failed" in answer ? [] : [codeAddress(answer.got, call, connection.settings.prefix)],
      )
      .find((one) => one !== null) ?? "";
  const hash = email === "" ? noHash : codeHash(counting.secret, { conversationId, kind, reference, code });
  await saveCode(tx, { tenantId, conversationId }, { kind, reference, hash, email, now: counting.now });
  return { outcome: { is: "codeAsked" }, mail: email === "" ? null : { email, code } };
}

/** Says it, with the timer that asked for it gone in the same transaction. */
export async function speak(
  house: House,
  tx: LookupTx,
  { place, call, outcome }: { place: LatePlace; call: Call; outcome: Outcome },
): Promise<void> {
  const { turn } = place;
  const { conversationId, messageId } = call;
  const tenantId = turn.tenant.id;
  await dropTimer(tx, { tenantId, kind: CALL, key: String(conversationId), messageId });
  const effects = effectsOf(turn, call, outcome);
  const { flow } = turn.conversation;
  if (flow === null || flow.skill === "lookup" || flow.flow === "") {
    await applyLate(house, tx, { skill: "lookup", purpose: ANSWER, turn, effects });
    return;
  }
  // Another flow waits for its answer: what was found is told beside it, and nothing is asked.
  if (outcome.is !== "found") return;
  for (const effect of effects) {
    if (effect.do !== "say") continue;
    const content = {
      type: "text" as const,
      text: effect.text ?? "",
      ...(effect.link && { link: effect.link }),
    };
    await answerLater(house, tx, {
      tenantId,
      conversationId,
      messageId,
      purpose: ANSWER,
      content,
      now: turn.now,
    });
  }
}
