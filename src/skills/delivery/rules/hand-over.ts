import type { AfterFailure, DeliveryState, Outcome, Proof } from "../tables.ts";
import { SKILL_BITS } from "./skill-bits.ts";

/** What may become of a parcel at the door, and after nobody opened it. */

interface Parcel {
  /** Bits, see skill-bits.ts */
  readonly skills: number;
  readonly proof: Proof;
}

/** Where an age is checked, only the person it is for takes it. */
export const mayNeighbour = ({ skills }: Parcel): boolean => (skills & SKILL_BITS.age_check) === 0;

/** A code and a signature need somebody at the door, and what is cold does not wait there. */
export function mayLeave({ skills, proof }: Parcel): boolean {
  const needsSomebody = (skills & (SKILL_BITS.age_check | SKILL_BITS.cold)) !== 0;
  return !needsSomebody && (proof === "none" || proof === "photo");
}

export interface FailureRule {
  readonly afterFailure: AfterFailure;
  /** Attempts at the door in all. */
  readonly tries: number;
}

interface Attempt {
  readonly state: DeliveryState;
  readonly outcome: Outcome | null;
  /** From 1 */
  readonly attempt: number;
}

/** What the sender's rule says of a vain attempt. @returns null where it was none, or people look at it */
export function nextStep({ state, outcome, attempt }: Attempt, rule: FailureRule): AfterFailure | null {
  // Nobody came: that was not the customer's attempt, whatever the rule says of those.
  if (state === "failed" && outcome === "not_recorded") return "another_window";
  // Who does not want it is not asked for another evening.
  if (outcome === "refused") return "return";
  if (outcome !== "not_there") return null;
  if (rule.afterFailure !== "another_window") return rule.afterFailure;
  return attempt < rule.tries ? "another_window" : "return";
}
