import { z } from "zod";
import { contract, done, idParam, time } from "#kernel/api";
import { USUAL_GRAMS_PER_KM } from "./emissions.ts";
import { base, coordinates, id, name, tag, version } from "./shared.ts";

/** Cities with their depots, zones, windows and prices. A whole document is written at once; what it leaves out is gone. */

const DEPOTS_MOST = 50;
const ZONES_MOST = 200;
const RULES_MOST = 50;
const RINGS_MOST = 20;
const CORNERS_MOST = 2_000;
const PRICE_MOST = 1_000_000;
const price = z.number().int().min(0).max(PRICE_MOST).describe("in the smallest unit of the currency");

const gramsPerKm = z.number().int().min(0).max(1_000).describe("of CO2, for the report");

const polygon = z.strictObject({
  type: z.literal("Polygon"),
  coordinates: z
    .array(
      z
        .array(z.tuple([z.number().min(-180).max(180), z.number().min(-80).max(80)]))
        .min(4)
        .max(CORNERS_MOST),
    )
    .min(1)
    .max(RINGS_MOST)
    .describe("GeoJSON: [longitude, latitude]; the border first, then holes; each ends where it begins"),
});

const withId = { id: id.optional().describe("of the one that is changed; without it a new one") };
const depot = z.strictObject({ ...withId, name, place: coordinates });
const zone = z.strictObject({
  ...withId,
  name,
  polygon,
  bufferSeconds: z.number().int().min(0).max(7_200).default(0).describe("on top of the city's"),
  priceMinor: price.default(0).describe("on top of the window's"),
});
const windowRule = z.strictObject({
  ...withId,
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe("1 = Monday ... 7 = Sunday"),
  fromMinute: z
    .number()
    .int()
    .min(0)
    .max(1_800)
    .describe("minutes of the city's clock since midnight; 1440 and more is the next morning"),
  toMinute: z.number().int().min(30).max(1_860),
  cutoffMinutes: z
    .number()
    .int()
    .min(0)
    .max(10_080)
    .default(120)
    .describe("so long before it begins it is offered last"),
  priceMinor: price.default(0),
});

/** A city as it is written; what is left out is as usual. */
export const cityInput = z.strictObject({
  name,
  timeZone: z.string().min(1).max(64).describe('such as "Europe/Berlin"'),
  middle: coordinates,
  radiusMetres: z
    .number()
    .int()
    .min(100)
    .max(100_000)
    .default(15_000)
    .describe("served round the middle, as long as there are no zones"),
  circuityPercent: z
    .number()
    .int()
    .min(100)
    .max(300)
    .default(134)
    .describe("metres of road for 100 as the crow flies; of evenings that are made from now on"),
  speedKmh: z.number().int().min(3).max(120).default(20),
  hourlySpeeds: z
    .array(
      z.strictObject({
        fromMinute: z
          .number()
          .int()
          .min(0)
          .max(1_860)
          .describe("of the city's clock; 1440 and more is the next morning"),
        percent: z.number().int().min(10).max(100),
      }),
    )
    .max(48)
    .optional()
    .describe(
      "in percent of speedKmh, which is then the speed of the fastest hour; the first also holds before it; of evenings that are made from now on; without it they stay as they are",
    ),
  legSeconds: z.number().int().min(1).max(900).default(25).describe("to set off and to park, on every leg"),
  bufferSeconds: z
    .number()
    .int()
    .min(0)
    .max(7_200)
    .default(900)
    .describe("so long before a window's end the plan is at the door"),
  holdSeconds: z.number().int().min(60).max(86_400).default(600).describe("a chosen window is held so long"),
  serviceSeconds: z.number().int().min(0).max(3_600).default(150).describe("at the door"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("EUR"),
  dispatcherPhone: z
    .string()
    .regex(/^(\+[1-9]\d{4,14})?$/)
    .optional()
    .describe('E.164; couriers call it, "" = none'),
  active: z.boolean().default(true),
  hourMinor: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe("what an hour of a courier costs; 0 = not counted"),
  kilometreMinor: z.number().int().min(0).max(10_000).default(0).describe("what a kilometre costs"),
  compensationMinor: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe("owed for a promise that was broken, where the sender has no rule of its own"),
  proof: z
    .enum(["none", "code", "photo", "signature"])
    .default("none")
    .describe("how a hand-over is proved, where the sender has no rule of its own"),
  tries: z.number().int().min(1).max(5).default(2).describe("attempts at a door in all"),
  afterFailure: z
    .enum(["another_window", "collect", "return"])
    .default("another_window")
    .describe("after a vain attempt, where the sender has no rule of its own"),
  collectDays: z.number().int().min(1).max(60).default(7).describe("so long a parcel waits at the depot"),
  bicycleGramsPerKm: gramsPerKm.default(USUAL_GRAMS_PER_KM.bicycle),
  cargoBikeGramsPerKm: gramsPerKm.default(USUAL_GRAMS_PER_KM.cargo_bike),
  carGramsPerKm: gramsPerKm.default(USUAL_GRAMS_PER_KM.car),
  vanGramsPerKm: gramsPerKm.default(USUAL_GRAMS_PER_KM.van),
  takesBack: z
    .boolean()
    .default(false)
    .describe("couriers take something along, where the sender has no rule of its own"),
  takesBackWords: z.string().trim().max(200).default("").describe("what, and how big; customers read it"),
  depots: z.array(depot).max(DEPOTS_MOST).default([]),
  zones: z.array(zone).max(ZONES_MOST).default([]),
  windows: z.array(windowRule).max(RULES_MOST).default([]),
});
export type CityInput = z.output<typeof cityInput>;

const cityDocument = z.strictObject({
  ...cityInput.shape,
  id,
  dispatcherPhone: z.string(),
  depots: z.array(z.strictObject({ ...depot.shape, id })),
  zones: z.array(z.strictObject({ ...zone.shape, id })),
  windows: z.array(z.strictObject({ ...windowRule.shape, id })),
});
export type CityDocument = z.output<typeof cityDocument>;
const shownCity = cityDocument.extend({ version });
export type ShownCity = z.output<typeof shownCity>;

export const listDeliveryCities = contract({
  method: "GET",
  path: `${base}/cities`,
  tag,
  access: "staff",
  summary: "Cities with depots, zones, windows and prices",
  reply: z.object({ items: z.array(shownCity) }),
});
/** Border lines of two hundred zones. */
const CITY_BODY_BYTES = 8 * 1024 * 1024;
export const createDeliveryCity = contract({
  method: "POST",
  path: `${base}/cities`,
  tag,
  access: "owner",
  status: 201,
  summary: "A city that is delivered in",
  bodyBytes: CITY_BODY_BYTES,
  body: cityInput,
  reply: shownCity,
});
export const putDeliveryCity = contract({
  method: "PUT",
  path: `${base}/cities/:id`,
  tag,
  access: "owner",
  summary: "Write a city anew; what is promised already stays as it was promised",
  params: idParam,
  bodyBytes: CITY_BODY_BYTES,
  body: cityInput.extend({ version: version.optional() }),
  reply: shownCity,
});
const addressList = z.object({
  source: z.string().describe("the file's name"),
  attribution: z.string().describe('must stand where places are shown; "" = nothing'),
  streets: z.number().int(),
  houses: z.number().int(),
  importedAt: time,
});
const buffer = z.object({
  zone: z.string().describe('"" = the whole city'),
  hour: z.number().int(),
  seconds: z.number().int(),
  promises: z.number().int().describe("that it was learned from"),
});
export const zonePace = z
  .object({
    zone: z.string().describe('"" = outside of every zone'),
    percent: z.number().int().describe("what ways there take, in hundredths of the city's mean"),
    legs: z.number().int().describe("that it was learned from"),
  })
  .describe(
    "how fast a zone is, as finished evenings taught it; a table of ways that is made counts with it",
  );
const knowledge = z.object({
  addressList: addressList.nullable(),
  buffers: z.array(buffer),
  zonePaces: z.array(zonePace),
});
export type CityKnowledge = z.input<typeof knowledge>;
export const getCityKnowledge = contract({
  method: "GET",
  path: `${base}/cities/:id/knowledge`,
  tag,
  access: "staff",
  summary: "What is known of a city: its address list, and what finished evenings taught",
  params: idParam,
  reply: knowledge,
});
/** A list of a mid-sized town; larger ones are imported at the node, see `augenhoehe delivery places import`. */
const LIST_CHARACTERS = 8_000_000;
const LIST_BYTES = 12 * 2 ** 20;
export const importAddressList = contract({
  method: "POST",
  path: `${base}/cities/:id/addresses`,
  tag,
  access: "owner",
  status: 201,
  summary:
    "A city's addresses as CSV: street, number, postcode, and where it is; takes the place of the old list",
  params: idParam,
  bodyBytes: LIST_BYTES,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).describe("of the file"),
    text: z.string().min(1).max(LIST_CHARACTERS),
    attribution: z.string().trim().max(200).default(""),
  }),
  reply: z.object({
    addressList,
    leftOut: z.array(
      z.object({ reason: z.string(), count: z.number().int(), line: z.number().int().nullable() }),
    ),
  }),
});
export const deleteDeliveryCity = contract({
  method: "DELETE",
  path: `${base}/cities/:id`,
  tag,
  access: "owner",
  summary: "Take a city away that no evening was ever planned in; another one is made inactive",
  params: idParam,
  reply: done,
});
