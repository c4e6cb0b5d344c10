/** What a finished stop took, beside what was planned for it. */
export interface Took {
  readonly leg_s: number;
  readonly legTook_s: number;
  readonly service_s: number;
  readonly serviceTook_s: number;
}

/** Sums over finished stops, of a courier or of all; what pace is learned from. */
export interface PaceTally {
  readonly leg_s: number;
  readonly legTook_s: number;
  /** Squares of planned legs, and of what they missed the expectation by. */
  readonly legSquares: number;
  readonly legMissed: number;
  readonly service_s: number;
  readonly serviceTook_s: number;
  /** As `serviceTook_s`, but a stop counts at most `CAP` times its plan: one long wait says little about a courier. */
  readonly serviceCapped_s: number;
  readonly serviceSquares: number;
  readonly serviceMissed: number;
}

/** How a courier's times stand to planned ones. */
export interface Pace {
  /** Expected leg and service as multiples of the planned ones. */
  readonly legFactor: number;
  readonly serviceFactor: number;
  /** Standard deviation of a single leg or service, as a share of the planned one. */
  readonly legSpread: number;
  readonly serviceSpread: number;
  /** Standard deviation of what is not yet known about the courier: of the leg factor itself. */
  readonly legDoubt: number;
}

export const NO_TALLY: PaceTally = {
  leg_s: 0,
  legTook_s: 0,
  legSquares: 0,
  legMissed: 0,
  service_s: 0,
  serviceTook_s: 0,
  serviceCapped_s: 0,
  serviceSquares: 0,
  serviceMissed: 0,
};

const CAP = 3;
/** Before anything is known: couriers differ by a tenth, legs by a quarter, services by half. */
const COURIER_SPREAD = 0.1;
const LEG_SPREAD = 0.25;
const SERVICE_SPREAD = 0.5;
/**
 * Planned seconds after which what was seen counts as much as what was believed (empirical Bayes: variance within a courier,
 * a leg of two minutes or a service of two and a half, over variance between couriers).
 */
const OWN_LEG_S = (LEG_SPREAD ** 2 * 120) / COURIER_SPREAD ** 2;
const OWN_SERVICE_S = (SERVICE_SPREAD ** 2 * 150) / COURIER_SPREAD ** 2;
/** The same for all couriers together: some two hundred stops. */
const ALL_LEG_S = 25_000;
const ALL_SERVICE_S = 30_000;
const ALL_LEG_SQUARES = 100 * 120 ** 2;
const ALL_SERVICE_SQUARES = 100 * 150 ** 2;

/** Adds a finished stop. @param pace what was expected of the courier before */
export function addTook(tally: PaceTally, took: Took, pace: Pace): PaceTally {
  const legMissed = took.legTook_s - pace.legFactor * took.leg_s;
  const serviceMissed = took.serviceTook_s - pace.serviceFactor * took.service_s;
  return {
    leg_s: tally.leg_s + took.leg_s,
    legTook_s: tally.legTook_s + took.legTook_s,
    legSquares: tally.legSquares + took.leg_s ** 2,
    legMissed: tally.legMissed + legMissed ** 2,
    service_s: tally.service_s + took.service_s,
    serviceTook_s: tally.serviceTook_s + took.serviceTook_s,
    serviceCapped_s: tally.serviceCapped_s + Math.min(took.serviceTook_s, CAP * took.service_s),
    serviceSquares: tally.serviceSquares + took.service_s ** 2,
    serviceMissed: tally.serviceMissed + serviceMissed ** 2,
  };
}

/**
 * What to expect of a courier: their own times, shrunken to those of all, and those to the plan (James and Stein's idea, with
 * weights in planned seconds), so that the first stops of an evening do not turn the forecast over.
 * @param own the courier's stops of this evening or of many
 * @param all the stops of all couriers, the own ones too
 */
export function paceOf(own: PaceTally, all: PaceTally): Pace {
  const allLegs = (ALL_LEG_S + all.legTook_s) / (ALL_LEG_S + all.leg_s);
  const allServices = (ALL_SERVICE_S + all.serviceTook_s) / (ALL_SERVICE_S + all.service_s);
  const allCapped = (ALL_SERVICE_S + all.serviceCapped_s) / (ALL_SERVICE_S + all.service_s);
  const ownServices =
    (OWN_SERVICE_S * allCapped + own.serviceCapped_s) / (OWN_SERVICE_S + own.service_s) / allCapped;
  return {
    legFactor: (OWN_LEG_S * allLegs + own.legTook_s) / (OWN_LEG_S + own.leg_s),
    serviceFactor: allServices * ownServices,
    legSpread: Math.sqrt(
      (LEG_SPREAD ** 2 * ALL_LEG_SQUARES + all.legMissed) / (ALL_LEG_SQUARES + all.legSquares),
    ),
    serviceSpread: Math.sqrt(
      (SERVICE_SPREAD ** 2 * ALL_SERVICE_SQUARES + all.serviceMissed) /
        (ALL_SERVICE_SQUARES + all.serviceSquares),
    ),
    legDoubt: COURIER_SPREAD * Math.sqrt(OWN_LEG_S / (OWN_LEG_S + own.leg_s)),
  };
}
