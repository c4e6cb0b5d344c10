import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { Operation } from "../../coin/api.ts";
import { NOTHING } from "../rules/bytes.ts";
import { unitsOf } from "../rules/money.ts";
import { type Decided, type Job, putJob } from "./jobs.ts";
import { addMovement } from "./movements.ts";
import { sayLater } from "./paying.ts";
import {
  type EntryRow,
  endEntry,
  entriesOf,
  insertEntry,
  lockRequest,
  type RequestRow,
  readRequest,
} from "./request-rows.ts";
import { inTenant, type Place, tell } from "./tx.ts";
import { wake } from "./wake.ts";

/** What a merchant does with a payment: capture, give back, refund. Stored as a job first, done by the merchant's key on the node. */

interface Act {
  readonly kind: "captured" | "returned" | "refunded";
  readonly amount: number;
  readonly operation: Operation;
  readonly clientKey: string;
}

/** Puts the act and its job, once a key. @returns false where it was put before */
async function put(
  tx: Tx,
  tenantId: number,
  request: RequestRow,
  { kind, amount, operation, clientKey, by, now }: Act & { by: string; now: number },
): Promise<boolean> {
  const { rows } = await sql`select from wallet.entry
    where tenant_id = ${tenantId} and request_id = ${request.id} and client_key = ${clientKey}`.execute(tx);
  if (rows.length > 0) return false;
  const txId = await putJob(tx, {
    tenantId,
    ledgerTenantId: request.issuer_tenant_id,
    signer: "merchant",
    membershipId: request.membership_id,
    operations: [operation],
    purpose: "act",
    subject: String(request.id),
    now,
  });
  await insertEntry(tx, tenantId, {
    requestId: request.id,
    kind,
    amount,
    state: "waiting",
    txId,
    clientKey,
    by,
    at: now,
  });
  await tell(tx, tenantId, `request ${request.id}`, now);
  return true;
}

/**
 * Decides about what is set aside: takes it, whole or a part, or gives it back. The first word counts.
 * @param amountMinor cents to capture, none: the whole; 0: nothing of it
 * @throws AppError not_found, rule_broken where nothing is held, or more is wanted than is held
 */
export async function endHold(
  place: Place,
  tenantId: number,
  { id, amountMinor, by }: { id: number; amountMinor?: number | undefined; by: string },
): Promise<void> {
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const request = await lockRequest(tx, tenantId, id);
    await putEndOfHold(tx, tenantId, request, { amountMinor, by, now });
  });
  await wake(place, tenantId);
}

export async function putEndOfHold(
  tx: Tx,
  tenantId: number,
  request: RequestRow,
  { amountMinor, by, now }: { amountMinor?: number | undefined; by: string; now: number },
): Promise<void> {
  const hold = request.tx_id && new Uint8Array(request.tx_id);
  if (request.state !== "held" || !hold)
    throw new AppError("rule_broken", "not_held: nothing is set aside for this request.");
  const waiting = (await entriesOf(tx, tenantId, [request.id])).some(({ state }) => state === "waiting");
  if (waiting) throw new AppError("conflict", "It is being decided at this moment.");
  const amount = amountMinor === undefined ? request.amount : unitsOf(amountMinor);
  if (amount > request.amount) throw new AppError("rule_broken", "above_hold: more than is set aside.");
  const tries = (await entriesOf(tx, tenantId, [request.id])).length;
  const end: Act =
    amount === 0
      ? {
          kind: "returned",
          amount: request.amount,
          operation: { kind: "void", by: 0, hold },
          clientKey: `end ${tries}`,
        }
      : {
          kind: "captured",
          amount,
          operation: { kind: "capture", by: 0, hold, amount },
          clientKey: `end ${tries}`,
        };
  await put(tx, tenantId, request, { ...end, by, now });
}

/** @throws AppError not_found, rule_broken where it was not paid, or more is given back than was taken; conflict for the key */
export async function refundRequest(
  place: Place,
  tenantId: number,
  { id, amountMinor, key, by }: { id: number; amountMinor: number; key: string; by: string },
): Promise<void> {
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const request = await lockRequest(tx, tenantId, id);
    const amount = unitsOf(amountMinor);
    const known = await entryByKey(tx, tenantId, id, key);
    if (known) {
      if (known.amount !== amount) throw new AppError("conflict", "This key was used for another refund.");
      return;
    }
    if (!request.payer || (request.state !== "paid" && request.state !== "part_refunded"))
      throw new AppError("rule_broken", "not_paid: there is nothing to give back.");
    const underWay = (await entriesOf(tx, tenantId, [id])).filter(
      (one) => one.kind === "refunded" && one.state === "waiting",
    );
    const given = underWay.reduce((sum, one) => sum + one.amount, request.refunded_amount);
    if (given + amount > request.paid_amount)
      throw new AppError("rule_broken", "too_much: more than was paid.");
    const operation: Operation = {
      kind: "transfer",
      by: 0,
      to: new Uint8Array(request.payer),
      amount,
      reference: NOTHING,
    };
    await put(tx, tenantId, request, {
      kind: "refunded",
      amount,
      operation,
      clientKey: `refund ${key}`,
      by,
      now,
    });
  });
  await wake(place, tenantId);
}

async function entryByKey(
  tx: Tx,
  tenantId: number,
  requestId: number,
  key: string,
): Promise<{ amount: number } | undefined> {
  const { rows } = await sql<{ amount: number }>`select amount from wallet.entry
    where tenant_id = ${tenantId} and request_id = ${requestId} and client_key = ${`refund ${key}`}`.execute(
    tx,
  );
  return rows[0];
}

/** What the ledger said to an act: the request's state, and the customer's history. */
export async function noteAct(place: Place, job: Job, decided: Decided): Promise<void> {
  const { tenantId } = job;
  const now = place.house.clock.now();
  const id = Number(job.subject);
  const entry = await inTenant(place, tenantId, async (tx) => {
    await lockRequest(tx, tenantId, id);
    const ended = await endEntry(tx, tenantId, { txId: job.id, ...decided, now });
    if (ended?.state === "done") await applyAct(tx, tenantId, ended, now);
    if (ended) await tell(tx, tenantId, `request ${id}`, now);
    const [noted] = (await entriesOf(tx, tenantId, [id])).filter((one) =>
      job.id.every((b, n) => b === one.tx_id[n]),
    );
    return noted;
  });
  if (entry?.state !== "done") return;
  const request = await inTenant(place, tenantId, (tx) => readRequest(tx, tenantId, id));
  await addActMovement(place, { tenantId, request, entry, now });
}

async function applyAct(tx: Tx, tenantId: number, entry: EntryRow, now: number): Promise<void> {
  const { request_id: id, kind, amount } = entry;
  const request = await readRequest(tx, tenantId, id);
  if (kind === "captured")
    await sql`update wallet.request set state = 'paid', paid_amount = ${amount}, paid_at = ${new Date(now)} where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
  if (kind === "returned")
    await sql`update wallet.request set state = 'returned' where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
  if (kind === "refunded")
    await sql`update wallet.request set refunded_amount = refunded_amount + ${amount},
        state = case when refunded_amount + ${amount} >= paid_amount then 'refunded' else 'part_refunded' end
      where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await sayLater(tx, tenantId, request, { what: kind, now });
}

/** In the customer's history: what a capture left over, and what was given back, comes in. */
export async function addActMovement(
  place: Place,
  of: {
    readonly tenantId: number;
    readonly request: RequestRow;
    readonly entry: Pick<EntryRow, "kind" | "amount" | "tx_id" | "height">;
    readonly now: number;
  },
): Promise<void> {
  const { request, entry } = of;
  if (!request.payer || (entry.kind !== "captured" && entry.kind !== "returned" && entry.kind !== "refunded"))
    return;
  const issuerId = request.issuer_tenant_id;
  const merchant = await place.house.profile(of.tenantId);
  const amount = entry.kind === "captured" ? request.amount - entry.amount : entry.amount;
  await inTenant(place, issuerId, (tx) =>
    addMovement(tx, issuerId, {
      account: new Uint8Array(request.payer as Buffer),
      kind: entry.kind as "captured" | "returned" | "refunded",
      amount,
      other: merchant.name,
      title: request.title,
      requestKey: `${of.tenantId}.${request.key}`,
      txId: new Uint8Array(entry.tx_id),
      height: entry.height ?? 0,
      at: of.now,
    }),
  );
}
