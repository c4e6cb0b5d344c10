import { sql } from "kysely";
import type { Tx } from "#kernel";
import { documentNumber, type NumberKind, yearOf } from "../rules/numbers.ts";
import { readLetterhead } from "./letterhead.ts";

/** The next number of its kind and year; taken back with the transaction, so there are no gaps. @param day YYYY-MM-DD */
export async function nextNumber(tx: Tx, tenantId: number, kind: NumberKind, day: string): Promise<string> {
  const year = yearOf(day);
  const { rows } = await sql<{ last: number }>`
    insert into business.counter (tenant_id, kind, year, last) values (${tenantId}, ${kind}, ${year}, 1)
    on conflict (tenant_id, kind, year) do update set last = counter.last + 1 returning last`.execute(tx);
  const head = await readLetterhead(tx, tenantId);
  const prefix = kind === "quotation" ? head.quotationPrefix : head.confirmationPrefix;
  return documentNumber(prefix, year, (rows[0] as { last: number }).last);
}
