/** What a hold waits for, as it stands in a request. */

const DELIVERY = /^delivery (\d{1,15})$/;

/** @returns null for what is no delivery */
export function deliveryOf(about: string): number | null {
  const [, id] = DELIVERY.exec(about) ?? [];
  return id === undefined ? null : Number(id);
}

/** After the window's end the ledger gives back by itself; until then the courier's word may still be on its way. */
export const GRACE_MS = 2 * 3_600_000;
