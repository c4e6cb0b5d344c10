import type { Assumptions } from "./assumptions.ts";
import { type Cases, type Course, courseAlone, courseWithFirstLevel, type Draw } from "./cases.ts";
import type { Outcome } from "./outcome.ts";
import { type Job, serve } from "./queue.ts";

/** One day of a team. */

/** Customers' messages by the hour of a shift, relative: full before noon, a second hill in the afternoon. */
const CURVE = [0.9, 1.25, 1.3, 1.05, 0.85, 1, 1.1, 0.95, 0.6];
const TOTAL = CURVE.reduce((sum, one) => sum + one, 0);
const HOUR = 60;

/** @param share of the day's messages that have come, 0 to 1 @returns the same as a share of the day's time */
export function timeOfShare(share: number): number {
  let before = 0;
  for (const [hour, weight] of CURVE.entries()) {
    const after = before + weight / TOTAL;
    if (share < after) return (hour + (share - before) / (after - before)) / CURVE.length;
    before = after;
  }
  return 1;
}

export interface DayResult {
  readonly cases: number;
  /** Settled before the team went home, by whomever. */
  readonly solved: number;
  readonly lost: number;
  /** Minutes until a person began, of everybody who waited for one. */
  readonly waits: readonly number[];
  /** Minutes of agents' work, what came back included. */
  readonly work: number;
  /** What was still open at the day's end, in hours of agents. */
  readonly overtimeHours: number;
}

export interface Day {
  readonly chance: Cases;
  /** What the list's messages met; a draw takes one of them. */
  readonly outcomes: readonly Outcome[];
  /** Messages of a day on average. */
  readonly volume: number;
  readonly hasFirstLevel: boolean;
}

export function runDay({ chance, outcomes, volume, hasFirstLevel }: Day, a: Assumptions): DayResult {
  const end = a.hours * HOUR;
  const courseOf = hasFirstLevel ? courseWithFirstLevel : courseAlone;
  const stretch = (1 + a.switching * (a.chats - 1)) * (1 + a.typing);
  const draws = chance.until(volume);
  const courses: Course[] = [];
  const jobs: Job[] = [];
  for (const draw of draws) {
    if (draw.arrival >= volume) break;
    const outcome = outcomes[Math.floor(draw.message * outcomes.length)] as Outcome;
    const course = courseOf(draw, outcome, a);
    const at = timeOfShare(draw.arrival / volume) * end + course.after;
    if (course.work > 0) jobs.push({ at, service: course.work * stretch, id: courses.length });
    courses.push(course);
  }
  jobs.sort((one, other) => one.at - other.at);
  const back = new Set<number>();
  const served = serve(jobs, a.agents * a.chats, ({ job, endedAt }) => {
    const draw = draws[job.id] as Draw;
    if (back.has(job.id) || draw.reopens >= a.reopened) return null;
    back.add(job.id);
    return { id: job.id, at: endedAt + draw.delay * a.returnAfter, service: job.service / 2 };
  });
  return sum(served, { courses, end, stretch, a });
}

function sum(
  served: ReturnType<typeof serve>,
  { courses, end, stretch, a }: { courses: readonly Course[]; end: number; stretch: number; a: Assumptions },
): DayResult {
  const lastEnd = new Map<number, number>();
  for (const { job, endedAt } of served) lastEnd.set(job.id, endedAt);
  const lost = courses.filter(({ isLost }) => isLost).length;
  const late = [...lastEnd.values()].filter((endedAt) => endedAt > end).length;
  const busy = served.reduce((minutes, { job }) => minutes + job.service, 0);
  const overtime = served.reduce(
    (minutes, { beganAt, endedAt }) => minutes + Math.max(0, endedAt - Math.max(beganAt, end)),
    0,
  );
  return {
    cases: courses.length,
    solved: courses.length - lost - late,
    lost,
    // Who comes after hours waits for the morning, with or without a first level.
    waits: served.filter(({ job }) => job.at < end).map(({ job, beganAt }) => beganAt - job.at),
    work: busy / stretch,
    overtimeHours: overtime / a.chats / HOUR,
  };
}
