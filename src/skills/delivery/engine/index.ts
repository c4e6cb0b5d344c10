export { check, type StatedRoute, type Verdict } from "./check.ts";
export { InstanceFault } from "./instance-fault.ts";
export { type PlanProblem, planProblem } from "./offers/improve.ts";
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
export type { Place, Travel } from "./offers/travel.ts";
export type { Problem, Route, Solution, VehicleType } from "./problem.ts";
export { readProblem } from "./read/index.ts";
export { ROUNDINGS, type Rounding } from "./read/instance.ts";
export { type Solved, type SolveOptions, solve } from "./solve/anneal.ts";
