import { type AnyRoute, AppError, type House, rateLimiter, route, TooManyRequests } from "#kernel";
import type { Providers } from "../adapters/index.ts";
import * as api from "../api.ts";
import { type FaultCode, type Outside, ProviderFault, type ProviderKind } from "../ports.ts";
import { applySeen, lookLater } from "../store/checkouts.ts";
import { noteChargedBack } from "../store/disputes.ts";
import {
  accountOf,
  findProvider,
  noteFault,
  removeProvider,
  shownProviders,
  writeProvider,
} from "../store/providers.ts";
import { noteRefunded } from "../store/refund-rows.ts";
import { inTenant, moment } from "../store/tx.ts";

/** A service calls in bursts; who guesses addresses is counted by theirs. */
const HOOK_RATE = { burst: 120, perMinute: 600 };
const HOOK_KEY = /^(stripe|mollie)-(\d{1,9})-([0-9a-f]{32})$/;

export function providerRoutes(house: House, outside: Outside, providers: Providers): readonly AnyRoute[] {
  const shown = async (tenantId: number): Promise<api.Provider[]> =>
    inTenant(house, tenantId, (tx) => shownProviders(tx, tenantId, outside.publicUrl(house)));
  return [
    route(api.listPayProviders, async ({ actor: { tenantId } }) => ({ items: await shown(tenantId) })),
    route(api.savePayProvider, async ({ actor: { tenantId }, params: { kind }, body }) => {
      const now = house.clock.now();
      await inTenant(house, tenantId, (tx) => writeProvider(tx, tenantId, kind, { ...body, now }));
      await tryKey({ house, providers }, tenantId, kind);
      return (await shown(tenantId)).find((one) => one.kind === kind) as api.Provider;
    }),
    route(api.removePayProvider, async ({ actor: { tenantId }, params: { kind } }) => {
      await inTenant(house, tenantId, (tx) => removeProvider(tx, tenantId, kind, house.clock.now()));
      return { ok: true as const };
    }),
  ];
}

/** The key is tried at once; what the service says to it is shown where it was entered. */
async function tryKey(
  { house, providers }: { house: House; providers: Providers },
  tenantId: number,
  kind: ProviderKind,
): Promise<void> {
  const row = await inTenant(house, tenantId, (tx) => findProvider(tx, tenantId, kind));
  if (!row) return;
  let fault: FaultCode | null = null;
  try {
    await providers[kind].check(accountOf(row));
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    fault = error.code;
  }
  await inTenant(house, tenantId, (tx) => noteFault(tx, tenantId, kind, { fault, now: house.clock.now() }));
}

/** What services tell. Forged, doubled, late or for another sum: what is written is what the ledger's rules allow. */
export function hookRoutes(house: House, providers: Providers): readonly AnyRoute[] {
  const limit = rateLimiter(HOOK_RATE, house.clock);
  return [
    route(api.tellOfPayment, async ({ params: { key }, body, request }) => {
      const wait = limit.take(request.ip);
      if (wait !== null) throw new TooManyRequests(wait);
      const [, kind, tenant, hookKey] = HOOK_KEY.exec(key) ?? [];
      if (!kind) throw new AppError("not_found");
      const tenantId = Number(tenant);
      const provider = kind as ProviderKind;
      const row = await inTenant(house, tenantId, (tx) => findProvider(tx, tenantId, provider));
      if (!row || row.hook_key !== hookKey) throw new AppError("not_found");
      const when = await moment(house, tenantId);
      const given = request.headers["stripe-signature"];
      const signature = typeof given === "string" ? given : "";
      const hook = { rawText: request.rawText, signature, body, now: when.now };
      const told = providers[provider].told(accountOf(row), hook);
      if (told === null) throw new AppError("bad_signature");
      await inTenant(house, tenantId, async (tx) => {
        if (told.is === "checkout") await applySeen({ house, tx, tenantId }, provider, told.seen, when);
        if (told.is === "refund") await noteRefunded(tx, tenantId, { source: provider, ...told }, when);
        if (told.is === "dispute")
          await noteChargedBack({ house, tx, tenantId }, { source: provider, ...told }, when);
        if (told.is === "look")
          await lookLater(tx, tenantId, { kind: provider, externalId: told.externalId, dueAt: when.now });
      });
      return { ok: true as const };
    }),
  ];
}
