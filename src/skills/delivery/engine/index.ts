export { check, type StatedRoute, type Verdict } from "./check.ts";
export { BUFFER_RULE, type BufferRule, nextBuffer } from "./evening/buffer.ts";
export { type Dragged, dragStop } from "./evening/drag.ts";
export {
  type Covered,
  coverDropOut,
  type DropOut,
  type Endangered,
  endangeredOf,
} from "./evening/drop-out.ts";
export { type Expected, forecast, lateChance } from "./evening/forecast.ts";
export { afterNotice, dueNotices, NOTICE_RULE, type Notice, type NoticeRule } from "./evening/notice.ts";
export { addTook, NO_TALLY, type Pace, type PaceTally, paceOf, type Took } from "./evening/pace.ts";
export { promisesAtRisk, type Replanned, replanRound } from "./evening/replan.ts";
export {
  type Doing,
  frozenStops,
  type Round,
  type RoundStop,
  type Told,
  type Ways,
} from "./evening/round.ts";
export { EVENING_PRICES, type EveningPrices } from "./evening/round-cost.ts";
export { InstanceFault } from "./instance-fault.ts";
export { improvePlan, type PlanProblem, planProblem, refine } from "./offers/improve.ts";
export {
  type Booking,
  type Offer,
  Plan,
  type Request,
  type Shift,
  type StoredRound,
  type Window,
} from "./offers/plan.ts";
export { PlaneTravel } from "./offers/plane-travel.ts";
export { type Place, type Travel, type TravelClock, wayAt } from "./offers/travel.ts";
export type { Problem, Route, Solution, VehicleType } from "./problem.ts";
export { readProblem } from "./read/index.ts";
export { ROUNDINGS, type Rounding } from "./read/instance.ts";
export { BACKGROUND, type BackgroundWork, bookDay } from "./simulate/booking-day.ts";
export { Chance } from "./simulate/chance.ts";
export { anyRequest, CITY, CITY_WINDOWS, cityTravel, shiftsOf } from "./simulate/city.ts";
export { NOISE, type Noise, type Tail, TrueTimes } from "./simulate/courier.ts";
export {
  anyOf,
  arrivalsOf,
  customerChance,
  HABITS,
  type Habits,
  HOLD_S,
  KEEN,
  otherWindow,
  type SecondThought,
  secondThought,
} from "./simulate/demand.ts";
export { driveEvening, type Kept } from "./simulate/evening.ts";
export { EventQueue } from "./simulate/event-queue.ts";
export { type Agreed, chanceThere, PRESENCE } from "./simulate/presence.ts";
export { roundsOf } from "./simulate/rounds.ts";
export {
  eveningSeed,
  firstAttempt,
  keptFigures,
  type SimulatedEvening,
  simulate,
} from "./simulate/simulate.ts";
export { ABSENT, type Summary, summarise } from "./simulate/summary.ts";
export { type Solved, type SolveOptions, solve } from "./solve/anneal.ts";
