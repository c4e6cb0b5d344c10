/** The kernel's contracts: zod only, so that web pages and tests may import them. */
export * from "../http/contract.ts";
export * from "./company.ts";
export * from "./consents.ts";
export * from "./contacts.ts";
export * from "./conversations.ts";
export * from "./documents.ts";
export * from "./events.ts";
export * from "./portal.ts";
export * from "./shared.ts";
export * from "./visitor.ts";
