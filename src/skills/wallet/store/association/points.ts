import { sql } from "kysely";
import type { Tx } from "#kernel";
import type { CoinSetup } from "../../api.ts";
import type { Ledger } from "../../ports.ts";
import { inTenant, type Place } from "../tx.ts";

/** How supply and reserve stood over time; one row a block in which either changed or what is owed was published. */

const SHOWN_MOST = 60;
const ATTESTATIONS_MOST = 12;

const euroOf = (ledger: Ledger): number => ledger.attested.find(({ asset }) => asset === "EUR")?.amount ?? 0;

/** Notes how it stands now. Twice in one block is once. */
export async function notePoint(place: Place, tenantId: number): Promise<void> {
  const ledger = await place.outside.ledgers(place.house).ledger(tenantId);
  if (!ledger) return;
  const { height, time, supply, sealed } = ledger;
  const root = sealed?.height === height ? Buffer.from(sealed.root) : null;
  await inTenant(place, tenantId, (tx) =>
    sql`insert into wallet.reserve_point (tenant_id, height, at, supply, reserve_minor, root)
      values (${tenantId}, ${height}, ${new Date(time)}, ${supply}, ${euroOf(ledger)}, ${root})
      on conflict (tenant_id, height) do update set root = coalesce(excluded.root, wallet.reserve_point.root)`.execute(
      tx,
    ),
  );
}

interface PointRow {
  at: Date;
  supply: number;
  reserve_minor: number;
}

/** The last of each UTC day, the oldest first. */
export async function listPoints(tx: Tx, tenantId: number): Promise<CoinSetup["series"]> {
  const { rows } = await sql<PointRow>`
    select at, supply, reserve_minor from (
      select distinct on ((at at time zone 'UTC')::date) at, supply, reserve_minor from wallet.reserve_point
      where tenant_id = ${tenantId} order by (at at time zone 'UTC')::date desc, height desc limit ${SHOWN_MOST}) as day
    order by at`.execute(tx);
  return rows.map(({ at, supply, reserve_minor }) => ({
    at: at.getTime(),
    supply,
    reserveMinor: reserve_minor,
  }));
}

/** What the attestors have signed, the newest first. */
export async function listAttestations(tx: Tx, tenantId: number): Promise<CoinSetup["attestations"]> {
  const { rows } = await sql<{ amount: number; statedAt: string; statement: string }>`
    select (what ->> 'amountMinor')::bigint as amount, what ->> 'statedAt' as "statedAt", what ->> 'statement' as statement
    from wallet.proposal where tenant_id = ${tenantId} and state = 'applied' and what ->> 'kind' = 'attest'
    order by height desc, id desc limit ${ATTESTATIONS_MOST}`.execute(tx);
  return rows.map(({ statedAt, ...row }) => ({ ...row, statedAt: Date.parse(statedAt) }));
}
