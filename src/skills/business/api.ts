/** The skill's contracts. */

export * from "./api/companies.ts";
export * from "./api/letterhead.ts";
export * from "./api/quotations.ts";
export type { Role } from "./api/shared.ts";
