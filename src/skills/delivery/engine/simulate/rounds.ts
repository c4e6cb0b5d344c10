import { forecast } from "../evening/forecast.ts";
import { NO_TALLY, type PaceTally, paceOf } from "../evening/pace.ts";
import type { Round, Ways } from "../evening/round.ts";
import type { BookedDay } from "./booking-day.ts";
import { CITY } from "./city.ts";

const MOVED_S = 600;

/** The plan as the evening begins: promises without the buffer. Stops that nobody waits for any more are left out. */
export function roundsOf(day: BookedDay, learned: PaceTally): Round[] {
  const { shifts, stops, routes } = day.plan.rows();
  const byNode = new Map(stops.map((stop) => [stop.node, stop]));
  const pace = paceOf(NO_TALLY, learned);
  return shifts.map((shift, n) => ({
    shift: n,
    at: 2 * n,
    doing: { kind: "leaving", at: shift.earliest },
    end: 2 * n + 1,
    latest: shift.latest,
    capacity: shift.capacity,
    skills: shift.skills,
    hasLoaded: false,
    pace,
    stops: (routes[n] ?? []).flatMap((node) => {
      const stop = byNode.get(node);
      const window = day.promises.get(node);
      if (!stop || !window) return [];
      const { demand, skills } = stop;
      // What is learned of services is in the pace, however much of it was planned with.
      const service_s = CITY.serviceSeconds;
      return [{ stop: node, ...window, service_s, demand, skills, told: null, isLateSaid: false }];
    }),
  }));
}

/** Customers whose expected arrival moved by more than ten minutes. */
export function movedBy(before: Round, after: Round, { ways, now }: { ways: Ways; now: number }): number {
  const expected = forecast(before, ways, now);
  const was = new Map(before.stops.map(({ stop }, n) => [stop, expected[n]?.begins ?? 0]));
  return forecast(after, ways, now).filter(
    ({ begins }, n) => Math.abs(begins - (was.get(after.stops[n]?.stop ?? -1) ?? begins)) > MOVED_S,
  ).length;
}
