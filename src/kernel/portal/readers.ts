import { sql } from "kysely";
import type { PortalReader } from "../api/portal.ts";
import type { Tx } from "../db/open.ts";
import type { TenantProfile } from "../tenants/profile.ts";
import type { Visit } from "./room.ts";

/**
 * Who saw the data: one line a reader and day. Staff are persons too, so a customer sees a first name and a role, or
 * the role alone where the company set it so; never an account, never how often.
 */

const SHOWN = 200;
/** Whoever was asked by mail, without an account at the desk; the number of the question follows. */
export const ASKED_BY_MAIL = "mail:";

type Role = PortalReader["role"];

interface Row {
  day: string;
  first_at: Date;
  staff_id: string;
  name: string | null;
  role: "owner" | "manager" | "agent" | null;
  total: number;
}

export async function readersOf(visit: Visit): Promise<{ items: PortalReader[]; more: number }> {
  const { tx, link, contactIds, profile } = visit;
  const { rows } = await sql<Row>`
    select a.day::text as day, min(a.first_at) as first_at, a.staff_id, max(s.name) as name, max(s.role) as role,
      count(*) over () as total
    from kernel.access_log a left join kernel.staff s on s.tenant_id = a.tenant_id and s.user_id = a.staff_id
    where a.tenant_id = ${link.tenantId} and a.contact_id = any(${[...contactIds]}::bigint[])
    group by a.day, a.staff_id order by first_at desc, a.staff_id limit ${SHOWN}`.execute(tx);
  const items = rows.map((row) => {
    const role = roleOf(row);
    return {
      day: row.day,
      firstAt: row.first_at.toISOString(),
      name: shownName(profile, { role, name: row.name ?? "" }),
      role,
    };
  });
  return { items, more: Math.max(0, (rows[0]?.total ?? 0) - items.length) };
}

function roleOf({ staff_id, role }: Pick<Row, "staff_id" | "role">): Role {
  if (staff_id.startsWith("key:")) return "program";
  if (staff_id.startsWith(ASKED_BY_MAIL)) return "colleague";
  return role ?? "former";
}

function shownName(profile: TenantProfile, staff: { role: Role; name: string }): string {
  if (staff.role === "program" || staff.role === "colleague" || profile.staffShownAs === "role") return "";
  return staff.name.trim().split(/\s+/)[0] ?? "";
}

/** @returns account of a colleague or a program -> what a customer may read in its place */
export async function shownStaff(
  tx: Tx,
  profile: TenantProfile,
  words: (role: Role) => string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ staff_id: string; name: string | null; role: Row["role"] }>`
    select user_id as staff_id, name, role from kernel.staff where tenant_id = ${profile.id}
    union all select 'key:' || id, null, null from kernel.api_key where tenant_id = ${profile.id}
    union all select ${ASKED_BY_MAIL}, null, null`.execute(tx);
  return new Map(
    rows.map((row) => {
      const role = roleOf(row);
      const name = shownName(profile, { role, name: row.name ?? "" });
      return [row.staff_id, name ? `${name}, ${words(role)}` : words(role)];
    }),
  );
}
