import { sql } from "kysely";
import type { House, Tx } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import { ProviderFault, type ProviderKind, type SeenCheckout } from "../ports.ts";
import { pauseMs } from "../rules/waiting.ts";
import { applySeen, lookLater } from "./checkouts.ts";
import { accountOf, findProvider, noteFault } from "./providers.ts";
import { inTenant, moment } from "./tx.ts";

const DAY_MS = 86_400_000;
/** What is bought by a transfer may take days; later the service's webhook is all we hear. */
const GIVE_UP_MS = 14 * DAY_MS;
const AGAIN_MS = 3_600_000;

interface Where {
  readonly tenantId: number;
  readonly kind: ProviderKind;
  readonly externalId: string;
}

/**
 * Asks the service how a checkout stands, outside of any transaction, and writes what it says. Repeatable. A service that is
 * silent is asked again as long as one that says "open".
 * @throws ProviderFault about a checkout that is not ours (yet), so that the timer is tried again
 */
export async function lookAtCheckout(
  { house, providers }: { house: House; providers: Providers },
  of: Where,
): Promise<void> {
  const { tenantId, kind, externalId } = of;
  const when = await moment(house, tenantId);
  const service = await inTenant(house, tenantId, (tx) => findProvider(tx, tenantId, kind));
  if (!service) return;
  let seen: SeenCheckout | null;
  try {
    seen = await providers[kind].look(accountOf(service), externalId);
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    const isSet = await inTenant(house, tenantId, async (tx) => {
      await noteFault(tx, tenantId, kind, { fault: error.code, now: when.now });
      return lookAgain(tx, of, when.now, pauseMs);
    });
    if (isSet) return;
    throw error;
  }
  // An id that the service does not know was forged, or is another account's.
  if (!seen) return;
  await inTenant(house, tenantId, async (tx) => {
    const isOver = await applySeen({ house, tx, tenantId }, kind, seen, when);
    if (!isOver) await lookAgain(tx, of, when.now, () => AGAIN_MS);
  });
}

/** @returns false for a checkout that is not ours, or after the last day on which it is asked for */
async function lookAgain(
  tx: Tx,
  { tenantId, kind, externalId }: Where,
  now: number,
  pause: (sinceMs: number) => number,
): Promise<boolean> {
  const { rows } = await sql<{ created_at: Date }>`
    select created_at from pay.checkout where tenant_id = ${tenantId} and provider = ${kind} and external_id = ${externalId}`.execute(
    tx,
  );
  const begun = rows[0]?.created_at.getTime();
  if (begun === undefined || now - begun >= GIVE_UP_MS) return false;
  await lookLater(tx, tenantId, { kind, externalId, dueAt: now + pause(now - begun) });
  return true;
}
