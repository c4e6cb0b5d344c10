import type { CourierEvent } from "../api/courier-page.ts";
import { readParcelCode } from "../labels/label.ts";
import { SKILL_BITS } from "../rules/skill-bits.ts";
import type { HappenedKind, Outcome } from "../tables.ts";
import type { DeliveryProof } from "./draft.ts";
import { isToCome, type RunningDelivery, type RunningEvening, type RunningShift } from "./stored.ts";

/** Whether what was told may be believed, and what of it goes into the log. */

export type Refusal = "code" | "locked" | "age" | "proof" | "not_yours" | "over" | "unknown";

export interface Teller {
  readonly tenantId: number;
  readonly by: "courier" | "dispatcher";
  /** Null: the dispatcher, who may speak for everybody. */
  readonly courierId: number | null;
  /** Who told it to the dispatcher, and how. */
  readonly saidBy?: string;
}

/** What goes into the log. */
export interface JudgedEntry {
  readonly kind: HappenedKind;
  readonly shiftId: number;
  readonly deliveryId: number | null;
  readonly at: number;
  readonly key: string;
  readonly words: string;
  readonly outcome: Outcome | null;
  readonly minutes: number | null;
}

export type Judged =
  | { readonly refused: Refusal }
  | { readonly refused: null; readonly entry: JudgedEntry | null; readonly proofs: DeliveryProof | null };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A phone's clock is believed from so long before the round until so long after now. */
const BEFORE_MS = 6 * HOUR_MS;
const AFTER_MS = 2 * MINUTE_MS;
/** What a phone brings after the evening ended still corrects what was not recorded. */
const CORRECTED_MS = 24 * HOUR_MS;

/** When it happened, as far as the phone can be believed. Times are ms. */
export function believedAt(at: number, { earliestAt, now }: { earliestAt: number; now: number }): number {
  return Math.min(now + AFTER_MS, Math.max(earliestAt - BEFORE_MS, at));
}

const KINDS: Readonly<Record<Exclude<CourierEvent["kind"], "place">, HappenedKind>> = {
  accept: "accepted",
  decline: "declined",
  scan: "scanned",
  leave: "left",
  arrive: "arrived",
  done: "done",
  not_there: "not_there",
  refused: "refused",
  take_back: "taken_along",
  undo: "undone",
  write: "wrote",
  delay: "delay",
  back: "back",
};

/** @param now ms, when it was heard */
export function judge(evening: RunningEvening, who: Teller, event: CourierEvent, now: number): Judged {
  const shift = evening.shifts.find(({ id }) => id === event.shiftId);
  if (!shift) return { refused: "unknown" };
  const isTheirs = who.by === "dispatcher" || (who.courierId !== null && who.courierId === shift.courierId);
  if (!isTheirs || (shift.state === "dropped" && !OF_A_DOOR.has(event.kind))) return { refused: "not_yours" };
  if (evening.overAt !== null && now > evening.overAt + CORRECTED_MS) return { refused: "over" };
  if (event.kind === "place") return { refused: null, entry: null, proofs: null };
  const deliveryId = deliveryOf(event, who);
  const delivery = evening.deliveries.find(({ id }) => id === deliveryId);
  const isOfStop = event.kind === "scan" || "deliveryId" in event;
  if (isOfStop && !delivery) return { refused: "unknown" };
  if (
    delivery &&
    delivery.shiftId !== shift.id &&
    !(OF_A_BAG.has(event.kind) && isInBag(evening, shift, delivery))
  )
    return { refused: "not_yours" };
  const refused = delivery && who.by === "courier" ? refusalOf(event, delivery) : null;
  if (refused) return { refused };
  return {
    refused: null,
    entry: {
      kind: event.kind === "take_back" && !event.isTaken ? "not_taken_along" : KINDS[event.kind],
      shiftId: shift.id,
      deliveryId: delivery?.id ?? null,
      at: momentOf(event, shift, now),
      key: event.key,
      words: wordsOf(event),
      outcome: event.kind === "done" ? event.outcome : null,
      minutes: event.kind === "delay" ? event.minutes : null,
    },
    proofs: proofsOf(event),
  };
}

/** Of a parcel that a colleague was to fetch: its end, and what went along. */
const OF_A_BAG: ReadonlySet<CourierEvent["kind"]> = new Set(["done", "not_there", "refused", "take_back"]);
/** What the phone of a courier who has dropped out may still tell. */
const OF_A_DOOR: ReadonlySet<CourierEvent["kind"]> = new Set([...OF_A_BAG, "arrive", "undo"]);

/** The courier dropped out, and the colleague who takes the parcel over has not fetched it yet. */
function isInBag({ shifts }: RunningEvening, { id, state }: RunningShift, one: RunningDelivery): boolean {
  const { fetches = [] } = shifts.find((shift) => shift.id === one.shiftId) ?? {};
  const isWaited = fetches.some(
    ({ fromShiftId, fetchedAt, deliveryIds }) =>
      fromShiftId === id && fetchedAt === null && deliveryIds.includes(one.id),
  );
  return state === "dropped" && isWaited && isToCome(one);
}

const momentOf = (event: CourierEvent, { earliestAt }: RunningShift, now: number): number =>
  believedAt(Date.parse(event.at), { earliestAt, now });

/** What is told of; null for a round as a whole, and for a code that is no label of this carrier's. */
export function deliveryOf(event: CourierEvent, who: Pick<Teller, "tenantId">): number | null {
  if (event.kind === "scan") return scanned(event.code, who);
  return "deliveryId" in event ? event.deliveryId : null;
}

/** @returns null for what is no label of this carrier's */
function scanned(code: string, { tenantId }: Pick<Teller, "tenantId">): number | null {
  const read = readParcelCode(code);
  return read?.carrierId === tenantId ? read.deliveryId : null;
}

function wordsOf(event: CourierEvent): string {
  if (event.kind === "done") return event.to;
  if (event.kind === "write") return event.text;
  return "words" in event ? event.words : "";
}

function proofsOf(event: CourierEvent): DeliveryProof | null {
  if (event.kind !== "done" && event.kind !== "not_there") return null;
  const signature = event.kind === "done" ? (event.signature ?? null) : null;
  const photoFileId = event.photoFileId ?? null;
  return photoFileId === null && signature === null ? null : { photoFileId, signature };
}

/** What the sender wants shown at the door. A code is the customer's own: nobody else is asked for it. */
function refusalOf(event: CourierEvent, { skills, proof, code }: RunningDelivery): Refusal | null {
  if (event.kind !== "done") return null;
  const isAgeChecked = (skills & SKILL_BITS.age_check) !== 0;
  if (isAgeChecked && (event.outcome !== "handed_over" || event.isOfAge !== true)) return "age";
  if (proof === "code" && event.outcome === "handed_over" && code !== null && event.code !== code)
    return "code";
  if (proof === "photo" && event.photoFileId === undefined) return "proof";
  if (proof === "signature" && event.outcome !== "left_there" && event.signature === undefined)
    return "proof";
  return null;
}
