import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { NumberPlan } from "../rules/phone-number.ts";

export interface Settings extends NumberPlan {
  /** After so many calls in vain a customer reads that we tried. */
  readonly triesUntilTold: number;
}

const DEFAULTS: Settings = { countryCode: "49", areaCode: "", triesUntilTold: 3 };

export async function readSettings(tx: Tx, tenantId: number): Promise<Settings> {
  const { rows } = await sql<Settings>`
    select country_code as "countryCode", area_code as "areaCode", tries_until_told as "triesUntilTold"
    from telephone.settings where tenant_id = ${tenantId}`.execute(tx);
  return rows[0] ?? DEFAULTS;
}

export async function writeSettings(tx: Tx, tenantId: number, settings: Settings): Promise<void> {
  const { countryCode, areaCode, triesUntilTold } = settings;
  await sql`insert into telephone.settings (tenant_id, country_code, area_code, tries_until_told)
    values (${tenantId}, ${countryCode}, ${areaCode}, ${triesUntilTold})
    on conflict (tenant_id) do update set country_code = excluded.country_code, area_code = excluded.area_code,
      tries_until_told = excluded.tries_until_told`.execute(tx);
}
