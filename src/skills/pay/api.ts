/** The skill's contracts. */

export * from "./api/export.ts";
export * from "./api/page.ts";
export * from "./api/providers.ts";
export * from "./api/refunds.ts";
export * from "./api/requests.ts";
export * from "./api/settings.ts";
export * from "./api/statements.ts";
