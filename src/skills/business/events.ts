import { z } from "zod";

/** Something about a company, a quotation or a machine changed; `ref` says which, e.g. "quotation 7". */
export const events = { "business.changed": z.string() };
