import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { Letterhead } from "../api.ts";
import { tell } from "./tx.ts";

/** A company that has said nothing yet. */
const BLANK: Letterhead = {
  legalName: "",
  street: "",
  postalCode: "",
  city: "",
  country: "DE",
  phone: "",
  email: "",
  website: "",
  vatId: "",
  taxNumber: "",
  register: "",
  directors: "",
  bank: "",
  iban: "",
  bic: "",
  terms: { de: "", en: "" },
  quotationPrefix: "AN",
  confirmationPrefix: "AB",
  validDays: 30,
  taxBp: 1900,
};

export async function readLetterhead(tx: Tx, tenantId: number): Promise<Letterhead & { revision: number }> {
  const { rows } = await sql<{ details: Letterhead; revision: number }>`
    select details, revision from business.letterhead where tenant_id = ${tenantId}`.execute(tx);
  const [row] = rows;
  return { ...BLANK, ...row?.details, revision: row?.revision ?? 0 };
}

/** @param revision 0 = never saved before @throws AppError conflict */
export async function writeLetterhead(
  tx: Tx,
  tenantId: number,
  { revision, ...details }: Letterhead & { revision: number },
  now: number,
): Promise<void> {
  const json = JSON.stringify(details);
  const { rows } =
    revision === 0
      ? await sql`insert into business.letterhead (tenant_id, details) values (${tenantId}, ${json}::jsonb)
          on conflict do nothing returning revision`.execute(tx)
      : await sql`update business.letterhead set details = ${json}::jsonb, revision = revision + 1
          where tenant_id = ${tenantId} and revision = ${revision} returning revision`.execute(tx);
  if (rows.length === 0) throw new AppError("conflict");
  await tell(tx, tenantId, "letterhead", now);
}
