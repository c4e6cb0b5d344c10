import { sql } from "kysely";
import type { House } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import { ProviderFault, type ProviderKind } from "../ports.ts";
import { applySeen, lookLater } from "./checkouts.ts";
import { accountOf, findProvider, noteFault } from "./providers.ts";
import { inTenant, moment } from "./tx.ts";

const DAY_MS = 86_400_000;
/** What is bought by a transfer may take days; later the service's webhook is all we hear. */
const GIVE_UP_MS = 14 * DAY_MS;
const AGAIN_MS = 3_600_000;

/**
 * Asks the service how a checkout stands, outside of any transaction, and writes what it says. Repeatable.
 * @throws ProviderFault, so that the timer is tried again
 */
export async function lookAtCheckout(
  { house, providers }: { house: House; providers: Providers },
  of: { tenantId: number; kind: ProviderKind; externalId: string },
): Promise<void> {
  const { tenantId, kind, externalId } = of;
  const when = await moment(house, tenantId);
  const service = await inTenant(house, tenantId, (tx) => findProvider(tx, tenantId, kind));
  if (!service) return;
  const seen = await providers[kind].look(accountOf(service), externalId).catch(async (error: unknown) => {
    if (error instanceof ProviderFault)
      await inTenant(house, tenantId, (tx) =>
        noteFault(tx, tenantId, kind, { fault: error.code, now: when.now }),
      );
    throw error;
  });
  // An id that the service does not know was forged, or is another account's.
  if (!seen) return;
  await inTenant(house, tenantId, async (tx) => {
    const isOver = await applySeen({ house, tx, tenantId }, kind, seen, when);
    if (isOver) return;
    const { rows } = await sql<{ created_at: Date }>`
      select created_at from pay.checkout where tenant_id = ${tenantId} and provider = ${kind} and external_id = ${externalId}`.execute(
      tx,
    );
    const begun = rows[0]?.created_at.getTime();
    if (begun !== undefined && when.now - begun < GIVE_UP_MS)
      await lookLater(tx, tenantId, { kind, externalId, dueAt: when.now + AGAIN_MS });
  });
}
