import { type Actor, AppError, type House } from "#kernel";
import { readDelivery } from "../store/deliveries.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { needAgreement } from "./agreement.ts";
import type { CityState } from "./city-state.ts";
import { toGrid } from "./grid.ts";
import type { Coordinates, Delivery } from "./promises.ts";

/** On whose behalf somebody asks: the carrier, and the sender where that is another company. */
export interface Asking {
  readonly tenantId: number;
  readonly senderTenantId: number | undefined;
}

/** @throws AppError forbidden without a standing agreement with that carrier */
export async function asking(
  house: House,
  actor: Pick<Actor, "tenantId">,
  carrierId: number | undefined,
): Promise<Asking> {
  if (carrierId === undefined || carrierId === actor.tenantId)
    return { tenantId: actor.tenantId, senderTenantId: undefined };
  const parties = { senderTenantId: actor.tenantId, carrierTenantId: carrierId, now: house.clock.now() };
  await house.db.tenant(actor.tenantId, (tx) => needAgreement(tx as DeliveryTx, parties));
  return { tenantId: carrierId, senderTenantId: actor.tenantId };
}

/** A sender sees its own deliveries and no others. @throws AppError not_found */
export async function ownDelivery(
  house: House,
  { tenantId, senderTenantId }: Asking,
  id: number,
): Promise<Delivery> {
  const delivery = await inTenant(house, tenantId, (tx) => readDelivery(tx, tenantId, id));
  if (senderTenantId !== undefined && delivery.senderTenantId !== senderTenantId)
    throw new AppError("not_found", "There is no such delivery.");
  return delivery;
}

/** Two callers that choose the same key do not meet. */
export const keyOf = (actor: Pick<Actor, "tenantId">, key: string): string => `api:${actor.tenantId}:${key}`;

/** The city that serves a place; without any the nearest, which says how far it is. @throws AppError not_found without a city */
export function cityFor(cities: ReadonlyMap<number, CityState>, place: Coordinates): CityState {
  const active = [...cities.values()].filter(({ city }) => city.active);
  const serving = active.find((one) => one.serves(place));
  const far = ({ city: { middle } }: CityState) => {
    const { x, y } = toGrid(middle, place);
    return Math.hypot(x, y);
  };
  const chosen = serving ?? active.toSorted((a, b) => far(a) - far(b))[0];
  if (!chosen) throw new AppError("not_found", "There is no city that is delivered in yet.");
  return chosen;
}
