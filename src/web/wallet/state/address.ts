import { type Offer, readOffer } from "../../../skills/wallet/api/offer.ts";

/** What a link or a code asks the page for; it stands in the fragment, which no browser sends. */
export type Errand =
  | { readonly kind: "none" }
  | { readonly kind: "invitation"; readonly tenantId: number; readonly key: string }
  | { readonly kind: "request"; readonly tenantId: number; readonly key: string }
  | { readonly kind: "offer"; readonly tenantId: number; readonly offer: Offer }
  | { readonly kind: "account"; readonly tenantId: number; readonly account: string }
  | { readonly kind: "unreadable" };

const PLACE = /^([1-9]\d{0,8})\.([0-9a-f]{32})$/;

/** @param fragment with or without "#" */
export function errandOf(fragment: string): Errand {
  const bare = fragment.replace(/^#/, "");
  if (bare === "") return { kind: "none" };
  const name = bare.slice(0, 2);
  const rest = bare.slice(2);
  if (name === "p=") {
    const offer = readOffer(rest);
    return offer ? { kind: "offer", tenantId: offer.tenantId, offer } : { kind: "unreadable" };
  }
  const [, tenant = "", hex = ""] = PLACE.exec(rest) ?? [];
  if (hex === "") return { kind: "unreadable" };
  const tenantId = Number(tenant);
  if (name === "i=") return { kind: "invitation", tenantId, key: hex };
  if (name === "r=") return { kind: "request", tenantId, key: hex };
  if (name === "a=") return { kind: "account", tenantId, account: hex };
  return { kind: "unreadable" };
}

/** Of a scanned code, or of what was pasted: an address of this page, or its fragment alone. */
export function errandIn(text: string): Errand {
  const trimmed = text.trim();
  const at = trimmed.indexOf("#");
  return errandOf(at < 0 ? trimmed : trimmed.slice(at));
}
