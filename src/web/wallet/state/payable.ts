import type { Offer } from "../../../skills/wallet/api/offer.ts";
import { fromHex } from "../../coin-key/p256-key.ts";
import type { Asked } from "../contract.ts";
import type { Doing } from "./signing.ts";

/** What is to be paid, however it came: told by the node, or read from the till's code. */
export interface Payable {
  /** The company that issues the coin. */
  readonly tenantId: number;
  /** TENANT.HEX of the request, the merchant's tenant. */
  readonly request: string;
  readonly chainId: number;
  readonly to: string;
  /** Base units. */
  readonly amount: number;
  readonly reference: string;
  readonly merchant: string;
  readonly title: string;
  readonly hold: { readonly arbiter: string; readonly until: number } | null;
}

/** @param place TENANT.HEX of its link */
export function payableOf(asked: Asked, place: string): Payable {
  const { coin, to, amount, reference, merchant, title, kind, arbiter, until } = asked;
  return {
    tenantId: coin.tenantId,
    request: place,
    chainId: coin.chainId,
    to,
    amount,
    reference,
    merchant: merchant.name,
    title,
    hold: kind === "hold" && until !== null ? { arbiter: arbiter ?? to, until } : null,
  };
}

export function payableOfOffer({ key, merchantId, ...offer }: Offer): Payable {
  return { ...offer, request: placeOf({ key, merchantId }), title: "" };
}

export function placeOf({ key, merchantId }: Pick<Offer, "key" | "merchantId">): string {
  return `${merchantId}.${key}`;
}

export function doingOf({ to, amount, reference, hold }: Payable): Doing {
  const shared = { to: fromHex(to), amount, reference: fromHex(reference) };
  return hold
    ? { kind: "hold", ...shared, arbiter: fromHex(hold.arbiter), until: hold.until }
    : { kind: "transfer", ...shared };
}
