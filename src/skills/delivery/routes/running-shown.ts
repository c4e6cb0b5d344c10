import type { RunningReply, RunningStop, RunningRound as ShownRound } from "../api/running.ts";
import { lateChance } from "../engine/index.ts";
import { distanceOf } from "../evening/begin-and-end.ts";
import { atRiskIn, type Running, type RunningRound } from "../evening/running.ts";
import type { RunningDelivery, RunningShift } from "../evening/stored.ts";
import { backsOf } from "../evening/what-if.ts";
import { namesOf } from "../rules/skill-bits.ts";
import type { Surroundings } from "../store/running-shown.ts";

/** An evening in the words of the contract. */

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

export function shownRunning(running: Running, around: Surroundings): RunningReply {
  const { evening, now } = running;
  const backs = backsOf(running);
  return {
    id: evening.id,
    cityId: evening.cityId,
    cityName: evening.cityName,
    timeZone: evening.timeZone,
    date: evening.serviceDate,
    state: evening.state,
    version: evening.version,
    now: iso(now),
    depots: [...around.depots],
    // Also those that dropped out: the others keep their numbers.
    rounds: evening.shifts.map((shift) =>
      shownRound(running, around, { shift, backAt: backs.get(shift.id) ?? null }),
    ),
    atRisk: atRiskIn(running).map(({ stop, shift, chance }) => ({
      deliveryId: stop,
      shiftId: shift,
      chance,
    })),
    happened: [...around.happened],
    bufferSeconds: [...around.buffers],
    zonePaces: [...around.zonePaces],
  };
}

/** What a customer is called on the screen. */
export function nameOf({ names }: Pick<Surroundings, "names">, one: RunningDelivery): string {
  return names.get(one.id) || one.senderRef || `${one.id}`;
}

interface Shown {
  readonly shift: RunningShift;
  readonly backAt: number | null;
}

function shownRound(running: Running, around: Surroundings, { shift, backAt }: Shown): ShownRound {
  const { evening } = running;
  const round = running.rounds.find((one) => one.shift.id === shift.id);
  const stops = shift.route.flatMap((id) => {
    const one = running.deliveries.get(id);
    return one && isShown(one) ? [shownStop(running, around, { one, shift, round })] : [];
  });
  return {
    shiftId: shift.id,
    courierId: shift.courierId,
    courierName: shift.courierName,
    vehicle: shift.vehicle,
    state: shift.state,
    earliestAt: iso(shift.earliestAt),
    latestAt: iso(shift.latestAt),
    backAt: isoOrNull(shift.backAt ?? backAt),
    startDepotId: shift.startDepotId,
    endDepotId: shift.endDepotId,
    capacity: shift.capacity,
    load: loadOf(running, shift),
    distanceMetres: distanceOf(evening, shift),
    heardAt: isoOrNull(shift.heardAt),
    place: around.places.get(shift.id) ?? null,
    stops,
  };
}

type ShownState = RunningStop["state"];
const SHOWN: readonly string[] = ["held", "booked", "loaded", "under_way", "done", "failed"];
const isShown = (one: RunningDelivery): one is RunningDelivery & { state: ShownState } =>
  SHOWN.includes(one.state);

const loadOf = ({ deliveries }: Running, { route }: RunningShift): number =>
  route.reduce((sum, id) => {
    const one = deliveries.get(id);
    return sum + (one && isShown(one) ? one.demand : 0);
  }, 0);

interface Stop {
  readonly one: RunningDelivery & { state: ShownState };
  readonly shift: RunningShift;
  readonly round: RunningRound | undefined;
}

function shownStop({ clock }: Running, around: Surroundings, { one, shift, round }: Stop): RunningStop {
  const coming = round?.stops.find(({ delivery }) => delivery?.id === one.id);
  const { told } = one;
  return {
    deliveryId: one.id,
    name: nameOf(around, one),
    senderName: one.senderTenantId === null ? "" : (around.senders.get(one.senderTenantId) ?? ""),
    address: one.address,
    place: one.place,
    earliestAt: iso(one.earliestAt),
    latestAt: iso(one.latestAt),
    dueAt: iso(one.dueAt),
    skills: namesOf(one.skills),
    doorNote: one.doorNote,
    parcels: one.parcels,
    state: one.state,
    outcome: one.outcome,
    isFrozen: shift.route.indexOf(one.id) < shift.frozen,
    expectedAt: coming && !round?.isAbandoned ? iso(clock.ms(coming.expected.begins)) : null,
    spreadSeconds: coming ? Math.round(coming.expected.sd) : 0,
    lateChance: coming && !round?.isSilent ? lateChance(coming.stop, coming.expected) : 0,
    told: told && { from: iso(told.from), until: iso(told.until) },
    isLateSaid: one.lateSaidAt !== null,
    untold: one.untoldReason,
    endedAt: isoOrNull(one.endedAt),
    conversationId: one.conversationId,
  };
}
