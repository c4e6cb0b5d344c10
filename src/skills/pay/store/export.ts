import { sql } from "kysely";
import { AppError, type House, type Tx, writeCsv } from "#kernel";
import { csvRecords, extfFile, type Posting, yearStart } from "../rules/bookkeeping.ts";
import { readSettings } from "./settings.ts";
import { inTenant } from "./tx.ts";

const MOST_ROWS = 100_000;

/** @throws AppError bad_request for a period that ends before it begins, or spans two fiscal years where the format allows one */
export async function exportPostings(
  house: House,
  tenantId: number,
  { from, to, format }: { from: string; to: string; format: "csv" | "extf" },
): Promise<{ name: string; mime: "text/csv"; rows: number; content: string }> {
  const fault = (message: string) => new AppError("bad_request", undefined, [{ path: "to", message }]);
  if (to < from) throw fault("is before the first day");
  return inTenant(house, tenantId, async (tx) => {
    const { bookkeeping } = await readSettings(tx, tenantId);
    const { timeZone } = await house.profile(tenantId);
    const postings = await readPostings(tx, tenantId, { from, to, timeZone });
    if (postings.length > MOST_ROWS) throw fault("too many rows: choose a shorter period");
    const rows = postings.length;
    if (format === "csv") {
      const content = Buffer.from(writeCsv(csvRecords(postings)), "utf8").toString("base64");
      return { name: `zahlungen-${from}-${to}.csv`, mime: "text/csv", rows, content };
    }
    if (yearStart(from, bookkeeping.yearBegins) !== yearStart(to, bookkeeping.yearBegins))
      throw fault("is in another fiscal year than the first day");
    const text = extfFile(postings, bookkeeping, { from, to, madeAt: house.clock.now() });
    const content = windows1252(text).toString("base64");
    return { name: `EXTF_Zahlungen_${from}_${to}.csv`, mime: "text/csv", rows, content };
  });
}

/** Signs between 0x80 and 0x9f of Windows-1252 that stand in names; what it has not becomes a question mark. */
const HIGH: Readonly<Record<string, number>> = {
  "€": 0x80,
  "„": 0x84,
  "“": 0x93,
  "”": 0x94,
  "’": 0x92,
  "–": 0x96,
  Š: 0x8a,
  š: 0x9a,
  Ž: 0x8e,
  ž: 0x9e,
};

function windows1252(text: string): Buffer {
  return Buffer.from(
    [...text].map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      return HIGH[sign] ?? (code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : 0x3f);
    }),
  );
}

/** A refund stands on the day on which it was first ordered or done, for ever; one that came back is posted back on its own day. */
async function readPostings(
  tx: Tx,
  tenantId: number,
  { from, to, timeZone }: { from: string; to: string; timeZone: string },
): Promise<Posting[]> {
  const { rows } = await sql<Posting>`
    with moved as (
      select y.made_at as at, y.booked_on as day, y.id, 'payment' as kind, y.source, y.amount_minor, y.currency, y.request_id, y.payer from pay.payment y
        where y.tenant_id = ${tenantId}
      union all
      select y.undone_at, (y.undone_at at time zone ${timeZone})::date, y.id, 'undone', y.source, y.amount_minor, y.currency, y.request_id, y.payer
        from pay.payment y where y.tenant_id = ${tenantId} and y.undone_at is not null
      union all
      select f.posted_at, (f.posted_at at time zone ${timeZone})::date, f.id, 'refund', f.way, f.amount_minor, f.currency, f.request_id, y.payer
        from pay.refund f join pay.payment y on y.tenant_id = f.tenant_id and y.id = f.payment_id
        where f.tenant_id = ${tenantId} and f.posted_at is not null
      union all
      select f.ended_at, (f.ended_at at time zone ${timeZone})::date, f.id, 'returned', f.way, f.amount_minor, f.currency, f.request_id, y.payer
        from pay.refund f join pay.payment y on y.tenant_id = f.tenant_id and y.id = f.payment_id
        where f.tenant_id = ${tenantId} and f.posted_at is not null and f.state = 'failed')
    select m.day::text as "on", m.kind, m.source, m.amount_minor as "amountMinor", m.currency, r.reference, coalesce(b.number, '') as receipt,
      r.title, m.payer
    from moved m join pay.request r on r.tenant_id = ${tenantId} and r.id = m.request_id
    left join lateral (
      -- A payment stands on the receipt that it completes, what was taken back on the cancellation, a refund on what was true.
      select c.number from pay.receipt c where c.tenant_id = r.tenant_id and c.request_id = r.id and (c.cancels is not null) = (m.kind = 'undone')
      order by case when m.kind in ('payment', 'undone') then c.issued_at < m.at else c.issued_at > m.at end,
        abs(extract(epoch from c.issued_at - m.at)), c.number limit 1) b on true
    where m.day between ${from}::date and ${to}::date order by m.day, m.kind desc, m.id limit ${MOST_ROWS + 1}`.execute(
    tx,
  );
  return rows;
}
