import { FOREVER } from "../problem.ts";
import { forecast, lateChance } from "./forecast.ts";
import { bestOrder, identity } from "./replan.ts";
import { frozenStops, hasPromise, type Round, type RoundStop, type Ways } from "./round.ts";
import { EVENING_PRICES, type EveningPrices, RoundCost } from "./round-cost.ts";

export interface DropOut {
  /** All rounds of the evening, the one that ends too. */
  readonly rounds: readonly Round[];
  /** The shift of the courier who drops out. */
  readonly dropped: number;
  readonly ways: Ways;
  readonly now: number;
  /** The node where the parcels can be had: the depot, or where the courier stopped. */
  readonly parcelsAt: number;
  /** Shifts that have not loaded yet and load at that place: they need not go there for them. */
  readonly loadsThere: ReadonlySet<number>;
  /** What fetching them takes a colleague. */
  readonly fetching_s: number;
  readonly prices?: EveningPrices;
}

/** A promise that will hardly be kept. */
export interface Endangered {
  readonly stop: number;
  /** Who brings it; null when nobody can. */
  readonly shift: number | null;
  /** The chance that it comes after its window. */
  readonly chance: number;
}

export interface Covered {
  /** The other rounds; those that help have the stops, behind a visit to `parcelsAt` where they must go there. */
  readonly rounds: readonly Round[];
  /** Where each stop went, by shift. */
  readonly taken: ReadonlyMap<number, number>;
  /** Every promise that is now broken more likely than `ENDANGERED`, worst first; the dispatcher tells them. */
  readonly endangered: readonly Endangered[];
}

/** From this chance on a promise is named. */
const ENDANGERED = 0.2;
/** The answer must come at once: so many moves put a helper's round into order, more would gain little. */
const MOST_MOVES = 3;

/**
 * Shares the stops of a courier who drops out among the others, at the least expected cost. A colleague who does not load
 * where the parcels are goes to fetch them first, right behind what is frozen of their round. Nothing is left out silently: who
 * cannot be placed, and whoever is endangered by it, is named.
 */
export function coverDropOut(out: DropOut): Covered {
  const { rounds, dropped, ways, now } = out;
  const gone = rounds.find(({ shift }) => shift === dropped);
  const helpers = rounds.filter(({ shift }) => shift !== dropped).map((round) => new Helper(round, out));
  const lost = (gone?.stops ?? [])
    .filter(hasPromise)
    .map((stop) => ({ ...stop, told: null }))
    .toSorted((a, b) => a.latest - b.latest || a.stop - b.stop);
  const taken = new Map<number, number>();
  const left: Endangered[] = [];
  for (const stop of lost) {
    let least = Number.POSITIVE_INFINITY;
    let best: Helper | undefined;
    for (const helper of helpers) {
      const added = helper.addedBy(stop, least);
      if (added >= least) continue;
      least = added;
      best = helper;
    }
    if (best) {
      best.take();
      taken.set(stop.stop, best.shift);
    } else left.push({ stop: stop.stop, shift: null, chance: 1 });
  }
  const covered = helpers.map((helper) => helper.finished());
  return { rounds: covered, taken, endangered: [...left, ...endangeredOf(covered, ways, now)] };
}

/** The promises of rounds that are broken more likely than `ENDANGERED`, worst first. */
export function endangeredOf(rounds: readonly Round[], ways: Ways, now: number): Endangered[] {
  return rounds
    .flatMap((round) => {
      const expected = forecast(round, ways, now);
      return round.stops.flatMap((stop, n) => {
        const when = expected[n];
        const chance = when ? lateChance(stop, when) : 0;
        return chance >= ENDANGERED ? [{ stop: stop.stop, shift: round.shift, chance }] : [];
      });
    })
    .toSorted((a, b) => b.chance - a.chance || a.stop - b.stop);
}

/** A round that may take stops over. */
class Helper {
  readonly shift: number;
  readonly #round: Round;
  readonly #out: DropOut;
  readonly #stops: RoundStop[];
  readonly #prices: EveningPrices;
  /** New stops come at this place or later. */
  #first: number;
  readonly #needsToFetch: boolean;
  #hasFetch = false;
  #sequence: readonly number[];
  #cost: RoundCost;
  #costNow: number;
  #load: number;
  /** What the last `addedBy` found. */
  #offer: { stop: RoundStop; place: number } = { stop: FETCH, place: 0 };

  constructor(round: Round, out: DropOut) {
    this.shift = round.shift;
    this.#round = round;
    this.#out = out;
    this.#prices = out.prices ?? EVENING_PRICES;
    this.#stops = [...round.stops];
    this.#first = frozenStops(round, out.now);
    this.#needsToFetch = !out.loadsThere.has(round.shift);
    this.#sequence = identity(this.#stops.length);
    this.#load = round.stops.reduce((sum, { demand }) => sum + demand, 0);
    this.#cost = this.#newCost();
    this.#costNow = this.#cost.keep(this.#sequence);
  }

  /** The least added cost of a stop, infinity if it is above `limit` or nothing fits. */
  addedBy(stop: RoundStop, limit: number): number {
    const { capacity, skills } = this.#round;
    if (this.#load + stop.demand > capacity || (stop.skills & ~skills) !== 0) return Number.POSITIVE_INFINITY;
    const trial = this.#withStop(stop);
    let least = this.#costNow + limit;
    let isFound = false;
    for (let place = trial.first; place <= trial.sequence.length; place++) {
      const sum = trial.cost.of(trial.sequence.toSpliced(place, 0, trial.index), place, least);
      if (sum >= least) continue;
      least = sum;
      isFound = true;
      this.#offer = { stop, place };
    }
    return isFound ? least - this.#costNow : Number.POSITIVE_INFINITY;
  }

  /** Takes what `addedBy` was last asked for. */
  take(): void {
    const { stop, place } = this.#offer;
    const { sequence, index, first } = this.#withStop(stop);
    this.#hasFetch ||= this.#needsToFetch;
    this.#first = first;
    this.#sequence = sequence.toSpliced(place, 0, index);
    this.#load += stop.demand;
    this.#cost = this.#newCost();
    this.#costNow = this.#cost.keep(this.#sequence);
  }

  /** The round as it is now, put in order behind what must stay. */
  finished(): Round {
    if (this.#sequence.length === this.#round.stops.length) return this.#round;
    const { sequence } = bestOrder(this.#cost, this.#sequence, { first: this.#first, most: MOST_MOVES });
    return { ...this.#round, stops: sequence.map((index) => this.#stops[index] as RoundStop) };
  }

  /** The sequence in which a further stop would be tried: behind the visit that fetches the parcels, where one is needed. */
  #withStop(stop: RoundStop): { sequence: readonly number[]; index: number; first: number; cost: RoundCost } {
    const stops = this.#stops;
    stops.length = this.#taken;
    let first = this.#first;
    let sequence = this.#sequence;
    if (this.#needsToFetch && !this.#hasFetch) {
      const { parcelsAt, fetching_s } = this.#out;
      stops.push({ ...FETCH, stop: parcelsAt, service_s: fetching_s });
      sequence = sequence.toSpliced(first, 0, stops.length - 1);
      first++;
    }
    stops.push(stop);
    const cost = this.#newCost();
    cost.keep(sequence);
    return { sequence, index: stops.length - 1, first, cost };
  }

  /** Stops that are really in the sequence; those behind are being tried. */
  get #taken(): number {
    return this.#sequence.length;
  }

  #newCost(): RoundCost {
    const { ways, now } = this.#out;
    return new RoundCost(this.#round, this.#stops, { ways, now, prices: this.#prices });
  }
}

/** A visit without a promise. */
const FETCH: RoundStop = {
  stop: -1,
  earliest: 0,
  latest: FOREVER,
  service_s: 0,
  demand: 0,
  skills: 0,
  told: null,
  isLateSaid: false,
};
