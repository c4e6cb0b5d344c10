import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";

const tag = "Telephone";
const base = "/api/v1/telephone";

const settings = z.object({
  countryCode: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .describe('of numbers without one, such as "49"'),
  areaCode: z
    .string()
    .regex(/^\d{0,6}$/)
    .describe('of numbers that name no area, without its zero, such as "40"'),
  triesUntilTold: z
    .number()
    .int()
    .min(1)
    .max(10)
    .describe("after so many calls in vain a customer reads that we tried"),
});
export type TelephoneSettings = z.output<typeof settings>;

export const lineKind = z.enum(["sipgate", "placetel", "generic"]);
const line = z.object({
  id: z.number(),
  kind: lineKind,
  name: z.string(),
  isSigned: z.boolean(),
  /** Where the telephone system delivers; only managers see it. */
  address: z.string().nullable(),
  /** What it signs with; only managers see it, and only where bodies are signed. */
  signatureKey: z.string().nullable(),
  heardAt: time.nullable(),
  /** What could not be understood last; "" = nothing. */
  fault: z.enum(["", "body", "signature"]),
});
export type TelephoneLine = z.output<typeof line>;

const importState = z.object({
  id: z.number(),
  name: z.string(),
  kind: z.enum(["fritzbox", "table"]),
  /** failed: it could not be taken to its end; what was taken stays. */
  state: z.enum(["running", "done", "failed"]),
  lines: z.number().int(),
  done: z.number().int(),
  counts: z.object({
    /** Stand in somebody's history now. */
    kept: z.number().int(),
    /** Calls in vain that somebody should answer. */
    missed: z.number().int(),
    /** Were known already. */
    repeated: z.number().int(),
    suppressed: z.number().int(),
    /** Of numbers that nobody knows, and answered: nothing is stored of them. */
    unknown: z.number().int(),
    /** Before what may be kept of unknown numbers. */
    old: z.number().int(),
    unreadable: z.number().int(),
  }),
  /** refused: it could be read and not be taken. */
  faults: z.array(
    z.object({ line: z.number(), reason: z.enum(["time", "duration", "number", "columns", "refused"]) }),
  ),
  createdAt: time,
});
export type CallImport = z.output<typeof importState>;

export const getTelephone = contract({
  method: "GET",
  path: base,
  tag,
  access: "staff",
  summary: "Telephone systems, how numbers are read, and the last lists of calls",
  reply: z.object({ settings, lines: z.array(line), imports: z.array(importState) }),
});
export const putTelephoneSettings = contract({
  method: "PUT",
  path: `${base}/settings`,
  tag,
  access: "manager",
  summary: "How numbers are read, and when a customer reads that we tried",
  body: settings,
  reply: settings,
});
export const createTelephoneLine = contract({
  method: "POST",
  path: `${base}/lines`,
  tag,
  access: "manager",
  status: 201,
  summary: "Connect a telephone system; the reply names the address it delivers to",
  body: z.object({
    kind: lineKind,
    name: z.string().trim().min(1).max(80),
    isSigned: z.boolean().default(false),
  }),
  reply: line,
});
export const renewTelephoneLine = contract({
  method: "POST",
  path: `${base}/lines/:id/renew`,
  tag,
  access: "manager",
  summary: "A new address and key; the old ones are void",
  params: idParam,
  reply: line,
});
export const deleteTelephoneLine = contract({
  method: "DELETE",
  path: `${base}/lines/:id`,
  tag,
  access: "manager",
  summary: "Take a telephone system away; calls that stand in histories stay",
  params: idParam,
  reply: done,
});

/** Role -> column, counted from 0. */
const mapping = z.object({
  at: z.number().int().min(0).max(99).optional(),
  date: z.number().int().min(0).max(99).optional(),
  time: z.number().int().min(0).max(99).optional(),
  number: z.number().int().min(0).max(99).optional(),
  direction: z.number().int().min(0).max(99).optional(),
  outcome: z.number().int().min(0).max(99).optional(),
  seconds: z.number().int().min(0).max(99).optional(),
});
const file = z.base64().min(4).describe("the file's bytes; at most 6 MiB and 50,000 lines");
/** Base64 of 6 MiB, and room for the rest. */
const FILE_BODY_BYTES = 9 * 1024 * 1024;

export const previewCallList = contract({
  method: "POST",
  path: `${base}/imports/preview`,
  tag,
  access: "staff",
  summary: "What a list of calls holds, before anything of it is taken",
  bodyBytes: FILE_BODY_BYTES,
  body: z.object({ file, mapping: mapping.optional() }),
  reply: z.object({
    kind: z.enum(["fritzbox", "table"]),
    columns: z.array(z.string()),
    mapping,
    /** Can it be taken with this mapping? */
    isReadable: z.boolean(),
    lines: z.number().int(),
    /** The first three as they would be understood. */
    sample: z.array(
      z.object({ at: time, direction: z.enum(["in", "out"]), outcome: z.string(), phone: z.string() }),
    ),
  }),
});
export const importCallList = contract({
  method: "POST",
  path: `${base}/imports`,
  tag,
  access: "staff",
  status: 202,
  summary: "Takes a list of calls; it is worked off piece by piece. What was taken before is not taken twice",
  bodyBytes: FILE_BODY_BYTES,
  body: z.object({ name: z.string().trim().max(120).default(""), file, mapping: mapping.optional() }),
  reply: importState,
});

/** What a telephone system says of one call. */
const HOOK_BYTES = 16 * 1024;

export const tellOfCall = contract({
  method: "POST",
  path: "/api/v1/telephone-hooks/:key",
  tag,
  access: "public",
  summary:
    "Where a telephone system tells of calls, as a form or JSON; the address is secret. Answers after it is stored, sipgate with XML",
  params: z.object({ key: z.string().min(20).max(120) }),
  bodyBytes: HOOK_BYTES,
  acceptsForm: true,
  body: z.record(z.string().max(100), z.unknown()),
  reply: done,
});
