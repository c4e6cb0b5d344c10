import type { House, LatePlace } from "#kernel";
import type { Shown } from "../api/record.ts";
import type { Outcome } from "../flows/outcome.ts";
import { type Candidate, choose } from "../rules/choice.ts";
import { DAY_MS } from "../rules/limits.ts";
import { evidenceHash, isPossession, isProvedBy, NEEDED, proven } from "../rules/proof.ts";
import { answersTo, shownOf } from "../rules/record.ts";
import { giveBackGuess, provedAt } from "./asking.ts";
import { dropCodes } from "./codes.ts";
import { type ConnectionRow, noteOutcome } from "./connections.ts";
import { offerCode } from "./offering.ts";
import { saveProof } from "./proofs.ts";
import type { Settled, Settling } from "./settlement.ts";
import { type LookupTx, scheduleIfNone } from "./tx.ts";

/** After the registers were asked: who may know what, and what is kept of it. In one transaction. */

export const FORGET = "lookup_forget";

interface Found extends Candidate {
  readonly connection: ConnectionRow;
  readonly isNew: boolean;
}

const without = (outcome: Outcome): Settled => ({ outcome, sends: [] });

export async function settleCall(
  house: House,
  tx: LookupTx,
  place: LatePlace,
  settling: Settling,
): Promise<Settled> {
  const { results, timer, counting, call } = settling;
  const { tenantId } = timer;
  for (const { connection, answer, wasAsked } of results) {
    if (!wasAsked) continue;
    const fault = "failed" in answer ? answer.failed : null;
    const retryAfterMs = "failed" in answer ? answer.retryAfterMs : null;
    await noteOutcome(tx, { tenantId, id: connection.id, fault, retryAfterMs, now: counting.now });
  }
  await scheduleIfNone(tx, { tenantId, kind: FORGET, dueAt: counting.now + DAY_MS });
  const found = findProven(settling);
  if (found === null) return without({ is: "ambiguous" });
  if (found.length > 0) return without(await keep(tx, place, { settling, found }));
  const broken = results.find(({ answer }) => "failed" in answer);
  if (broken && "failed" in broken.answer) {
    const { name } = broken.connection;
    return without({ is: "down", name, fault: broken.answer.failed });
  }
  if (NEEDED[call.kind] === "amounts") return offerCode(house, tx, settling);
  const { postcode, name } = call;
  return without({ is: (postcode ?? name) ? "notFound" : "unproven" });
}

/**
 * What a register returned is not believed: it must be what was asked for, and prove it. What was proved before counts where
 * nothing is proved now, at its own register, as long as it is true of the record.
 */
function findProven({ results, call, plan, counting }: Settling): readonly Found[] | null {
  const fresh: Found[] = [];
  const before: Found[] = [];
  for (const { connection, answer } of results) {
    if ("failed" in answer) continue;
    const { prefix } = connection.settings;
    const at = { connection, connectionId: connection.id };
    for (const one of proven(answer.got, call, { given: plan.given, prefix }))
      fresh.push({ ...one, ...at, isNew: true });
    for (const kept of provedAt(plan.before, call, connection)) {
      const hash = (value: string) => evidenceHash(counting.secret, { ...call, proof: kept.proof, value });
      for (const record of answer.got)
        if (
          answersTo(record, call, prefix) &&
          record.number === kept.number &&
          isProvedBy(record, kept, hash)
        )
          before.push({ record, proof: kept.proof, value: "", ...at, isNew: false });
    }
  }
  return choose(fresh.length > 0 ? fresh : before);
}

async function keep(
  tx: LookupTx,
  { turn }: LatePlace,
  { settling, found }: { settling: Settling; found: readonly Found[] },
): Promise<Outcome> {
  const { call, counting, timer } = settling;
  const at = { tenantId: timer.tenantId, conversationId: call.conversationId };
  // Only what was guessed right: what was proved before is told beside a wrong guess, which counts.
  if (found.some(({ isNew }) => isNew)) await giveBackGuess(tx, counting, call);
  if (call.code !== undefined) await dropCodes(tx, at);
  const told: Shown[] = [];
  for (const { record, proof, value, connection, isNew } of found) {
    const shown = shownOf(record, isPossession(proof) && NEEDED[call.kind] === "amounts");
    const evidence = proof === "channel" ? null : evidenceHash(counting.secret, { ...call, proof, value });
    await saveProof(tx, at, {
      contactId: turn.contact.id,
      reference: call.reference,
      shown,
      proof,
      evidence,
      connection,
      now: counting.now,
      isNew,
    });
    told.push(shown);
  }
  return { is: "found", told };
}
