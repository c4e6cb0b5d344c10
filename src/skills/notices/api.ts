/** Notices: topics, subscriptions, templates, the composer and live progress. The pages are built on these contracts. */
export * from "./api/notices.ts";
export * from "./api/public.ts";
export * from "./api/settings.ts";
export * from "./api/sources.ts";
export * from "./api/subscriptions.ts";
export * from "./api/templates.ts";
export * from "./api/topics.ts";
