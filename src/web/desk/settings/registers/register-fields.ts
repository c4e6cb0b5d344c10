import type { Connection } from "../../../../skills/lookup/api.ts";
import { Problem } from "../../../client/problem.ts";

/** What each kind of shop or register wants to know. */

type Kind = Connection["kind"];
type Of = Connection["kinds"][number];

export const kinds = [
  "woocommerce",
  "shopware",
  "shopify",
  "csv",
  "service",
] as const satisfies readonly Kind[];

export const keysOf = {
  woocommerce: ["consumerKey", "consumerSecret"],
  shopware: ["clientId", "clientSecret"],
  shopify: ["accessToken"],
  csv: [],
  service: ["signingKey"],
} as const satisfies Record<Kind, readonly string[]>;
export type KeyName = (typeof keysOf)[Kind][number];

const shop: readonly Of[] = ["order", "invoice"];
const all: readonly Of[] = ["order", "parcel", "invoice", "appointment", "machine"];

/** What it can know about. */
export const knows: Readonly<Record<Kind, readonly Of[]>> = {
  woocommerce: shop,
  shopware: shop,
  shopify: shop,
  csv: all,
  service: all,
};

const FILE_NAME = /^[\w][\w.-]{0,75}\.csv$/i;

export interface Fields {
  readonly name: string;
  readonly address: string;
  readonly prefix: string;
  readonly kinds: readonly Of[];
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
}

export type Fault = "lookup.missing" | "lookup.badAddress" | "lookup.badFile" | "lookup.noKind";

/** @param mayKeep keys are stored already, and none may stay empty or all */
export function faultsOf(kind: Kind, fields: Fields, mayKeep: boolean): Partial<Record<string, Fault>> {
  const faults: Partial<Record<string, Fault>> = {};
  const { name, address, keys } = fields;
  if (name.trim() === "") faults.name = "lookup.missing";
  if (kind === "csv") {
    if (address !== "" && !FILE_NAME.test(address.trim())) faults.address = "lookup.badFile";
  } else if (!/^https?:\/\/[^/\s]+/.test(address.trim()) || !URL.canParse(address.trim()))
    faults.address = "lookup.badAddress";
  if (fields.kinds.length === 0) faults.kinds = "lookup.noKind";
  const isNew = keysOf[kind].some((key) => (keys[key] ?? "").trim() !== "");
  if (isNew || !mayKeep)
    for (const key of keysOf[kind]) if ((keys[key] ?? "").trim() === "") faults[key] = "lookup.missing";
  return faults;
}

/** Whether a server may be asked without encryption only the node knows. */
export function isAddressRefused(error: unknown): boolean {
  return error instanceof Problem && error.fields.some(({ path }) => path === "address");
}
