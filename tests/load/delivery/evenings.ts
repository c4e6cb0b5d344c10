import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { cpuSeconds } from "../../../src/cli/delivery/cpu-clock.ts";
import {
  firstAttempt,
  PRESENCE,
  type SimulatedEvening,
  type Summary,
  simulate,
  summarise,
  type Tail,
} from "../../../src/skills/delivery/engine/index.ts";
import type { Reading } from "../dialogue/figure.ts";
import { attemptRows } from "./attempt-table.ts";
import type { Wishes } from "./figures.ts";
import { plotEvenings } from "./plot.ts";
import { writeReport } from "./report.ts";
import { percent } from "./solving.ts";

const COURIERS = 38;
/** The loads of the facts: nearly all that the couriers can do, and with the heavy tail a little less. */
const REQUESTS = { normal: 2_000, heavy: 1_400 } as const;
/** What the heavy tail does to full rounds is told beside it, on a few evenings. */
const FULL_LOAD = 2_000;
/** Few tries: these lines are about evenings, and a hundred of them. */
const BACKGROUND = { every: 100, tries: 5 };
/** Pace, services and buffer are learned in the first evenings, which are told apart. */
const LEARNING = 2;
const SAMPLE = 6;
const ALL = 100;
const GOALS = {
  normal: { kept: 0.997, error_min: 2.5, inside: 0.995 },
  heavy: { kept: 0.995, error_min: null, inside: 0.98 },
} as const;
const TAILS: readonly Tail[] = ["normal", "heavy"];

export interface Evenings {
  /** Windows kept on the first evenings. */
  readonly learning: readonly string[];
  readonly evenings: readonly SimulatedEvening[];
  readonly summary: Summary;
}

/** The two figures about evenings read the same runs. */
const runs = new Map<string, Evenings>();

function eveningsOf(
  tail: Tail,
  { seed, full, evenings: wished, say }: Wishes,
  requests: number = REQUESTS[tail],
): Evenings {
  const count = LEARNING + (wished ?? (full ? ALL : SAMPLE));
  const key = `${tail} ${seed} ${count} ${requests}`;
  const known = runs.get(key);
  if (known) return known;
  const all = simulate({
    seed,
    requests,
    couriers: COURIERS,
    evenings: count,
    tail,
    background: BACKGROUND,
    cpuSeconds,
    progress: (one) =>
      say(
        `${tail} ${one.evening + 1}: buffer ${one.buffer_s / 60} min, ${one.stops} stops, kept ${percent(one.windowKept)}, notice off by ${(one.noticeError_s / Math.max(1, one.noticed) / 60).toFixed(2)} min, inside ${percent(one.inside / Math.max(1, one.noticed))}`,
      ),
  });
  const evenings = all.slice(LEARNING);
  const learning = all.slice(0, LEARNING).map(({ windowKept }) => percent(windowKept));
  const result = { evenings, learning, summary: summarise(evenings, tail) };
  runs.set(key, result);
  return result;
}

const loadNow = () => loadavg()[0] ?? 0;

/** Window and notice under both tails; `--plot FILE` draws every evening, `--report FILE` writes a page beside a plot. */
export function measureEvenings(wishes: Wishes): Reading {
  const loadBefore = loadNow();
  const [normal, heavy] = TAILS.map((tail) => eveningsOf(tail, wishes)) as [Evenings, Evenings];
  if (wishes.plot)
    writeFileSync(wishes.plot, plotEvenings({ normal: normal.evenings, heavy: heavy.evenings }));
  const full = eveningsOf("heavy", { ...wishes, evenings: SAMPLE }, FULL_LOAD);
  if (wishes.report)
    writeReport(wishes.report, { normal, heavy, full, seed: wishes.seed, loads: [loadBefore, loadNow()] });
  const of = (measure: (summary: Summary) => string) =>
    `${measure(normal.summary)} / ${measure(heavy.summary)}`;
  const meets = TAILS.every((tail) => {
    const { windowKept, notice } = tail === "normal" ? normal.summary : heavy.summary;
    const { kept, error_min, inside } = GOALS[tail];
    return (
      windowKept >= kept &&
      notice.inside >= inside &&
      notice.meanError_min <= (error_min ?? notice.meanError_min)
    );
  });
  return {
    measured: `kept ${of(({ windowKept }) => percent(windowKept))}; notice ${of(({ notice }) => `${notice.meanError_min} min`)}, inside ${of(({ notice }) => percent(notice.inside))}`,
    meets,
    values: { normal: normal.summary, heavy: heavy.summary, full: full.summary },
    notes: [
      `${normal.evenings.length} evenings each from seed ${wishes.seed}, ${of(({ stops }) => `${stops}`)} stops an evening with ${COURIERS} couriers; the buffer begins at 15 minutes and is learned: ${of(({ buffers_min }) => `${buffers_min.at(-1)}`)} minutes in the end; kept on the ${LEARNING} evenings before, which are not counted: ${normal.learning.join(", ")} / ${heavy.learning.join(", ")}`,
      "the goal of the error is judged by the normal tail",
      `heavy tail with ${FULL_LOAD} requests, not judged: ${full.summary.stops} stops, kept ${percent(full.summary.windowKept)}, notice ${full.summary.notice.meanError_min} min, inside ${percent(full.summary.notice.inside)} (${full.evenings.length} evenings)`,
      `the first notice counts, ${of(({ notice }) => `${notice.lead_min}`)} minutes ahead on average, sent to ${of(({ notice }) => percent(notice.sent))}; said again to ${of(({ notice }) => percent(notice.again))}; by the last one inside ${of(({ notice }) => percent(notice.insideLast))}`,
      `broken promises announced before the window's end: ${of(({ lateAnnounced }) => (lateAnnounced === null ? "none broken" : percent(lateAnnounced)))}; orders changed ${of(({ replans }) => `${replans.perEvening}`)} an evening, customers moved ${of(({ replans }) => `${replans.movedCustomersPerEvening}`)}`,
      `cost per stop ${of(({ costPerStop }) => `${costPerStop.minutes} min`)}; load ${loadNow().toFixed(1)}`,
    ],
  };
}

const ABSENT_GOAL = 0.007;

/** The table of the issue: how many parcels change hands at the first attempt. */
export function measureFirstAttempt(wishes: Wishes): Reading {
  const kept = eveningsOf("normal", wishes).evenings.flatMap((one) => one.kept);
  const heavy = eveningsOf("heavy", wishes).evenings.flatMap((one) => one.kept);
  const rows = attemptRows(kept, heavy);
  const reached = firstAttempt(kept, "notice", ABSENT_GOAL);
  return {
    measured: `${percent(reached)} at ${percent(ABSENT_GOAL)} absent`,
    meets: reached >= 0.99,
    values: { rows, presence: PRESENCE },
    notes: [
      "absent in spite of everything | nothing agreed | window | window and notice | the same, heavy tail",
      ...rows.map((row) => row.map(percent).join(" | ")),
      `assumed beside: away ${percent(PRESENCE.nothingAgreed)} where nothing was agreed (German first attempts that failed, early 2024), ${percent(PRESENCE.inWindow)} in the window but not as told, ${percent(PRESENCE.outsideWindow)} outside the window; address and parcel are right`,
    ],
  };
}
