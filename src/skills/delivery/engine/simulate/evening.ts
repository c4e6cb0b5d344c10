import { forecast } from "../evening/forecast.ts";
import { afterNotice, dueNotices, NOTICE_RULE, type NoticeRule } from "../evening/notice.ts";
import { addTook, type PaceTally, paceOf } from "../evening/pace.ts";
import { promisesAtRisk, replanRound } from "../evening/replan.ts";
import { hasPromise, type Told } from "../evening/round.ts";
import type { Window } from "../offers/plan.ts";
import { wayAt } from "../offers/travel.ts";
import type { BookedDay } from "./booking-day.ts";
import { Courier, type Noise } from "./courier.ts";
import { EventQueue } from "./event-queue.ts";
import { movedBy, roundsOf } from "./rounds.ts";

export interface EveningOptions {
  readonly day: BookedDay;
  readonly noise: Noise;
  readonly seed: number;
  /** What was learned on earlier evenings. */
  readonly learned: PaceTally;
  /** Rounds keep the order they began with where this is false. */
  readonly replans: boolean;
  readonly notice?: NoticeRule;
}

/** What became of a promise. */
export interface Kept {
  readonly stop: number;
  readonly window: Window;
  /** When service began. */
  readonly begins: number;
  /** What the customer was told first, and last, and so often. */
  readonly told: Told | null;
  readonly toldLast: Told | null;
  readonly notices: number;
  /** Seconds between the first notice and the courier; null without one. */
  readonly lead_s: number | null;
  /** When it was said that the window will not be kept; null if it was not. */
  readonly lateSaidAt: number | null;
}

export interface EveningOutcome {
  readonly kept: readonly Kept[];
  /** Seconds from the shifts' begin until the couriers are back, and seconds of it under way. */
  readonly worked_s: number;
  readonly underWay_s: number;
  /** The same as planned, which is what the way is long. */
  readonly planned_s: number;
  /** Orders that were changed, and customers whose expected arrival moved by more than ten minutes by it. */
  readonly replans: number;
  readonly moved: number;
  readonly learned: PaceTally;
}

type Happening =
  | { readonly kind: "leave" | "arrive" | "finish"; readonly courier: Courier }
  | { readonly kind: "tick" };

/** Messages are looked after every minute, as the product's timer does. */
const TICK_S = 60;
/** A round is put in order again when so many of its promises are likely to break, and not sooner than this. */
const RISK = 0.02;
const REPLAN_AFTER_S = 240;

interface Saying {
  readonly told: Told;
  readonly at: number;
}

/** Drives an evening: couriers on noisy streets, and the rules of `evening` with nothing but what has happened. */
export function driveEvening(options: EveningOptions): EveningOutcome {
  return new Evening(options).run();
}

class Evening {
  readonly #options: EveningOptions;
  readonly #rule: NoticeRule;
  readonly #queue = new EventQueue<Happening>();
  readonly #couriers: readonly Courier[];
  readonly #said = new Map<number, { first: Saying; last: Saying; times: number }>();
  readonly #lateSaid = new Map<number, number>();
  readonly #kept: Kept[] = [];
  #learned: PaceTally;
  #worked_s = 0;
  #underWay_s = 0;
  #planned_s = 0;
  #replans = 0;
  #moved = 0;
  /** Couriers who are not back yet. */
  #out = 0;

  constructor(options: EveningOptions) {
    this.#options = options;
    this.#rule = options.notice ?? NOTICE_RULE;
    this.#learned = options.learned;
    const { noise, seed } = options;
    this.#couriers = roundsOf(options.day, options.learned).map((round) => new Courier(round, noise, seed));
  }

  run(): EveningOutcome {
    const { shifts } = this.#options.day;
    for (const courier of this.#couriers) {
      if (courier.round.stops.length === 0) continue;
      this.#out++;
      this.#queue.add(shifts[courier.round.shift]?.earliest ?? 0, { kind: "leave", courier });
    }
    this.#queue.add(-this.#rule.ahead_s, { kind: "tick" });
    for (let next = this.#queue.take(); next; next = this.#queue.take()) {
      const { at, event } = next;
      if (event.kind === "tick") this.#tick(at);
      else this.#happen(event.kind, event.courier, at);
    }
    return {
      kept: this.#kept,
      worked_s: this.#worked_s,
      underWay_s: this.#underWay_s,
      planned_s: this.#planned_s,
      replans: this.#replans,
      moved: this.#moved,
      learned: this.#learned,
    };
  }

  #tick(now: number): void {
    for (const courier of this.#couriers) this.#notify(courier, now);
    if (this.#out > 0) this.#queue.add(now + TICK_S, { kind: "tick" });
  }

  #happen(kind: "leave" | "arrive" | "finish", courier: Courier, now: number): void {
    if (kind === "arrive") this.#arrive(courier, now);
    else {
      if (kind === "finish") this.#learn(courier, now);
      else courier.round = { ...courier.round, hasLoaded: true };
      this.#replan(courier, now);
      this.#leave(courier, now);
    }
    this.#notify(courier, now);
  }

  #leave(courier: Courier, now: number): void {
    const { round } = courier;
    const [next] = round.stops;
    const to = next?.stop ?? round.end;
    const planned_s = wayAt(this.#options.day.travel, round.at, to, now);
    const reached = courier.leave(now, planned_s, to);
    this.#planned_s += planned_s;
    this.#underWay_s += reached - now;
    if (next) this.#queue.add(reached, { kind: "arrive", courier });
    else {
      this.#out--;
      this.#worked_s += reached - (this.#options.day.shifts[round.shift]?.earliest ?? 0);
    }
  }

  #arrive(courier: Courier, now: number): void {
    const visit = courier.arrive(now);
    if (!visit) return;
    const { stop, begins, ends } = visit;
    this.#queue.add(ends, { kind: "finish", courier });
    if (!hasPromise(stop)) return;
    const said = this.#said.get(stop.stop);
    this.#kept.push({
      stop: stop.stop,
      window: { earliest: stop.earliest, latest: stop.latest },
      begins,
      told: said?.first.told ?? null,
      toldLast: said?.last.told ?? null,
      notices: said?.times ?? 0,
      lead_s: said ? begins - said.first.at : null,
      lateSaidAt: this.#lateSaid.get(stop.stop) ?? null,
    });
  }

  #learn(courier: Courier, now: number): void {
    const took = courier.finish(now);
    if (!took) return;
    const { pace } = courier.round;
    courier.tally = addTook(courier.tally, took, pace);
    this.#learned = addTook(this.#learned, took, pace);
    courier.round = { ...courier.round, pace: paceOf(courier.tally, this.#learned) };
  }

  #replan(courier: Courier, now: number): void {
    const { replans, day } = this.#options;
    if (!replans || now - courier.replannedAt < REPLAN_AFTER_S) return;
    const options = { ways: day.travel, now };
    if (promisesAtRisk(courier.round, options) < RISK) return;
    courier.replannedAt = now;
    const better = replanRound(courier.round, options);
    if (!better) return;
    this.#replans++;
    this.#moved += movedBy(courier.round, better.round, options);
    courier.round = better.round;
  }

  #notify(courier: Courier, now: number): void {
    const { round } = courier;
    if (round.stops.length === 0) return;
    const expected = forecast(round, this.#options.day.travel, now);
    for (const notice of dueNotices(round, expected, now, this.#rule)) {
      courier.round = afterNotice(courier.round, notice);
      const saying = { told: notice.told, at: now };
      const before = this.#said.get(notice.stop);
      this.#said.set(notice.stop, {
        first: before?.first ?? saying,
        last: saying,
        times: (before?.times ?? 0) + 1,
      });
      if (notice.kind === "late") this.#lateSaid.set(notice.stop, now);
    }
  }
}
