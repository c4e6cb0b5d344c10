import { seeded } from "../../machine/random.ts";
import type { Assumptions } from "./assumptions.ts";
import type { Outcome } from "./outcome.ts";

/** Cases of a day, drawn once and met by both kinds of company alike. */

/** What chance decides of one case; shares from 0 to 1. */
export interface Draw {
  /** Of unit rate: the day's volume stretches it. */
  readonly arrival: number;
  /** Which message of the list. */
  readonly message: number;
  /** Work relative to its mean, log-normal with mean 1. */
  readonly work: number;
  readonly chooses: number;
  readonly settles: number;
  readonly returns: number;
  readonly reopens: number;
  /** Exponential, mean 1. */
  readonly delay: number;
}

/** The cases of one day's chance: as many as are asked for, always the same ones. */
export interface Cases {
  /** @returns all cases with an arrival below the volume, and at least one behind it */
  until(volume: number): readonly Draw[];
}

/** @param spread sigma of the log-normal work */
export function drawCases(seed: number, spread: number): Cases {
  const random = seeded(seed);
  const exponential = () => -Math.log(1 - random());
  const drawn: Draw[] = [];
  let arrival = 0;
  const draw = (): void => {
    arrival += exponential();
    drawn.push({
      arrival,
      message: random(),
      work: Math.exp(spread * normal(random) - (spread * spread) / 2),
      chooses: random(),
      settles: random(),
      returns: random(),
      reopens: random(),
      delay: exponential(),
    });
  };
  return {
    until(volume) {
      while (arrival <= volume) draw();
      return drawn;
    },
  };
}

/** Standard normal (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** What becomes of a case before a person, if one is needed. */
export interface Course {
  /** Minutes of an agent's work; 0 = nobody is needed. */
  readonly work: number;
  /** Minutes after the first message at which a person is needed. */
  readonly after: number;
  /** Got a wrong answer and went away: nobody will ever solve it. */
  readonly isLost: boolean;
}

const SECONDS = 60;
const DONE: Course = { work: 0, after: 0, isLost: false };
/** A choice, or a flow's questions, take the customer so long, minutes. */
const CHOOSING_MINUTES = 1;
const FLOW_MINUTES = 3;

/** Everybody waits for a person. */
export function courseAlone(draw: Draw, { kind }: Outcome, a: Assumptions): Course {
  return { work: draw.work * a[kind], after: 0, isLost: false };
}

/** The first level meets it as it met this message, and then chance decides what the assumptions leave open. */
export function courseWithFirstLevel(draw: Draw, outcome: Outcome, a: Assumptions): Course {
  const { kind, met, isSuggested } = outcome;
  const whole = draw.work * a[kind];
  const toPerson = (after: number, work = whole): Course => {
    const saved = (a.handOverSaves + (isSuggested ? a.suggestionSaves : 0)) / SECONDS;
    // However much is known before: somebody reads it and answers.
    return { work: Math.max(work - saved, work / 2), after, isLost: false };
  };
  if (met === "handed") return toPerson(0);
  if (met === "missed") return toPerson(CHOOSING_MINUTES);
  if (met === "wrong") {
    if (draw.returns >= a.comesBack) return { ...DONE, isLost: kind !== "stranger" };
    return { work: whole * a.wrongLonger, after: draw.delay * a.returnAfter, isLost: false };
  }
  const choosing = met === "offered" ? CHOOSING_MINUTES : 0;
  if (met === "offered" && draw.chooses >= a.choosesRight) return toPerson(choosing);
  if (kind === "casework") return toPerson(choosing + FLOW_MINUTES, whole * (1 - a.flowSaves));
  const settled = kind === "status" ? a.settledByRegister : a.settledByAnswer;
  return draw.settles < settled ? DONE : toPerson(choosing + draw.delay * a.returnAfter);
}
