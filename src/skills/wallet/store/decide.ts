import {
  decodeSigned,
  encodeBody,
  LIFETIME_MS,
  type Operation,
  RESULTS,
  type ResultName,
  resultName,
  type Transaction,
} from "../../coin/api.ts";
import { readOpenCoin } from "./coins.ts";
import { type Decided, type Job, keepSigned } from "./jobs.ts";
import { signBody } from "./keys.ts";
import { membershipById } from "./memberships.ts";
import { inTenant, type Place } from "./tx.ts";

/** One job through the ledger: signed where it must be, handed in, its answer found even when nobody remembers it. */

/** The ledger has nothing of it, and the job is worth another try. */
export class AgainLater extends Error {}

/** Results below leave no trace in the ledger (coin/engine/faults.ts). */
const FIRST_TRACE = 20;
const MARGIN_MS = 3_600_000;
/** What a number or a clock caused: signed anew it may go. */
const CURABLE: ReadonlySet<string> = new Set([
  "expired",
  "expires_too_late",
  "nonce_used",
  "nonce_too_old",
  "nonce_too_new",
]);

export const hasNoTrace = (result: string): boolean =>
  (RESULTS as Readonly<Record<string, number>>)[result] !== undefined &&
  RESULTS[result as ResultName] !== RESULTS.applied &&
  RESULTS[result as ResultName] < FIRST_TRACE;

/** @throws AgainLater, AppError busy: nothing is known of it, the same is done later */
export async function decideJob(place: Place, job: Job, isFirstTry = false): Promise<Decided> {
  const ledgers = place.outside.ledgers(place.house);
  const isOurs = job.bytes === null || job.operations !== null;
  const bytes = job.bytes ?? (await signJob(place, job));
  const decided = await ledgers.submit(job.ledgerTenantId, bytes);
  if (!hasNoTrace(decided.result) || isFirstTry) return decided;
  // It may have been decided so long ago that its id is forgotten; the blocks know it.
  const found = await ledgers.decided(job.ledgerTenantId, job.id, job.createdAt - LIFETIME_MS);
  if (found) return { result: resultName(found.code), isKnown: true, height: found.height };
  // However often: void bytes were never done, and what was promised to somebody is not given up.
  if (!isOurs || !CURABLE.has(decided.result)) return decided;
  await inTenant(place, job.tenantId, (tx) => keepSigned(tx, job, { bytes: null, nonce: null }));
  throw new AgainLater(decided.result);
}

/** Whose key signs. */
async function signerOf(place: Place, job: Job): Promise<{ account: Uint8Array; sealed: string }> {
  if (job.signer === "merchant") {
    const found = await inTenant(place, job.tenantId, (tx) =>
      membershipById(tx, job.tenantId, Number(job.membershipId)),
    );
    return { account: new Uint8Array(found.account), sealed: found.sealed_key };
  }
  const coin = await readOpenCoin(place, job.ledgerTenantId);
  return job.signer === "registrar"
    ? { account: new Uint8Array(coin.registrar_account), sealed: coin.registrar_key }
    : { account: new Uint8Array(coin.exchange_account), sealed: coin.exchange_key };
}

async function signJob(place: Place, job: Job): Promise<Uint8Array> {
  const { house, outside } = place;
  const ledgers = outside.ledgers(house);
  const { account, sealed } = await signerOf(place, job);
  const [facts, ledger] = await Promise.all([
    ledgers.account(job.ledgerTenantId, account),
    ledgers.ledger(job.ledgerTenantId),
  ]);
  if (!facts || !ledger) throw new AgainLater("the account is not open yet");
  const transaction: Transaction = {
    chainId: ledger.chainId,
    id: job.id,
    expiresAt: Math.max(house.clock.now(), ledger.time) + LIFETIME_MS - MARGIN_MS,
    signers: [{ account, nonce: facts.nextNonce, scheme: facts.scheme, key: facts.key }],
    operations: job.operations ?? [],
  };
  const bytes = await signBody(place, { account, sealed, body: encodeBody(transaction) });
  await inTenant(place, job.tenantId, (tx) => keepSigned(tx, job, { bytes, nonce: facts.nextNonce }));
  return bytes;
}

/** What signed bytes ask for. */
export function readSigned(bytes: Uint8Array): { transaction: Transaction; operation: Operation } {
  const { transaction } = decodeSigned(bytes);
  return { transaction, operation: transaction.operations[0] as Operation };
}
