import type { CourierPickUp, CourierShift, CourierStop } from "../api/courier-page.ts";
import type { TakeBackState } from "../tables.ts";
import { namesOf, SKILL_BITS } from "./skill-bits.ts";

/** A delivery as its courier sees it: what the label says, what is promised, what may be done at the door. */

export interface StopFacts {
  readonly tenantId: number;
  readonly id: number;
  /** As on the label. */
  readonly recipient: string;
  readonly address: string;
  readonly lat: number;
  readonly lon: number;
  /** ms */
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly expectedAt: number | null;
  /** It will hardly keep its window. */
  readonly isLate: boolean;
  readonly doorNote: string;
  readonly parcels: number;
  /** The counter where it lies still. */
  readonly fetchAt: string | null;
  readonly senderName: string;
  readonly senderRef: string;
  readonly skills: number;
  readonly proof: CourierStop["proof"];
  readonly codeHint: CourierStop["codeHint"];
  readonly state: CourierStop["state"];
  readonly outcome: CourierStop["outcome"];
  readonly choice: "home" | "neighbour" | "leave" | "not_home" | null;
  readonly hasConversation: boolean;
  readonly takeBack: string;
  readonly takeBackState: TakeBackState | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();

export function courierStop(one: StopFacts): CourierStop {
  const isAgeChecked = (one.skills & SKILL_BITS.age_check) !== 0;
  const isOver = one.state === "done" || one.state === "failed";
  return {
    deliveryId: one.id,
    code: `AHD1:${one.tenantId}:${one.id}`,
    name: one.recipient,
    address: one.address,
    place: { lat: one.lat, lon: one.lon },
    earliestAt: iso(one.earliestAt),
    latestAt: iso(one.latestAt),
    expectedAt: isOver || one.expectedAt === null ? null : iso(one.expectedAt),
    isInPlan: !one.isLate,
    doorNote: one.doorNote,
    parcels: one.parcels,
    fetchAt: isOver ? null : one.fetchAt,
    senderName: one.senderName,
    senderReference: one.senderRef,
    skills: namesOf(one.skills),
    proof: one.proof,
    codeHint: one.codeHint,
    state: one.state,
    outcome: one.outcome,
    ...mayOf(one, isAgeChecked),
    canWrite: one.hasConversation && !isOver,
    takeBack: one.takeBackState === null ? "" : one.takeBack,
    isTakenAlong:
      one.takeBackState === null || one.takeBackState === "asked" ? null : one.takeBackState !== "not_taken",
  };
}

/** What lies at a counter on the way; several of one counter come one after the other. */
export interface PickUpFacts {
  readonly deliveryId: number;
  readonly name: string;
  readonly place: CourierPickUp["place"];
  /** ms, of the counter and of the courier */
  readonly earliestAt: number;
  readonly latestAt: number;
  readonly expectedAt: number;
  readonly before: number | null;
}

/** In their order; what is fetched at the same counter in a row is one stop. */
export function courierPickUps(all: readonly PickUpFacts[]): CourierPickUp[] {
  const found: CourierPickUp[] = [];
  for (const { deliveryId, name, place, before, earliestAt, latestAt, expectedAt } of all) {
    const last = found.at(-1);
    const isSame = last?.name === name && last.place.lat === place.lat && last.place.lon === place.lon;
    if (last && isSame && last.before === before) last.deliveryIds.push(deliveryId);
    else
      found.push({
        name,
        place,
        earliestAt: iso(earliestAt),
        latestAt: iso(latestAt),
        expectedAt: iso(expectedAt),
        deliveryIds: [deliveryId],
        before,
      });
  }
  return found;
}

/**
 * Who must be old enough must be there. Neighbours are asked unless the customer wants it in person; nothing is left
 * anywhere that its customer did not name.
 */
function mayOf({ choice }: StopFacts, isAgeChecked: boolean): Pick<CourierStop, "mayNeighbour" | "mayLeave"> {
  return {
    mayNeighbour: !isAgeChecked && choice !== "home",
    mayLeave: !isAgeChecked && choice === "leave",
  };
}

/** Is this the day on which addresses are needed? Heads only before it, nothing after it. */
export function showsStops(
  shift: { readonly date: string; readonly state: CourierShift["state"] },
  today: string,
): boolean {
  return shift.state === "out" || shift.date <= today;
}
