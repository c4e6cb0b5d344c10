import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";

const tag = "Telephone";
const note = z.string().trim().max(4000);
const seconds = z.number().int().min(0).max(86_400).nullable();

export const direction = z.enum(["in", "out"]);
/** reached: we spoke; not_reached; voicemail: a machine; promised: we call again; missed: nobody of us answered. */
export const outcome = z.enum(["reached", "not_reached", "voicemail", "promised", "missed"]);
/** What a person logs; that nobody answered, a telephone system says. */
const logged = outcome.exclude(["missed"]);

export const call = z.object({
  id: z.number(),
  direction,
  outcome,
  at: time,
  seconds,
  /** E.164; "" = only the conversation says whose it was. */
  phone: z.string(),
  contactId: z.number().nullable(),
  conversationId: z.number().nullable(),
  messageId: z.uuid().nullable(),
  note: z.string(),
  topic: z.string().nullable(),
  /** desk: a colleague; line: a telephone system; file: a list. */
  source: z.enum(["desk", "line", "file"]),
  loggedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Until then its author may change it or take it back; null = nobody may any more. */
  changeableUntil: time.nullable(),
  isUndone: z.boolean(),
});
export type TelephoneCall = z.output<typeof call>;

export const logCall = contract({
  method: "POST",
  path: "/api/v1/calls",
  tag,
  access: "staff",
  status: 201,
  summary:
    "Logs a call in the history of a conversation, a contact or a number; the same clientId gives the first result again",
  body: z.object({
    clientId: z.uuid().describe("made by the client; makes the call repeatable"),
    conversationId: z.number().int().positive().optional(),
    contactId: z.number().int().positive().optional(),
    phone: z
      .string()
      .trim()
      .max(40)
      .optional()
      .describe("as it is written or as E.164; whose it is, is looked up"),
    name: z.string().trim().max(200).optional().describe("of a number that nobody knows yet"),
    direction,
    outcome: logged,
    at: time.optional().describe("when it was; now, if it is not said"),
    seconds: seconds.default(null),
    note: note.default(""),
    topic: z
      .string()
      .max(100)
      .nullable()
      .default(null)
      .describe("what it was about; counts like a question that was written"),
    settle: z
      .enum(["nothing", "answered", "closed"])
      .default("nothing")
      .describe("answered: nobody waits any more; closed: the case is done"),
    callbackId: z.number().int().positive().optional().describe("the promised call that this was"),
    missedId: z.number().int().positive().optional().describe("the call in vain that this answers"),
    promise: z
      .object({
        promisedAt: time,
        until: time.nullable().default(null),
        phone: z.string().trim().max(40).default(""),
      })
      .optional()
      .describe("of outcome promised: when we call again"),
  }),
  reply: z.object({
    call,
    /** Did the customer read that we tried? null = it was not yet time for it. */
    told: z.enum(["sent", "refused"]).nullable(),
  }),
});

export const changeCall = contract({
  method: "PATCH",
  path: "/api/v1/calls/:id",
  tag,
  access: "staff",
  summary: "Changes what was logged; its author may, for ten minutes",
  params: idParam,
  body: z.object({
    note: note.optional(),
    seconds: seconds.optional(),
    topic: z.string().max(100).nullable().optional(),
  }),
  reply: call,
});

export const undoCall = contract({
  method: "DELETE",
  path: "/api/v1/calls/:id",
  tag,
  access: "staff",
  summary: "Takes it back; its author may, for ten minutes. What it closed or finished stands open again",
  params: idParam,
  reply: done,
});

export const listCalls = contract({
  method: "GET",
  path: "/api/v1/contacts/:id/calls",
  tag,
  access: "staff",
  summary: "Calls with a person, the newest first, at most 100",
  params: idParam,
  reply: z.object({ items: z.array(call) }),
});
