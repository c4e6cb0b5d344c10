import { AppError } from "#kernel";
import { decodeSigned, Malformed, RESULTS } from "../../coin/api.ts";
import type { Outcome, WalletMe, WalletProof } from "../api.ts";
import type { LedgerAccount } from "../ports.ts";
import { bytesOf, hexOf, isSame } from "../rules/bytes.ts";
import { catalogue } from "../rules/catalogue.ts";
import { type AccountRow, keepLabels, labelsOf } from "./accounts.ts";
import { dressOf, readOpenCoin, shownCoin } from "./coins.ts";
import { readSigned } from "./decide.ts";
import { findJob, type Job, putSigned } from "./jobs.ts";
import { isPayment, OFFLINE } from "./paying.ts";
import { HELPERS_MOST } from "./recovery.ts";
import { inTenant, type Place } from "./tx.ts";
import { wakerOf } from "./wake.ts";

/** A wallet as its customer sees it, and what it hands in. */

/** A caller that died leaves its job to the round after so long. */
const LEFT_ALONE_MS = 30_000;

/** @throws AppError busy, not_found */
export async function shownWallet(place: Place, tenantId: number, account: AccountRow): Promise<WalletMe> {
  const { house, outside } = place;
  const ledgers = outside.ledgers(house);
  const coin = await readOpenCoin(place, tenantId);
  const facts = await accountOf(place, tenantId, account.account);
  const ledger = await ledgers.ledger(tenantId);
  const profile = await house.profile(tenantId);
  const labels = account.helper_labels;
  const helps = await helpsOf(place, tenantId, account.account);
  return {
    ...dressOf(profile, account.language),
    account: hexOf(account.account),
    label: account.label,
    key: hexOf(facts.key),
    balance: facts.balance,
    held: facts.held,
    isFrozen: facts.isFrozen,
    nextNonce: facts.nextNonce,
    limits: facts.limits,
    dayOut: facts.dayOut,
    coin: await shownCoin(place, tenantId, coin),
    time: ledger?.time ?? 0,
    now: house.clock.now(),
    recoverers: {
      needed: facts.recoverers.needed,
      members: facts.recoverers.members.map((one) => ({
        account: hexOf(one),
        label: labels[hexOf(one)] ?? "",
      })),
    },
    helps,
    canBuy: coin.legal !== "play",
  };
}

/** Accounts whose owners have named me on the ledger. */
async function helpsOf(place: Place, tenantId: number, me: Uint8Array): Promise<WalletMe["helps"]> {
  const ledgers = place.outside.ledgers(place.house);
  const named = await inTenant(place, tenantId, (tx) => labelsOf(tx, tenantId, hexOf(me)));
  const helps: WalletMe["helps"] = [];
  for (const one of named) {
    const owner = await ledgers.account(tenantId, bytesOf(one.account));
    if (owner?.recoverers.members.some((member) => isSame(member, me))) helps.push(one);
  }
  return helps;
}

/** @throws AppError not_found where the ledger does not know it */
async function accountOf(place: Place, tenantId: number, account: Uint8Array): Promise<LedgerAccount> {
  const facts = await place.outside.ledgers(place.house).account(tenantId, new Uint8Array(account));
  if (!facts) throw new AppError("not_found", "The ledger does not know this account (any more).");
  return facts;
}

/** @throws AppError not_found before the first publication after the account was opened */
export async function shownProof(place: Place, tenantId: number, account: AccountRow): Promise<WalletProof> {
  const id = new Uint8Array(account.account);
  const proof = await place.outside.ledgers(place.house).proof(tenantId, id);
  if (!proof || !account.secret)
    throw new AppError("not_found", "What is owed is published once a day; this account is in the next one.");
  const { ledger, path, root, ...leaf } = proof;
  return {
    ...leaf,
    account: hexOf(id),
    secret: hexOf(account.secret),
    path: path.map(({ sum, hash }) => ({ sum, hash: hexOf(hash) })),
    root: hexOf(root),
    supply: ledger.supply,
    attested: ledger.attested.map((one) => ({ ...one, statement: hexOf(one.statement) })),
    attestationLasts: ledger.attestationLasts,
    backing: [...ledger.backing],
    chainHash: hexOf(ledger.chainHash),
    height: ledger.height,
    time: ledger.time,
  };
}

/** What a wallet may ask of the ledger by itself. */
const OWN: ReadonlySet<string> = new Set(["transfer", "hold", "recoverers", "rotate"]);

/** @param account whose wallet hands it in; null: a till does, for whoever has signed @throws AppError bad_request, forbidden */
function readOwn(bytes: Uint8Array, account: Uint8Array | null): ReturnType<typeof readSigned> {
  let read: ReturnType<typeof readSigned>;
  try {
    read = readSigned(bytes);
  } catch (error) {
    if (error instanceof Malformed)
      throw new AppError("bad_request", "malformed: these bytes are no transaction.");
    throw error;
  }
  const { signers, operations } = read.transaction;
  const isAlone = signers.length === 1 && operations.length === 1;
  const isAllowed = account ? OWN.has(read.operation.kind) : isPayment(read.operation);
  if (!isAlone || !isAllowed) throw new AppError("rule_broken", "not_for_wallets: a wallet cannot do this.");
  if (read.operation.kind === "recoverers" && read.operation.members.length > HELPERS_MOST)
    throw new AppError("rule_broken", "too_many_recoverers: five at most.");
  if (account && !isSame(signers[0]?.account as Uint8Array, account))
    throw new AppError("forbidden", "This is another account's.");
  return read;
}

/**
 * Stores what was signed, hands it in and answers when it is durable. The same bytes again are answered alike.
 * @param account null: brought in by a till
 * @throws AppError bad_request, rule_broken, forbidden, busy: whether it was done is told by the same again
 */
export async function submitSigned(
  place: Place,
  issuerId: number,
  of: {
    readonly bytes: Uint8Array;
    readonly account: Uint8Array | null;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly language: "de" | "en";
  },
): Promise<Outcome> {
  const { bytes, account, labels } = of;
  const { transaction, operation } = readOwn(bytes, account);
  const now = place.house.clock.now();
  const { job, isNew } = await inTenant(place, issuerId, async (tx) => {
    const stored = {
      tenantId: issuerId,
      ledgerTenantId: issuerId,
      id: transaction.id,
      signer: "customer" as const,
      bytes,
      purpose: account ? "payment" : OFFLINE,
      subject: "",
      now,
      after: now + LEFT_ALONE_MS,
    };
    const isStored = await putSigned(tx, stored);
    return { isNew: isStored, job: (await findJob(tx, issuerId, transaction.id)) as Job };
  });
  // The id is known by something else, of this customer or of the node: nothing of that is touched.
  const isSameBody =
    job.signer === "customer" && job.bytes !== null && isSame(bodyOf(job.bytes), bodyOf(bytes));
  // What may have been handed in before is handed in again, whatever has happened to its request since: the ledger may have it.
  const isFirstTry = isNew || (job.ended !== null && !(job.ended in RESULTS));
  const decided = isSameBody
    ? await wakerOf(place).one({ ...job, bytes }, isFirstTry)
    : { result: "id_conflict", isKnown: false, height: 0 };
  if (account && labels && operation.kind === "recoverers" && decided.result === "applied")
    await inTenant(place, issuerId, (tx) =>
      keepLabels(tx, issuerId, account, namesOf(operation.members, labels)),
    );
  return { ...decided, sentence: sentenceOf(place, decided.result, of.language) };
}

/** Of those who were named, and of nobody else: others would read them. */
function namesOf(
  members: readonly Uint8Array[],
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(members.map(hexOf).map((id) => [id, labels[id] ?? ""]));
}

const bodyOf = (bytes: Uint8Array): Uint8Array => decodeSigned(bytes).body;

export function sentenceOf({ outside }: Place, result: string, language: "de" | "en"): string {
  const own = catalogue[language][result];
  return typeof own === "string" ? own : outside.sentence(result, language);
}
