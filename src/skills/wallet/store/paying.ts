import { sql } from "kysely";
import { setTimer, type Tx } from "#kernel";
import type { Operation } from "../../coin/api.ts";
import { hexOf, isSame, NOTHING } from "../rules/bytes.ts";
import { SAY } from "../rules/timer-kinds.ts";
import { keepLabels } from "./accounts.ts";
import { openCoinOf } from "./coins.ts";
import { readSigned } from "./decide.ts";
import { type Decided, type Job, putJob } from "./jobs.ts";
import { merchantOf } from "./memberships.ts";
import { addMovement } from "./movements.ts";
import { insertEntry, lockByReference, type RequestRow } from "./request-rows.ts";
import { inTenant, type Place, tell } from "./tx.ts";

/** A customer's payment: looked at before the ledger sees it, and put to what was asked for afterwards. */

type Payment = Extract<Operation, { kind: "transfer" | "hold" }>;

export const isPayment = (operation: Operation): operation is Payment =>
  operation.kind === "transfer" || operation.kind === "hold";

/** Purpose of a job whose bytes a till brought in. */
export const OFFLINE = "offline";

/**
 * Looks whether a payment is what somebody asked for, before the ledger sees it, and lets no second one in beside it.
 * @returns why not, or null
 */
export async function refuseAhead(place: Place, job: Job, isFirstTry: boolean): Promise<string | null> {
  const { operation, transaction } = readSigned(job.bytes as Uint8Array);
  if (!isPayment(operation)) return null;
  // A transfer may be a gift; what is set aside for nothing would be followed by nobody.
  if (isSame(operation.reference, NOTHING)) return operation.kind === "hold" ? "request_unknown" : null;
  const issuerId = job.ledgerTenantId;
  const { merchant, registrar } = await inTenant(place, issuerId, async (tx) => ({
    merchant: await merchantOf(tx, issuerId, operation.to),
    registrar: (await openCoinOf(tx, issuerId)).registrar_account,
  }));
  if (!merchant) return "request_unknown";
  const now = place.house.clock.now();
  return inTenant(place, merchant.tenantId, async (tx) => {
    const request = await lockByReference(tx, merchant.tenantId, operation.reference);
    if (!request || request.issuer_tenant_id !== issuerId) return "request_unknown";
    if (request.tx_id && isSame(request.tx_id, transaction.id)) return null;
    if (!isAsAsked(operation, request, registrar)) return "not_as_asked";
    const isLate = request.expires_at.getTime() <= now && job.purpose !== OFFLINE;
    const isOpen = request.state === "open" || (request.state === "expired" && job.purpose === OFFLINE);
    // Bytes that were handed in before may have been done: then they are put to it, whatever happened since.
    if (isFirstTry && (!isOpen || isLate)) return "request_not_open";
    if (request.attempt_id && !isSame(request.attempt_id, transaction.id) && isFirstTry) return "being_paid";
    await setAttempt(tx, merchant.tenantId, request.id, transaction.id);
    return null;
  });
}

function isAsAsked(operation: Payment, request: RequestRow, registrar: Uint8Array): boolean {
  if (operation.amount !== request.amount) return false;
  if (operation.kind === "transfer") return request.kind === "now";
  return (
    request.kind === "hold" &&
    operation.until === request.until?.getTime() &&
    isSame(operation.arbiter, registrar)
  );
}

async function setAttempt(tx: Tx, tenantId: number, id: number, txId: Uint8Array | null): Promise<void> {
  await sql`update wallet.request set attempt_id = ${txId && Buffer.from(txId)} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
}

/** What the ledger said to a customer's transaction, in the merchant's rows and in the customer's history. */
export async function notePayment(place: Place, job: Job, decided: Decided): Promise<void> {
  const { operation, transaction } = readSigned(job.bytes as Uint8Array);
  const payer = transaction.signers[0]?.account as Uint8Array;
  const issuerId = job.ledgerTenantId;
  const isApplied = decided.result === "applied";
  if (operation.kind === "recoverers" && isApplied)
    return inTenant(place, issuerId, (tx) => forgetOthers(tx, issuerId, payer, operation.members));
  if (!isPayment(operation)) return;
  const merchant = await inTenant(place, issuerId, (tx) => merchantOf(tx, issuerId, operation.to));
  const now = place.house.clock.now();
  const of = { operation, payer, txId: transaction.id, height: decided.height, now };
  const request =
    merchant && !isSame(operation.reference, NOTHING)
      ? await inTenant(place, merchant.tenantId, (tx) =>
          isApplied
            ? settle(tx, merchant.tenantId, { ...of, isOffline: job.purpose === OFFLINE })
            : releaseAttempt(tx, merchant.tenantId, of),
        )
      : undefined;
  if (!isApplied) return;
  await inTenant(place, issuerId, async (tx) => {
    const common = {
      title: request?.title ?? "",
      requestKey: request && merchant ? `${merchant.tenantId}.${request.key}` : null,
      txId: transaction.id,
      height: decided.height,
      at: now,
    };
    const kind = operation.kind === "hold" ? ("held" as const) : ("paid" as const);
    const other = merchant?.name ?? "";
    await addMovement(tx, issuerId, { ...common, account: payer, kind, amount: -operation.amount, other });
    if (operation.kind === "transfer")
      await addMovement(tx, issuerId, {
        ...common,
        account: operation.to,
        kind: "received",
        amount: operation.amount,
        other: "",
      });
  });
}

/** Names of people who may not recover it any more go. */
async function forgetOthers(
  tx: Tx,
  issuerId: number,
  account: Uint8Array,
  members: readonly Uint8Array[],
): Promise<void> {
  const { rows } = await sql<{
    helper_labels: Record<string, string>;
  }>`select helper_labels from wallet.account
    where tenant_id = ${issuerId} and account = ${Buffer.from(account)} for update`.execute(tx);
  const known = rows[0]?.helper_labels ?? {};
  const kept = members.map(hexOf).map((id) => [id, known[id] ?? ""] as const);
  await keepLabels(tx, issuerId, account, Object.fromEntries(kept));
}

interface Settled {
  readonly operation: Payment;
  readonly payer: Uint8Array;
  readonly txId: Uint8Array;
  readonly height: number;
  readonly now: number;
}

async function releaseAttempt(
  tx: Tx,
  tenantId: number,
  { operation, txId }: Settled,
): Promise<RequestRow | undefined> {
  const request = await lockByReference(tx, tenantId, operation.reference);
  if (request?.attempt_id && isSame(request.attempt_id, txId))
    await setAttempt(tx, tenantId, request.id, null);
  return request;
}

/**
 * The money is on the ledger: the request is paid, once. What comes a second time, or after it was taken back, goes back by
 * itself.
 */
async function settle(
  tx: Tx,
  tenantId: number,
  { operation, payer, txId, height, now, isOffline }: Settled & { isOffline: boolean },
): Promise<RequestRow | undefined> {
  const request = await lockByReference(tx, tenantId, operation.reference);
  if (!request) return undefined;
  if (request.tx_id && isSame(request.tx_id, txId)) return request;
  const isOpen = request.state === "open" || request.state === "expired";
  const isHeldAsAsked = (operation.kind === "hold") === (request.kind === "hold");
  const isWanted = isOpen && isHeldAsAsked && operation.amount === request.amount;
  if (!isWanted) {
    await giveBackSurplus(tx, tenantId, request, { operation, payer, txId, height, now });
    return request;
  }
  const isHold = operation.kind === "hold";
  await sql`update wallet.request set state = ${isHold ? "held" : "paid"}, payer = ${Buffer.from(payer)}, tx_id = ${Buffer.from(txId)}, height = ${height},
      paid_at = ${new Date(now)}, paid_amount = ${isHold ? 0 : operation.amount}, attempt_id = null, is_offline = ${isOffline}
    where tenant_id = ${tenantId} and id = ${request.id}`.execute(tx);
  await insertEntry(tx, tenantId, {
    requestId: request.id,
    kind: isHold ? "held" : "paid",
    amount: operation.amount,
    state: "done",
    txId,
    height,
    by: "customer",
    at: now,
  });
  await sayLater(tx, tenantId, request, { what: isHold ? "held" : "paid", now });
  await tell(tx, tenantId, `request ${request.id}`, now);
  return request;
}

async function giveBackSurplus(
  tx: Tx,
  tenantId: number,
  request: RequestRow,
  { operation, payer, txId, now }: Settled,
): Promise<void> {
  const back: Operation =
    operation.kind === "hold"
      ? { kind: "void", by: 0, hold: txId }
      : { kind: "transfer", by: 0, to: payer, amount: operation.amount, reference: NOTHING };
  const subject = `${request.id} ${hexOf(txId)}`;
  const { rows } =
    await sql`select from wallet.job where tenant_id = ${tenantId} and purpose = 'surplus' and subject = ${subject}`.execute(
      tx,
    );
  if (rows.length > 0) return;
  await putJob(tx, {
    tenantId,
    ledgerTenantId: request.issuer_tenant_id,
    signer: "merchant",
    membershipId: request.membership_id,
    operations: [back],
    purpose: "surplus",
    subject,
    now,
  });
}

/** Said in the conversation by the worker, once; without amount, payee or account. */
export async function sayLater(
  tx: Tx,
  tenantId: number,
  request: Pick<RequestRow, "id" | "conversation_id">,
  { what, now }: { what: string; now: number },
): Promise<void> {
  if (request.conversation_id === null) return;
  const payload = { requestId: request.id, what };
  await setTimer(tx, { tenantId, kind: SAY, key: `${request.id} ${what}`, dueAt: now, payload });
}
