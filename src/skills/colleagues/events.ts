import { z } from "zod";

/** A question moved on: sent, answered, failed, came back; `ref` is its id. */
export const events = { "colleagues.changed": z.string() };
