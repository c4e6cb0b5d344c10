import { type Withdrawal, withdrawGrants } from "./grants.ts";
import type { Run } from "./run.ts";

/** A chain of merges longer than this does not occur; the bound keeps a damaged row from running for ever. */
const DEEPEST = 50;

/** Everybody who is the same person as this contact, by merges in either direction. */
async function personIds(run: Run, tenantId: number, contactId: number): Promise<number[]> {
  const rows = await run<{ id: number }>(
    `with recursive up as (
        select id, merged_into, 0 as depth from kernel.contact where tenant_id = $1 and id = $2
        union all select c.id, c.merged_into, up.depth + 1 from up join kernel.contact c on c.tenant_id = $1 and c.id = up.merged_into where up.depth < ${DEEPEST}),
      down as (
        select id, 0 as depth from up where merged_into is null
        union all select c.id, down.depth + 1 from down join kernel.contact c on c.tenant_id = $1 and c.merged_into = down.id where down.depth < ${DEEPEST})
      select distinct id from down`,
    [tenantId, contactId],
  );
  return rows.map((row) => row.id);
}

/**
 * What customers and providers withdrew in a batch of the message path: for the whole person, at once.
 * @returns whose consent changed, for the events
 */
export async function withdrawBatch(
  run: Run,
  withdrawals: readonly Withdrawal[],
  now: number,
): Promise<{ tenantId: number; contactId: number }[]> {
  const changed: { tenantId: number; contactId: number }[] = [];
  // One order of tenants for everybody who locks several chains.
  for (const withdrawal of withdrawals.toSorted((a, b) => a.tenantId - b.tenantId)) {
    const { tenantId } = withdrawal;
    const persons = new Set<number>();
    for (const id of withdrawal.contactIds)
      for (const one of await personIds(run, tenantId, id)) persons.add(one);
    const contactIds = [...persons].sort((a, b) => a - b);
    for (const contactId of new Set(await withdrawGrants(run, { ...withdrawal, contactIds }, now)))
      changed.push({ tenantId, contactId });
  }
  return changed;
}
