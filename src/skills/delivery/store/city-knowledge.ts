import { sql } from "kysely";
import type { DeliveryTx } from "./tx.ts";

/** What finished evenings taught of a city. */
interface LearnedBuffer {
  readonly zone: string;
  readonly hour: number;
  readonly seconds: number;
  readonly promises: number;
}

/** Those of the whole city first. */
export async function readBuffers(
  tx: DeliveryTx,
  { tenantId, cityId }: { readonly tenantId: number; readonly cityId: number },
): Promise<LearnedBuffer[]> {
  const { rows } = await sql<LearnedBuffer>`
    select coalesce(z.name, '') as zone, b.hour, b.buffer_s as seconds, b.promises
    from delivery.buffer b left join delivery.zone z on z.tenant_id = b.tenant_id and z.city_id = b.city_id and z.id = b.zone_id
    where b.tenant_id = ${tenantId} and b.city_id = ${cityId} and (b.zone_id = 0 or z.id is not null)
    order by b.zone_id, b.hour limit 500`.execute(tx);
  return rows;
}
