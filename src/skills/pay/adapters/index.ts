import type { House } from "#kernel";
import type { Ask, PaymentProvider, ProviderKind } from "../ports.ts";
import { openMollie } from "./mollie.ts";
import { openStripe } from "./stripe.ts";

export type Providers = Readonly<Record<ProviderKind, PaymentProvider>>;

/** The services this node speaks with. */
export const openProviders = (house: House, ask: Ask): Providers => ({
  stripe: openStripe(ask, () => house.clock.now()),
  mollie: openMollie(ask),
});
