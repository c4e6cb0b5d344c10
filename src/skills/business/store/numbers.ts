import { sql } from "kysely";
import type { CounterGap, Tx } from "#kernel";
import type { Letterhead, NumberGap } from "../api.ts";
import { documentNumber, type NumberKind, yearOf } from "../rules/numbers.ts";
import { readLetterhead } from "./letterhead.ts";

const GAPS_SHOWN = 20;

/** The next number of its kind and year; taken back with the transaction, so only a restore makes gaps. @param day YYYY-MM-DD */
export async function nextNumber(tx: Tx, tenantId: number, kind: NumberKind, day: string): Promise<string> {
  const year = yearOf(day);
  const { rows } = await sql<{ last: number }>`
    insert into business.counter (tenant_id, kind, year, last) values (${tenantId}, ${kind}, ${year}, 1)
    on conflict (tenant_id, kind, year) do update set last = counter.last + 1 returning last`.execute(tx);
  const prefix = prefixOf(kind, await readLetterhead(tx, tenantId));
  return documentNumber(prefix, year, (rows[0] as { last: number }).last);
}

function prefixOf(kind: NumberKind, head: Letterhead): string {
  return kind === "quotation" ? head.quotationPrefix : head.confirmationPrefix;
}

/** Numbers that restores left out, the newest first, as they stand on documents. */
export async function numberGaps(tx: Tx, tenantId: number): Promise<NumberGap[]> {
  const head = await readLetterhead(tx, tenantId);
  const { rows } = await sql<CounterGap & { kind: NumberKind; year: number }>`
    select c.kind, c.year, g."from", g."to", g.at from business.counter c
    cross join lateral jsonb_to_recordset(c.gaps) as g ("from" int, "to" int, at text)
    where c.tenant_id = ${tenantId} order by g.at desc, c.year desc, c.kind desc limit ${GAPS_SHOWN}`.execute(
    tx,
  );
  return rows.map(({ kind, year, from, to, at }) => {
    const numberOf = (count: number) => documentNumber(prefixOf(kind, head), year, count);
    return { from: numberOf(from), to: numberOf(to), at };
  });
}
