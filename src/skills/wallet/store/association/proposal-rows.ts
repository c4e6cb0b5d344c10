import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import { encodeBody, type Operation, type Transaction } from "../../../coin/api.ts";
import type { Proposal, ProposalContent } from "../../api.ts";
import { operationsOf } from "../../rules/bytes.ts";
import { groupsOf } from "../../rules/groups.ts";

/** Proposals and their signatures as they are stored, and the bytes that are made of them. */

export interface ProposalRow {
  id: number;
  council: "governors" | "attestors";
  what: ProposalContent;
  note: string;
  needed: number;
  operations: unknown;
  tx_id: Buffer;
  state: Proposal["state"];
  result: string;
  height: number | null;
  proposed_by: string;
  created_at: Date;
  expires_at: Date;
}

export interface ApprovalRow {
  proposal_id: number;
  n: number;
  account: Buffer;
  name: string;
  key: Buffer;
  nonce: number;
  signatures: Buffer | null;
  signed_at: Date | null;
}

const SIGNATURE_BYTES = 64;
const COLUMNS = sql`id, council, what, note, needed, operations, tx_id, state, result, height, proposed_by, created_at, expires_at`;

export async function listRows(
  tx: Tx,
  tenantId: number,
  { isOpen, limit }: { isOpen: boolean; limit: number },
): Promise<ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`select ${COLUMNS} from wallet.proposal
    where tenant_id = ${tenantId} and (not ${isOpen}::boolean or state = 'open') order by id desc limit ${limit}`.execute(
    tx,
  );
  return rows;
}

/** @throws AppError not_found */
export async function lockProposal(tx: Tx, tenantId: number, id: number): Promise<ProposalRow> {
  const { rows } = await sql<ProposalRow>`select ${COLUMNS} from wallet.proposal
    where tenant_id = ${tenantId} and id = ${id} for update`.execute(tx);
  if (!rows[0]) throw new AppError("not_found");
  return rows[0];
}

export async function proposalByKey(tx: Tx, tenantId: number, key: string): Promise<ProposalRow | undefined> {
  const { rows } = await sql<ProposalRow>`select ${COLUMNS} from wallet.proposal
    where tenant_id = ${tenantId} and client_key = ${key}`.execute(tx);
  return rows[0];
}

/** In the order of their places. */
export async function approvalsOf(
  tx: Tx,
  tenantId: number,
  ids: readonly number[],
): Promise<Map<number, ApprovalRow[]>> {
  const { rows } =
    await sql<ApprovalRow>`select proposal_id, n, account, name, key, nonce, signatures, signed_at from wallet.approval
    where tenant_id = ${tenantId} and proposal_id = any(${[...ids]}::bigint[]) order by proposal_id, n`.execute(
      tx,
    );
  return Map.groupBy(rows, ({ proposal_id }) => proposal_id);
}

export interface Group {
  /** Places among the council, rising: the order in which they sign. */
  readonly members: readonly number[];
  readonly body: Uint8Array;
}

/** All groups that are enough. One id for all of them: one is ever applied. */
export function bodiesOf(
  chainId: number,
  { tx_id, expires_at, operations, needed }: ProposalRow,
  approvals: readonly ApprovalRow[],
): Group[] {
  const shared = {
    chainId,
    id: new Uint8Array(tx_id),
    expiresAt: expires_at.getTime(),
    operations: operationsOf(operations) as Operation[],
  };
  return groupsOf(approvals.length, needed).map((members) => {
    const signers = members.map((n) => signerOf(approvals[n] as ApprovalRow));
    return { members, body: encodeBody({ ...shared, signers }) };
  });
}

const signerOf = ({ account, nonce, key }: ApprovalRow): Transaction["signers"][number] => ({
  account: new Uint8Array(account),
  nonce,
  scheme: "p256",
  key: new Uint8Array(key),
});

/** The first group of which everybody has signed, as the ledger takes it. @returns null while none is whole */
export function assemble(groups: readonly Group[], approvals: readonly ApprovalRow[]): Uint8Array | null {
  const whole = groups.find(({ members }) => members.every((n) => approvals[n]?.signatures !== null));
  if (!whole) return null;
  const at = groups.indexOf(whole);
  const signatures = whole.members.map((n) => {
    const place = groups.slice(0, at).filter(({ members }) => members.includes(n)).length;
    const all = approvals[n]?.signatures as Buffer;
    return all.subarray(place * SIGNATURE_BYTES, (place + 1) * SIGNATURE_BYTES);
  });
  return new Uint8Array(Buffer.concat([whole.body, ...signatures]));
}
