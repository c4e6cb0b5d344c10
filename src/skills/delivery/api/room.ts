import { z } from "zod";
import { contract } from "#kernel/api";
import { base, id, tag } from "./shared.ts";

/** What a page needs to know before it opens the room: small, because every desk asks for it. */
const city = z.object({
  id,
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  active: z.boolean(),
});
export type CityHead = z.input<typeof city>;

export const getDeliveryRoom = contract({
  method: "GET",
  path: `${base}/room`,
  tag,
  access: "staff",
  summary: "The cities that the company delivers in, by name, and whether anybody delivers for it",
  reply: z.object({
    cities: z.array(city),
    hasCarrier: z.boolean().describe("it has a city of its own, or an agreement with somebody who has"),
  }),
});
