import { type House, openTenantCache } from "#kernel";

/** Topic of the announcement after a company has begun a coin, or takes one. */
export const KNOWN = "wallet";
const LIMIT_BYTES = 2 ** 20;

/** Which companies issue a coin or take one, at hand during a batch. */
export function openKnown(house: House) {
  return openTenantCache<boolean>(house, {
    topic: KNOWN,
    none: false,
    limitBytes: LIMIT_BYTES,
    bytesOf: () => 1,
    async read(tenantIds) {
      const { rows } = await house.db.node.query<{ tenant_id: number }>({
        name: "wallet-known",
        text: `select tenant_id from wallet.membership where tenant_id = any($1::int[]) and state = 'open'
          union select tenant_id from wallet.coin where tenant_id = any($1::int[]) and state = 'open'`,
        values: [tenantIds],
      });
      return new Map(rows.map(({ tenant_id }) => [tenant_id, true]));
    },
  });
}
