import { sql } from "kysely";
import type { House } from "../skill.ts";

export interface StaffAddress {
  userId: string;
  email: string;
  role: "owner" | "manager" | "agent";
}

/**
 * Where members of the staff who are active now get mail: those who are named, or all owners. The addresses stand in the sign-in tables, which only the
 * node's role reads.
 * @returns without those who have left or have no address
 */
export async function staffAddresses(
  house: Pick<House, "db">,
  tenantId: number,
  who: readonly string[] | "owners",
): Promise<StaffAddress[]> {
  if (who.length === 0) return [];
  const which = who === "owners" ? sql`s.role = 'owner'` : sql`s.user_id = any(${[...who]}::text[])`;
  const { rows } = await house.db.registry((tx) =>
    sql<StaffAddress>`
      select s.user_id as "userId", u.email, s.role from kernel.staff s join auth."user" u on u.id = s.user_id
      where s.tenant_id = ${tenantId} and ${which} and s.active and u.email like '%@%'
      order by s.user_id`.execute(tx),
  );
  return rows;
}
