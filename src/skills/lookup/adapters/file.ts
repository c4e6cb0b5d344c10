import type { Register } from "./asking.ts";

/** A file that was uploaded, or that lies in the company's folder: its rows stand in the database. */
export const file: Register = {
  kinds: ["order", "parcel", "invoice", "appointment", "machine"],
  keys: [],
  find: async ({ rows }, question) => ({ got: await rows(question) }),
  test: async () => ({ got: null }),
};
