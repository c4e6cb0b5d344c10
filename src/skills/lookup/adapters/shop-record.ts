import { localDate } from "#kernel";
import type { Kind, LookupRecord, Status } from "../api/record.ts";
import type { Reach } from "./asking.ts";

/** What every shop says of an order, in the form in which it is compared and told. */

type Said = string | null | undefined;

/** An order as its shop writes things; times as stamps, money as the shop has it. */
export interface ShopOrder {
  readonly number: string;
  readonly status: Status;
  readonly placedAt: Said;
  readonly carrier: Said;
  readonly link: Said;
  readonly expectedAt: Said;
  readonly titles: readonly Said[];
  readonly amount: string | number | null | undefined;
  readonly currency: Said;
  readonly isPaid: boolean;
  readonly postcodes: readonly Said[];
  readonly emails: readonly Said[];
  readonly phones: readonly Said[];
  readonly names: readonly Said[];
  /** ISO 3166 of the address. */
  readonly country: Said;
}

/** @param kind what is asked for: a shop's order is its invoice as well */
export function recordOf(order: ShopOrder, kind: Kind, { now, timeZone }: Reach): LookupRecord {
  const { currency, link } = order;
  return {
    kind: kind === "invoice" ? "invoice" : "order",
    number: order.number.slice(0, 80),
    status: order.status,
    orderedDay: dayOf(order.placedAt, timeZone),
    carrier: order.carrier?.slice(0, 200) || null,
    tracking: isHttps(link) ? link : null,
    expectedDay: dayOf(order.expectedAt, timeZone),
    items: filled(order.titles, { characters: 200, most: 20 }),
    day: null,
    time: null,
    amountCents: centsOf(order.amount),
    currency: currency && /^[A-Z]{3}$/.test(currency) ? currency : null,
    dueDay: null,
    isPaid: order.isPaid,
    known: {
      postcodes: filled(order.postcodes, { characters: 20 }),
      emails: filled(order.emails, { characters: 254 }),
      phones: filled(order.phones, { characters: 40 }),
      names: filled(order.names, { characters: 200 }),
      country: order.country?.slice(0, 2) || null,
    },
    asOf: now(),
  };
}

/** Money as shops write it, "49.90". @returns cents, or null */
function centsOf(amount: ShopOrder["amount"]): number | null {
  const text = String(amount ?? "");
  return /^-?\d{1,12}(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * 100) : null;
}

/** The day of a time stamp where the company is; one without an offset is written as it is meant. */
function dayOf(stamp: Said, timeZone: string): string | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(stamp ?? "")?.[0];
  if (!stamp || !day || Number.isNaN(Date.parse(stamp))) return null;
  return /T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(stamp) ? localDate(Date.parse(stamp), timeZone) : day;
}

const isHttps = (link: Said): link is string =>
  typeof link === "string" && link.startsWith("https://") && URL.canParse(link) && link.length <= 2_000;

/** What is not empty, cut to what a record holds. */
function filled(
  values: readonly Said[],
  { characters, most = 10 }: { characters: number; most?: number },
): string[] {
  return values
    .map((one) => (one ?? "").trim().slice(0, characters))
    .filter((one) => one !== "")
    .slice(0, most);
}
