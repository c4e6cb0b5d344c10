import { z } from "zod";

/** What every shop and register answers with, whatever it calls things. */

export const KINDS = ["order", "parcel", "invoice", "appointment", "machine"] as const;
export type Kind = (typeof KINDS)[number];

/** One vocabulary for what becomes of an order; `confirmed` is what an appointment or a machine's service is. */
export const STATUSES = [
  "received",
  "awaiting_payment",
  "paid",
  "in_work",
  "partly_shipped",
  "shipped",
  "delivered",
  "cancelled",
  "returned",
  "refunded",
  "confirmed",
] as const;
export type Status = (typeof STATUSES)[number];

const NUMBER_CHARACTERS = 80;
const WORDS_CHARACTERS = 200;
const ITEMS_MOST = 20;

const day = z.iso.date();
const words = z.string().trim().min(1).max(WORDS_CHARACTERS);

/** Only a link that a browser opens and nobody can read on the way is passed on. */
export const trackingLink = z.url({ protocol: /^https$/ }).max(2_000);

export const lookupRecord = z.object({
  kind: z.enum(KINDS),
  /** As the register writes it. */
  number: z.string().trim().min(1).max(NUMBER_CHARACTERS),
  status: z.enum(STATUSES).nullable(),
  orderedDay: day.nullable().default(null),
  carrier: words.nullable().default(null),
  tracking: trackingLink.nullable().default(null),
  expectedDay: day.nullable().default(null),
  /** Names of what was ordered, or of the machine. */
  items: z.array(words).max(ITEMS_MOST).default([]),
  /** Of an appointment, in the company's zone. */
  day: day.nullable().default(null),
  time: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .nullable()
    .default(null),
  amountCents: z.number().int().nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
  dueDay: day.nullable().default(null),
  isPaid: z.boolean().nullable().default(null),
  /** What proves that somebody may know. It is compared and never shown. */
  known: z
    .object({
      postcodes: z.array(z.string().max(20)).max(10).default([]),
      emails: z.array(z.string().max(254)).max(10).default([]),
      phones: z.array(z.string().max(40)).max(10).default([]),
      names: z.array(z.string().max(200)).max(10).default([]),
      /** ISO 3166 of the address, for telephone numbers without a country. */
      country: z.string().max(2).nullable().default(null),
    })
    .default({ postcodes: [], emails: [], phones: [], names: [], country: null }),
  /** When the register knew this, ms; for a file its time, for a shop the moment of the answer. */
  asOf: z.number(),
});
export type LookupRecord = z.output<typeof lookupRecord>;

/** What leaves the comparison: nothing about where somebody lives or how to reach them. */
export const shownRecord = lookupRecord.omit({ known: true });
export type Shown = z.output<typeof shownRecord>;

/** Why a register gave no answer. */
export const FAULTS = [
  "too_slow",
  "unreachable",
  "no_such_host",
  "certificate",
  "private_address",
  "bad_address",
  "wrong_key",
  "no_permission",
  "not_a_shop",
  "rate_limited",
  "server_error",
  "changed",
  "no_file",
] as const;
export type Fault = (typeof FAULTS)[number];

/** Of a file that is uploaded. */
export const CSV_BYTES = 5 * 1024 * 1024;
