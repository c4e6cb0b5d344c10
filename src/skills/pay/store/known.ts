import { type House, openTenantCache } from "#kernel";
import type { AskedContacts } from "../flows/index.ts";
import { KNOWN } from "./tx.ts";

const NOBODY: AskedContacts = new Set();
/** Of all tenants of a process; beyond it the longest unused are read again when they are wanted. */
const LIMIT_BYTES = 32 * 2 ** 20;
const CONTACT_BYTES = 40;

/** Of whom something was asked, as this contact or as another that is the same person. */
export function openKnown(house: House) {
  return openTenantCache<AskedContacts>(house, {
    topic: KNOWN,
    none: NOBODY,
    limitBytes: LIMIT_BYTES,
    bytesOf: ({ size }) => size * CONTACT_BYTES,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<{ tenant_id: number; contacts: number[] }>({
        name: "pay-known",
        text: `select p.tenant_id, array_agg(distinct o.id) as contacts from pay.request_place p
          join kernel.contact c on c.tenant_id = p.tenant_id and c.id = p.contact_id
          join kernel.contact o on o.tenant_id = c.tenant_id and (o.id = coalesce(c.merged_into, c.id) or o.merged_into = coalesce(c.merged_into, c.id))
          where p.tenant_id = any($1::int[]) group by p.tenant_id`,
        values: [tenantIds],
      });
      return new Map(rows.map(({ tenant_id, contacts }) => [tenant_id, new Set(contacts.map(Number))]));
    },
  });
}
