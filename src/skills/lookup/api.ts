import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";
import { CSV_BYTES, FAULTS, KINDS, shownRecord } from "./api/record.ts";

const tag = "Lookup";
const kind = z.enum(["woocommerce", "shopware", "shopify", "csv", "service"]);

const connection = z.object({
  id: z.number(),
  kind,
  name: z.string(),
  /** Of the shop or service; of a file that lies on the node its name, "" for one that is uploaded. */
  address: z.string(),
  /** How the company's numbers begin; customers may leave it out. */
  prefix: z.string(),
  kinds: z.array(z.enum(KINDS)),
  active: z.boolean(),
  /** Whether keys are stored; they are never given out. */
  hasKeys: z.boolean(),
  /** off: not asked; ok; new: not asked yet; fault: it answered wrongly the last time; paused: left alone for a while. */
  state: z.enum(["off", "ok", "new", "fault", "paused"]),
  fault: z.enum(FAULTS).nullable(),
  faultAt: time.nullable(),
  okAt: time.nullable(),
  pausedUntil: time.nullable(),
  file: z
    .object({
      writtenAt: time,
      rows: z.number(),
      skipped: z.number(),
      faults: z.array(z.object({ line: z.number(), code: z.string() })),
    })
    .nullable(),
});
export type Connection = z.output<typeof connection>;

const fields = {
  name: z.string().trim().min(1).max(80),
  address: z.string().trim().max(500).default(""),
  prefix: z.string().trim().max(12).default(""),
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length),
  active: z.boolean().default(true),
};
/** By the names the shop gives them: consumerKey, consumerSecret; clientId, clientSecret; accessToken; signingKey. */
const keys = z.record(z.string().max(40), z.string().trim().min(1).max(500));

export const listLookupConnections = contract({
  method: "GET",
  path: "/api/v1/lookup-connections",
  tag,
  access: "manager",
  summary: "Shops and registers that answer what became of an order",
  reply: z.object({ items: z.array(connection) }),
});
export const createLookupConnection = contract({
  method: "POST",
  path: "/api/v1/lookup-connections",
  tag,
  access: "manager",
  status: 201,
  summary: "Connect a shop or register",
  body: z.object({ kind, keys: keys.default({}), ...fields }),
  reply: connection,
});
export const replaceLookupConnection = contract({
  method: "PUT",
  path: "/api/v1/lookup-connections/:id",
  tag,
  access: "manager",
  summary: "Change a connection; without keys the stored ones stay",
  params: idParam,
  body: z.object({ keys: keys.nullable().default(null), ...fields }),
  reply: connection,
});
export const deleteLookupConnection = contract({
  method: "DELETE",
  path: "/api/v1/lookup-connections/:id",
  tag,
  access: "manager",
  summary: "Remove a connection with its keys and rows",
  params: idParam,
  reply: done,
});
export const testLookupConnection = contract({
  method: "POST",
  path: "/api/v1/lookup-connections/:id/test",
  tag,
  access: "manager",
  summary: "Ask the shop something small and say what is wrong",
  params: idParam,
  reply: connection,
});
export const uploadLookupFile = contract({
  method: "PUT",
  path: "/api/v1/lookup-connections/:id/file",
  tag,
  access: "manager",
  summary: "Take the rows of a CSV file in the place of those before",
  params: idParam,
  bodyBytes: CSV_BYTES + 64 * 1024,
  body: z.object({ text: z.string().max(CSV_BYTES) }),
  reply: connection,
});

const card = z.object({
  id: z.number(),
  conversationId: z.number(),
  proof: z.enum(["channel", "postcode", "name", "code"]),
  from: z.string(),
  provenAt: time,
  /** After it the customer has to prove it again. */
  provenUntil: time,
  record: shownRecord.omit({ asOf: true }).extend({ asOf: time }),
});
export type LookupCard = z.output<typeof card>;

export const listLookupCards = contract({
  method: "GET",
  path: "/api/v1/contacts/:id/lookups",
  tag,
  access: "staff",
  summary: "What this person has proved to be theirs, newest first",
  params: idParam,
  reply: z.object({ items: z.array(card) }),
});
