import type { LookupTables } from "../tables.ts";
import type { Register } from "./asking.ts";
import { file } from "./file.ts";
import { ownService } from "./own-service.ts";
import { shopify } from "./shopify.ts";
import { shopware } from "./shopware.ts";
import { woocommerce } from "./woocommerce.ts";

export type RegisterKind = LookupTables["lookup.connection"]["kind"];

export const registers: Readonly<Record<RegisterKind, Register>> = {
  woocommerce,
  shopware,
  shopify,
  csv: file,
  service: ownService,
};
