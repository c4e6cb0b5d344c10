import { instantOf } from "#kernel";
import { DAYS_DEFAULT } from "../rules/limits.ts";
import { SKILL_BITS, SKILL_NAMES } from "../rules/skill-bits.ts";
import { dayAfter } from "../rules/windows.ts";
import type { CityState, LiveEvening, Served } from "./city-state.ts";
import type { LivePlan, Parcel, Span } from "./live-plan.ts";
import type {
  ChosenWindow,
  Coordinates,
  Delivery,
  OfferedWindow,
  Offers,
  PickUp,
  Refusal,
  Wish,
} from "./promises.ts";
import type { StoredPickUp } from "./stored-evening.ts";

/** Which windows are certain for a wish, out of the plans in memory. */

/** @param serviceDate of the evening: its counter is open then */
export function parcelOf(city: CityState, wish: Wish, serviceDate: string): Parcel {
  return {
    place: wish.place,
    pickup: wish.pickup ? pickUpOn(city, wish.pickup, serviceDate) : null,
    service_s: wish.service_s ?? city.city.serviceSeconds,
    demand: wish.demand ?? 1,
    skills: wish.skills ?? 0,
  };
}

/** A counter's hours as moments of a day. */
export function pickUpOn(
  { city: { timeZone } }: CityState,
  { place, service_s, fromMinute, toMinute }: PickUp,
  serviceDate: string,
): StoredPickUp {
  const earliestAt = instantOf(timeZone, serviceDate, fromMinute);
  // Both ends may lie in the hour that the clock leaves out.
  const dueAt = Math.max(earliestAt, instantOf(timeZone, serviceDate, toMinute));
  return { place, service_s, earliestAt, dueAt };
}

/** A delivery as somebody would ask for it now. */
export const wishOf = (delivery: Delivery): Wish => ({
  cityId: delivery.cityId,
  place: delivery.place,
  service_s: delivery.service_s,
  demand: delivery.demand,
  skills: delivery.skills,
  ...(delivery.pickup && { pickup: delivery.pickup }),
});

/** From when to when the courier may be there; null when the buffer is longer than the window. */
function spanOf(
  city: CityState,
  served: Served,
  { earliestAt, latestAt }: Pick<ChosenWindow, "earliestAt" | "latestAt">,
): Span | null {
  const dueAt = latestAt - city.buffer_s(served, earliestAt) * 1_000;
  return dueAt >= earliestAt ? { earliestAt, dueAt } : null;
}

/** Promises can be made on it: there are rounds, and none has begun. */
function isOpen({ state, beginsAt }: LiveEvening, now: number): boolean {
  return state === "planned" && now < beginsAt && Number.isFinite(beginsAt);
}

/** A window that may be chosen now: what it costs, and when the courier is there. That the plan has a place is not said yet. */
export interface Choice {
  readonly plan: LivePlan;
  readonly span: Span;
  readonly priceMinor: number;
  /** Its cut-off or the evening's beginning (ms), whichever comes first: a hold is over then. */
  readonly bookableUntil: number;
}

/** @returns null where nobody would offer it: outside, begun, past its cut-off, not this evening's, or the plan is broken */
export function choiceOf(
  city: CityState,
  { live, plan }: { readonly live: LiveEvening; readonly plan: LivePlan | null },
  place: Coordinates,
  { window, now }: { readonly window: ChosenWindow; readonly now: number },
): Choice | null {
  const served = city.serves(place);
  const { earliestAt, latestAt } = window;
  const found = live.windows.find((one) => one.earliestAt === earliestAt && one.latestAt === latestAt);
  if (!(plan && served && found && city.city.active && isOpen(live, now)) || now > found.cutoffAt)
    return null;
  const span = spanOf(city, served, window);
  const bookableUntil = Math.min(found.cutoffAt, live.beginsAt);
  return span && { plan, span, priceMinor: found.priceMinor + served.priceMinor, bookableUntil };
}

export interface OfferOptions {
  readonly now: number;
  /** A delivery that asks for another window: its own place counts as free. */
  readonly moving?: Delivery;
}

/** About ten microseconds an evening of a thousand stops. */
export function offersOf(city: CityState, wish: Wish, { now, moving }: OfferOptions): Offers {
  const served = city.serves(wish.place);
  const open = city.city.active ? city.evenings.filter((one) => isOpen(one, now)) : [];
  const lastDate = withWindows(open, now).at(-1)?.serviceDate ?? null;
  if (!served) return { windows: [], lastDate, refusal: { reason: "outside", ...city.nearest(wish.place) } };
  const { pickup } = wish;
  if (pickup && !city.serves(pickup.place))
    return { windows: [], lastDate, refusal: { reason: "outside", ...city.nearest(pickup.place) } };
  const until = dayAfter(city.today(now), wish.days ?? DAYS_DEFAULT);
  const asked = open.filter(({ serviceDate }) => serviceDate < until);
  const windows = asked.flatMap((evening) => {
    const { plan } = evening;
    const parcel = parcelOf(city, wish, evening.serviceDate);
    return plan ? offersOn(city, { evening, plan, parcel, served, now, moving }) : [];
  });
  if (windows.length > 0) return { windows, lastDate, refusal: null };
  return {
    windows,
    lastDate,
    refusal: refusalOf({ demand: wish.demand ?? 1, skills: wish.skills ?? 0 }, { asked, open, now }),
  };
}

/** Those of which a window may still be chosen. */
const withWindows = (evenings: readonly LiveEvening[], now: number): readonly LiveEvening[] =>
  evenings.filter(({ windows }) => windows.some(({ cutoffAt }) => now <= cutoffAt));

interface Asked {
  readonly evening: LiveEvening;
  readonly plan: LivePlan;
  readonly parcel: Parcel;
  readonly served: Served;
  readonly now: number;
  readonly moving: Delivery | undefined;
}

function offersOn(city: CityState, { evening, plan, parcel, served, now, moving }: Asked): OfferedWindow[] {
  const candidates = evening.windows.flatMap((window) => {
    const span = now <= window.cutoffAt ? spanOf(city, served, window) : null;
    return span ? [{ window, span }] : [];
  });
  if (candidates.length === 0) return [];
  const spans = candidates.map(({ span }) => span);
  const isHere = moving?.eveningId === evening.id;
  const costs = isHere ? plan.offersWithout(moving.id, parcel, spans) : plan.offers(parcel, spans);
  return candidates.flatMap(({ window }, n) => {
    const cost_s = costs[n] ?? null;
    if (cost_s === null) return [];
    return [
      {
        eveningId: evening.id,
        earliestAt: window.earliestAt,
        latestAt: window.latestAt,
        priceMinor: window.priceMinor + served.priceMinor,
        currency: city.city.currency,
        cost_s,
      },
    ];
  });
}

interface Looked {
  readonly asked: readonly LiveEvening[];
  readonly open: readonly LiveEvening[];
  readonly now: number;
}

/** What stands in the way, the most telling first, and what would work. */
function refusalOf(
  { demand, skills }: Pick<Parcel, "demand" | "skills">,
  { asked, open, now }: Looked,
): Refusal {
  const possible = withWindows(asked, now);
  const last = possible.at(-1);
  if (!last) return { reason: "no_round", nextDate: withWindows(open, now)[0]?.serviceDate ?? null };
  const most = Math.max(...possible.map(({ capacityMost }) => capacityMost));
  if (demand > most) return { reason: "too_much", most };
  const sets = possible.flatMap(({ skillSets }) => skillSets);
  const lacking = sets.map((set) => skills & ~set);
  if (!lacking.includes(0)) {
    const least = lacking.reduce((a, b) => (bitCount(b) < bitCount(a) ? b : a));
    return { reason: "not_carried", missing: SKILL_NAMES.filter((name) => (SKILL_BITS[name] & least) !== 0) };
  }
  return { reason: "full", untilDate: last.serviceDate };
}

const bitCount = (bits: number): number =>
  SKILL_NAMES.filter((name) => (SKILL_BITS[name] & bits) !== 0).length;
