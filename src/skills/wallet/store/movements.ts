import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { WalletMovement } from "../api.ts";

/** What a wallet shows as its history; in the issuer's rows, once for a transaction. */

export interface NewMovement {
  readonly account: Uint8Array;
  readonly kind: WalletMovement["kind"];
  /** Base units, signed: the sum of all is what can be spent. */
  readonly amount: number;
  readonly other: string;
  readonly title: string;
  readonly requestKey: string | null;
  readonly txId: Uint8Array;
  readonly height: number;
  readonly at: number;
}

/** Of customers only; merchants count at their till. */
export async function addMovement(tx: Tx, tenantId: number, one: NewMovement): Promise<void> {
  await sql`insert into wallet.movement (tenant_id, account, at, kind, amount, other, title, request_key, tx_id, height)
    select ${tenantId}, account, ${new Date(one.at)}, ${one.kind}, ${one.amount}, ${one.other}, ${one.title}, ${one.requestKey},
      ${Buffer.from(one.txId)}, ${one.height}
    from wallet.account where tenant_id = ${tenantId} and account = ${Buffer.from(one.account)}
    on conflict (tenant_id, account, tx_id, kind) do nothing`.execute(tx);
}

interface Row {
  id: number;
  at: Date;
  kind: WalletMovement["kind"];
  amount: number;
  other: string;
  title: string;
  request_key: string | null;
  tx_id: string;
  height: number;
}

export async function listMovements(
  tx: Tx,
  tenantId: number,
  { account, before, limit }: { account: Uint8Array; before: number | null; limit: number },
): Promise<WalletMovement[]> {
  const { rows } =
    await sql<Row>`select id, at, kind, amount, other, title, request_key, encode(tx_id, 'hex') as tx_id, height from wallet.movement
    where tenant_id = ${tenantId} and account = ${Buffer.from(account)} and (${before}::bigint is null or id < ${before})
    order by id desc limit ${limit}`.execute(tx);
  return rows.map(({ at, other, request_key, tx_id, ...row }) => ({
    ...row,
    at: at.getTime(),
    merchant: other,
    requestKey: request_key,
    txId: tx_id,
  }));
}
