import { sql } from "kysely";
import { AppError, type Tx, writeCsv } from "#kernel";
import type { Settlement } from "../api.ts";
import { centsOf } from "../rules/money.ts";

/** What came in and went out at a till, counted from what the ledger has applied. */

const ROWS_MOST = 20_000;

interface Row {
  at: Date;
  kind: "paid" | "captured" | "refunded" | "redeemed";
  title: string;
  amount: number;
  requestId: number | null;
  txId: string;
  height: number;
}

export async function settlementOf(
  tx: Tx,
  tenantId: number,
  { membershipId = null, from, to }: { membershipId?: number | null | undefined; from: string; to: string },
): Promise<Settlement> {
  const { rows } = await sql<Row>`
    select e.at, e.kind, r.title, case when e.kind = 'refunded' then -e.amount else e.amount end::bigint as amount, r.id as "requestId",
      encode(e.tx_id, 'hex') as "txId", coalesce(e.height, 0) as height
    from wallet.entry e join wallet.request r on r.tenant_id = e.tenant_id and r.id = e.request_id
    where e.tenant_id = ${tenantId} and e.state = 'done' and e.kind in ('paid', 'captured', 'refunded') and e.at >= ${from} and e.at < ${to}
      and (${membershipId}::bigint is null or r.membership_id = ${membershipId})
    union all
    select d.made_at, 'redeemed', '', -d.amount_minor * 10000, null, encode(d.job_id, 'hex'), 0
    from wallet.redemption d
    where d.tenant_id = ${tenantId} and d.state in ('accepted', 'ordered', 'paid') and d.made_at >= ${from} and d.made_at < ${to}
      and (${membershipId}::bigint is null or d.membership_id = ${membershipId})
    order by 1, 6 limit ${ROWS_MOST + 1}`.execute(tx);
  // A sum of a part would be a wrong sum.
  if (rows.length > ROWS_MOST)
    throw new AppError("rule_broken", "too_many: more than 20,000 entries; choose a shorter time.");
  const shown = rows.map((row) => ({ ...row, at: row.at.toISOString(), amountMinor: cents(row.amount) }));
  const sum = (kinds: readonly Row["kind"][]) =>
    cents(rows.filter((row) => kinds.includes(row.kind)).reduce((all, row) => all + Math.abs(row.amount), 0));
  return {
    from,
    to,
    takenMinor: sum(["paid", "captured"]),
    refundedMinor: sum(["refunded"]),
    redeemedMinor: sum(["redeemed"]),
    payments: rows.filter(({ kind }) => kind === "paid" || kind === "captured").length,
    refunds: rows.filter(({ kind }) => kind === "refunded").length,
    rows: shown.map(({ amount: _, ...row }) => row),
  };
}

const cents = (units: number): number => Math.sign(units) * centsOf(Math.abs(units));

export function settlementCsv({ rows }: Settlement): string {
  const euro = (minor: number) =>
    minor <= 0 ? "" : `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;
  return writeCsv([
    ["at", "kind", "title", "in", "out", "request", "transaction", "block"],
    ...rows.map((row) => [
      row.at,
      row.kind,
      row.title,
      euro(row.amountMinor),
      euro(-row.amountMinor),
      row.requestId === null ? "" : String(row.requestId),
      row.txId,
      String(row.height),
    ]),
  ]);
}
