import { ABSENT, Chance, chanceThere } from "../engine/index.ts";
import type { FirstTold } from "../store/simulated.ts";
import type { Customer } from "./booking.ts";

/** Where customers are when the courier rings, by the engine's model. */

const HALF_HOUR_S = 1_800;

/** Of those who will not be there in spite of everything, so many say so when they hear of the courier. */
const SAYS_SO = 0.5;

export interface Presence {
  readonly isAbsent: boolean;
  /** They say so before. */
  readonly saysSo: boolean;
  /** @param begins when the courier rings, ms */
  isThere(begins: number, told: FirstTold | null): boolean;
}

export function presenceOf({ number, window }: Customer, seed: number): Presence {
  const draw = new Chance(seed, 14, number).unit();
  const isAbsent = draw >= 1 - ABSENT;
  return {
    isAbsent,
    saysSo: isAbsent && new Chance(seed, 17, number).isTrue(SAYS_SO),
    isThere(begins, told) {
      const arrival = {
        begins: begins / 1_000,
        window: { earliest: window.earliestAt / 1_000, latest: window.latestAt / 1_000 },
        told: told && {
          from: told.from / 1_000,
          until: told.from / 1_000 + HALF_HOUR_S,
          expected: told.expectedAt / 1_000,
        },
      };
      return draw < chanceThere(arrival, "notice", { absent: ABSENT });
    },
  };
}
