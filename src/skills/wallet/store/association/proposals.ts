import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Actor, AppError, type Tx } from "#kernel";
import { DOMAIN, LIFETIME_MS } from "../../../coin/api.ts";
import type { Proposal, ProposalContent } from "../../api.ts";
import { bytesOf, hexOf, operationsText } from "../../rules/bytes.ts";
import { type CouncilRow, councilOf } from "../begin.ts";
import { type OpenCoin, openCoinOf, readOpenCoin } from "../coins.ts";
import type { Decided, Job } from "../jobs.ts";
import { findJob, putSigned } from "../jobs.ts";
import { inTenant, type Place, tell } from "../tx.ts";
import { wakerOf } from "../wake.ts";
import { notePoint } from "./points.ts";
import { councilFor, operationFor } from "./proposal-operation.ts";
import {
  type ApprovalRow,
  approvalsOf,
  assemble,
  bodiesOf,
  listRows,
  lockProposal,
  type ProposalRow,
  proposalByKey,
} from "./proposal-rows.ts";
import { saidOf } from "./said.ts";

/** What a council is asked to sign. Nothing is done before so many have signed as the ledger asks for. */

/** So much before the ledger would call it too late. */
const MARGIN_MS = 60_000;
const SHOWN_MOST = 60;

export async function listCoinProposals(place: Place, actor: Actor, isOpen: boolean): Promise<Proposal[]> {
  const { tenantId } = actor;
  return inTenant(place, tenantId, async (tx) => {
    const coin = await openCoinOf(tx, tenantId);
    const rows = await listRows(tx, tenantId, { isOpen, limit: SHOWN_MOST });
    const council = await councilOf(tx, tenantId);
    const approvals = await approvalsOf(
      tx,
      tenantId,
      rows.map(({ id }) => id),
    );
    return rows.map((row) =>
      shown(place, actor, { row, coin, council, approvals: approvals.get(row.id) ?? [] }),
    );
  });
}

interface Read {
  readonly row: ProposalRow;
  readonly coin: OpenCoin;
  readonly council: readonly CouncilRow[];
  readonly approvals: readonly ApprovalRow[];
}

function shown(place: Place, actor: Actor, { row, coin, council, approvals }: Read): Proposal {
  const isOver = row.state === "open" && row.expires_at.getTime() <= place.house.clock.now();
  const staffOf = (account: Buffer) => council.find((one) => one.account.equals(account))?.staff_id;
  const bodies = row.state === "open" && !isOver ? bodiesOf(coin.chain_id, row, approvals) : [];
  return {
    id: row.id,
    what: row.what,
    council: row.council,
    note: row.note,
    state: isOver ? "expired" : row.state,
    needed: row.needed,
    bodies: bodies.map(({ members, body }) => ({
      signers: members.map((n) => hexOf((approvals[n] as ApprovalRow).account)),
      body: hexOf(body),
    })),
    signers: approvals.map(({ account, name, signed_at }) => ({
      account: hexOf(account),
      name,
      isMe: staffOf(account) === actor.staffId,
      signedAt: signed_at?.toISOString() ?? null,
    })),
    proposedBy: row.proposed_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    result: row.result,
    sentence: saidOf(place, row.result),
    height: row.height,
  };
}

async function shownOne(place: Place, actor: Actor, id: number): Promise<Proposal> {
  const { tenantId } = actor;
  return inTenant(place, tenantId, async (tx) => {
    const coin = await openCoinOf(tx, tenantId);
    const council = await councilOf(tx, tenantId);
    const row = await lockProposal(tx, tenantId, id);
    const approvals = (await approvalsOf(tx, tenantId, [id])).get(id) ?? [];
    return shown(place, actor, { row, coin, council, approvals });
  });
}

interface NewProposal {
  readonly key: string;
  readonly what: ProposalContent;
  readonly note: string;
}

/**
 * All members of the council that the ledger has at this moment may sign it, for a day.
 * @throws AppError not_found without a coin, bad_request, rule_broken, conflict for the key with other content
 */
export async function propose(place: Place, actor: Actor, given: NewProposal): Promise<Proposal> {
  const { house, outside } = place;
  const { tenantId } = actor;
  const coin = await readOpenCoin(place, tenantId);
  const ledger = await outside.ledgers(house).ledger(tenantId);
  if (!ledger) throw new AppError("busy");
  const name = councilFor(given.what);
  const { needed, members } = ledger.councils[name];
  const accounts = new Map<string, number>();
  for (const account of members) {
    const facts = await outside.ledgers(house).account(tenantId, account);
    accounts.set(hexOf(account), facts?.nextNonce ?? 0);
  }
  const now = house.clock.now();
  const id = await inTenant(place, tenantId, async (tx) => {
    const before = await proposalByKey(tx, tenantId, given.key);
    if (before) return sameOrConflict(before, given);
    const council = await councilOf(tx, tenantId);
    const salt = randomBytes(16);
    const operation = operationFor(given.what, { coin, council, salt: new Uint8Array(salt) });
    const { rows } = await sql<{ id: number }>`
      insert into wallet.proposal (tenant_id, client_key, council, what, note, salt, needed, operations, tx_id, proposed_by, created_at, expires_at)
      values (${tenantId}, ${given.key}, ${name}, ${JSON.stringify(given.what)}::jsonb, ${given.note}, ${salt}, ${needed},
        ${operationsText([operation])}::jsonb, ${randomBytes(16)}, ${actor.name}, ${new Date(now)}, ${new Date(now + LIFETIME_MS - MARGIN_MS)})
      returning id`.execute(tx);
    const made = rows[0] as { id: number };
    await seatSigners(tx, tenantId, { proposalId: made.id, accounts });
    await tell(tx, tenantId, `proposal ${made.id}`, now);
    return made.id;
  });
  return shownOne(place, actor, id);
}

/** Parts in one order: the database keeps objects, not texts. */
const inOrder = (what: ProposalContent): string =>
  JSON.stringify(Object.entries(what).sort(([a], [b]) => a.localeCompare(b)));

function sameOrConflict(before: ProposalRow, given: NewProposal): number {
  if (before.note !== given.note || inOrder(before.what) !== inOrder(given.what))
    throw new AppError("conflict", "This key was used for another proposal.");
  return before.id;
}

/** A number of each account for this proposal alone: proposals do not stand in one another's way. */
async function seatSigners(
  tx: Tx,
  tenantId: number,
  { proposalId, accounts }: { proposalId: number; accounts: ReadonlyMap<string, number> },
): Promise<void> {
  const { rows } = await sql<{ account: Buffer; name: string; key: Buffer; next_nonce: number }>`
    select account, name, key, next_nonce from wallet.council_member
    where tenant_id = ${tenantId} and account = any(${[...accounts.keys()].map((one) => Buffer.from(one, "hex"))}::bytea[])
    order by id for update`.execute(tx);
  if (rows.length !== accounts.size)
    throw new AppError("rule_broken", "not_seated: the ledger's council is not the one that stands here.");
  for (const [n, { account, name, key, next_nonce }] of rows.entries()) {
    const nonce = Math.max(next_nonce, accounts.get(hexOf(account)) ?? 0);
    await sql`update wallet.council_member set next_nonce = ${nonce + 1} where tenant_id = ${tenantId} and account = ${account}`.execute(
      tx,
    );
    await sql`insert into wallet.approval (tenant_id, proposal_id, n, account, name, key, nonce)
      values (${tenantId}, ${proposalId}, ${n}, ${account}, ${name}, ${key}, ${nonce})`.execute(tx);
  }
}

/**
 * A member's signatures, each checked before it counts. The one that completes a group does what was proposed.
 * @throws AppError not_found, rule_broken for a proposal that is over, another member's seat and signatures that do not fit
 */
export async function signProposal(
  place: Place,
  actor: Actor,
  given: { readonly id: number; readonly account: string; readonly signatures: readonly string[] },
): Promise<Proposal> {
  const { tenantId, staffId } = actor;
  const { id } = given;
  const now = place.house.clock.now();
  const job = await inTenant(place, tenantId, async (tx) => {
    const coin = await openCoinOf(tx, tenantId);
    const row = await lockProposal(tx, tenantId, id);
    if (row.state !== "open" || row.expires_at.getTime() <= now)
      throw new AppError("rule_broken", "closed: this proposal is not open any more.");
    const council = await councilOf(tx, tenantId);
    const seat = council.find((one) => hexOf(one.account) === given.account);
    const approvals = (await approvalsOf(tx, tenantId, [id])).get(id) ?? [];
    const own = approvals.find((one) => hexOf(one.account) === given.account);
    if (!own || seat?.staff_id !== staffId)
      throw new AppError("rule_broken", "not_yours: this seat belongs to somebody else.");
    const groups = bodiesOf(coin.chain_id, row, approvals);
    const bodies = groups.filter(({ members }) => members.includes(own.n)).map(({ body }) => body);
    check(place, own, bodies, given.signatures);
    own.signatures = Buffer.from(given.signatures.join(""), "hex");
    await sql`update wallet.approval set signatures = ${own.signatures}, signed_at = ${new Date(now)}
      where tenant_id = ${tenantId} and proposal_id = ${id} and n = ${own.n}`.execute(tx);
    await tell(tx, tenantId, `proposal ${id}`, now);
    const bytes = assemble(groups, approvals);
    return bytes && putWhole(tx, { tenantId, row, bytes, now });
  });
  if (job) await wakerOf(place).one(job, false);
  return shownOne(place, actor, id);
}

/** @throws AppError rule_broken */
function check(
  { outside }: Place,
  { key }: ApprovalRow,
  bodies: readonly Uint8Array[],
  signatures: readonly string[],
): void {
  const isGood = (body: Uint8Array, n: number): boolean => {
    const signature = bytesOf(signatures[n] ?? "");
    const message = new Uint8Array(Buffer.concat([DOMAIN, body]));
    return outside.isSignature({ scheme: "p256", key: new Uint8Array(key), message, signature });
  };
  if (bodies.length !== signatures.length || !bodies.every(isGood))
    throw new AppError("rule_broken", "bad_signature: it does not fit what is proposed.");
}

/** What the caller hands in next; should it die before, the round over all jobs finds it. */
const LEFT_ALONE_MS = 5_000;

async function putWhole(
  tx: Tx,
  { tenantId, row, bytes, now }: { tenantId: number; row: ProposalRow; bytes: Uint8Array; now: number },
): Promise<Job> {
  const id = new Uint8Array(row.tx_id);
  await putSigned(tx, {
    tenantId,
    ledgerTenantId: tenantId,
    id,
    signer: "council",
    bytes,
    purpose: COUNCIL,
    subject: String(row.id),
    now,
    after: now + LEFT_ALONE_MS,
  });
  return (await findJob(tx, tenantId, id)) as Job;
}

/** Purpose of jobs that councils have signed. */
export const COUNCIL = "council";

/** What the ledger said to it. */
export async function noteProposal(
  place: Place,
  { tenantId, subject }: Job,
  { result, height }: Decided,
): Promise<void> {
  const now = place.house.clock.now();
  const isDone = result === "applied";
  await inTenant(place, tenantId, async (tx) => {
    await sql`update wallet.proposal set state = ${isDone ? "applied" : "refused"}, result = ${result}, height = ${height}
      where tenant_id = ${tenantId} and id = ${Number(subject)} and state = 'open'`.execute(tx);
    await tell(tx, tenantId, `proposal ${subject}`, now);
  });
  if (isDone) await notePoint(place, tenantId);
}

/** @throws AppError not_found, rule_broken for one that is decided or being decided */
export async function withdrawProposal(place: Place, actor: Actor, id: number): Promise<Proposal> {
  const { tenantId } = actor;
  const now = place.house.clock.now();
  await inTenant(place, tenantId, async (tx) => {
    const row = await lockProposal(tx, tenantId, id);
    const isUnderWay = (await findJob(tx, tenantId, new Uint8Array(row.tx_id))) !== undefined;
    if (row.state !== "open" || isUnderWay)
      throw new AppError("rule_broken", "closed: this proposal is not open any more.");
    await sql`update wallet.proposal set state = 'withdrawn' where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    await tell(tx, tenantId, `proposal ${id}`, now);
  });
  return shownOne(place, actor, id);
}
