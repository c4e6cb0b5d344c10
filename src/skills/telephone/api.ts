/** Contracts of the telephone's skill. */
export * from "./api/calls.ts";
export * from "./api/lines.ts";
export * from "./api/missed.ts";
