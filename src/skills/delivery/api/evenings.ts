import { z } from "zod";
import { contract, idParam, time } from "#kernel/api";
import { base, coordinates, day, id, skillName, tag } from "./shared.ts";

/** Evenings and their shifts. */

const SHIFTS_MOST = 500;

const shift = z.strictObject({
  courierId: id.nullable().default(null),
  startDepotId: id,
  endDepotId: id.optional().describe("without it where it starts"),
  earliestAt: time,
  latestAt: time,
  capacity: z.number().int().min(1).max(10_000).optional().describe("without it the courier's, or 40"),
  skills: z.array(skillName).max(3).optional().describe("without it the courier's"),
});
export type ShiftInput = z.output<typeof shift>;

const shownShift = z.object({
  id,
  courierId: id.nullable(),
  startDepotId: id,
  endDepotId: id,
  earliestAt: time,
  latestAt: time,
  capacity: z.number().int(),
  skills: z.array(skillName),
  state: z.enum(["planned", "accepted", "out", "done", "dropped"]),
  frozen: z.number().int().describe("so many of its first stops stay as they are"),
  route: z.array(id).describe("deliveries in the order of the round"),
});
export type ShiftReply = z.input<typeof shownShift>;

const head = z.object({
  id,
  cityId: id,
  date: day,
  state: z.enum(["planned", "running", "over"]),
  version: z.number().int(),
  shifts: z.number().int(),
  held: z.number().int(),
  booked: z.number().int(),
});
export type EveningHead = z.input<typeof head>;
const evening = z.object({
  ...head.omit({ shifts: true }).shape,
  shifts: z.array(shownShift),
  windows: z.array(z.object({ earliestAt: time, latestAt: time, priceMinor: z.number().int() })),
});
export type EveningReply = z.input<typeof evening>;

export const listEvenings = contract({
  method: "GET",
  path: `${base}/evenings`,
  tag,
  access: "staff",
  summary: "Planned evenings of a city",
  query: z.strictObject({
    cityId: z.coerce.number().int().positive(),
    from: day.optional(),
    days: z.coerce.number().int().min(1).max(60).default(14),
  }),
  reply: z.object({ items: z.array(head) }),
});
export const createEvening = contract({
  method: "POST",
  path: `${base}/evenings`,
  tag,
  access: "manager",
  status: 201,
  summary: "Plan an evening: from now on its windows are offered",
  body: z.strictObject({
    cityId: id,
    date: day,
    shifts: z.array(shift).min(1).max(SHIFTS_MOST),
  }),
  reply: evening,
});
export const getEvening = contract({
  method: "GET",
  path: `${base}/evenings/:id`,
  tag,
  access: "staff",
  summary: "An evening with its rounds",
  params: idParam,
  reply: evening,
});
export const addShift = contract({
  method: "POST",
  path: `${base}/evenings/:id/shifts`,
  tag,
  access: "manager",
  status: 201,
  summary: "One more round",
  params: idParam,
  body: shift,
  reply: evening,
});
const shiftParams = z.object({
  id: z.coerce.number().int().positive(),
  shiftId: z.coerce.number().int().positive(),
});
export const putShift = contract({
  method: "PUT",
  path: `${base}/evenings/:id/shifts/:shiftId`,
  tag,
  access: "manager",
  summary: "Change a round; refused where a promise would be broken",
  params: shiftParams,
  body: shift,
  reply: evening,
});
/** A promise that has no place any more. */
const endangered = z.object({ deliveryId: id, earliestAt: time, latestAt: time, place: coordinates });
const dropped = z.object({
  outcome: z.enum(["dropped", "endangered"]),
  moved: z.number().int().describe("promises that other rounds took over"),
  endangered: z
    .array(endangered)
    .describe("promises that no other round can keep; as long as there are any, nothing was changed"),
});
export type DroppedReply = z.input<typeof dropped>;
export const dropShift = contract({
  method: "DELETE",
  path: `${base}/evenings/:id/shifts/:shiftId`,
  tag,
  access: "manager",
  summary: "A courier drops out: others take over what was promised, or nothing changes and it is named",
  params: shiftParams,
  reply: dropped,
});
