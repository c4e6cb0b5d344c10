import { type House, type LatePlace, lockTurn, type Timer } from "#kernel";
import type { Outcome } from "../flows/outcome.ts";
import type { Call } from "../flows/wish.ts";
import { codeHash, type Given, isCode, isVouched, NEEDED, type Proof } from "../rules/proof.ts";
import { bareReference } from "../rules/record.ts";
import { type Counting, countAttempt } from "./attempts.ts";
import { type ConnectionRow, connectionsFor } from "./connections.ts";
import { tryCode, validProofs } from "./proofs.ts";
import type { LookupTx } from "./tx.ts";

/** Before a register is asked: may it be asked at all, and what is known of who asks. In one transaction. */

/** A node that dies in the middle of a question so often gives it to a person. */
const MOST_CRASHES = 3;

export interface Plan {
  readonly place: LatePlace;
  readonly given: Given;
  readonly connections: readonly ConnectionRow[];
  /** Numbers that were proved here before, and still are, each at one register: another's same number is another matter. */
  readonly before: readonly { number: string; proof: Proof; connectionName: string }[];
}

/** @returns null when the question stands no more, an outcome where nothing needs to be asked outside */
export async function planCall(
  house: House,
  tx: LookupTx,
  { timer, call, counting }: { timer: Timer; call: Call; counting: Counting },
): Promise<{ place: LatePlace; outcome: Outcome } | Plan | null> {
  const { tenantId } = timer;
  const { kind, reference, conversationId, postcode, name } = call;
  const place = await lockTurn(house, tx, { ...call, tenantId });
  if (place?.state !== "bot") return null;
  const end = (outcome: Outcome) => ({ place, outcome });
  const here = String(conversationId);
  const connections = await connectionsFor(tx, tenantId, kind);
  const [first] = connections;
  if (!first || timer.attempts > MOST_CRASHES)
    return end({ is: "down", name: first?.name ?? "", fault: "unreachable" });
  if (!(await countAttempt(tx, counting, "calls", here))) return end({ is: "blocked" });
  const confirmed =
    call.code === undefined ? undefined : await confirmedEmail(tx, { tenantId, call, counting });
  if (confirmed === null)
    return end({ is: (await countAttempt(tx, counting, "conversation", here)) ? "codeWrong" : "blocked" });
  const before = await validProofs(tx, { tenantId, conversationId }, { kind, now: counting.now });
  const isGuess = postcode !== undefined || name !== undefined;
  const given: Given = {
    channel: { kind: place.turn.channel.kind, address: place.replyAddress },
    ...(postcode !== undefined && { postcode }),
    ...(name !== undefined && { name }),
    ...(confirmed !== undefined && { confirmedEmail: confirmed }),
  };
  const canProve =
    isGuess ||
    isVouched(place.turn.channel.kind) ||
    NEEDED[kind] === "amounts" ||
    connections.some((one) => wasProved(before, reference, one));
  if (!canProve) return end({ is: "unproven" });
  if (isGuess) {
    const inHere = await countAttempt(tx, counting, "conversation", here);
    const ofThis = await countAttempt(tx, counting, "reference", referenceKey(call));
    if (!inHere || !ofThis) return end({ is: "blocked" });
  }
  return { place, given, connections, before };
}

export function referenceKey({ kind, reference }: Call): string {
  return `${kind} ${bareReference(reference)}`;
}

export function wasProved(
  before: Plan["before"],
  reference: string,
  { name, settings: { prefix } }: Pick<ConnectionRow, "name" | "settings">,
): Proof | null {
  const asked = bareReference(reference, prefix);
  const found = before.find(
    ({ number, connectionName }) => connectionName === name && bareReference(number, prefix) === asked,
  );
  return found?.proof ?? null;
}

/** @returns the address to which the code went that was typed; null when it is none that counts */
async function confirmedEmail(
  tx: LookupTx,
  { tenantId, call, counting }: { tenantId: number; call: Call; counting: Counting },
): Promise<string | null> {
  const { kind, reference, conversationId, code = "" } = call;
  const kept = await tryCode(tx, { tenantId, conversationId }, { kind, reference, now: counting.now });
  const given = codeHash(counting.secret, { conversationId, kind, reference, code });
  return kept && kept.email !== "" && isCode(kept.hash, given) ? kept.email : null;
}
