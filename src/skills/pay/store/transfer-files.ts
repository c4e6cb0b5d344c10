import { sql } from "kysely";
import { type Actor, AppError, type House, type Tx } from "#kernel";
import type { TransferFile } from "../api.ts";
import { type OutgoingTransfer, painFile } from "../rules/pain.ts";
import { endToEndOf } from "../rules/refunds.ts";
import { lockRequest, settleState } from "./request-rows.ts";
import { readSettings } from "./settings.ts";
import { inTenant, moment, tell } from "./tx.ts";

/** Refunds by transfer, put into files for the bank. A refund stands in one file, ever: after a refused one another takes its place. */

const MOST_TRANSFERS = 1_000;

interface FileRow {
  id: number;
  name: string;
  transfers: number;
  sum_minor: number;
  made_at: Date;
  refused_at: Date | null;
  xml: string;
}
type Made = TransferFile & { content: string };

const shown = ({
  id,
  name,
  transfers,
  sum_minor,
  made_at,
  refused_at,
}: Omit<FileRow, "xml">): TransferFile => ({
  id,
  name,
  transfers,
  sumMinor: sum_minor,
  madeAt: made_at.toISOString(),
  refusedAt: refused_at?.toISOString() ?? null,
});
const withContent = (row: FileRow): Made => ({
  ...shown(row),
  content: Buffer.from(row.xml, "utf8").toString("base64"),
});

export async function listTransferFiles(
  tx: Tx,
  tenantId: number,
  { before = null, limit }: { before: number | null | undefined; limit: number },
): Promise<TransferFile[]> {
  const { rows } = await sql<FileRow>`
    select id, name, transfers, sum_minor, made_at, refused_at from pay.transfer_file
    where tenant_id = ${tenantId} and (${before}::bigint is null or id < ${before}) order by id desc limit ${limit}`.execute(
    tx,
  );
  return rows.map(shown);
}

export async function waitingTransfers(
  tx: Tx,
  tenantId: number,
): Promise<{ transfers: number; sumMinor: number }> {
  const { rows } = await sql<{ transfers: number; sumMinor: number }>`
    select count(*)::int as transfers, coalesce(sum(amount_minor), 0)::bigint as "sumMinor" from pay.refund
    where tenant_id = ${tenantId} and way = 'bank' and state = 'planned'`.execute(tx);
  return rows[0] ?? { transfers: 0, sumMinor: 0 };
}

/** @throws AppError not_found */
export async function readTransferFile(tx: Tx, tenantId: number, id: number): Promise<Made> {
  const { rows } =
    await sql<FileRow>`select id, name, transfers, sum_minor, made_at, refused_at, xml from pay.transfer_file
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  if (!rows[0]) throw new AppError("not_found");
  return withContent(rows[0]);
}

/** @throws AppError rule_broken when nothing waits, or no account is known */
export async function makeTransferFile(house: House, actor: Actor): Promise<Made> {
  const { tenantId } = actor;
  const when = await moment(house, tenantId);
  return inTenant(house, tenantId, async (tx) => {
    const { holder: name, iban, bic } = await readSettings(tx, tenantId);
    if (iban === "" || name === "")
      throw new AppError("rule_broken", "no_account: say first from which account it is paid.");
    const transfers = await waiting(tx, tenantId);
    if (transfers.length === 0)
      throw new AppError("rule_broken", "nothing_waits: no refund waits for a transfer.");
    const sum = transfers.reduce((all, { amountMinor }) => all + amountMinor, 0);
    const made = await sql<{ id: number }>`
      insert into pay.transfer_file (tenant_id, name, xml, transfers, sum_minor, made_at, made_by)
      values (${tenantId}, '', '', ${transfers.length}, ${sum}, ${new Date(when.now)}, ${actor.staffId}) returning id`.execute(
      tx,
    );
    const { id } = made.rows[0] as { id: number };
    const mark = `AH-${tenantId}-${id}-${when.today.replaceAll("-", "")}`;
    const xml = painFile({
      id: mark,
      madeAt: when.now,
      on: when.today,
      debtor: { name, iban, bic },
      transfers: transfers.map(({ refundId, ...one }) => ({ ...one, endToEnd: endToEndOf(refundId) })),
    });
    const { rows } = await sql<FileRow>`update pay.transfer_file set name = ${`${mark}.xml`}, xml = ${xml}
      where tenant_id = ${tenantId} and id = ${id} returning id, name, transfers, sum_minor, made_at, refused_at, xml`.execute(
      tx,
    );
    const ids = transfers.map(({ refundId }) => refundId);
    await sql`update pay.refund set state = 'ordered', file_id = ${id}, posted_at = ${new Date(when.now)}
      where tenant_id = ${tenantId} and id = any(${ids}::bigint[])`.execute(tx);
    await tell(tx, tenantId, "transfers", when.now);
    return withContent(rows[0] as FileRow);
  });
}

type WaitingTransfer = Omit<OutgoingTransfer, "endToEnd"> & { refundId: number };

/** Locked: two who make a file at once do not put a refund into both. */
async function waiting(tx: Tx, tenantId: number): Promise<WaitingTransfer[]> {
  const { rows } = await sql<WaitingTransfer & { reference: string }>`
    select f.id as "refundId", y.payer as name, y.payer_iban as iban, f.amount_minor as "amountMinor", f.reason as words, r.reference
    from pay.refund f join pay.payment y on y.tenant_id = f.tenant_id and y.id = f.payment_id
    join pay.request r on r.tenant_id = f.tenant_id and r.id = f.request_id
    where f.tenant_id = ${tenantId} and f.way = 'bank' and f.state = 'planned' order by f.id limit ${MOST_TRANSFERS} for update of f`.execute(
    tx,
  );
  return rows.map(({ reference, words, ...one }) => ({ ...one, words: `${reference} ${words}`.trim() }));
}

/**
 * The bank did not take the file. What a statement has shown as paid stays; every other refund of it failed, and one of the
 * same sum takes its place and waits for the next file. Its mark is another, so that money that left all the same is seen.
 * @throws AppError not_found
 */
export async function refuseTransferFile(house: House, actor: Actor, id: number): Promise<TransferFile> {
  const { tenantId, staffId: by } = actor;
  const when = await moment(house, tenantId);
  return inTenant(house, tenantId, async (tx) => {
    await readTransferFile(tx, tenantId, id);
    const { rows } = await sql<{ request_id: number }>`select distinct request_id from pay.refund
      where tenant_id = ${tenantId} and file_id = ${id} and state = 'ordered' order by request_id`.execute(
      tx,
    );
    for (const { request_id } of rows) await lockRequest(tx, tenantId, request_id);
    const at = new Date(when.now);
    await sql`with failed as (
        update pay.refund set state = 'failed', fault = 'file_refused', ended_at = ${at}
        where tenant_id = ${tenantId} and file_id = ${id} and state = 'ordered' returning *)
      insert into pay.refund (tenant_id, request_id, payment_id, key, way, amount_minor, currency, state, reason, made_at, made_by)
      select tenant_id, request_id, payment_id, 'after refund ' || id, way, amount_minor, currency, 'planned', reason, ${at}, ${by} from failed order by id`.execute(
      tx,
    );
    await sql`update pay.transfer_file set refused_at = coalesce(refused_at, ${at}) where tenant_id = ${tenantId} and id = ${id}`.execute(
      tx,
    );
    for (const { request_id } of rows) await settleState(tx, tenantId, request_id, when);
    await tell(tx, tenantId, "transfers", when.now);
    const { content: _, ...file } = await readTransferFile(tx, tenantId, id);
    return file;
  });
}
