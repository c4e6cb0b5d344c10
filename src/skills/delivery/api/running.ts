import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";
import { zonePace } from "./cities.ts";
import { base, coordinates, day, id, skillName, tag } from "./shared.ts";

/** An evening as it runs: what the dispatcher sees, tries and does. */

const span = z.object({ from: time, until: time });

const outcome = z
  .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "not_recorded"])
  .describe("not_recorded: nobody said what became of it");

const stop = z.object({
  deliveryId: id,
  name: z.string().describe("the customer's, or the sender's reference"),
  senderName: z.string().describe('"" = the carrier itself'),
  address: z.string(),
  place: coordinates,
  earliestAt: time,
  latestAt: time,
  dueAt: time,
  skills: z.array(skillName),
  doorNote: z.string(),
  parcels: z.number().int(),
  state: z.enum(["held", "booked", "loaded", "under_way", "done", "failed"]),
  outcome: outcome.nullable(),
  isFrozen: z.boolean().describe("done, next, or told to the customer"),
  expectedAt: time.nullable().describe("when the courier is expected at the door; null once it ended"),
  spreadSeconds: z.number().int().describe("standard deviation of it"),
  lateChance: z.number().min(0).max(1).describe("that it comes after its window"),
  told: span.nullable().describe("the half-hour that the customer was told"),
  isLateSaid: z.boolean(),
  untold: z
    .string()
    .nullable()
    .describe("why a message that was due could not be sent; null: there was none"),
  endedAt: time.nullable(),
  conversationId: id.nullable(),
});
export type RunningStop = z.input<typeof stop>;

const round = z.object({
  shiftId: id,
  courierId: id.nullable(),
  courierName: z.string().describe('"" = somebody'),
  vehicle: z.enum(["foot", "bicycle", "cargo_bike", "car", "van"]).nullable(),
  state: z.enum(["planned", "accepted", "out", "done", "dropped"]),
  earliestAt: time,
  latestAt: time,
  backAt: time.nullable().describe("expected back"),
  startDepotId: id,
  endDepotId: id,
  capacity: z.number().int(),
  load: z.number().int(),
  distanceMetres: z.number().int(),
  heardAt: time.nullable().describe("of the courier; null: times follow the plan"),
  place: coordinates.nullable().describe("where the courier was heard of last; kept 24 hours"),
  stops: z.array(stop).describe("in the order of the round, what is done first"),
});
export type RunningRound = z.input<typeof round>;

const happened = z.object({
  id,
  at: time,
  kind: z.enum([
    "accepted",
    "declined",
    "scanned",
    "left",
    "arrived",
    "done",
    "not_there",
    "refused",
    "undone",
    "back",
    "delay",
    "told",
    "late_said",
    "replanned",
    "moved",
    "dropped",
    "wrote",
    "chose",
    "frozen",
    "begun",
    "over",
    "photo_erased",
    "code_locked",
    "taken_along",
    "not_taken_along",
  ]),
  by: z.enum(["courier", "dispatcher", "automatic", "customer"]),
  shiftId: id.nullable(),
  deliveryId: id.nullable(),
  words: z.string().describe('what was added, such as the neighbour\'s name; "" = nothing'),
  saidBy: z.string().describe('who told it to the dispatcher; "" = nobody'),
});
export type Happened = z.input<typeof happened>;

const endangered = z.object({
  deliveryId: id,
  shiftId: id.nullable().describe("null: nobody can bring it"),
  chance: z.number(),
});

const running = z.object({
  id,
  cityId: id,
  cityName: z.string(),
  timeZone: z.string(),
  date: day,
  state: z.enum(["planned", "running", "over"]),
  version: z.number().int().describe("counts every change of the rounds"),
  now: time.describe("of the node"),
  depots: z.array(z.object({ id, name: z.string(), place: coordinates })),
  rounds: z.array(round),
  atRisk: z.array(endangered).describe("promises that will hardly be kept, worst first"),
  happened: z.array(happened).describe("newest first, at most 100"),
  bufferSeconds: z
    .array(z.object({ zone: z.string(), hour: z.number().int(), seconds: z.number().int() }))
    .describe('as learned, by zone ("" = whole city) and hour of the city\'s clock'),
  zonePaces: z.array(zonePace),
});
export type RunningReply = z.input<typeof running>;

export const getRunning = contract({
  method: "GET",
  path: `${base}/evenings/:id/running`,
  tag,
  access: "staff",
  summary: "An evening as it stands at this moment: rounds, what is expected, promises at risk first",
  params: idParam,
  reply: running,
});

/** What could be done. Nothing leaves the house before it is done. */
const whatIf = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("move"), deliveryId: id, shiftId: id, place: z.number().int().min(0) })
    .describe("a stop comes behind so many of that round's stops that are still to come"),
  z.strictObject({ kind: z.literal("best"), deliveryId: id }).describe("the best place anywhere"),
  z
    .strictObject({ kind: z.literal("drop"), shiftId: id })
    .describe("the courier drops out; others take over"),
  z
    .strictObject({ kind: z.literal("parcels"), count: z.number().int().min(1).max(500) })
    .describe("so many more, spread like those of this evening; can be asked, not done"),
]);
export type WhatIf = z.output<typeof whatIf>;

const figures = z.object({
  atRisk: z.number().int(),
  distanceMetres: z.number().int(),
  endsAt: time.nullable().describe("the last one is back"),
  expectedAt: time.nullable().describe("at the stop that is moved"),
});
const tried = z.object({
  refused: z
    .enum(["unknown", "frozen", "in_bag", "capacity", "skills", "over"])
    .nullable()
    .describe("why it cannot be done"),
  before: figures,
  after: figures,
  change: whatIf.nullable().describe("what would be done: `move` where `best` was asked"),
  moved: z
    .array(z.object({ deliveryId: id, name: z.string(), fromAt: time, toAt: time, shiftId: id }))
    .describe("customers whose expected time changes by more than ten minutes"),
  endangered: z.array(endangered),
  messages: z
    .array(z.object({ deliveryId: id, name: z.string(), text: z.string() }))
    .describe("who would read what"),
  fits: z.number().int().nullable().describe("of the parcels asked about"),
  version: z.number().int(),
});
export type TriedReply = z.input<typeof tried>;

export const tryChange = contract({
  method: "POST",
  path: `${base}/evenings/:id/what-if`,
  tag,
  access: "staff",
  summary: "What a change would cost and whom it would reach; nothing is done",
  params: idParam,
  body: whatIf,
  reply: tried,
});
export const makeChange = contract({
  method: "POST",
  path: `${base}/evenings/:id/changes`,
  tag,
  access: "staff",
  summary: "Do it, and tell those whom it reaches",
  params: idParam,
  body: z.strictObject({
    change: whatIf,
    version: z.number().int().describe("that it was tried on; a conflict when the rounds moved since"),
    tells: z.boolean().default(true),
  }),
  reply: running,
});
export const freezeRound = contract({
  method: "POST",
  path: `${base}/evenings/:id/freeze`,
  tag,
  access: "staff",
  summary: "The first stops to come of a round stay as they are; 0 lets go again what nobody was told",
  params: idParam,
  body: z.strictObject({ shiftId: id, stops: z.number().int().min(0).max(500) }),
  reply: running,
});
export const writeToEvening = contract({
  method: "POST",
  path: `${base}/evenings/:id/messages`,
  tag,
  access: "staff",
  summary: "Write to couriers or customers of an evening, one or all",
  params: idParam,
  body: z.strictObject({
    to: z.enum(["couriers", "customers"]),
    ids: z
      .array(id)
      .max(5_000)
      .optional()
      .describe("shifts or deliveries; without it all that are still to come"),
    text: z.string().trim().min(1).max(1_000),
    key: z.string().min(1).max(120).describe("the same call again is sent once"),
  }),
  reply: z.object({
    sent: z.number().int(),
    unreachable: z.array(z.object({ id, name: z.string(), reason: z.string() })),
  }),
});
const end = z.strictObject({
  key: z.uuid().describe("the same call again is recorded once"),
  deliveryId: id,
  end: z
    .enum(["handed_over", "neighbour", "left_there", "not_there", "refused", "undone"])
    .describe("undone: what was said of its end was a mistake"),
  to: z.string().trim().max(80).default("").describe("who took it, where it lies, or why it was refused"),
  at: time.optional().describe("when it happened; without it now"),
  saidBy: z.string().trim().min(1).max(120).describe("who says so, and how: the courier by telephone"),
});
export type EndGiven = z.output<typeof end>;
export const recordDeliveryEnd = contract({
  method: "POST",
  path: `${base}/evenings/:id/ends`,
  tag,
  access: "staff",
  summary:
    "Record what became of a stop whose courier cannot, or take that back; customers hear of it as of a courier's word",
  params: idParam,
  body: end,
  reply: running,
});
export const setEveningState = contract({
  method: "POST",
  path: `${base}/evenings/:id/state`,
  tag,
  access: "manager",
  summary: "Begin or end an evening by hand; it begins with its first round and ends with its last",
  params: idParam,
  body: z.strictObject({ state: z.enum(["running", "over"]) }),
  reply: running,
});
export const getReplay = contract({
  method: "GET",
  path: `${base}/evenings/:id/replay`,
  tag,
  access: "staff",
  summary: "What happened, in its order, to be played again; couriers stand where their stops are",
  params: idParam,
  reply: z.object({
    from: time,
    until: time,
    happened: z.array(happened),
    orders: z
      .array(z.object({ at: time, shiftId: id, route: z.array(id) }))
      .describe("how the rounds were ordered, from when on"),
  }),
});

const reportRow = z.object({
  eveningId: id.nullable().describe("null: the sum"),
  cityId: id,
  cityName: z.string(),
  date: day.nullable(),
  deliveries: z.number().int(),
  handedOver: z.number().int().describe("by any attempt, neighbours and places left at included"),
  atFirstAttempt: z.number().int(),
  notRecorded: z.number().int(),
  windowKept: z.number().int().describe("service began inside the window"),
  windowJudged: z.number().int().describe("with a recorded arrival"),
  noticed: z.number().int().describe("had the thirty-minute message"),
  noticeInside: z.number().int().describe("the courier came inside the half-hour that was told"),
  noticeErrorSeconds: z.number().int().nullable().describe("mean distance from the expected moment told"),
  brokenSaid: z.number().int().describe("broken, and said before the window ended"),
  compensationMinor: z.number().int(),
  distanceMetres: z.number().int(),
  workedSeconds: z.number().int(),
  costMinor: z.number().int().describe("of the couriers' hours and ways, by the owner's rates"),
  currency: z.string(),
  gramsCo2: z.number().int().describe("at the exhaust, of the ways, by the vehicles' rates"),
  asked: z.number().int(),
  good: z.number().int().describe("answered that all was well"),
});
const rate = z.object({
  cityId: id,
  vehicle: z.enum(["foot", "bicycle", "cargo_bike", "car", "van"]),
  gramsPerKm: z.number().int(),
  isUsual: z.boolean().describe("an average of other fleets, because the owner said nothing else"),
});
export type DeliveryRate = z.input<typeof rate>;
export const getDeliveryReport = contract({
  method: "GET",
  path: `${base}/report`,
  tag,
  access: "staff",
  summary: "What was promised and kept, by city and evening; about companies' work, never about a courier",
  query: z.strictObject({
    from: day,
    until: day,
    cityId: z.coerce.number().int().positive().optional(),
  }),
  reply: z.object({
    rows: z.array(reportRow),
    sums: z.array(reportRow).describe("one a city and currency"),
    secondAttempt: z
      .object({ gramsCo2: z.number().int(), metres: z.number().int() })
      .describe("what one more way to a door costs here, on average, to compare with"),
    rates: z
      .array(rate)
      .describe("what grams were counted with: the owner's own, or averages of other fleets"),
  }),
});
export type DeliveryReportRow = z.input<typeof reportRow>;

export const makeCourierLink = contract({
  method: "POST",
  path: `${base}/couriers/:id/link`,
  tag,
  access: "manager",
  status: 201,
  summary: "The address of a courier's page; an earlier one works no more",
  params: idParam,
  reply: z.object({ url: z.string() }),
});
export const endCourierLink = contract({
  method: "DELETE",
  path: `${base}/couriers/:id/link`,
  tag,
  access: "manager",
  summary: "The courier's page opens no more",
  params: idParam,
  reply: done,
});
