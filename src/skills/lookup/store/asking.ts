import { type House, type LatePlace, lockTurn, type Timer } from "#kernel";
import type { Outcome } from "../flows/outcome.ts";
import type { Call } from "../flows/wish.ts";
import { lastName } from "../rules/bare.ts";
import type { Scope } from "../rules/limits.ts";
import { codeHash, type Given, isCode, isVouched, NEEDED } from "../rules/proof.ts";
import { bareReference, isAbout } from "../rules/record.ts";
import { type Counting, countAttempt, giveBackAttempt } from "./attempts.ts";
import { tryCodes } from "./codes.ts";
import { type ConnectionRow, connectionsFor } from "./connections.ts";
import { type ValidProof, validProofs } from "./proofs.ts";
import type { LookupTx } from "./tx.ts";

/** Before a register is asked: may it be asked at all, and what is known of who asks. In one transaction. */

/** A node that dies in the middle of a question so often gives it to a person. */
const MOST_CRASHES = 3;

export interface Plan {
  readonly place: LatePlace;
  readonly given: Given;
  readonly connections: readonly ConnectionRow[];
  /** What was proved here before, each of one register: another's same number is another matter. */
  readonly before: readonly ValidProof[];
}

/** @returns null when the question stands no more, an outcome where nothing needs to be asked outside */
export async function planCall(
  house: House,
  tx: LookupTx,
  { timer, call, counting }: { timer: Timer; call: Call; counting: Counting },
): Promise<{ place: LatePlace; outcome: Outcome } | Plan | null> {
  const { tenantId } = timer;
  const { kind, conversationId, postcode, name } = call;
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
    call.code === undefined ? undefined : await confirmedAddress(tx, { tenantId, call, counting });
  if (confirmed === null)
    return end({ is: (await countAttempt(tx, counting, "conversation", here)) ? "codeWrong" : "blocked" });
  const before = await validProofs(tx, { tenantId, conversationId }, { kind, now: counting.now });
  const given: Given = {
    channel: { kind: place.turn.channel.kind, address: place.replyAddress },
    ...(postcode !== undefined && { postcode }),
    ...(name !== undefined && { name }),
    ...(confirmed !== undefined && { confirmed }),
  };
  const canProve =
    isGuess(call) ||
    isVouched(place.turn.channel.kind) ||
    NEEDED[kind] === "amounts" ||
    connections.some((one) => provedAt(before, call, one).length > 0);
  if (!canProve) return end({ is: "unproven" });
  if (isGuess(call)) {
    const counts = [];
    for (const [scope, about] of guessScopes(call))
      counts.push(await countAttempt(tx, counting, scope, about));
    if (counts.includes(false)) return end({ is: "blocked" });
  }
  return { place, given, connections, before };
}

/** Was something typed that may be right or wrong? */
const isGuess = ({ postcode, name }: Call): boolean => postcode !== undefined || name !== undefined;

export function referenceKey({ kind, reference }: Pick<Call, "kind" | "reference">): string {
  return `${kind} ${bareReference(reference)}`;
}

/** Where a guess is counted. A day of appointments is shared by all who have one then, a name on it is not. */
function guessScopes(call: Call): readonly (readonly [Scope, string])[] {
  const here = ["conversation", String(call.conversationId)] as const;
  const about = referenceKey(call);
  if (call.kind !== "appointment") return [here, ["reference", about]];
  return [here, ["reference", `${about} ${lastName(call.name ?? "")}`], ["day", about]];
}

/** What turned out right was no guess. */
export async function giveBackGuess(tx: LookupTx, counting: Counting, call: Call): Promise<void> {
  if (!isGuess(call)) return;
  for (const [scope, about] of guessScopes(call)) await giveBackAttempt(tx, counting, scope, about);
}

/** What was proved of this question at this register. */
export function provedAt(
  before: Plan["before"],
  question: Pick<Call, "kind" | "reference">,
  { id, settings: { prefix } }: Pick<ConnectionRow, "id" | "settings">,
): readonly ValidProof[] {
  return before.filter((one) => one.connectionId === id && isAbout(one, question, prefix));
}

/** @returns the address to which the code went that was typed; null when it is none that counts */
async function confirmedAddress(
  tx: LookupTx,
  { tenantId, call, counting }: { tenantId: number; call: Call; counting: Counting },
): Promise<string | null> {
  const { kind, reference, conversationId, code = "" } = call;
  const kept = await tryCodes(tx, { tenantId, conversationId }, { kind, reference, now: counting.now });
  const given = codeHash(counting.secret, { conversationId, kind, reference, code });
  const [right] = kept.filter(({ address, hash }) => address !== "" && isCode(hash, given));
  return right?.address ?? null;
}
