import { z } from "zod";
import { contract, done, idParam } from "#kernel/api";
import { base, id, name, skillNames, tag } from "./shared.ts";

const courier = z.strictObject({
  name,
  phone: z
    .string()
    .regex(/^(\+[1-9]\d{4,14})?$/)
    .default("")
    .describe('E.164; "" = none'),
  vehicle: z.enum(["foot", "bicycle", "cargo_bike", "car", "van"]).default("bicycle"),
  capacity: z.number().int().min(1).max(10_000).default(40).describe("parcels of size 1"),
  skills: skillNames,
  contactId: id.nullable().default(null).describe("who writes to us as this courier"),
});
const shown = z.object({ ...courier.shape, id });
export type CourierInput = z.output<typeof courier>;
export type Courier = z.output<typeof shown>;

export const listCouriers = contract({
  method: "GET",
  path: `${base}/couriers`,
  tag,
  access: "staff",
  summary: "Who drives",
  reply: z.object({ items: z.array(shown) }),
});
export const createCourier = contract({
  method: "POST",
  path: `${base}/couriers`,
  tag,
  access: "manager",
  status: 201,
  summary: "Somebody who drives",
  body: courier,
  reply: shown,
});
export const putCourier = contract({
  method: "PUT",
  path: `${base}/couriers/:id`,
  tag,
  access: "manager",
  summary: "Write a courier anew; planned shifts stay as they are",
  params: idParam,
  body: courier,
  reply: shown,
});
export const deleteCourier = contract({
  method: "DELETE",
  path: `${base}/couriers/:id`,
  tag,
  access: "manager",
  summary: "Somebody drives no more; refused while shifts are to come",
  params: idParam,
  reply: done,
});
