/** What stands in addresses and in headers: the company leads the way to its own rows. */

const PLACE = /^([1-9]\d{0,8})\.([0-9a-f]{32})$/;
const TOKEN = /^Wallet ([1-9]\d{0,8})\.([0-9a-f]{64})$/;

export interface PlaceKey {
  readonly tenantId: number;
  readonly key: string;
}

export function readPlace(text: string): PlaceKey | null {
  const [, tenant, key] = PLACE.exec(text) ?? [];
  return tenant && key ? { tenantId: Number(tenant), key } : null;
}

/** @param header of the authorization */
export function readToken(header: string): PlaceKey | null {
  const [, tenant, key] = TOKEN.exec(header) ?? [];
  return tenant && key ? { tenantId: Number(tenant), key } : null;
}

export const placeText = ({ tenantId, key }: PlaceKey): string => `${tenantId}.${key}`;
