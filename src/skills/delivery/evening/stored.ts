import type { PaceTally } from "../engine/index.ts";
import type { Coordinates } from "../plan/promises.ts";
import type { TravelSettings } from "../plan/stored-evening.ts";
import type { TakeBack } from "../rules/take-back.ts";
import type { Choice, DeliveryState, Fetch, Outcome, Proof, ShiftState, Vehicle } from "../tables.ts";

/** An evening as it runs, as the database keeps it. Times are ms. */

/** What a customer was told last. */
export interface ToldAt {
  readonly from: number;
  readonly until: number;
  readonly expectedAt: number;
}

export interface RunningShift {
  readonly id: number;
  readonly courierId: number | null;
  readonly courierName: string;
  readonly courierContactId: number | null;
  readonly vehicle: Vehicle | null;
  readonly state: ShiftState;
  readonly startDepotId: number;
  readonly endDepotId: number;
  readonly start: Coordinates;
  readonly end: Coordinates;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly capacity: number;
  readonly skills: number;
  /** Deliveries in order; less than nothing where one is picked up. */
  readonly route: readonly number[];
  readonly frozen: number;
  readonly heldStops: number;
  readonly fetches: readonly Fetch[];
  readonly acceptedAt: number | null;
  readonly leftAt: number | null;
  readonly backAt: number | null;
  /** Of the courier, the phone's time; null = times follow the plan. */
  readonly heardAt: number | null;
  /** Where the last event happened; null = at the depot. */
  readonly atDeliveryId: number | null;
  readonly isServing: boolean;
  readonly since: number | null;
  readonly replannedAt: number | null;
}

/** Where a delivery is picked up on the way. Times are ms. */
export interface RunningPickUp {
  readonly name: string;
  readonly place: Coordinates;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly service_s: number;
}

export interface RunningDelivery {
  readonly id: number;
  readonly senderTenantId: number | null;
  readonly senderRef: string;
  readonly contactId: number | null;
  readonly conversationId: number | null;
  readonly shiftId: number | null;
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly dueAt: number;
  readonly place: Coordinates;
  readonly address: string;
  readonly doorNote: string;
  readonly service_s: number;
  readonly demand: number;
  readonly skills: number;
  readonly parcels: number;
  /** Null: it lies at the depot. */
  readonly pickup: RunningPickUp | null;
  /** When the courier had it from there. */
  readonly pickedUpAt: number | null;
  readonly state: DeliveryState;
  readonly outcome: Outcome | null;
  /** Who took it, or where it lies; "" = nothing was said. */
  readonly outcomeWords: string;
  readonly arrivedAt: number | null;
  readonly endedAt: number | null;
  readonly told: ToldAt | null;
  readonly lateSaidAt: number | null;
  readonly brokenAt: number | null;
  readonly compensationMinor: number;
  readonly choice: Choice | null;
  readonly proof: Proof;
  readonly code: string | null;
  /** Said at the door, and not it. */
  readonly wrongCodes: readonly string[];
  readonly liveKey: string | null;
  readonly currency: string;
  readonly takeBack: TakeBack;
  /** Why a message that was due could not be sent; null = there was none. */
  readonly untoldReason: string | null;
}

export interface RunningEvening {
  readonly id: number;
  readonly tenantId: number;
  readonly cityId: number;
  readonly cityName: string;
  readonly timeZone: string;
  /** YYYY-MM-DD, of the city's clock */
  readonly serviceDate: string;
  readonly version: number;
  readonly state: "planned" | "running" | "over";
  readonly begunAt: number | null;
  readonly overAt: number | null;
  /** The middle of the grid. */
  readonly middle: Coordinates;
  readonly travel: TravelSettings;
  /** Owed for a broken promise where the sender has no rule of its own. */
  readonly compensationMinor: number;
  readonly currency: string;
  /** Some rounds only; what concerns all of them is none of this reading's. */
  readonly isPart: boolean;
  /** When the first of the rounds that were not read begins; null without such. */
  readonly othersBeginAt: number | null;
  readonly shifts: readonly RunningShift[];
  /** Those that stand in a round. */
  readonly deliveries: readonly RunningDelivery[];
  /** What earlier evenings taught, by courier; 0 = all of the city. Of a part, what this one had taught by the last minute's look, too. */
  readonly tallies: ReadonlyMap<number, PaceTally>;
  /** Owed for a broken promise, by sender. */
  readonly senderCompensations: ReadonlyMap<number, number>;
}

/** Nobody drives it any more: what is still open of it is brought by others, or not at all. */
export const isAbandoned = ({ state }: Pick<RunningShift, "state">): boolean =>
  state === "dropped" || state === "done";

const OPEN: readonly DeliveryState[] = ["booked", "loaded", "under_way"];

/** Still to be brought. */
export const isToCome = ({ state }: Pick<RunningDelivery, "state">): boolean => OPEN.includes(state);

/** It lies at a counter still, and its courier goes there before it is brought. */
export const isToFetch = (
  one: RunningDelivery,
): one is RunningDelivery & { readonly pickup: RunningPickUp } =>
  isToCome(one) && one.pickup !== null && one.pickedUpAt === null;
